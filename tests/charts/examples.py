"""Profiles to draw. Invented results, with each kind of row among them."""

from dataclasses import replace
from fractions import Fraction

from charts.theme_profile import Legend, ThemeProfile, ThemeRow, Zone

ZONES = (
    Zone("Intensive", 1, Fraction(7, 4)),
    Zone("Targeted", Fraction(7, 4), Fraction(5, 2)),
    Zone("Universal", Fraction(5, 2), 4),
)
TICKS = ((1, "Not yet"), (2, "Getting started"), (3, "In place"), (4, "Part of how we work"))
LEGEND = Legend("Essential in place", "Essential not in place yet", "Not enough information yet")
GROUPS = (("condition", "These count towards readiness"), ("starting_point", "These guide support only"))

PLAIN = ThemeRow("A safe base", "starting_point", Fraction(7, 4), "1.8", "Getting ready", "Targeted", 0, 0)
UNKNOWN = ThemeRow("Caring for the adults", "condition", None, "", "", "Universal", 0, 1, "A talk within four weeks.")
RAISED = ThemeRow(
    "Time, people and fit", "condition", Fraction(13, 4), "3.3", "A strength", "Intensive", 1, 1, "One is at “Not yet”."
)

EIGHT_THEMES = ThemeProfile(
    title="Themes against the structure of support",
    summary="Eight themes: three need more than universal support.",
    rows=(
        ThemeRow("Leadership and purpose", "condition", Fraction(14, 5), "2.8", "Ready", "Targeted", 2, 1),
        RAISED,
        ThemeRow("Staff readiness and learning", "condition", Fraction(2), "2.0", "Getting ready", "Targeted", 1, 0),
        UNKNOWN,
        ThemeRow(
            "Relationships and behaviour", "starting_point", Fraction(1), "1.0", "Laying foundations", "Intensive", 0, 0
        ),
        PLAIN,
        ThemeRow(
            "Children, families and partners", "starting_point", Fraction(5, 2), "2.5", "Ready", "Universal", 0, 0
        ),
        ThemeRow("Evidence and improvement", "condition", Fraction(4), "4.0", "A strength", "Universal", 1, 0),
    ),
    groups=GROUPS,
    zones=ZONES,
    legend=LEGEND,
    ticks=TICKS,
)


def one_row(row: ThemeRow, **changes: object) -> ThemeProfile:
    """A profile of one theme, quick to draw."""
    return replace(EIGHT_THEMES, rows=(row,), **changes)

"""Charts of change to draw. Invented results, with each kind of row among them."""

from dataclasses import replace
from fractions import Fraction

from charts.change_over_time import ChangeLegend, ChangeOverTime, ChangeRow
from tests.charts.examples import GROUPS, TICKS

HIGHER = ChangeRow("A safe base", "starting_point", Fraction(7, 4), "1.8", Fraction(3), "3.0", "higher", "Further on")
LOWER = ChangeRow(
    "Time, people and fit", "condition", Fraction(13, 4), "3.3", Fraction(2), "2.0", "lower", "Not as far on"
)
SAME = ChangeRow(
    "Leadership and purpose", "condition", Fraction(14, 5), "2.8", Fraction(3), "3.0", "same", "About the same"
)
UNKNOWN = ChangeRow(
    "Caring for the adults",
    "condition",
    None,
    "not enough information",
    Fraction(5, 2),
    "2.5",
    "unknown",
    "Cannot be compared",
)

FOUR_THEMES = ChangeOverTime(
    title="Your themes then and now",
    summary="Further on in one theme, not as far on in one.",
    rows=(SAME, LOWER, UNKNOWN, HIGHER),
    groups=GROUPS,
    legend=ChangeLegend("2025/26", "2026/27"),
    ticks=TICKS,
)


def one_row(row: ChangeRow, **changes: object) -> ChangeOverTime:
    """A chart of one theme, quick to draw."""
    return replace(FOUR_THEMES, rows=(row,), **changes)

"""The chart of a report: the same words and scores as its table, as the dataclass that `charts` draws."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from charts.theme_profile import Legend, ThemeProfile, ThemeRow, Zone
from readiness.domain.answers import HIGHEST_LEVEL, LOWEST_LEVEL
from readiness.domain.framework import Framework, ThemeKind
from readiness.domain.scoring import ThemeResult
from readiness.domain.tiers import INTENSIVE_BELOW, TARGETED_BELOW
from support.reports.parts import ThemeLine
from support.reports.theme_words import essential_counts
from support.sentences import language_tag


def chart(
    framework: Framework, results: Sequence[ThemeResult], lines: Sequence[ThemeLine], summary: str
) -> ThemeProfile:
    """The themes as the chart shows them: the same words and scores as the table, in the same order."""
    return ThemeProfile(
        title=_("Your themes, and the support that goes with them"),
        summary=summary,
        rows=tuple(_row(result, line) for result, line in zip(results, lines, strict=True)),
        groups=(
            (ThemeKind.CONDITION.value, _("Conditions: they count towards being ready")),
            (ThemeKind.STARTING_POINT.value, _("Starting points: they guide support only")),
        ),
        zones=(
            Zone(framework.tier("intensive").label, LOWEST_LEVEL, INTENSIVE_BELOW),
            Zone(framework.tier("targeted").label, INTENSIVE_BELOW, TARGETED_BELOW),
            Zone(framework.tier("universal").label, TARGETED_BELOW, HIGHEST_LEVEL),
        ),
        legend=Legend(
            essential_met=_("Essential met"),
            essential_unmet=_("Essential not met yet"),
            not_enough_information=framework.not_enough_information.label,
        ),
        ticks=tuple((level.value, level.label) for level in framework.scale),
        low=LOWEST_LEVEL,
        high=HIGHEST_LEVEL,
        language=language_tag(),
    )


def _row(result: ThemeResult, line: ThemeLine) -> ThemeRow:
    met, unmet = essential_counts(result)
    return ThemeRow(
        title=line.title,
        group=line.kind_key,
        score=result.mean,
        score_text=line.score,
        band=line.band if result.has_score else "",
        tier=line.tier,
        essentials_met=met,
        essentials_unmet=unmet,
        note=line.note,
    )

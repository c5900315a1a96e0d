"""From a profile to support: the tier of each theme with its reason, and the order when several are intensive."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .framework import Statement, Theme, Tier
from .scoring import Profile, ThemeResult

INTENSIVE_BELOW = Fraction(7, 4)
"""A theme mean below this is intensive (the framework's theme-to-tier rule)."""

TARGETED_BELOW = Fraction(5, 2)
"""A theme mean below this, and not intensive, is targeted (the framework's theme-to-tier rule)."""

INTENSIVE_AT_ONE_TIME = 2
"""At most this many themes are intensive at one time, so that help is real (the framework's limit)."""


class TierReason(StrEnum):
    """Why a theme has its tier. When the score and the essentials both say so, the score is named."""

    NO_SCORE = "no_score"
    BELOW_INTENSIVE_LIMIT = "below_intensive_limit"
    BELOW_TARGETED_LIMIT = "below_targeted_limit"
    AT_OR_ABOVE_LIMIT = "at_or_above_limit"
    ESSENTIAL_UNMET = "essential_unmet"
    ESSENTIALS_UNMET = "essentials_unmet"
    ESSENTIAL_AT_LEVEL_1 = "essential_at_level_1"


@dataclass(frozen=True)
class TierResult:
    """The tier of one theme, as the published rule calculates it.

    `fact_finding`: there is no score, so a fact-finding conversation goes with it. `may_choose_lighter`: the theme is a
    starting point, so the school may begin with a lighter tier.
    """

    theme: Theme
    tier: Tier
    kind: TierReason
    unmet: tuple[Statement, ...]
    fact_finding: bool
    may_choose_lighter: bool


def tiers(profile: Profile) -> tuple[TierResult, ...]:
    """The calculated tier of every theme, in framework order."""
    return tuple(_tier_result(profile, result) for result in profile.themes)


def _tier_result(profile: Profile, result: ThemeResult) -> TierResult:
    key, kind = _tier(profile, result)
    return TierResult(
        theme=result.theme,
        tier=profile.framework.tier(key),
        kind=kind,
        unmet=result.unmet,
        fact_finding=kind is TierReason.NO_SCORE,
        may_choose_lighter=not result.theme.is_condition and key != "universal",
    )


def _tier(profile: Profile, result: ThemeResult) -> tuple[str, TierReason]:
    if not result.has_score:
        return "universal", TierReason.NO_SCORE
    if result.is_below(INTENSIVE_BELOW):
        return "intensive", TierReason.BELOW_INTENSIVE_LIMIT
    if any(profile.answers.get(statement.slug) == 1 for statement in result.unmet):
        return "intensive", TierReason.ESSENTIAL_AT_LEVEL_1
    if len(result.unmet) >= 2:
        return "intensive", TierReason.ESSENTIALS_UNMET
    if result.is_below(TARGETED_BELOW):
        return "targeted", TierReason.BELOW_TARGETED_LIMIT
    if result.unmet:
        return "targeted", TierReason.ESSENTIAL_UNMET
    return "universal", TierReason.AT_OR_ABOVE_LIMIT


def intensive_order(
    results: Iterable[TierResult], profile: Profile
) -> tuple[tuple[TierResult, ...], tuple[TierResult, ...]]:
    """The intensive themes to begin with, and the rest in the proposed order.

    Condition themes come first, then the lowest mean, then framework order. No tier is changed by it.
    """
    places = {theme.slug: place for place, theme in enumerate(profile.framework.themes)}

    def order(result: TierResult) -> tuple[bool, Fraction, int]:
        mean = profile.theme(result.theme.slug).mean
        return not result.theme.is_condition, mean if mean is not None else Fraction(0), places[result.theme.slug]

    waiting = sorted((result for result in results if result.tier.key == "intensive"), key=order)
    return tuple(waiting[:INTENSIVE_AT_ONE_TIME]), tuple(waiting[INTENSIVE_AT_ONE_TIME:])

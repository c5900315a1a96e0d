"""What would change the outcome: the smallest set of changes that lifts it, found by an exact search.

Fewest statements come first, then fewest level steps, then framework order: among equals the earliest statement is
changed, and by as little as it can be. Only statements of condition themes that have a level or “we do not know yet”
are changed, and only upwards. “We do not know yet” counts as level 0 when steps are counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm

from .answers import Given, Other
from .framework import Outcome, OutcomeRule, Statement, Theme
from .scoring import Profile, profile
from .way_up_search import Bar, Limits, Rating, smallest


@dataclass(frozen=True)
class Change:
    """One statement to lift from what was given to a level."""

    statement: Statement
    theme: Theme
    given: Given
    to_level: int


@dataclass(frozen=True)
class WayUp:
    """The smallest set of changes, in framework order, and the outcome that the changed answers give."""

    changes: tuple[Change, ...]
    outcome: Outcome


def way_up(current: Profile) -> WayUp | None:
    """The smallest set of changes that lifts the outcome to the next better one, or higher.

    None for the best outcome, when too little is known, and for a draft whose blanks keep it from the next outcome:
    a blank is never filled in here.
    """
    ladder = current.framework.ladder
    if current.is_not_enough_information or current.outcome == ladder[0]:
        return None
    target = ladder[ladder.index(current.outcome) - 1]
    themes = current.framework.condition_themes
    changeable = tuple(_changeable(theme, current.answers) for theme in themes)
    bar = _bar(target.rule, current, changeable)
    levels = smallest(tuple(tuple(ratings.values()) for ratings in changeable), bar) if bar else None
    if levels is None:
        return None
    changes = tuple(
        Change(current.framework.statement(slug), theme, current.answers[slug], level)
        for theme, ratings, new in zip(themes, changeable, levels, strict=True)
        for slug, level in zip(ratings, new, strict=True)
        if level != ratings[slug].given
    )
    changed = {**current.answers, **{change.statement.slug: change.to_level for change in changes}}
    return WayUp(changes, profile(current.framework, changed).outcome)


def _changeable(theme: Theme, answers: Mapping[str, Given]) -> dict[str, Rating]:
    """The statements of a theme that may be changed, in order: those with a level or “we do not know yet”."""
    ratings = {}
    for statement in theme.statements:
        given = answers.get(statement.slug)
        if given is not None and given != Other.NOT_APPLICABLE:
            ratings[statement.slug] = Rating(given if isinstance(given, int) else 0, statement.essential_minimum or 0)
    return ratings


def _bar(rule: OutcomeRule, current: Profile, changeable: tuple[dict[str, Rating], ...]) -> Bar | None:
    """What the changed answers must reach; None when essentials that may not be changed are already too many."""
    fixed = [
        result
        for result in current.essentials
        if not result.is_met and not any(result.statement.slug in ratings for ratings in changeable)
    ]
    unmet, lowest = rule.essentials_unmet_max, rule.essentials_at_level_1_max
    if unmet is not None:
        unmet -= len(fixed)
    if lowest is not None:
        lowest -= sum(result.given == 1 for result in fixed)
    if any(limit is not None and limit < 0 for limit in (unmet, lowest)):
        return None
    scale = lcm(*range(1, max(len(ratings) for ratings in changeable) + 1))
    mean = rule.condition_theme_mean_min or Fraction(0)
    limits = Limits(unmet, lowest, rule.any_condition_theme_min or Fraction(0), scale)
    return Bar(limits, ceil(mean * len(changeable) * scale))

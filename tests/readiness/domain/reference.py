"""The rules once more, told plainly and slowly, to hold the real ones against."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, product

from readiness.domain.answers import Given, Other
from readiness.domain.framework import Framework, Outcome


def outcome(framework: Framework, answers: Mapping[str, Given]) -> Outcome:
    means = []
    for theme in framework.themes:
        given = [answers.get(statement.slug) for statement in theme.statements]
        levels = [level for level in given if isinstance(level, int)]
        applicable = len(given) - given.count(Other.NOT_APPLICABLE)
        if theme.is_condition:
            means.append(Fraction(sum(levels), len(levels)) if levels and 4 * len(levels) >= 3 * applicable else None)
    essentials = [(answers.get(item.slug), item.essential_minimum) for item in framework.essentials]
    unknown = sum(not isinstance(given, int) for given, _ in essentials)
    unmet = sum(not isinstance(given, int) or given < minimum for given, minimum in essentials)
    lowest = sum(given == 1 for given, _ in essentials)
    first = framework.not_enough_information
    if None in means or unknown > first.rule.or_essentials_dont_know_more_than:
        return first
    for candidate in framework.ladder:
        rule = candidate.rule
        fits = (
            unmet <= _or(rule.essentials_unmet_max, 99)
            and lowest <= _or(rule.essentials_at_level_1_max, 99)
            and sum(means) / len(means) >= _or(rule.condition_theme_mean_min, 0)
            and min(means) >= _or(rule.any_condition_theme_min, 0)
        )
        if fits:
            return candidate
    raise AssertionError


def _or(limit, otherwise):
    return otherwise if limit is None else limit


def way_up(framework: Framework, answers: Mapping[str, Given], most: int = 99) -> dict[str, int] | None:
    """The smallest lifting set of at most `most` changes, by trying them all."""
    ladder = framework.ladder
    now = outcome(framework, answers)
    if now not in ladder or now == ladder[0]:
        return None
    better = ladder[: ladder.index(now)]
    for count in range(1, most + 1):
        found = [
            change for change in _changes(framework, answers, count) if _gives(framework, answers, change) in better
        ]
        if found:
            return dict(min(found, key=lambda change: (_steps(answers, change), _places(framework, change))))
        if count >= len(framework.statements):
            break
    return None


Change = tuple[tuple[str, int], ...]


def _changes(framework: Framework, answers: Mapping[str, Given], count: int) -> Iterator[Change]:
    slugs = [
        statement.slug
        for theme in framework.condition_themes
        for statement in theme.statements
        if answers.get(statement.slug) in (1, 2, 3, Other.DONT_KNOW)
    ]
    for chosen in combinations(slugs, count):
        for levels in product(*(range(_level(answers[slug]) + 1, 5) for slug in chosen)):
            yield tuple(zip(chosen, levels, strict=True))


def _level(given: Given) -> int:
    return given if isinstance(given, int) else 0


def _gives(framework: Framework, answers: Mapping[str, Given], change: Change) -> Outcome:
    return outcome(framework, {**answers, **dict(change)})


def _steps(answers: Mapping[str, Given], change: Change) -> int:
    return sum(level - _level(answers[slug]) for slug, level in change)


def _places(framework: Framework, change: Change) -> list[tuple[int, int]]:
    return [(framework.positions[slug], level) for slug, level in change]

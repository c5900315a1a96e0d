"""The search behind the way up, on numbers alone.

Two facts keep it exact and small. “Do not know” counts as 0, so the steps taken in a theme are just what its total
gains: what a theme can become is summed up by how many statements changed, which gates stay open, how many steps, and
the best mean. And such a table depends only on the levels given, so it is kept for other audits. The tables are joined
from the last theme to the first; whatever cannot reach the bar, or is beaten on steps and mean alike, is dropped.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from .answers import HIGHEST_LEVEL

TABLES_KEPT = 4096


class Rating(NamedTuple):
    """A statement that may be changed: its level (0: do not know) and its minimum (0: not essential)."""

    given: int
    minimum: int


class Limits(NamedTuple):
    """What must hold within the themes: essentials unmet and at level 1 (None: any number), and the least theme mean.

    Means are kept as whole numbers, `scale` times the mean.
    """

    unmet: int | None
    lowest: int | None
    theme_mean: Fraction
    scale: int


class Bar(NamedTuple):
    """The limits, and the least sum of the themes' scaled means."""

    limits: Limits
    mean_sum: int


# Plain tuples, for they are made by the thousand.
Cost = tuple[int, int, int]
"""How many statements are changed, and how many essentials stay unmet and at level 1."""

Gain = tuple[int, int]
"""Level steps taken, and the best scaled mean that they can give."""

Theme = tuple[Rating, ...]
Table = dict[Cost, tuple[Gain, ...]]
Summary = tuple[int, int, int, int, int]
"""Statements changed, essentials unmet, essentials at level 1, “do not know”s that got a level, steps."""


@lru_cache(maxsize=TABLES_KEPT)
def smallest(themes: tuple[Theme, ...], bar: Bar) -> tuple[tuple[int, ...], ...] | None:
    """The levels to reach, theme by theme, with the fewest changes and then the fewest steps; None when none will do.

    A rating that stays as it is comes back as given. Among equals the earliest rating is changed, to the lowest level.
    """
    alike = [tuple(sorted(theme)) for theme in themes]
    ceilings = _ceilings([_peaks(theme, bar.limits) for theme in alike], bar.limits)
    enough = [cost[0] for cost, mean in ceilings[-1].items() if mean >= bar.mean_sum]
    if not enough:
        return None
    tables = [_table(theme, bar.limits) for theme in alike]
    tails = _tails(tables, ceilings, bar, min(enough))
    return _earliest(themes, tails, bar, min(enough))


@lru_cache(maxsize=TABLES_KEPT)
def _summaries(theme: Theme, limits: Limits) -> tuple[tuple[Summary, int], ...]:
    """Everything the theme can become within the limits, each with its scaled mean."""
    found: set[Summary] = {(0, 0, 0, 0, 0)}
    for rating in theme:
        choices = [_summary(rating, level, limits) for level in _levels(rating)]
        found = {
            (a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4])
            for a in found
            for b in choices
            if a[1] + b[1] <= (limits.unmet or 0) and a[2] + b[2] <= (limits.lowest or 0)
        }
    total = sum(rating.given for rating in theme)
    answered = sum(rating.given > 0 for rating in theme)
    least = limits.theme_mean
    return tuple(
        (summary, (total + summary[4]) * limits.scale // (answered + summary[3]))
        for summary in sorted(found)
        if (total + summary[4]) * least.denominator >= least.numerator * (answered + summary[3])
    )


def _levels(rating: Rating) -> range:
    """What a rating can become: as it is, or any higher level."""
    return range(rating.given, HIGHEST_LEVEL + 1)


def _summary(rating: Rating, level: int, limits: Limits) -> Summary:
    changed = int(level != rating.given)
    unmet = int(limits.unmet is not None and level < rating.minimum)
    lowest = int(limits.lowest is not None and level == 1 < rating.minimum)
    return changed, unmet, lowest, int(changed and rating.given == 0), level - rating.given


@lru_cache(maxsize=TABLES_KEPT)
def _table(theme: Theme, limits: Limits) -> Table:
    """What is worth knowing of a theme while only the cost counts: for each cost, more steps only for a better mean."""
    gathered: dict[Cost, list[Gain]] = {}
    for summary, mean in _summaries(theme, limits):
        gathered.setdefault(summary[:3], []).append((summary[4], mean))
    return {cost: _worth_keeping(gains) for cost, gains in gathered.items()}


def _worth_keeping(gains: Iterable[Gain]) -> tuple[Gain, ...]:
    """The gains that no other beats on steps and mean alike, fewest steps first."""
    kept: list[Gain] = []
    for gain in sorted(gains, key=lambda gain: (gain[0], -gain[1])):
        if not kept or gain[1] > kept[-1][1]:
            kept.append(gain)
    return tuple(kept)


Ceilings = dict[Cost, int]
NOTHING: Cost = (0, 0, 0)


@lru_cache(maxsize=TABLES_KEPT)
def _peaks(theme: Theme, limits: Limits) -> Ceilings:
    """For each cost worth paying in a theme, the best mean that it buys."""
    return _unbeaten({cost: gains[-1][1] for cost, gains in _table(theme, limits).items()})


def _unbeaten(best: Ceilings) -> Ceilings:
    """Without the costs for which another, no higher in any part, buys as much."""
    kept: Ceilings = {}
    for cost in sorted(best):
        changed, unmet, lowest = cost
        mean = best[cost]
        for other, bought in kept.items():
            if bought >= mean and other[1] <= unmet and other[2] <= lowest and other[0] <= changed:
                break
        else:
            kept[cost] = mean
    return kept


def _ceilings(peaks: list[Ceilings], limits: Limits) -> list[Ceilings]:
    """For each number of themes from the first: cost -> the best sum of means that it can buy."""
    most_unmet, most_lowest = limits.unmet or 0, limits.lowest or 0
    ceilings: list[Ceilings] = [{NOTHING: 0}]
    for peak in peaks:
        best: Ceilings = {}
        for (changed, unmet, lowest), mean in ceilings[-1].items():
            for cost, more in peak.items():
                both = (changed + cost[0], unmet + cost[1], lowest + cost[2])
                if both[1] <= most_unmet and both[2] <= most_lowest and mean + more > best.get(both, -1):
                    best[both] = mean + more
        ceilings.append(_unbeaten(best))
    return ceilings


def _tails(tables: list[Table], ceilings: list[Ceilings], bar: Bar, budget: int) -> list[Table]:
    """For each theme: what it and all later themes can become together, as far as it can still reach the bar."""
    tails: list[Table] = [{NOTHING: ((0, 0),)}]
    for table, earlier in zip(reversed(tables), reversed(ceilings[:-1]), strict=True):
        gathered: dict[Cost, list[Gain]] = {}
        for (changed, unmet, lowest), later in tails[0].items():
            for cost, gains in table.items():
                both = (changed + cost[0], unmet + cost[1], lowest + cost[2])
                least = bar.mean_sum - _ceiling(earlier, both, bar.limits, budget)
                if later[-1][1] + gains[-1][1] >= least:
                    joined = [(a[0] + b[0], a[1] + b[1]) for a in later for b in gains if a[1] + b[1] >= least]
                    gathered.setdefault(both, []).extend(joined)
        tails.insert(0, {cost: _worth_keeping(gains) for cost, gains in gathered.items()})
    return tails


OUT_OF_REACH = -(10**9)


def _ceiling(ceilings: Ceilings, spent: Cost, limits: Limits, budget: int) -> int:
    """The best sum of means that the earlier themes can add with what is left of the budget and the limits."""
    changed, unmet, lowest = budget - spent[0], (limits.unmet or 0) - spent[1], (limits.lowest or 0) - spent[2]
    best = OUT_OF_REACH
    if changed >= 0 and unmet >= 0 and lowest >= 0:
        for cost, mean in ceilings.items():
            if mean > best and cost[0] <= changed and cost[1] <= unmet and cost[2] <= lowest:
                best = mean
    return best


def _earliest(themes: tuple[Theme, ...], tails: list[Table], bar: Bar, budget: int) -> tuple[tuple[int, ...], ...]:
    """The cheapest answer that changes the earliest ratings, theme by theme."""
    steps = min(gains[0][0] for gains in tails[0].values())
    left = (budget, bar.limits.unmet or 0, bar.limits.lowest or 0, steps, bar.mean_sum)
    chosen = []
    for theme, tail in zip(themes, tails[1:], strict=True):
        ways = {
            _way(theme, summary, bar.limits): after
            for summary, mean in _summaries(tuple(sorted(theme)), bar.limits)
            if _reaches(tail, after := _after(left, summary, mean))
        }
        levels = min(ways, key=lambda levels: _order(theme, levels))
        chosen.append(levels)
        left = ways[levels]
    return tuple(chosen)


Left = tuple[int, int, int, int, int]
"""Changes, open gates, gates at level 1 and steps that may still be used, and the sum of means still to be reached."""


def _after(left: Left, summary: Summary, mean: int) -> Left:
    changed, unmet, lowest, _, steps = summary
    return left[0] - changed, left[1] - unmet, left[2] - lowest, left[3] - steps, left[4] - mean


def _reaches(tail: Table, left: Left) -> bool:
    """Whether the later themes can finish with just this many changes and no more than is left of the rest."""
    changed, unmet, lowest, steps, mean = left
    if changed < 0 or unmet < 0 or lowest < 0 or steps < 0:
        return False
    for cost, gains in tail.items():
        if cost[0] == changed and cost[1] <= unmet and cost[2] <= lowest:
            for gain in gains:
                if gain[0] <= steps and gain[1] >= mean:
                    return True
    return False


def _order(theme: Theme, levels: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Sorts ways of changing a theme: the earliest rating changed comes first, then the lower level."""
    changed = [(place, level) for place, level in enumerate(levels) if level != theme[place].given]
    return (*changed, (len(theme),))


@lru_cache(maxsize=TABLES_KEPT)
def _way(theme: Theme, summary: Summary, limits: Limits) -> tuple[int, ...]:
    """The first way, in order, to change the theme that sums up to this."""
    return next(_ways(theme, summary, limits))


def _ways(theme: Theme, left: Summary, limits: Limits) -> Iterator[tuple[int, ...]]:
    if not theme:
        if not any(left):
            yield ()
        return
    if min(left) < 0 or left[0] > len(theme):
        return
    rating, later = theme[0], theme[1:]
    for level in (*_levels(rating)[1:], rating.given):
        spent = _summary(rating, level, limits)
        rest = (left[0] - spent[0], left[1] - spent[1], left[2] - spent[2], left[3] - spent[3], left[4] - spent[4])
        for levels in _ways(later, rest, limits):
            yield (level, *levels)

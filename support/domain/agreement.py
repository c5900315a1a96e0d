"""How alike officers see the same thing: exact and within-one agreement per theme, and weighted kappa.

Officers rate the same written vignettes, blind. Every two officers who rated the same statement of the same vignette
are a pair. Nobody's rating is the right one, so a pair counts both ways round, and nothing here is about one officer.

Kappa says how much of the agreement that chance would not give was reached: 1 is all of it, 0 is what chance gives.
Its weights are linear: a difference of one level counts a third, since one level can decide an essential or an outcome.
Quadratic weights would count it a ninth, and would hide the very differences that the officers meet to talk about.
It needs statements that deserve different levels: where all deserve the same, it is near nought however alike officers
see them. One theme has few statements in a round, so the figure for all themes together says more.
Whole numbers and fractions only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from readiness.domain.answers import LEVELS

LEAST_PAIRS = 30
"""Kappa is not told from fewer pairs: it would be noise with two decimal places."""

LEAST_OFFICERS = 3
"""Agreement is not told of fewer officers: of two, each would read the other's ratings in it."""

Table = Sequence[Sequence[int]]
"""How often a pair gave this level (row) and that one (column)."""


@dataclass(frozen=True)
class Rated:
    """One officer's level for one statement of one vignette. `officer` only tells one from another."""

    officer: int
    vignette: int
    statement: str
    theme: str
    level: int


@dataclass(frozen=True)
class Agreement:
    """How the officers agree on one theme."""

    officers: int
    table: tuple[tuple[int, ...], ...]  # each pair once, the lower level first

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return sum(map(sum, self.table))

    @property
    def is_told(self) -> bool:
        """Whether enough officers rated it for the agreement to be told without telling who."""
        return self.officers >= LEAST_OFFICERS and self.pairs > 0

    @property
    def exact(self) -> int:
        """How many pairs gave the same level."""
        return self._apart_by_at_most(0)

    @property
    def within_one(self) -> int:
        """How many pairs are at most one level apart."""
        return self._apart_by_at_most(1)

    @property
    def has_enough_pairs(self) -> bool:
        """Whether there are pairs enough for kappa."""
        return self.pairs >= LEAST_PAIRS

    @property
    def kappa(self) -> Fraction | None:
        """Weighted kappa; None from too few pairs, and where everybody gave one and the same level."""
        return weighted_kappa(both_ways(self.table)) if self.has_enough_pairs else None

    def _apart_by_at_most(self, levels: int) -> int:
        return sum(
            count
            for row, counts in enumerate(self.table)
            for column, count in enumerate(counts)
            if abs(row - column) <= levels
        )


ALL = ""
"""The key of the agreement on all themes together."""


def agreement(ratings: Iterable[Rated]) -> dict[str, Agreement]:
    """The agreement on each theme that was rated, by the theme's slug, and on `ALL`; empty when nothing was rated."""
    ratings = tuple(ratings)
    if not ratings:
        return {}
    themes = {one.theme for one in ratings}
    return {ALL: _on(ratings), **{theme: _on([one for one in ratings if one.theme == theme]) for theme in themes}}


def _on(ratings: Sequence[Rated]) -> Agreement:
    of_item: dict[tuple[int, str], dict[int, int]] = {}
    for one in ratings:
        of_item.setdefault((one.vignette, one.statement), {})[one.officer] = one.level
    counts = [[0 for _level in LEVELS] for _level in LEVELS]
    for levels in of_item.values():
        for pair in combinations(levels.values(), 2):
            lower, higher = sorted(pair)
            counts[LEVELS.index(lower)][LEVELS.index(higher)] += 1
    return Agreement(len({one.officer for one in ratings}), tuple(map(tuple, counts)))


def both_ways(table: Table) -> Table:
    """The table in which every pair stands both ways round."""
    places = range(len(table))
    return tuple(tuple(table[row][column] + table[column][row] for column in places) for row in places)


def weighted_kappa(table: Table) -> Fraction | None:
    """Cohen's kappa with linear weights, exactly; None where chance alone gives full agreement, or the table is empty.

    The formula is that of D. G. Altman, Practical Statistics for Medical Research (1991), section 14.3.4.
    """
    total = sum(map(sum, table))
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    places = [(row, column) for row in range(len(table)) for column in range(len(table))]
    observed = total * sum(abs(row - column) * table[row][column] for row, column in places)
    expected = sum(abs(row - column) * rows[row] * columns[column] for row, column in places)
    return 1 - Fraction(observed, expected) if expected else None


def percent(part: int, whole: int) -> int:
    """The share in whole percent, a half going up."""
    return (200 * part + whole) // (2 * whole)


def two_places(number: Fraction) -> str:
    """The number to two decimal places, a half going up: “0.57”."""
    hundredths = (200 * number.numerator + number.denominator) // (2 * number.denominator)
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'−' if hundredths < 0 else ''}{whole}.{rest:02d}"

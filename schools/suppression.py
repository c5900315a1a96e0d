"""Small numbers: which counts of schools may be published, so that nobody can work out those that may not. Pure.

The rules, in the order in which they are applied to counts of schools by tier (``publish``):

1. A row never stands for fewer than five schools: smaller ones are put together (``put_together``).
2. A number from 1 to 4 is hidden. So is its neighbour, so that a row's total does not give it away, and everything
   between two hidden numbers. Where the hidden numbers of a row are fewer than five schools together, the whole row is.
3. Nought is shown, unless the row has only one tier: then it would tell of every one of its schools.
4. A table with a row that differs by one to four schools from a row of another table is not shown (``differ_by_few``).
5. Every hidden number leaves a second possibility open: other tiers for the same schools under which all published
   figures would read the same, by rules 1 to 4 as well. Where there is none, more is hidden (``Search.settle``).

A reader is taken to know these rules, all totals, and how many schools there are of each kind; only tiers are secret.
"""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise, product

THRESHOLD = 5

Counts = tuple[int, ...]
Cells = tuple[int | None, ...]
"""Counts as they are published: None where one is hidden."""


@dataclass(frozen=True)
class Group:
    """Schools that every table counts in the same row: how many are at each tier.

    ``keys`` has one key for each way of making rows, such as ``("calderbrae", "primary")``.
    """

    keys: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True)
class Row:
    """One row of a table: what it puts together, of how many schools, and what is shown."""

    keys: tuple[str, ...]
    total: int
    cells: Cells


@dataclass(frozen=True)
class Published:
    """What may be shown: a table for each way of making rows, and one row over all (None under five schools).

    A table without rows may not be shown. ``empty`` names, for each table, the keys without a school to count.
    """

    tables: tuple[tuple[Row, ...], ...]
    whole: Row | None
    empty: tuple[tuple[str, ...], ...]


def is_small(count: int) -> bool:
    """Whether so few schools could be recognised."""
    return 0 < count < THRESHOLD


def differ_by_few(one: int, other: int, both: int) -> bool:
    """Whether two sets of ``one`` and ``other`` schools, ``both`` of them in common, differ by one to four schools."""
    return is_small(one + other - 2 * both)


@lru_cache(maxsize=100_000)
def cells_of(counts: Counts) -> Cells:
    """What may be shown of one row (rules 2 and 3). It depends on nothing but the row."""
    hidden = _hidden(counts)
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def _hidden(counts: Counts) -> set[int]:
    present = [place for place, count in enumerate(counts) if count]
    if len(present) < 2:
        return set(range(len(counts)))
    small = [place for place in present if is_small(counts[place])]
    if not small:
        return set()
    span = [place for place in present if small[0] <= place <= small[-1]]
    if len(span) == 1:
        after = [place for place in present if place > span[0]]
        span.append(after[0] if after else present[-2])
    # The total less what is shown is a number that anybody can read: it may be no smaller than the others.
    return set(span) if sum(counts[place] for place in span) >= THRESHOLD else set(range(len(counts)))


def put_together(totals: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """The keys in rows of at least five schools (rule 1), each row at the place of its first key.

    Those with fewer share one row; where that is still too small, it takes in the smallest of the others. Keys without
    a school are left out. The result is empty where all of them together are fewer than five.
    """
    found = {key: total for key, total in totals.items() if total}
    if sum(found.values()) < THRESHOLD:
        return ()
    small = {key for key, total in found.items() if is_small(total)}
    while small and is_small(sum(found[key] for key in small)):
        small.add(min((key for key in found if key not in small), key=lambda key: found[key]))
    together = tuple(key for key in found if key in small)
    rows = [(key,) if key not in small else together for key in found]
    return tuple(dict.fromkeys(rows))


def publish(groups: Sequence[Group]) -> Published:
    """What may be shown of these schools (all the rules)."""
    ways = len(groups[0].keys) if groups else 0
    totals = [_totals(groups, way) for way in range(ways)]
    empty = tuple(tuple(key for key, total in of_way.items() if not total) for of_way in totals)
    if sum(sum(group.counts) for group in groups) < THRESHOLD:
        return Published(((),) * ways, None, empty)
    search = Search(groups, [put_together(of_way) for of_way in totals])
    search.settle()
    tables = tuple(() if table in search.left_out else tuple(map(search.published, table)) for table in search.tables)
    return Published(tables, search.published(search.whole), empty)


def _totals(groups: Iterable[Group], way: int) -> dict[str, int]:
    found: Counter[str] = Counter()
    for group in groups:
        found[group.keys[way]] += sum(group.counts)
    return dict(found)


Move = tuple[int, int, int]
"""One school of a group (its place) goes from one tier to another."""

LONGEST = (2, 4)
"""How many schools may have another tier in the second possibility: looked for among two first, which often suffice."""


def _changed(sums: Sequence[int], changes: Iterable[tuple[int, int]]) -> list[int]:
    found = list(sums)
    for here, there in changes:
        found[here] -= 1
        found[there] += 1
    return found


class Search:
    """The true distribution, the rows that are published of it, and the search for second possibilities.

    Rows are numbered through all tables; the last is the one over all. Hiding more of a row only ever leaves more
    possibilities open, so what has once been found safe stays so, until a table is added.
    """

    def __init__(self, groups: Sequence[Group], tables: Sequence[Sequence[tuple[str, ...]]]) -> None:
        self.counts = [list(group.counts) for group in groups]
        self.tiers = range(len(groups[0].counts))
        self.keys = [keys for table in tables for keys in table] + [()]
        self.whole = len(self.keys) - 1
        ends = list(accumulate(map(len, tables), initial=0))
        self.tables = [range(start, end) for start, end in pairwise(ends)]
        numbers = [
            {key: row for row, keys in zip(self.tables[way], table, strict=True) for key in keys}
            for way, table in enumerate(tables)
        ]
        self.rows_of = [
            [number[key] for number, key in zip(numbers, group.keys, strict=True) if key in number] + [self.whole]
            for group in groups
        ]
        self.members: list[list[int]] = [[] for _keys in self.keys]
        self.sums = [[0 for _tier in self.tiers] for _keys in self.keys]
        for place, rows in enumerate(self.rows_of):
            for row in rows:
                self.members[row].append(place)
                self.sums[row] = [one + more for one, more in zip(self.sums[row], self.counts[place], strict=True)]
        self.truth = [list(sums) for sums in self.sums]
        self.totals = [sum(sums) for sums in self.sums]
        self.cells = [cells_of(tuple(sums)) for sums in self.sums]
        self.hides_more: set[int] = set()
        self.left_out: set[range] = set()
        self.steps: dict[tuple[int, Cells], set[tuple[int, int]]] = {}

    def published(self, row: int) -> Row:
        """The row as it is shown. Nought of all schools is nought of each row, whatever else is hidden there."""
        shown = zip(self.cells[row], self.cells[self.whole], strict=True)
        return Row(self.keys[row], self.totals[row], tuple(0 if of_all == 0 else cell for cell, of_all in shown))

    def settle(self) -> None:
        """Hide more until nothing that is hidden can be worked out: the first table by itself, then each later one."""
        first, *later = self.tables
        self.left_out = set(later)
        before = [*first, self.whole]
        self._protect(before, first)
        for table in later:
            self.left_out.discard(table)
            is_kept = not any(map(self._is_near_another, table)) and self._protect(table, table)
            if is_kept and all(self._is_safe(*cell) for cell in self._secrets(before)):
                before += table
            else:
                self.left_out.add(table)

    def _is_near_another(self, row: int) -> bool:
        """Rule 4: whether a row of an earlier table, or the one over all, has all but a few of the same schools."""
        start = next(table.start for table in self.tables if row in table)
        both: Counter[int] = Counter()
        for place in self.members[row]:
            for other in self.rows_of[place]:
                both[other] += sum(self.counts[place])
        return any(
            differ_by_few(self.totals[row], self.totals[other], both[other]) for other in [*range(start), self.whole]
        )

    def _secrets(self, rows: Iterable[int]) -> list[tuple[int, int]]:
        return [(row, tier) for row in rows for tier, cell in enumerate(self.published(row).cells) if cell is None]

    def _protect(self, rows: Iterable[int], table: range) -> bool:
        """Hide more of `table`, and at last of the row over all, until the secrets of `rows` are safe.

        A later table leaves the row over all as it is: False where that would not do.
        """
        waiting = self._secrets(rows)
        while waiting:
            row, tier = waiting[-1]
            if self._is_safe(row, tier):
                waiting.pop()
            elif (found := self._hide_with(row, table)) is not None:
                waiting += found
            else:
                return False
        return True

    def _hide_with(self, row: int, table: range) -> list[tuple[int, int]] | None:
        """Hide what may keep this row's secrets, and give what is hidden now and was not before; None at an end.

        That is the same numbers of the smallest row that shows one of them (totals are no secret); then all of this
        row; then all of others.
        """
        others = sorted((other for other in table if other != row), key=self.totals.__getitem__)
        if table is self.tables[0]:
            others.append(self.whole)
        hidden = self._hidden_of(row)
        for other in others:
            if not hidden <= self._hidden_of(other):
                return self._hide(other, hidden)
        for other in [row, *others]:
            if any(cell is not None for cell in self.cells[other]):
                return self._hide(other, self.tiers)
        return None

    def _hidden_of(self, row: int) -> frozenset[int]:
        return frozenset(tier for tier, cell in enumerate(self.published(row).cells) if cell is None)

    def _hide(self, row: int, tiers: Iterable[int]) -> list[tuple[int, int]]:
        """Hide these numbers of a row too, and give what is hidden now and was not before."""
        hidden = self._hidden_of(row) | set(tiers)
        if sum(self.sums[row][tier] for tier in hidden) < THRESHOLD:
            hidden = frozenset(self.tiers)
        new = sorted(hidden - self._hidden_of(row))
        self.cells[row] = tuple(None if tier in hidden else self.sums[row][tier] for tier in self.tiers)
        self.hides_more.add(row)
        return [(row, tier) for tier in new]

    def _is_safe(self, row: int, tier: int) -> bool:
        if not self._may_be_safe(row, tier):
            return False
        with closing(self.second_worlds(row, tier)) as found:
            return next(found, None) is not None

    def _may_be_safe(self, row: int, tier: int) -> bool:
        """Whether other rows of the table could make up for a change here, step by step. Quickly found, if they cannot.

        Where one row alone hides a number, for example, the total less all the others tells it.
        """
        table = next((table for table in self.tables if row in table), None)
        if table is None:
            return True
        steps = {step for other in table if other != row for step in self._steps(other)}
        steps |= {
            (here, there) for here, middle in steps for start, there in steps if middle == start and here != there
        }
        pairs = [(here, there) for here in self.tiers for there in self.tiers if here != there]
        for changes in [*([pair] for pair in pairs), *product(pairs, repeat=2)]:
            sums = _changed(self.sums[row], changes)
            if sums[tier] != self.truth[row][tier] and min(sums) >= 0 and self._reads_the_same(row, sums):
                others = all((there, here) in steps for here, there in changes)
                if others or self._reads_the_same(self.whole, _changed(self.sums[self.whole], changes)):
                    return True
        return False

    def _steps(self, row: int) -> set[tuple[int, int]]:
        """From which tier to which one school of a row can go while the row reads the same."""
        known = (row, self.cells[row])
        if known not in self.steps:
            pairs = [(here, there) for here in self.tiers for there in self.tiers if here != there]
            self.steps[known] = {
                pair
                for pair in pairs
                if self.sums[row][pair[0]] and self._reads_the_same(row, _changed(self.sums[row], [pair]))
            }
        return self.steps[known]

    def second_worlds(self, row: int, tier: int) -> Generator[list[Move], None, None]:
        """Changes after which this number is another, and everything that is published is the same."""
        for most in LONGEST:
            for begun in self._begun(row, tier):
                with self._made(begun) as could_be:
                    if could_be and self.sums[row][tier] != self.truth[row][tier] and self._reads_the_same(row):
                        yield from self._righted(row, begun, most)

    def _begun(self, row: int, tier: int) -> Iterator[list[Move]]:
        """One or two schools of a row that go from one tier to another, those first that change this number."""
        pairs = [(here, there) for here in self.tiers for there in self.tiers if here != there]
        pairs.sort(key=lambda pair: tier not in pair)
        for here, there in pairs:
            for place in self.members[row]:
                yield [(place, here, there)]
                yield from ([(place, here, there), (place, *pair)] for pair in pairs)

    @contextmanager
    def _made(self, moves: list[Move]) -> Iterator[bool]:
        """Make these moves, then take them back. Tells whether there are enough schools for them."""
        done = 0
        for place, here, there in moves:
            if not self.counts[place][here]:
                break
            self._shift(place, here, there)
            done += 1
        try:
            yield done == len(moves)
        finally:
            for place, here, there in reversed(moves[:done]):
                self._shift(place, there, here)

    def _righted(self, kept: int, moves: list[Move], most: int) -> Iterator[list[Move]]:
        """These moves, with those outside the row `kept` that put all published figures right again."""
        touched = dict.fromkeys(row for place, _here, _there in moves for row in self.rows_of[place])
        broken = [row for row in touched if not self._reads_the_same(row) and not self._is_left_out(row)]
        if not broken:
            yield moves
        elif len(moves) < most and kept not in broken:
            row = min(broken, key=lambda one: len(self.members[one]))
            for move in self._towards(row, kept):
                if (move[0], move[2], move[1]) not in moves:
                    with self._made([move]) as could_be:
                        if could_be:
                            yield from self._righted(kept, [*moves, move], most)

    def _shift(self, place: int, here: int, there: int) -> None:
        self.counts[place][here] -= 1
        self.counts[place][there] += 1
        for row in self.rows_of[place]:
            self.sums[row][here] -= 1
            self.sums[row][there] += 1

    def _is_left_out(self, row: int) -> bool:
        return any(row in table for table in self.left_out)

    def _reads_the_same(self, row: int, sums: list[int] | None = None) -> bool:
        """Whether a row is published as it was, with what it adds up to now or with other sums."""
        sums = self.sums[row] if sums is None else sums
        cells = cells_of(tuple(sums))
        if row not in self.hides_more:
            return cells == self.cells[row]
        return all(
            shown is None or (shown == now and cell is not None)
            for shown, now, cell in zip(self.cells[row], sums, cells, strict=True)
        )

    def _towards(self, row: int, kept: int) -> Iterator[Move]:
        """Moves of schools outside the row `kept` that bring this row nearer to what it was."""
        places = [place for place in self.members[row] if kept not in self.rows_of[place]]
        off = [now - true for now, true in zip(self.sums[row], self.truth[row], strict=True)]
        free = [cell is None for cell in self.cells[row]]
        for here in self.tiers:
            for there in self.tiers:
                helps = (off[here] > 0 or free[here]) and (off[there] < 0 or free[there])
                if here != there and helps and (off[here] > 0 or off[there] < 0):
                    yield from ((place, here, there) for place in places)

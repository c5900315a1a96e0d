"""No published table, with its totals and the other tables beside it, lets a hidden number be worked out.

Three readers try. The first solves the equations that the totals are, as fractions. The second writes down every
distribution of the schools and strikes out those that contradict what is published. The third, of great patience, runs
the program on every distribution, and keeps those that give exactly the publication before them.
"""

from collections import defaultdict
from fractions import Fraction
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schools.suppression import THRESHOLD, Group, Search, cells_of, differ_by_few, publish, put_together

TIERS = 3
LOCALITIES, SECTORS = "abcdef", ("primary", "secondary", "special")


def rows_of(groups, published):
    """(cells as published, true counts) of every published row, the one over all last."""
    found = [
        (row.cells, added_up(group for group in groups if group.keys[way] in row.keys))
        for way, table in enumerate(published.tables)
        for row in table
    ]
    return [*found, (published.whole.cells, added_up(groups))] if published.whole else found


def added_up(groups):
    return tuple(map(sum, zip(*(group.counts for group in groups), strict=True)))


@st.composite
def partnerships(draw, *, ways=2, most=24):
    """Schools by locality, or by locality and sector, at three tiers."""
    localities = LOCALITIES[: draw(st.integers(1, len(LOCALITIES)))]
    few, many = st.integers(0, 6), st.integers(0, most)
    kinds = [("all",)] if ways == 1 else [(sector,) for sector in SECTORS]
    return [
        Group((locality, *kind)[:ways], tuple(draw(few if tier else many) for tier in range(TIERS)))
        for locality in localities
        for kind in kinds
    ]


class TestEveryPublication:
    @given(st.one_of(partnerships(ways=1), partnerships()))
    @settings(max_examples=200, deadline=None)
    def test_shows_only_what_is_true_and_nothing_small(self, groups):
        for cells, counts in rows_of(groups, publish(groups)):
            assert sum(counts) >= THRESHOLD
            for cell, count in zip(cells, counts, strict=True):
                assert cell in (None, count)
                assert cell is None or cell == 0 or cell >= THRESHOLD

    @given(st.one_of(partnerships(ways=1), partnerships()))
    @settings(max_examples=200, deadline=None)
    def test_counts_every_school_once_in_each_table(self, groups):
        published = publish(groups)
        for table in published.tables:
            assert not table or sum(row.total for row in table) == published.whole.total

    @given(st.one_of(partnerships(ways=1), partnerships()))
    @settings(max_examples=100, deadline=None)
    def test_shows_nought_of_all_schools_as_nought_of_each_row(self, groups):
        published = publish(groups)
        for tier, cell in enumerate(published.whole.cells if published.whole else ()):
            assert cell != 0 or {row.cells[tier] for table in published.tables for row in table} == {0}

    @given(partnerships())
    @settings(max_examples=200, deadline=None)
    def test_has_no_two_rows_that_differ_by_few_schools(self, groups):
        first, second = publish(groups).tables
        for row, other in product(first, second):
            both = sum(sum(g.counts) for g in groups if g.keys[0] in row.keys and g.keys[1] in other.keys)
            assert not differ_by_few(row.total, other.total, both)

    @given(st.dictionaries(st.sampled_from(LOCALITIES), st.integers(0, 12)))
    def test_puts_together_rows_of_five_at_least_and_forgets_no_school(self, totals):
        rows = put_together(totals)

        assert all(sum(totals[key] for key in keys) >= THRESHOLD for keys in rows)
        kept = sum(totals[key] for keys in rows for key in keys)
        assert kept == (sum(totals.values()) if sum(totals.values()) >= THRESHOLD else 0)


class TestTheFirstReader:
    @given(st.one_of(partnerships(ways=1), partnerships()))
    @settings(max_examples=200, deadline=None)
    def test_solves_no_equation_for_a_hidden_number(self, groups):
        assert determined(publish(groups)) == set()

    def test_would_have_done_so_without_the_second_row_that_hides_something(self):
        groups = [Group(("a",), (12, 6, 3)), Group(("b",), (9, 8, 7))]
        published = publish(groups)
        unprotected = published.__class__(
            (tuple(row.__class__(row.keys, row.total, cells_of(g.counts)) for row, g in zip(
                published.tables[0], groups, strict=True)),), published.whole, published.empty,
        )  # fmt: skip

        assert determined(unprotected) == {(0, 1), (0, 2)}


def determined(published):
    """The places (row, tier) of hidden numbers that the totals determine, by Gauss's elimination."""
    tables = [[*range(len(table))] for table in published.tables]
    for number, table in enumerate(tables):
        tables[number] = [place + sum(map(len, tables[:number])) for place in table]
    rows = [row for table in published.tables for row in table] + ([published.whole] if published.whole else [])
    unknown = [(place, tier) for place, row in enumerate(rows) for tier in range(TIERS) if row.cells[tier] is None]
    column = {one: number for number, one in enumerate(unknown)}
    equations = [
        equation([(place, tier) for tier in range(TIERS)], row.total, rows, column) for place, row in enumerate(rows)
    ]
    for table, tier in product(filter(None, tables), range(TIERS)):
        terms = [*((place, tier) for place in table), (len(rows) - 1, tier)]
        equations.append(equation(terms, 0, rows, column, minus_last=True))
    return {one for one in unknown if column[one] in solved(equations, len(unknown))}


def equation(terms, right, rows, column, *, minus_last=False):
    """One line of the system: the coefficients of the unknown numbers, then the right-hand side."""
    line = [Fraction(0)] * (len(column) + 1)
    line[-1] = Fraction(right)
    for place, tier in terms:
        sign = -1 if minus_last and (place, tier) == terms[-1] else 1
        if (place, tier) in column:
            line[column[place, tier]] += sign
        else:
            line[-1] -= sign * rows[place].cells[tier]
    return line


def solved(lines, count):
    """The columns that have one value in every solution: alone in their line of the reduced echelon form."""
    lines, pivots = [list(line) for line in lines], []
    for column in range(count):
        pivot = next((line for line in lines[len(pivots) :] if line[column]), None)
        if pivot is None:
            continue
        lines.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        lines = [
            [v - line[column] * p for v, p in zip(line, pivot, strict=True)] if line[column] else line for line in lines
        ]
        lines.insert(len(pivots), pivot)
        pivots.append(column)
    return {column for line, column in zip(lines, pivots, strict=False) if sum(map(bool, line[:-1])) == 1}


def distributions(total, tiers=TIERS):
    if tiers == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in distributions(total - first, tiers - 1):
            yield (first, *rest)


ONE_TABLE = [(7,), (5, 6), (9, 5), (8, 9), (5, 3, 4)]
TWO_TABLES = [(1, 4, 3, 2), (5, 0, 1, 5)]
SMALL = [pytest.param(tuple((key,) for key in LOCALITIES[: len(sizes)]), sizes, id=str(sizes)) for sizes in ONE_TABLE]
SMALL += [pytest.param(tuple(product("ab", SECTORS[:2])), sizes, id=f"two tables {sizes}") for sizes in TWO_TABLES]


@cache
def all_publications(keys, sizes):
    """What is published of every distribution of so many schools, with the true counts of all possible rows."""
    found = []
    for counts in product(*map(distributions, sizes)):
        groups = [Group(key, tiers) for key, tiers in zip(keys, counts, strict=True)]
        published = publish(groups)
        totals = [defaultdict(int) for _way in keys[0]]
        for group, way in product(groups, range(len(keys[0]))):
            totals[way][group.keys[way]] += sum(group.counts)
        rows = [
            tuple(added_up(g for g in groups if g.keys[way] in row) for row in put_together(of_way))
            for way, of_way in enumerate(totals)
        ]
        found.append((published, (*rows, (added_up(groups),))))
    return found


def tables_of(published):
    """The published cells in the shape of the true counts: a table that is left out has no rows."""
    return [*([row.cells for row in table] for table in published.tables), [published.whole.cells]]


def given_away(published, possible):
    """The places of hidden numbers that have one value in all possible distributions."""
    return {
        (number, row, tier)
        for number, table in enumerate(tables_of(published))
        for row, cells in enumerate(table)
        for tier in range(TIERS)
        if cells[tier] is None and len({counts[number][row][tier] for counts in possible}) == 1
    }


@pytest.mark.parametrize(("keys", "sizes"), SMALL)
class TestEveryDistributionOfFewSchools:
    def test_the_second_reader_is_left_with_two_values_for_each_hidden_number(self, keys, sizes):
        every = all_publications(keys, sizes)
        for published in {published for published, _counts in every}:
            assert given_away(published, [counts for _published, counts in every if agree(published, counts)]) == set()

    def test_the_third_reader_gains_next_to_nothing(self, keys, sizes):
        """Rule 5 is not proof against somebody who runs the program on every distribution, but nearly."""
        same = defaultdict(list)
        for published, counts in all_publications(keys, sizes):
            same[published].append(counts)
        given = sum(len(possible) for published, possible in same.items() if given_away(published, possible))

        assert given <= 0.03 * sum(map(len, same.values()))


def agree(published, counts):
    """Whether these counts do not contradict what is published, by rules 1 to 3."""
    return all(
        agrees(cells, true)
        for table, rows in zip(tables_of(published), counts, strict=True)
        for cells, true in zip(table, rows, strict=False)
    )


def agrees(cells, counts):
    """Whether what the row shows is true of these counts, and what those rules alone would hide is hidden."""
    return all(
        cell is None or (cell == count and (allowed is not None or cell == 0))
        for cell, count, allowed in zip(cells, counts, cells_of(counts), strict=True)
    )


class TestThePossibilityThatIsFound:
    @given(st.one_of(partnerships(ways=1), partnerships()))
    @settings(max_examples=100, deadline=None)
    def test_is_another_number_under_the_same_figures(self, groups):
        published = publish(groups)
        if published.whole is None:
            return
        ways = range(len(groups[0].keys))
        totals = [{g.keys[way]: 0 for g in groups} for way in ways]
        for way, group in product(ways, groups):
            totals[way][group.keys[way]] += sum(group.counts)
        search = Search(groups, [put_together(of_way) for of_way in totals])
        search.settle()
        before = [list(counts) for counts in search.counts]
        shown = [row for table in search.tables if table not in search.left_out for row in table] + [search.whole]
        for row, tier in product(shown, range(TIERS)):
            if search.published(row).cells[tier] is None:
                moves = next(search.second_worlds(row, tier), None)
                if moves is not None:
                    self.check(groups, published, moves)
        assert search.counts == before

    def check(self, groups, published, moves):
        counts = [list(group.counts) for group in groups]
        for place, here, there in moves:
            counts[place][here] -= 1
            counts[place][there] += 1
        assert min(map(min, counts)) >= 0
        other = [Group(group.keys, tuple(tiers)) for group, tiers in zip(groups, counts, strict=True)]
        assert other != groups
        for (cells, _true), (_cells, now) in zip(rows_of(groups, published), rows_of(other, published), strict=True):
            assert agrees(cells, now)

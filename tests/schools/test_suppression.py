"""What may be published of small numbers, by example. What nobody can work out: test_suppression_properties.py."""

import pytest

from schools.suppression import Group, cells_of, differ_by_few, publish, put_together

HIDDEN = None


def by_locality(**counts):
    return [Group((key,), tiers) for key, tiers in counts.items()]


class TestOneRow:
    def test_numbers_of_five_and_more_are_shown(self):
        assert cells_of((12, 5, 8)) == (12, 5, 8)

    @pytest.mark.parametrize("small", [1, 2, 3, 4])
    def test_one_to_four_are_hidden_with_their_neighbour_and_not_with_the_total_to_find_them_by(self, small):
        assert cells_of((12, 7, small)) == (12, HIDDEN, HIDDEN)
        assert cells_of((small, 7, 12)) == (HIDDEN, HIDDEN, 12)
        assert cells_of((12, small, 7)) == (12, HIDDEN, HIDDEN)

    def test_a_neighbour_without_schools_keeps_no_secret(self):
        assert cells_of((12, 0, 3)) == (HIDDEN, 0, HIDDEN)
        assert cells_of((12, 3, 0)) == (HIDDEN, HIDDEN, 0)

    def test_what_lies_between_two_hidden_numbers_is_hidden(self):
        assert cells_of((3, 9, 2)) == (HIDDEN, HIDDEN, HIDDEN)

    def test_hidden_numbers_are_five_schools_together_at_least(self):
        assert cells_of((12, 2, 3)) == (12, HIDDEN, HIDDEN)
        assert cells_of((12, 2, 2)) == (HIDDEN, HIDDEN, HIDDEN)

    def test_nought_is_shown(self):
        assert cells_of((12, 6, 0)) == (12, 6, 0)

    def test_nought_is_hidden_where_it_would_tell_of_every_school(self):
        assert cells_of((12, 0, 0)) == (HIDDEN, HIDDEN, HIDDEN)


class TestPutTogether:
    def test_a_locality_with_four_schools_joins_another_that_is_small(self):
        assert put_together({"a": 4, "b": 20, "c": 3}) == (("a", "c"), ("b",))

    def test_or_the_smallest_of_the_others(self):
        assert put_together({"a": 20, "b": 4, "c": 9}) == (("a",), ("b", "c"))

    def test_a_locality_without_schools_joins_nobody(self):
        assert put_together({"a": 20, "b": 0}) == (("a",),)

    def test_fewer_than_five_in_all_are_no_row(self):
        assert put_together({"a": 2, "b": 2}) == ()
        assert put_together({}) == ()


class TestPublish:
    def test_nothing_is_nothing(self):
        assert publish([]).whole is None

    def test_fewer_than_five_schools_are_not_published(self):
        published = publish(by_locality(a=(1, 1, 0), b=(0, 0, 2)))

        assert published.whole is None
        assert published.tables == ((),)

    def test_a_table_with_its_total(self):
        published = publish(by_locality(a=(12, 6, 5), b=(9, 8, 7)))

        assert [row.cells for row in published.tables[0]] == [(12, 6, 5), (9, 8, 7)]
        assert published.whole.cells == (21, 14, 12)
        assert [row.total for row in published.tables[0]] == [23, 24]

    def test_who_has_no_school_to_count_is_named(self):
        assert publish(by_locality(a=(12, 6, 5), b=(0, 0, 0))).empty == (("b",),)

    def test_a_second_row_hides_as_much_as_the_only_one_that_hides_something(self):
        """Otherwise the total of all, less the other rows, would give the hidden number away."""
        published = publish(by_locality(a=(12, 6, 3), b=(10, 10, 10), c=(9, 8, 7)))

        assert [row.cells for row in published.tables[0]] == [(12, HIDDEN, HIDDEN), (10, 10, 10), (9, HIDDEN, HIDDEN)]
        assert published.whole.cells == (31, 24, 20)


class TestTwoTables:
    def test_both_are_shown_where_neither_gives_the_other_away(self):
        groups = [Group((place, kind), (9, 8, 7)) for place in "ab" for kind in ("primary", "secondary")]

        first, second = publish(groups).tables

        assert [row.cells for row in first] == [row.cells for row in second] == [(18, 16, 14), (18, 16, 14)]

    def test_rows_that_differ_by_few_schools_are_not_both_shown(self):
        """The primary schools are those of locality a, and two more."""
        groups = [
            Group(("a", "primary"), (10, 10, 10)),
            Group(("b", "primary"), (1, 1, 0)),
            Group(("b", "secondary"), (9, 8, 7)),
        ]

        first, second = publish(groups).tables

        assert len(first) == 2
        assert second == ()

    @pytest.mark.parametrize(
        ("one", "other", "both", "few"),
        [(20, 20, 20, False), (20, 18, 18, True), (20, 16, 16, True), (20, 15, 15, False), (8, 8, 6, True)],
    )
    def test_what_few_is(self, one, other, both, few):
        assert differ_by_few(one, other, both) is few

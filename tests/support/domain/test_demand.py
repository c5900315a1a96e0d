from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from support.domain.demand import Need, queue

DAY = datetime(2026, 6, 1, tzinfo=UTC)


def need(school, *, agreed=None, submitted=0):
    at = None if agreed is None else DAY + timedelta(days=agreed)
    return Need(school, f"School {school}", 1, DAY + timedelta(days=submitted), at)


def schools(needs):
    return [one.school for one in needs]


class TestTheLine:
    def test_goes_by_the_date_of_agreement(self):
        line = queue([need(1, agreed=9), need(2, agreed=3), need(3, agreed=6)], places=None, places_later=None).line

        assert schools(line) == [2, 3, 1]

    def test_what_is_not_agreed_yet_comes_after_by_the_date_of_submission(self):
        line = queue(
            [need(1, submitted=2), need(2, submitted=1), need(3, agreed=90)], places=None, places_later=None
        ).line

        assert schools(line) == [3, 2, 1]

    def test_of_one_day_is_always_the_same(self):
        needs = [need(3, agreed=1), need(1, agreed=1), need(2, agreed=1)]

        assert schools(queue(needs, places=1, places_later=None).line) == [1, 2, 3]


class TestPlaces:
    def test_those_without_one_wait_for_the_next_term(self):
        found = queue([need(n, agreed=n) for n in range(1, 8)], places=3, places_later=2)

        assert (found.now.needed, found.now.served, found.now.short) == (7, 3, 4)
        assert schools(found.waiting) == [4, 5, 6, 7]
        assert (found.later.needed, found.later.short) == (4, 2)
        assert schools(found.waiting_longer) == [6, 7]

    def test_nobody_waits_where_nobody_has_said_how_many_there_are(self):
        found = queue([need(1, agreed=1)], places=None, places_later=None)

        assert (found.now.short, found.waiting) == (0, ())

    def test_none_is_not_nought(self):
        assert schools(queue([need(1, agreed=1)], places=0, places_later=None).waiting) == [1]

    @given(st.integers(0, 30), st.none() | st.integers(0, 40), st.none() | st.integers(0, 40))
    def test_everybody_is_served_or_waits(self, count, places, later):
        found = queue([need(n, agreed=n) for n in range(count)], places=places, places_later=later)

        assert found.now.served + len(found.waiting) == count
        assert found.later.needed == len(found.waiting)
        assert found.waiting_longer == found.waiting[found.later.served :]
        assert places is None or found.now.served <= places

from datetime import date, timedelta

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from schools.actions import record_sessions
from schools.models import Session
from schools.terms import Calendar, TermDates

SESSIONS = yaml.safe_load((settings.BASE_DIR / "fixtures" / "sessions" / "north-lanarkshire.yaml").read_text())


def read():
    """The published dates, without a database."""
    terms = tuple(
        TermDates(session["label"], order, term["starts"], term["ends"])
        for session in SESSIONS
        for order, term in enumerate(session["terms"], start=1)
    )
    off = set()
    for line in (line for session in SESSIONS for line in session["non_teaching_days"]):
        length = (line.get("until", line["date"]) - line["date"]).days
        off |= {line["date"] + timedelta(days=number) for number in range(length + 1)}
    return Calendar(terms, frozenset(off))


CALENDAR = read()
ANY_DAY = st.dates(date(2025, 6, 1), date(2027, 12, 31))


class TestTermAt:
    @pytest.mark.parametrize(
        ("day", "label"),
        [
            (date(2026, 8, 12), "2026/27, term 1"),
            (date(2026, 12, 18), "2026/27, term 1"),
            (date(2027, 1, 5), "2026/27, term 2"),
            (date(2027, 6, 25), "2026/27, term 3"),
        ],
    )
    def test_a_day_of_a_term_belongs_to_it(self, day, label):
        assert CALENDAR.term_at(day).label == label

    @pytest.mark.parametrize(
        ("day", "label"),
        [
            (date(2026, 12, 25), "2026/27, term 1"),
            (date(2027, 4, 10), "2026/27, term 2"),
            (date(2026, 7, 15), "2025/26, term 3"),
        ],
    )
    def test_a_day_in_a_gap_belongs_to_the_term_just_ended(self, day, label):
        assert CALENDAR.term_at(day).label == label

    def test_before_the_first_term_there_is_none(self):
        assert CALENDAR.term_at(date(2025, 8, 13)) is None


class TestSchoolDays:
    @pytest.mark.parametrize(
        "day",
        [
            date(2026, 11, 14),  # Saturday
            date(2026, 11, 15),  # Sunday
            date(2026, 11, 16),  # in-service
            date(2026, 10, 14),  # October week
            date(2026, 12, 23),  # between terms
            date(2026, 7, 15),  # summer
            date(2027, 7, 15),  # the summer after the last session that is known
        ],
    )
    def test_nobody_is_taught(self, day):
        assert not CALENDAR.is_school_day(day)

    @pytest.mark.parametrize("day", [date(2026, 8, 12), date(2026, 11, 17), date(2027, 6, 25)])
    def test_pupils_are_taught(self, day):
        assert CALENDAR.is_school_day(day)

    def test_where_no_dates_are_known_weekdays_count(self):
        assert Calendar().is_school_day(date(2026, 11, 20))
        assert not Calendar().is_school_day(date(2026, 11, 21))
        assert CALENDAR.is_school_day(date(2027, 9, 1))

    def test_counting_leaves_the_first_day_out_and_the_last_in(self):
        friday, next_friday = date(2026, 11, 20), date(2026, 11, 27)

        assert CALENDAR.school_days_after(friday, next_friday) == 5
        assert CALENDAR.school_days_after(friday, friday) == 0
        assert CALENDAR.school_days_after(next_friday, friday) == 0

    def test_ten_school_days_step_over_a_holiday(self):
        assert CALENDAR.nth_school_day_after(date(2026, 11, 20), 10) == date(2026, 12, 4)
        assert CALENDAR.nth_school_day_after(date(2026, 12, 16), 10) == date(2027, 1, 14)

    def test_the_day_is_not_guessed_beyond_what_is_known(self):
        assert CALENDAR.nth_school_day_after(date(2027, 6, 22), 10) is None
        assert Calendar().nth_school_day_after(date(2026, 11, 20), 10) is None

    @given(ANY_DAY, st.integers(1, 40))
    def test_the_two_ways_of_counting_agree(self, day, count):
        reached = CALENDAR.nth_school_day_after(day, count)

        assert reached is None or CALENDAR.school_days_after(day, reached) == count
        assert reached is None or CALENDAR.is_school_day(reached)

    @given(ANY_DAY, ANY_DAY, ANY_DAY)
    def test_stretches_add_up(self, first, second, third):
        first, second, third = sorted([first, second, third])

        whole = CALENDAR.school_days_after(first, third)
        assert whole == CALENDAR.school_days_after(first, second) + CALENDAR.school_days_after(second, third)


class TestClock:
    @pytest.mark.parametrize(
        ("today", "left", "over"),
        [
            (date(2026, 11, 20), 10, 0),
            (date(2026, 12, 1), 3, 0),
            (date(2026, 12, 4), 0, 0),
            (date(2026, 12, 6), 0, 0),
            (date(2026, 12, 8), 0, 2),
        ],
    )
    def test_says_what_is_left_and_what_is_over(self, today, left, over):
        clock = CALENDAR.clock(started=date(2026, 11, 20), days=10, today=today)

        assert (clock.due, clock.left, clock.over) == (date(2026, 12, 4), left, over)
        assert clock.is_over is (over > 0)

    def test_there_is_none_without_dates(self):
        assert Calendar().clock(started=date(2026, 11, 20), days=10, today=date(2026, 11, 23)) is None


def test_the_calendar_is_read_from_the_sessions(db, django_assert_num_queries):
    record_sessions(sessions=SESSIONS)

    with django_assert_num_queries(2):
        calendar = Session.objects.calendar()

    assert [term.label for term in calendar.terms] == [term.label for term in CALENDAR.terms]
    days = [date(2025, 8, 1) + timedelta(days=number) for number in range(800)]
    assert [calendar.is_school_day(day) for day in days] == [CALENDAR.is_school_day(day) for day in days]

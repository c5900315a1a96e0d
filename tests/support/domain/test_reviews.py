from datetime import date, timedelta

import pytest

from readiness.domain.scoring import profile
from support.domain.reviews import (
    SchoolCalendar,
    SchoolTerm,
    fact_finding_by,
    first_due,
    is_far_enough,
    next_review,
)
from tests.support.examples import everywhere, framework

TERMS = (
    SchoolTerm(date(2026, 8, 12), date(2026, 12, 18), is_last=False),
    SchoolTerm(date(2027, 1, 5), date(2027, 4, 2), is_last=False),
    SchoolTerm(date(2027, 4, 19), date(2027, 6, 25), is_last=True),
)
CALENDAR = SchoolCalendar(TERMS, closed=frozenset({date(2027, 2, 18), date(2027, 2, 17), date(2027, 3, 26)}))


@pytest.mark.parametrize(
    ("tier", "after", "day"),
    [
        ("universal", date(2026, 8, 20), date(2027, 6, 18)),
        ("universal", date(2026, 11, 20), date(2027, 6, 18)),
        ("targeted", date(2026, 8, 20), date(2026, 12, 11)),
        ("targeted", date(2026, 11, 13), date(2026, 12, 11)),
        ("targeted", date(2026, 11, 20), date(2027, 3, 25)),  # too soon before Christmas; the 26th is a holiday
        ("intensive", date(2026, 8, 20), date(2026, 10, 15)),
        ("intensive", date(2026, 11, 20), date(2026, 12, 11)),
        ("intensive", date(2026, 12, 4), date(2027, 2, 16)),  # two closed days before the middle of the term
    ],
)
def test_a_review_falls_where_the_terms_say(tier, after, day):
    assert next_review(tier, after=after, calendar=CALENDAR) == day


@pytest.mark.parametrize(("tier", "weeks"), [("universal", 52), ("targeted", 13), ("intensive", 6)])
def test_without_term_dates_it_is_counted_in_weeks(tier, weeks):
    after = date(2026, 11, 20)
    assert next_review(tier, after=after, calendar=SchoolCalendar()) == after + timedelta(weeks=weeks)


@pytest.mark.parametrize("tier", ["universal", "targeted", "intensive"])
def test_a_review_is_always_later_and_on_an_open_day(tier):
    for days in range(800):
        after = date(2026, 8, 1) + timedelta(days=days)
        day = next_review(tier, after=after, calendar=CALENDAR)
        assert day > after
        assert day.weekday() < 5
        assert day not in CALENDAR.closed


@pytest.mark.parametrize("after", [date(2026, 8, 20), date(2026, 11, 20), date(2027, 3, 1)])
def test_more_support_is_reviewed_at_least_as_soon(after):
    days = [next_review(tier, after=after, calendar=CALENDAR) for tier in ("intensive", "targeted", "universal")]
    assert days == sorted(days)


def test_a_step_is_due_by_the_next_review_and_never_a_year_off():
    today = date(2026, 8, 20)
    assert first_due("intensive", today=today, calendar=CALENDAR) == date(2026, 10, 15)
    assert first_due("targeted", today=today, calendar=CALENDAR) == date(2026, 12, 11)
    assert first_due("universal", today=today, calendar=CALENDAR) == date(2026, 12, 11)


def test_the_talk_to_find_out_comes_within_four_weeks():
    assert fact_finding_by(today=date(2027, 2, 26), calendar=CALENDAR) == date(2027, 3, 25)
    assert fact_finding_by(today=date(2026, 11, 20), calendar=CALENDAR) == date(2026, 12, 18)


def test_a_day_with_no_open_day_near_it_stays():
    closed = frozenset(date(2026, 7, 1) - timedelta(days=back) for back in range(60))
    assert SchoolCalendar(closed=closed).open_day(date(2026, 7, 1)) == date(2026, 7, 1)


class TestWhenATierMayClose:
    def result(self, **levels):
        answers = everywhere(3) | {slug.replace("_", "-"): level for slug, level in levels.items()}
        return profile(framework(), answers)

    def test_at_two_and_a_half_with_every_essential_met(self):
        levels = {"welcome_and_predictability": 2, "calm_places": 2}
        assert is_far_enough(self.result(**levels).theme("safe-base"))
        assert not is_far_enough(self.result(**levels, planned_transitions=2).theme("safe-base"))

    def test_not_while_an_essential_is_unmet(self):
        assert not is_far_enough(self.result(made_room=1, fits_with_what_we_do=4).theme("time-and-fit"))

    def test_not_while_too_little_is_known(self):
        unknown = {"calm_places": "dont_know", "planned_transitions": "dont_know"}
        assert not is_far_enough(self.result(**unknown).theme("safe-base"))

from datetime import date, timedelta

import pytest

from support.domain.due import Distance, Unit, distance, is_overdue, is_soon
from support.sentences import ahead_words, due_words

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, "due today"),
        (TODAY + timedelta(days=1), "due tomorrow"),
        (TODAY + timedelta(days=5), "due in 5 days"),
        (TODAY + timedelta(days=13), "due in 13 days"),
        (TODAY + timedelta(days=14), "due in 2 weeks"),
        (TODAY + timedelta(days=90), "due in 12 weeks"),
        (TODAY + timedelta(days=91), "due in 2 months"),
        (date(2027, 5, 20), "due in 6 months"),
        (date(2027, 5, 19), "due in 5 months"),
        (TODAY - timedelta(days=1), "1 day overdue"),
        (TODAY - timedelta(days=20), "2 weeks overdue"),
        (TODAY - timedelta(days=21), "3 weeks overdue"),
        (date(2026, 5, 20), "6 months overdue"),
    ],
)
def test_due_in_words(day, words):
    assert due_words(day, today=TODAY) == words


def test_what_is_not_due_is_ahead_or_ago():
    assert ahead_words(TODAY, today=TODAY) == "today"
    assert ahead_words(TODAY + timedelta(days=21), today=TODAY) == "in 3 weeks"
    assert ahead_words(TODAY - timedelta(days=2), today=TODAY) == "2 days ago"


def test_a_distance_is_never_more_than_there_is():
    for days in range(1, 1000):
        away = distance(TODAY + timedelta(days=days), today=TODAY)
        least = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 28}[away.unit]
        assert away.count >= 1
        assert away.count * least <= days
        assert distance(TODAY - timedelta(days=days), today=TODAY).is_past


def test_today_is_neither_past_nor_overdue():
    assert distance(TODAY, today=TODAY) == Distance(Unit.DAY, 0, is_past=False)
    assert not is_overdue(TODAY, today=TODAY)
    assert is_overdue(TODAY - timedelta(days=1), today=TODAY)


def test_what_comes_within_four_weeks_is_soon():
    assert is_soon(TODAY - timedelta(days=400), today=TODAY)
    assert is_soon(TODAY + timedelta(days=28), today=TODAY)
    assert not is_soon(TODAY + timedelta(days=29), today=TODAY)

"""How long an entry is kept: a table of ages, and what becomes of each today."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflections.domain.keeping import Age, Do, due, what_to_do

TODAY = date(2026, 11, 20)


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("age", "do"),
    [
        (Age(True, ago(10)), Do.KEEP),
        (Age(True, ago(731 - 61)), Do.KEEP),
        (Age(True, ago(731 - 60)), Do.WARN),
        (Age(True, ago(5000)), Do.WARN),  # however old, it is told first
        (Age(True, ago(731 - 15), warned=ago(45)), Do.KEEP),
        (Age(True, ago(731 - 14), warned=ago(46)), Do.WARN_AGAIN),
        (Age(True, ago(5000), warned=ago(13)), Do.KEEP),  # told late, so it waits
        (Age(True, ago(5000), warned=ago(14)), Do.WARN_AGAIN),
        (Age(True, ago(730), warned=ago(60), warned_again=ago(14)), Do.KEEP),
        (Age(True, ago(731), warned=ago(60), warned_again=ago(14)), Do.DELETE),
        (Age(True, ago(5000), warned=ago(60), warned_again=ago(13)), Do.KEEP),
        # Drafts: a year after the session in which they were last changed
        (Age(False, ago(400), session_ends=ago(200)), Do.KEEP),
        (Age(False, ago(400), session_ends=ago(305)), Do.WARN),
        (Age(False, ago(306)), Do.WARN),
        (Age(False, ago(800), session_ends=ago(365), warned=ago(60), warned_again=ago(14)), Do.DELETE),
        # Their author has left the school
        (Age(True, ago(100), left=ago(29)), Do.KEEP),
        (Age(True, ago(100), left=ago(30)), Do.WARN),
        (Age(True, ago(100), left=ago(90), warned=ago(60), warned_again=ago(14)), Do.DELETE),
        (Age(True, ago(100), left=ago(89), warned=ago(60), warned_again=ago(14)), Do.KEEP),
    ],
)
def test_what_becomes_of_an_entry(age, do):
    assert what_to_do(age, today=TODAY) is do


days = st.dates(min_value=date(2020, 1, 1), max_value=TODAY)


@given(st.booleans(), days, st.none() | days, st.none() | days, st.none() | days, st.none() | days)
def test_nothing_goes_before_its_day_or_untold(finished, edited, ends, left, warned, again):
    age = Age(finished, edited, ends, left, warned, again)
    if what_to_do(age, today=TODAY) is Do.DELETE:
        assert age.warned is not None
        assert age.warned_again is not None
        assert age.warned_again <= TODAY - timedelta(days=14)
        assert due(age) <= TODAY

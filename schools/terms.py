"""School days and terms, worked out from a council's dates: which term a day belongs to, and how many days are left.

Pure. `Session.objects.calendar()` reads the dates; "today" is always passed in. Clocks are shown, never enforced.
"""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
A_DAY = timedelta(days=1)
LONGEST_SUMMER = timedelta(weeks=8)
"""How long the summer is taken to last where the next session's dates are not known yet."""


@dataclass(frozen=True)
class TermDates:
    """A term: its session's label, its place in the session (from 1), and its pupils' first and last day."""

    session: str
    order: int
    starts: date
    ends: date
    name: str = ""

    @property
    def label(self) -> str:
        """Such as “2026/27, term 2”."""
        return f"{self.session}, term {self.order}"

    def holds(self, day: date) -> bool:
        """Whether the day lies between its first and its last."""
        return self.starts <= day <= self.ends


@dataclass(frozen=True)
class Clock:
    """How long something has got: the day on which it is hoped for, and the school days left or over."""

    due: date
    left: int
    over: int

    @property
    def is_over(self) -> bool:
        """Whether the day has passed."""
        return self.over > 0


@dataclass(frozen=True)
class Calendar:
    """The terms of all sessions, and the days in them on which pupils are not taught (holidays, in-service days)."""

    terms: tuple[TermDates, ...] = ()
    days_off: frozenset[date] = frozenset()

    def term_at(self, day: date) -> TermDates | None:
        """The term that a day belongs to. In a gap that is the term just ended; before the first term there is none."""
        begun = [term for term in self.terms if term.starts <= day]
        return max(begun, key=lambda term: term.starts, default=None)

    def is_school_day(self, day: date) -> bool:
        """Whether pupils are taught on this day.

        Where no term is known yet (before the first, or once the summer after the last one must be over), every
        weekday counts: what waits for a school day should not wait for ever because dates are missing.
        """
        if day.weekday() >= SATURDAY or day in self.days_off:
            return False
        term = self.term_at(day)
        if term is None or term.holds(day):
            return True
        return term.ends == self._last_known and day > term.ends + LONGEST_SUMMER

    def school_days_after(self, start: date, end: date) -> int:
        """How many school days there are after `start`, up to and including `end`: 0 where `end` is not later."""
        days = (end - start).days
        return sum(self.is_school_day(start + A_DAY * number) for number in range(1, days + 1))

    def nth_school_day_after(self, day: date, count: int) -> date | None:
        """The day that is `count` school days after this one; None where the dates of that time are not known."""
        found = 0
        while found < count:
            day += A_DAY
            if self._last_known is None or day > self._last_known:
                return None
            found += self.is_school_day(day)
        return day

    def clock(self, *, started: date, days: int, today: date) -> Clock | None:
        """What is left of so many school days that began on a day; None where the dates are not known."""
        due = self.nth_school_day_after(started, days)
        if due is None:
            return None
        return Clock(due, left=self.school_days_after(today, due), over=self.school_days_after(due, today))

    @property
    def _last_known(self) -> date | None:
        return max((term.ends for term in self.terms), default=None)

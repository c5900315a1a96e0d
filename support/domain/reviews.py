"""When a theme of a plan is looked at again, by its tier and the school's terms, and when its tier may close."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from readiness.domain.scoring import ThemeResult
from readiness.domain.tiers import TARGETED_BELOW

UNIVERSAL, TARGETED, INTENSIVE = "universal", "targeted", "intensive"

BEFORE_THE_END = timedelta(weeks=1)
"""A review at the end of a term is held a week before its last day, while people are still there."""

LEAST = {UNIVERSAL: timedelta(weeks=12), TARGETED: timedelta(weeks=4), INTENSIVE: timedelta(weeks=2)}
"""A review that would come sooner than this has nothing to look back on: the next one is taken."""

WITHOUT_TERMS = {UNIVERSAL: timedelta(weeks=52), TARGETED: timedelta(weeks=13), INTENSIVE: timedelta(weeks=6)}
"""How far off the next review is where the council's term dates do not reach that far yet."""

FACT_FINDING = timedelta(weeks=4)
"""A theme about which too little is known is talked over within this time (the framework's rule)."""

SATURDAY = 5


@dataclass(frozen=True)
class SchoolTerm:
    """From a term's first day to its last; `is_last` of its session."""

    starts: date
    ends: date
    is_last: bool


@dataclass(frozen=True)
class SchoolCalendar:
    """The terms that are known, in order, and the days on which nobody is taught."""

    terms: tuple[SchoolTerm, ...] = ()
    closed: frozenset[date] = frozenset()

    def open_day(self, day: date) -> date:
        """This day, or the last one before it on which the school is open."""
        for back in range(31):
            earlier = day - timedelta(days=back)
            if earlier.weekday() < SATURDAY and earlier not in self.closed:
                return earlier
        return day


def next_review(tier: str, *, after: date, calendar: SchoolCalendar) -> date:
    """The day of the next review of a theme at this tier, later than `after`.

    Universal: each year, before the last term ends, when the school looks at itself again in any case. Targeted: before
    each term ends. Intensive: in the middle of each term, and before it ends.
    """
    earliest = after + LEAST[tier]
    known = (calendar.open_day(day) for day in _days(tier, calendar))
    for day in known:
        if day >= earliest:
            return day
    later = calendar.open_day(after + WITHOUT_TERMS[tier])
    return later if later > after else after + WITHOUT_TERMS[tier]


def _days(tier: str, calendar: SchoolCalendar) -> Iterator[date]:
    for term in calendar.terms:
        if tier == INTENSIVE:
            yield term.starts + (term.ends - term.starts) / 2
        if tier != UNIVERSAL or term.is_last:
            yield term.ends - BEFORE_THE_END


def first_due(tier: str, *, today: date, calendar: SchoolCalendar) -> date:
    """By when a step of a theme at this tier is proposed to be done: by its next review, and never a whole year off."""
    return next_review(INTENSIVE if tier == INTENSIVE else TARGETED, after=today, calendar=calendar)


def fact_finding_by(*, today: date, calendar: SchoolCalendar) -> date:
    """By when the talk about what is not known yet is held."""
    return calendar.open_day(today + FACT_FINDING)


def is_far_enough(result: ThemeResult) -> bool:
    """Whether the review shows that the theme needs no more than every school gets: the published rule for closing."""
    return result.has_score and not result.is_below(TARGETED_BELOW) and not result.unmet

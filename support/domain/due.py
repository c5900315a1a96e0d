"""How far off a date is, in the unit that a person would use."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DAYS_UNTIL = 14
"""From here on weeks are named in place of days."""

WEEKS_UNTIL = 13
"""From here on months are named in place of weeks."""

SOON = 28
"""What is due within this many days comes next."""


class Unit(StrEnum):
    """What a distance is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Distance:
    """From today to a date. `count` is whole units, never more than there are; `is_past` when the date has been."""

    unit: Unit
    count: int
    is_past: bool

    @property
    def is_today(self) -> bool:
        """Whether the date is today."""
        return self.count == 0


def distance(day: date, *, today: date) -> Distance:
    """How far `day` is from `today`: days under a fortnight, weeks under a quarter of a year, then months."""
    days = abs((day - today).days)
    is_past = day < today
    if days < DAYS_UNTIL:
        return Distance(Unit.DAY, days, is_past)
    if days < WEEKS_UNTIL * 7:
        return Distance(Unit.WEEK, days // 7, is_past)
    return Distance(Unit.MONTH, _months(min(day, today), max(day, today)), is_past)


def _months(earlier: date, later: date) -> int:
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    return months - (later.day < earlier.day)


def is_overdue(day: date, *, today: date) -> bool:
    """Whether the date has been. What is due today is not overdue yet."""
    return day < today


def is_soon(day: date, *, today: date) -> bool:
    """Whether the date has been, or comes within four weeks."""
    return (day - today).days <= SOON

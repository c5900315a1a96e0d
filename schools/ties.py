"""For how long somebody is too close to a school to judge it. Pure."""

from datetime import date

YEARS = 2
"""A tie counts while it goes on, and for so many years after."""


def counts_since(day: date) -> date:
    """The earliest last day of a tie that still counts on `day`: the same day two years before."""
    return _shifted(day, -YEARS)


def counts_until(last_day: date) -> date:
    """The last day on which a tie counts that ended on `last_day`."""
    return _shifted(last_day, YEARS)


def _shifted(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, in a year without one
        return day.replace(year=day.year + years, day=28)

"""How long an entry is kept, and when its author is told that it will go. Pure.

Entries go 24 months after they were last changed; drafts 12 months after the session in which they were; both 90 days
after their author has left the school. Nothing goes before its author has been told twice, the second time two weeks
before. Opening an entry changes nothing; saving it does.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

KEPT = 731  # days: 24 months
DRAFTS_KEPT = 365  # after their session
AFTER_LEAVING = 90
FIRST_WARNING, SECOND_WARNING = timedelta(days=60), timedelta(days=14)


class Do(StrEnum):
    """What becomes of an entry today."""

    KEEP = "keep"
    WARN = "warn"
    WARN_AGAIN = "warn again"
    DELETE = "delete"


@dataclass(frozen=True)
class Age:
    """What is known of an entry's age: the days of its last change, of its session's end, of its author's leaving."""

    is_finished: bool
    edited: date
    session_ends: date | None = None
    left: date | None = None
    warned: date | None = None
    warned_again: date | None = None


def due(age: Age) -> date:
    """The day on which the entry goes, if its author has been told in time."""
    if age.is_finished:
        last = age.edited + timedelta(days=KEPT)
    else:
        last = max(age.edited, age.session_ends or age.edited) + timedelta(days=DRAFTS_KEPT)
    return last if age.left is None else min(last, age.left + timedelta(days=AFTER_LEAVING))


def what_to_do(age: Age, *, today: date) -> Do:
    """One step at a time, however long nobody has looked: told, told again, and gone two weeks after that."""
    last = due(age)
    if age.warned is None:
        return Do.WARN if today >= last - FIRST_WARNING else Do.KEEP
    if age.warned_again is None:
        return Do.WARN_AGAIN if today >= max(last - SECOND_WARNING, age.warned + SECOND_WARNING) else Do.KEEP
    return Do.DELETE if today >= max(last, age.warned_again + SECOND_WARNING) else Do.KEEP

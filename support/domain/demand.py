"""How many schools need an offer, how many have a place, and who waits. Pure.

The order is agreed, not earned: the school whose audit was agreed first comes first. Scores never enter into it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Need:
    """A school whose newest submitted audit calls for an offer: since when that is agreed, or only submitted."""

    school: int
    name: str
    locality: int | None
    submitted_at: datetime
    agreed_at: datetime | None

    @property
    def place_in_line(self) -> tuple[bool, datetime, int]:
        """Agreed audits by the date of their agreement; then what is not agreed yet, by the date of submission."""
        return (self.agreed_at is None, self.agreed_at or self.submitted_at, self.school)


@dataclass(frozen=True)
class Term:
    """One term of a queue: how many need the offer then, and for how many there is a place (None: nobody has said)."""

    needed: int
    places: int | None

    @property
    def served(self) -> int:
        """How many get it. Where nobody has said how many places there are, nobody is told to wait."""
        return self.needed if self.places is None else min(self.needed, self.places)

    @property
    def short(self) -> int:
        """How many places are missing."""
        return self.needed - self.served


@dataclass(frozen=True)
class Queue:
    """Everybody who needs one offer, in the agreed order. Who has no place this term needs it the next."""

    line: tuple[Need, ...]
    now: Term
    later: Term

    @property
    def waiting(self) -> tuple[Need, ...]:
        """Those without a place this term, the first in line first."""
        return self.line[self.now.served :]

    @property
    def waiting_longer(self) -> tuple[Need, ...]:
        """Those without a place next term either."""
        return self.waiting[self.later.served :]


def queue(needs: Iterable[Need], *, places: int | None, places_later: int | None) -> Queue:
    """The queue for an offer with so many places this term and the next."""
    line = tuple(sorted(needs, key=lambda need: need.place_in_line))
    now = Term(len(line), places)
    return Queue(line, now, Term(now.short, places_later))

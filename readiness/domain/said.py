"""What one voice says about one statement, and what happens when two people say different things at once."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self, TypeVar

from .answers import Given


class Words(Protocol):
    """Anything that a page shows, a person changes, and a second person may have changed meanwhile."""

    @property
    def digest(self) -> str:
        """A few letters that differ when the words differ."""
        ...

    def joined_to(self, theirs: Self) -> Self:
        """Both people's texts."""
        ...


W = TypeVar("W", bound=Words)


@dataclass(frozen=True)
class Said:
    """An answer with its texts: the level or other answer (None: not given yet), the reason and the evidence line."""

    given: Given | None = None
    reason: str = ""
    evidence: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all has been said."""
        return self == Said()

    @property
    def digest(self) -> str:
        """Twelve letters that differ when the words differ."""
        return short_digest(self.given or "", self.reason, self.evidence)

    def seen_as(self, revision: int) -> str:
        """What a page carries to say which words, at which revision, it has shown."""
        return f"{revision}.{self.digest}"

    def joined_to(self, theirs: "Said") -> "Said":
        """Both people's texts, theirs first, under this answer."""
        return Said(
            given=self.given if self.given is not None else theirs.given,
            reason=both(theirs.reason, self.reason),
            evidence=both(theirs.evidence, self.evidence),
        )


def short_digest(*parts: object) -> str:
    """Twelve letters that differ when a part differs."""
    return hashlib.sha256("\x00".join(map(str, parts)).encode()).hexdigest()[:12]


def both(first: str, second: str) -> str:
    """Both texts, one below the other; one of them where it holds the other."""
    if first in second:
        return second
    return first if second in first else f"{first}\n{second}"


class Settle(StrEnum):
    """How a person settles a clash between their words and somebody else's."""

    MINE = "mine"
    THEIRS = "theirs"
    JOIN = "join"


class Clash(Exception):
    """Somebody else's words were saved after this person's page was shown. Both are needed to go on."""


def decide(
    *,
    stored: W,
    revision: int | str,
    typed: W,
    seen: str,
    clash_was_shown: bool = False,
    settle: Settle | None = None,
) -> W | None:
    """What to write now that `typed` arrives from a page that had shown `seen`, while `stored` is kept at `revision`.

    Gives None when there is nothing to write: the words are the same already, the person left them as they were
    shown, or they take the other's words. `seen` is what `Said.seen_as` gave when the page was made.

    Raises:
        Clash: when the person changed words that somebody else has changed since, and has not settled it yet.
    """
    if typed == stored:
        return None
    shown_revision, _, shown_digest = seen.partition(".")
    if clash_was_shown:
        if settle is None:
            raise Clash
        if settle is Settle.THEIRS:
            return None
        if settle is Settle.JOIN and typed.joined_to(stored) == stored:
            return None  # joined already: the second press of a double click
    elif shown_digest == typed.digest:
        return None
    if shown_revision != str(revision):
        raise Clash
    return typed.joined_to(stored) if settle is Settle.JOIN else typed

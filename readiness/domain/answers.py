"""What can be given as an answer, and who can give it."""

from collections.abc import Mapping
from enum import StrEnum

LOWEST_LEVEL = 1
HIGHEST_LEVEL = 4
LEVELS = (1, 2, 3, 4)


class Other(StrEnum):
    """An answer that is not a level."""

    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"


class Voice(StrEnum):
    """Whose answer it is. Three voices are kept for each statement and none overwrites another."""

    SCHOOL = "school"
    OFFICER = "officer"
    AGREED = "agreed"


Given = int | Other
"""A level from 1 to 4, or one of the other answers."""

Answers = Mapping[str, Given]
"""Statement slug -> what was given. A slug that is absent is a blank."""


class BadAnswer(ValueError):
    """Something that is not an answer was given. The message is a sentence for the person who gave it."""


def parse_given(raw: object) -> Given:
    """Read one answer as it comes from outside: a whole number from 1 to 4, "dont_know" or "not_applicable".

    Numbers in words, true and false, and numbers with a fraction are refused.

    Raises:
        BadAnswer: with a sentence that names what was given and what to give in its place.
    """
    if isinstance(raw, Other):
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool) and LOWEST_LEVEL <= raw <= HIGHEST_LEVEL:
        return int(raw)
    if isinstance(raw, str) and raw in set(Other):
        return Other(raw)
    raise BadAnswer(f"{_shown(raw)} is not an answer. Give a level from 1 to 4, “dont_know” or “not_applicable”.")


def _shown(raw: object) -> str:
    words = f"“{raw}”" if isinstance(raw, str) else str(raw)
    return words if len(words) <= 60 else words[:57] + "…"

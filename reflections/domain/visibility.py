"""Who sees what of an entry: the table of the log's promise, in one place. Pure.

The querysets say the same in SQL; a test walks this whole table through the pages.
"""

from enum import StrEnum


class Visibility(StrEnum):
    """What the author has chosen for an entry. Private until they choose something else themselves."""

    PRIVATE = "private"
    GROUP = "my_reflective_group"
    LEARNING = "learning_only"


class Reader(StrEnum):
    """What somebody is to an entry. Whoever is several of these sees what the most of them sees."""

    AUTHOR = "author"
    GROUP_MEMBER = "group member"  # of the group that the entry is shared with, since before it was
    HEAD = "head"
    CORE_TEAM = "core team"
    STAFF = "staff"
    OFFICER = "officer"
    COORDINATOR = "coordinator"
    SUPERUSER = "superuser"
    STRANGER = "stranger"


class Sees(StrEnum):
    """How much of an entry somebody may read."""

    WHOLE = "whole"
    LEARNING = "learning"  # “So what?” and “Now what?”, in the words that the author confirmed
    NOTHING = "nothing"  # and at most a count of entries, from five authors on


_SCHOOL_AND_PARTNERSHIP = {Reader.HEAD, Reader.CORE_TEAM, Reader.OFFICER, Reader.COORDINATOR}

TABLE: dict[Visibility, dict[Sees, set[Reader]]] = {
    Visibility.PRIVATE: {Sees.WHOLE: {Reader.AUTHOR}},
    Visibility.GROUP: {Sees.WHOLE: {Reader.AUTHOR, Reader.GROUP_MEMBER}},
    Visibility.LEARNING: {Sees.WHOLE: {Reader.AUTHOR}, Sees.LEARNING: _SCHOOL_AND_PARTNERSHIP},
}


def sees(reader: Reader, visibility: Visibility) -> Sees:
    """What this reader may read of an entry of this visibility. Who is not in the table sees nothing."""
    for much, readers in TABLE[visibility].items():
        if reader in readers:
            return much
    return Sees.NOTHING

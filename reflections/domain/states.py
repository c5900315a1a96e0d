"""What an entry can be, and what a practice example goes through."""

from enum import StrEnum


class EntryState(StrEnum):
    """Where an entry has got to. A finished one can still be changed by its author."""

    DRAFT = "draft"
    FINISHED = "finished"


class Moment(StrEnum):
    """When somebody rates their confidence: as they went in, and now."""

    GOING_IN = "going-in"
    NOW = "now"


class TagKind(StrEnum):
    """What a tag is taken from. Each is the slug of the field that asks for it."""

    THEME = "themes"
    PRINCIPLE = "principles"
    SOLIHULL = "solihull"


class ExampleState(StrEnum):
    """A practice example: proposed by the author, agreed by the head, edited and published by the co-ordinator."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    PUBLISHED = "published"


class Opened(StrEnum):
    """What somebody else opened."""

    ENTRY = "entry"
    LEARNING = "learning"
    EXAMPLE = "example"
    BREAK_GLASS = "break_glass"

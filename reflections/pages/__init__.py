"""What the pages of the log show, ready for templates that only loop."""

from reflections.pages.own import Card, card, label_of_term, log, ratings, sections, tags, thread
from reflections.pages.shared import (
    accesses,
    learning_line,
    learning_sections,
    openings,
    participation,
    people_of,
    shared,
    turn_of,
)

__all__ = [
    "Card",
    "accesses",
    "card",
    "label_of_term",
    "learning_line",
    "learning_sections",
    "log",
    "openings",
    "participation",
    "people_of",
    "ratings",
    "sections",
    "shared",
    "tags",
    "thread",
    "turn_of",
]

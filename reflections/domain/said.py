"""What has been said in one step of the log: the name of each thing asked, with what was put there, as text. Pure.

Names are the slugs of prompts; a rating's is its item and its moment. What is empty counts as not said.
"""

import hashlib
import json
from collections.abc import Mapping

from reflections.domain.prompts import HAPPENED_ON, NO_NAMES, VISIBILITY, Step
from reflections.domain.states import Moment, TagKind

Said = Mapping[str, str]

TERM = "term"
"""The term that the author chose, where the step asks for the day. Empty: worked out from the day."""

TICKED = "yes"


def names_of(step: Step) -> tuple[str, ...]:
    """Everything that a step asks, by name, in order."""
    names = [step.slug] if step.has_text else []
    for field in step.fields:
        names.append(field.slug)
        if field.slug == HAPPENED_ON:
            names.append(TERM)
    return (*names, *(rating_name(item, moment) for item, moment in ratings_of(step)))


def texts_of(step: Step) -> tuple[str, ...]:
    """What a step keeps as sealed texts: everything but tags, ratings, and what the entry itself remembers."""
    elsewhere = {HAPPENED_ON, TERM, VISIBILITY, NO_NAMES, *TagKind}
    ratings = {rating_name(item, moment) for item, moment in ratings_of(step)}
    return tuple(name for name in names_of(step) if name not in elsewhere | ratings)


def ratings_of(step: Step) -> tuple[tuple[str, Moment], ...]:
    """What is rated in a step: each item at each moment."""
    if step.confidence is None:
        return ()
    return tuple((item, Moment(moment)) for item, _words in step.confidence.items for moment in step.confidence.moments)


def rating_name(item: str, moment: Moment) -> str:
    """The name of one rating."""
    return f"{item}-{moment.value}"


def seen_as(said: Said) -> str:
    """A short mark of what was said. A page carries it, so that two windows never write over each other unseen."""
    filled = {name: value for name, value in said.items() if value}
    return hashlib.sha256(json.dumps(filled, sort_keys=True).encode()).hexdigest()[:16]


def is_same(one: Said, other: Said) -> bool:
    """Whether both say the same."""
    return seen_as(one) == seen_as(other)

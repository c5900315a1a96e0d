"""What a problem is, and how to look into a document that may be half-written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Part = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """One thing to put right: where in the document, and a sentence that says what to do."""

    path: str
    sentence: str


Problems = Iterator[Problem]


def exact(value: Any) -> Fraction:
    """The exact value of a number as it was written: 2.5 is five halves. Raises ValueError for what is no number."""
    if isinstance(value, bool) or value is None:
        raise ValueError(f"{value} is not a number.")
    return Fraction(str(value))


def is_text(value: Any) -> bool:
    """Whether there is something to read."""
    return isinstance(value, str) and bool(value.strip())


def is_whole(value: Any, lowest: int, highest: int) -> bool:
    """Whether it is a whole number from lowest to highest."""
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def parts(value: Any) -> list[Part]:
    """The items of a list that hold named fields; nothing when it is no list."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def mapping(value: Any) -> Part:
    """The value when it holds named fields, otherwise nothing."""
    return value if isinstance(value, Mapping) else {}


def texts(value: Any) -> list[str]:
    """The items of a list that are text; nothing when it is no list."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def empty_texts(part: Part, path: str, names: tuple[str, ...], whose: str) -> Problems:
    """A problem for each of the named fields that holds no text."""
    for name in names:
        if not is_text(part.get(name)):
            yield Problem(f"{path}/{name}", f"{whose} has no {name.replace('_', ' ')}. Write one.")


def odd_texts(part: Part, path: str, names: tuple[str, ...], whose: str) -> Problems:
    """A problem for each of the named fields that may be left out, but holds something other than text."""
    for name in names:
        if part.get(name) is not None and not isinstance(part[name], str):
            yield Problem(f"{path}/{name}", f"{whose}: “{name.replace('_', ' ')}” must be text. Write it again.")


def odd_lists(part: Part, path: str, names: tuple[str, ...], whose: str) -> Problems:
    """A problem for each of the named fields that may be left out, but holds something other than a list of texts."""
    for name in names:
        value = part.get(name)
        if value is not None and not (isinstance(value, list) and all(is_text(item) for item in value)):
            sentence = f"{whose}: “{name.replace('_', ' ')}” must be a list of texts, none of them empty."
            yield Problem(f"{path}/{name}", sentence)


def odd_parts(part: Part, path: str, name: str, whose: str) -> Problems:
    """A problem when a field that may be left out holds something other than a list of parts with named fields."""
    value = part.get(name)
    if value is not None and not (isinstance(value, list) and len(parts(value)) == len(value)):
        yield Problem(f"{path}/{name}", f"{whose}: each item of “{name.replace('_', ' ')}” must have named fields.")


def odd_mappings(part: Part, path: str, names: tuple[str, ...], whose: str) -> Problems:
    """A problem for each of the named fields that may be left out, but holds something other than named fields."""
    for name in names:
        if part.get(name) is not None and not isinstance(part[name], Mapping):
            yield Problem(f"{path}/{name}", f"{whose}: “{name.replace('_', ' ')}” must hold named fields.")

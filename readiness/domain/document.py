"""The framework as a document: one plain form of it, its digest, and what changed between two of them.

A document is what a framework file or a published version holds: mappings, lists, text and numbers.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

Document = Mapping[str, Any]
Path = tuple[str, ...]


def canonical(document: Document) -> dict[str, Any]:
    """The document in its one plain form: what a published version stores and what the digest is taken of.

    Every key is a string, level keys included; a whole number is an int however it was written (1.0 is 1); other
    numbers keep their value exactly; the version label is text. Offers are left out: they are not part of what is
    asked, and may change without a new version. Applying it twice changes nothing.
    """
    plain = _plain(document)
    if not isinstance(plain, dict):
        return {}
    head = document.get("framework")
    if isinstance(head, Mapping) and isinstance(plain["framework"], dict) and head.get("version") is not None:
        plain["framework"]["version"] = str(head["version"])
    support = plain.get("support_structure")
    if isinstance(support, dict):
        support.pop("offers", None)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float | Decimal):
        return _plain_number(value)
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)


def _plain_number(value: float | Decimal) -> int | float | str:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if value == int(value):
        return int(value)
    as_float = float(value)
    return as_float if Decimal(str(as_float)) == Decimal(str(value)) else str(value)


def digest(document: Document) -> str:
    """The SHA-256 of the canonical document, as 64 hexadecimal figures. The same wording gives the same digest."""
    text = json.dumps(canonical(document), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differences(old_document: Document, new_document: Document) -> tuple[str, ...]:
    """What changed from the old document to the new one: a plain sentence for each change; empty when they are equal.

    Themes, statements, bands, outcomes and the like are matched by slug or key, never by place.
    """
    old = dict(_leaves(canonical(old_document), ()))
    new = dict(_leaves(canonical(new_document), ()))
    gone = _whole_things(old) - _whole_things(new)
    come = _whole_things(new) - _whole_things(old)
    sentences = [f"{_named(thing)} was taken out." for thing in old if thing in gone]
    sentences += [f"{_named(thing)} was added." for thing in new if thing in come]
    for path in [*old, *(path for path in new if path not in old)]:
        if _whole(path) in gone | come or _same(path, old.get(path), new.get(path)):
            continue
        sentences.append(_change(path, old.get(path), new.get(path)))
    return tuple(sentences)


def _same(path: Path, old: Any, new: Any) -> bool:
    """Whether nothing changed. An order is the same when what stands in both stands in the same order in both."""
    if path[-1] == _ORDER and isinstance(old, list) and isinstance(new, list):
        return [item for item in old if item in new] == [item for item in new if item in old]
    return bool(old == new)


_ORDER = "the order"  # no slug can hold a space
_IDENTITIES = ("slug", "value", "key", "id")
_SINGULAR = {
    "themes": "theme",
    "statements": "statement",
    "bands": "band",
    "outcomes": "outcome",
    "tiers": "tier",
    "worked_examples": "worked example",
    "levels": "level",
    "other_answers": "answer",
}


def _identity(item: Any) -> str | None:
    """The slug or key that names an item of a list, so that moving it is not seen as changing it."""
    if isinstance(item, dict):
        for name in _IDENTITIES:
            if name in item:
                return str(item[name])
    return None


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every text, number and list of words in a document with the path to it.

    A statement's path begins with "statements" and its slug wherever it stands, so that moving it to another theme
    reads as a move; its theme is a leaf of its own. The order of named items is a leaf too.
    """
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list) and value and all(_identity(item) for item in value):
        yield (*path, _ORDER), [_identity(item) for item in value]
        for item in value:
            yield from _item_leaves(item, path)
    else:
        yield path, value


def _item_leaves(item: dict[str, Any], path: Path) -> Iterator[tuple[Path, Any]]:
    name = str(_identity(item))
    here = (*path, name)
    if path and path[-1] == "statements":
        here = ("statements", name)
        yield (*here, "theme"), path[-2]
    yield here, name
    yield from _leaves(item, here)


def _whole(path: Path) -> Path:
    """The theme, statement, band… that a path belongs to, as the path of the thing itself."""
    for place in range(len(path) - 1):
        if path[place] in _SINGULAR and path[place + 1] != _ORDER:
            return path[: place + 2]
    return ()


def _whole_things(leaves: Mapping[Path, Any]) -> set[Path]:
    return {_whole(path) for path in leaves} - {()}


def _named(path: Path) -> str:
    thing = _whole(path)
    if not thing:
        return "The framework"
    return f"{_SINGULAR[thing[-2]].capitalize()} “{thing[-1]}”"


def _change(path: Path, old: Any, new: Any) -> str:
    thing = _whole(path)
    rest = path[1:] if path[0] == "framework" else path[len(thing) :]
    field = ", ".join(part.replace("_", " ") for part in rest)
    subject = f"{_named(path)}, {field}" if field else _named(path)
    if old is None:
        return f"{subject}: {_shown(new)} was added."
    if new is None:
        return f"{subject}: {_shown(old)} was taken out."
    return f"{subject}: {_shown(old)} is now {_shown(new)}."


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "“" + ", ".join(str(item) for item in value) + "”" if value else "an empty list"
    if isinstance(value, dict):
        return "an empty list"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"“{value}”" if value != "" else "an empty text"

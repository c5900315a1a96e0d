"""What a page file says, in which order pages are loaded, and when a page is left alone. No Django, no database."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PAGE_VALUE = re.compile(r"page:([a-z0-9-]+)")
PAGE_HREF = re.compile(r'<a href="page:([a-z0-9-]+)">')
EDITOR_MARKS = re.compile(r' data-block-key="[^"]*"')
BETWEEN_TAGS = re.compile(r">\s+<")


class BadPageFile(Exception):
    """A page file cannot be read. The message names the file and says what to change."""


class PageGone(Exception):
    """A link leads to a page that an editor has deleted. The argument is its key."""


class Kind(StrEnum):
    """Which page type a file makes."""

    HOME = "home"
    CONTENT = "content"


class Outcome(StrEnum):
    """What loading did with a page."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"


NEEDED = {"key", "kind", "slug", "title", "lead", "last_reviewed", "body"}
OPTIONAL = {"parent", "hero_title", "facts", "seo_title", "search_description"}
FIELDS = {
    Kind.HOME: ("slug", "title", "lead", "seo_title", "search_description", "hero_title", "facts"),
    Kind.CONTENT: ("slug", "title", "lead", "seo_title", "search_description"),
}


@dataclass(frozen=True)
class PageFile:
    """One page as a file describes it. Links are still written `page:key`."""

    key: str
    kind: Kind
    parent: str | None
    fields: Mapping[str, Any]
    body: tuple[tuple[str, Any], ...]

    @classmethod
    def from_document(cls, name: str, document: Any) -> "PageFile":
        """Read what was in the file called `name`. Raises BadPageFile with a sentence that begins with the name."""
        _check(name, document)
        kind = Kind(document["kind"])
        return cls(
            key=document["key"],
            kind=kind,
            parent=document.get("parent"),
            fields={
                **{name: document.get(name, "") for name in FIELDS[kind]},
                "last_reviewed": document["last_reviewed"],
            },
            body=tuple(next(iter(piece.items())) for piece in document["body"]),
        )

    def blocks(self, resolve: Callable[[str], int]) -> list[dict[str, Any]]:
        """The body as Wagtail stores it. `resolve` turns a key into a page's id, or raises PageGone.

        A block's id follows from its place, so that loading again gives the same ids.
        """
        return [
            {"type": kind, "value": _linked(value, resolve), "id": str(uuid5(NAMESPACE_URL, f"{self.key}/{place}"))}
            for place, (kind, value) in enumerate(self.body)
        ]


@dataclass(frozen=True)
class Report:
    """What one run of loading did: (key of the page, what happened, why) in the order of loading."""

    pages: tuple[tuple[str, Outcome, str], ...] = field(default=())

    def keys(self, outcome: Outcome) -> list[str]:
        """The pages to which this happened."""
        return [key for key, happened, _reason in self.pages if happened is outcome]

    def lines(self) -> list[str]:
        """One line a page that is not simply unchanged, and a line that counts those."""
        told = [
            f"{outcome} {key}{f': {reason}' if reason else ''}"
            for key, outcome, reason in self.pages
            if outcome is not Outcome.UNCHANGED
        ]
        return [*told, f"unchanged: {len(self.keys(Outcome.UNCHANGED))}"]


def in_order(files: Iterable[PageFile]) -> list[PageFile]:
    """Parents before children; otherwise as given. Raises BadPageFile for a doubled key or a missing parent."""
    waiting = list(files)
    keys = [file.key for file in waiting]
    for key in keys:
        if keys.count(key) > 1:
            raise BadPageFile(f"Two files have the key “{key}”. Give each page a key of its own.")
    ordered: list[PageFile] = []
    while waiting:
        placed = {file.key for file in ordered}
        ready = [file for file in waiting if file.parent is None or file.parent in placed]
        if not ready:
            first = waiting[0]
            raise BadPageFile(f"The page “{first.key}” names the parent “{first.parent}”. No file leads there.")
        ordered.extend(ready)
        waiting = [file for file in waiting if file not in ready]
    return ordered


def digest(content: Mapping[str, Any]) -> str:
    """A fingerprint of what a reader sees. Block ids, an editor's marks and spacing between tags do not count."""
    canonical = json.dumps(_canonical(content), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def decide(*, wanted: str, current: str, loaded: str, live: bool, draft: bool) -> tuple[Outcome, str]:
    """Whether a page is written, and if not, why. What editors did always wins.

    wanted, current, loaded: digests of the file, of the page now, and of what was written last (empty: nothing yet).
    """
    if not loaded:
        return Outcome.CREATED, ""
    if current == wanted:
        return Outcome.UNCHANGED, ""
    if not live:
        return Outcome.KEPT, "an editor has unpublished it"
    if draft:
        return Outcome.KEPT, "an editor has a draft of it"
    if current != loaded:
        return Outcome.KEPT, "an editor has changed it"
    return Outcome.UPDATED, ""


def _check(name: str, document: Any) -> None:
    if not isinstance(document, dict):
        raise BadPageFile(f"{name}: begin with “key: …”, as the other page files do.")
    if missing := NEEDED - document.keys():
        raise BadPageFile(f"{name}: add {', '.join(sorted(missing))}.")
    if unknown := document.keys() - NEEDED - OPTIONAL:
        raise BadPageFile(f"{name}: take out {', '.join(sorted(map(str, unknown)))}. A page has no such field.")
    if not isinstance(document["key"], str) or not KEY.fullmatch(document["key"]):
        raise BadPageFile(f"{name}: write the key in small letters, digits and hyphens.")
    if document["kind"] not in list(Kind):
        raise BadPageFile(f"{name}: the kind is “home” or “content”.")
    if (document["kind"] == Kind.HOME) == ("parent" in document):
        raise BadPageFile(f"{name}: a content page names its parent; a home page has none.")
    if not isinstance(document["last_reviewed"], date):
        raise BadPageFile(f"{name}: write last_reviewed as a date, such as 2026-11-22.")
    body = document["body"]
    if not isinstance(body, list) or not all(isinstance(piece, dict) and len(piece) == 1 for piece in body):
        raise BadPageFile(f"{name}: the body is a list; each piece is one line “- kind of block: what is in it”.")


def _linked(value: Any, resolve: Callable[[str], int]) -> Any:
    if isinstance(value, dict):
        return {key: _linked(part, resolve) for key, part in value.items()}
    if isinstance(value, list):
        return [_linked(part, resolve) for part in value]
    if not isinstance(value, str):
        return value
    if whole := PAGE_VALUE.fullmatch(value):
        return resolve(whole[1])
    return PAGE_HREF.sub(lambda found: f'<a linktype="page" id="{escape(str(resolve(found[1])))}">', value.strip())


def _canonical(value: Any) -> Any:
    if isinstance(value, Mapping):
        is_block = "type" in value and "value" in value
        return {key: _canonical(part) for key, part in value.items() if not (is_block and key == "id")}
    if isinstance(value, list | tuple):
        return [_canonical(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return BETWEEN_TAGS.sub("><", EDITOR_MARKS.sub("", value)).strip()
    return "" if value is None else value

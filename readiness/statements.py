"""Statements as their page draws them.

The words of a published version never change, so each statement is drawn once in a process and kept with gaps: what a
school says is put into them. Drawing all of it again for every page would be half of the page's work.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from readiness.domain.answers import LEVELS, Other
from readiness.drawn import Drawn
from readiness.forms import EVIDENCE_WORDS, LastSaved, Row

TEMPLATE = "readiness/statement.html"
ANSWERS = frozenset({"", *map(str, LEVELS), *Other})
# Characters that no text may hold (Unicode says that they are never to be exchanged).
GAP = re.compile("\ufdd0([a-z]+)\ufdd1")

# Some four kilobytes each: enough for every statement of a version or two, whatever is answered.
_DRAWN: Drawn[tuple[str, ...]] = Drawn(most=2048)

_FOOT: Drawn[SafeString] = Drawn(most=8)  # languages


def foot() -> SafeString:
    """What stands below the statements: whether they are saved, and the buttons."""
    return _FOOT.of(get_language(), lambda: render_to_string("readiness/theme_foot.html"))


def draw(row: Row, *, version_digest: str) -> SafeString:
    """One statement with its answer. What is seldom, or came from outside unchecked, is drawn from the beginning."""
    if row.errors or row.conflict or row.said["answer"] not in ANSWERS:
        return _rendered(row)
    words = {
        "reason": row.said["reason"],
        "evidence": row.said["evidence"],
        "seen": row.seen,
        "last": row.last,
        "by": row.saved.by if row.saved else "",
        "at": row.saved.at if row.saved else "",
    }
    key = (version_digest, row.name, row.said["answer"], bool(row.last), bool(row.saved), get_language())
    return _filled(_DRAWN.of(key, lambda: _with_gaps(row)), words)


def _with_gaps(row: Row) -> tuple[str, ...]:
    """The statement as a text, a gap's name, a text, and so on."""
    gaps = replace(
        row,
        said={"answer": row.said["answer"], "reason": _gap("reason"), "evidence": _gap("evidence")},
        seen=_gap("seen"),
        last=_gap("last") if row.last else "",
        saved=LastSaved(_gap("by"), _gap("at")) if row.saved else None,
    )
    return tuple(GAP.split(_rendered(gaps)))


def _gap(name: str) -> str:
    return f"\ufdd0{name}\ufdd1"


def _filled(drawn: tuple[str, ...], words: Mapping[str, str]) -> SafeString:
    parts = [escape(words[part]) if place % 2 else part for place, part in enumerate(drawn)]
    return mark_safe("".join(parts))  # noqa: S308 - the template's own text, and words that are escaped


def _rendered(row: Row) -> SafeString:
    return render_to_string(TEMPLATE, {"row": row, "evidence_words": EVIDENCE_WORDS})

"""Somebody's own entries on paper: an accessible PDF (PDF/UA-1). Words go in as data, and are never read as markup."""

import importlib.util
import json
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reflections import pages
from reflections.domain.prompts import LEARNING
from reflections.models import Entry

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "print" / "reflections.typ"
UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn"})
ONE_AT_A_TIME = Lock()


def booklet(entries: Iterable[Entry], *, name: str, now: datetime) -> bytes:
    """Every word of these entries, by term."""
    return _compile(_("My reflections"), name, _("Private. For you alone, unless you give it to somebody."), [
        _piece(entry, pages.sections(entry)) for entry in entries
    ], now=now)  # fmt: skip


def extract(entries: Iterable[Entry], *, name: str, now: datetime) -> bytes:
    """What was learned and planned, and what came of it: fit for a record of professional update."""
    lead = _("What I learned, what I planned, and what came of it. Written by the person named above.")
    pieces = [_piece(entry, pages.sections(entry, only=LEARNING)) for entry in entries]
    return _compile(_("Reflection and its impact"), name, lead, [one for one in pieces if one["sections"]], now=now)


def _piece(entry: Entry, sections: list[Any]) -> dict[str, Any]:
    day = date_format(pages.card(entry).day, "j F Y")
    return {
        "heading": f"{pages.label_of_term(entry)}: {day}",
        "follows": _("Goes on from an earlier entry.") if entry.follows_id else "",
        "sections": [
            {
                "title": section.title,
                "text": section.text,
                "answers": [[answer.asked, answer.said] for answer in section.answers],
            }
            for section in sections
        ],
    }


def _compile(title: str, name: str, lead: str, pieces: list[dict[str, Any]], *, now: datetime) -> bytes:
    words = {
        "title": title,
        "name": name,
        "lead": lead,
        "pieces": pieces,
        "empty": _("There is nothing here yet."),
        "page": _("Page {page} of {pages}"),
    }
    inputs = {"data": json.dumps(_printable(words), ensure_ascii=False)}
    with ONE_AT_A_TIME:
        return _compiler().compile(
            TEMPLATE.read_bytes(),
            sys_inputs=inputs,
            timestamp=int(now.timestamp()),
            format="pdf",
            pdf_standards=["ua-1"],
        )


@cache
def _compiler() -> Any:
    """One compiler for the whole process: a new one for each document keeps memory for ever."""
    import typst  # heavy, and only ever needed here

    # The fonts that come with matplotlib, found without importing it: the machine's own may differ or be missing.
    spec = importlib.util.find_spec("matplotlib")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    paths = [str(Path(folder) / "mpl-data" / "fonts" / "ttf") for folder in folders]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
    return typst.Compiler(TEMPLATE.read_bytes(), font_paths=fonts, ignore_system_fonts=True)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(one for one in value if one in "\n\t" or unicodedata.category(one) not in UNPRINTABLE)
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_printable(one) for one in value]
    return value

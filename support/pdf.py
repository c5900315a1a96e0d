"""The report on paper: an accessible PDF (PDF/UA-1), the same bytes for the same report.

The words go in as data and are never read as markup, so what a person typed cannot change the document.
"""

import importlib.util
import json
import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from support import charting
from support.reports.parts import HelpGroup, Item, OfferLine, OverTime, Part, Report, StatementLine, ThemeHelp

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "print" / "report.typ"
# Characters that stand for nothing on paper, and that the PDF standard refuses.
UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn"})
KEPT = frozenset("\n\t")
ONE_AT_A_TIME = Lock()


def render(report: Report) -> bytes:
    """The report as an A4 PDF that screen readers can read: tagged, titled, with the chart's sentence beside it."""
    return _compile(report, format="pdf", pdf_standards=["ua-1"])


def _compile(report: Report, **output: Any) -> Any:
    return typeset(TEMPLATE, data(report), dated=report.scored_at, **output)


def typeset(template: Path, words: dict[str, Any], *, dated: datetime, **output: Any) -> Any:
    """The template filled with these words, which it finds as `report`. The same words give the same bytes."""
    inputs = {"report": json.dumps(words, ensure_ascii=False)}
    compiler = _compiler()
    with ONE_AT_A_TIME:
        return compiler.compile(template.read_bytes(), sys_inputs=inputs, timestamp=int(dated.timestamp()), **output)


@cache
def _compiler() -> Any:
    """One compiler for the whole process: a new one for each document keeps a third of a megabyte for ever."""
    import typst  # heavy, and only ever needed here

    # The fonts that come with matplotlib, found without importing it: the machine's own may differ or be missing.
    spec = importlib.util.find_spec("matplotlib")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    paths = [str(Path(folder) / "mpl-data" / "fonts" / "ttf") for folder in folders]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
    return typst.Compiler(TEMPLATE.read_bytes(), font_paths=fonts, ignore_system_fonts=True)


def data(report: Report) -> dict[str, Any]:
    """What the template draws: the words of the report, and the picture of the chart."""
    words = {
        "language": language_parts(report.words_language),
        "statement_language": language_parts(report.language),
        "title": _("%(title)s: %(school)s, %(session)s")
        % {"title": report.title, "school": report.school, "session": report.session},
        "label": f"{report.school}, {report.session}",
        "heading": report.title,
        "headings": vars(report.headings),
        "marker": {"word": report.marker.word, "sentence": report.marker.sentence},
        "outcome": report.outcome,
        "standing": report.standing,
        "before": _sections([(report.headings.missing, _parts(report.missing))]),
        "explained": _sections([(report.headings.why, report.why), (report.headings.change, report.change)]),
        "after": _sections(
            [
                (report.headings.find_out, _parts(report.find_out)),
                (report.headings.evidence, _parts(report.evidence)),
                (report.headings.differences, _parts(report.differences)),
                (report.headings.since, report.since),
            ]
        ),
        "over_time": _over_time(report.over_time),
        "last_steps": [[step.text, step.status, step.statement, step.moved] for step in report.last_steps],
        "summary": report.summary,
        "table_head": list(report.table_head),
        "themes": [list(theme.cells) for theme in report.themes],
        "help": [_group(group) for group in report.help],
        "verification": [[fact.name, fact.full or fact.value] for fact in report.verification],
        "statements": _statements(report),
        "words": _own_words(),
    }
    change = charting.picture_of_change(report.over_time.chart).decode() if report.over_time else ""
    return {**printable(words), "chart": charting.picture(report.chart).decode(), "change_chart": change}


def _over_time(found: OverTime | None) -> dict[str, Any]:
    """Then and now, where there is an earlier audit; else words that the template passes over."""
    if found is None:
        return {"title": "", "summary": "", "head": [], "rows": []}
    rows = [list(line.cells) for line in found.lines]
    return {"title": found.chart.title, "summary": found.chart.summary, "head": list(found.table_head), "rows": rows}


def _own_words() -> dict[str, str]:
    return {
        "page": _("Page {page} of {pages}"),
        "essential": _("Essential: needs at least {level}"),
        "evidence": _("How do we know?"),
        "reason": _("Why:"),
        "blank": _("Not answered"),
        "school_said": _("The school said:"),
        "no_statement": _("It was to move no statement."),
    }


def language_parts(tag: str) -> dict[str, str]:
    """A language tag as the template takes it."""
    code, _dash, region = tag.partition("-")
    return {"code": code, "region": region}


def _parts(part: Part | None) -> tuple[Part, ...]:
    return (part,) if part else ()


def _sections(sections: list[tuple[str, tuple[Part, ...]]]) -> list[dict[str, Any]]:
    return [
        {"heading": heading, "parts": [{"lead": part.lead, "items": _items(part.items)} for part in parts]}
        for heading, parts in sections
        if parts
    ]


def _items(items: tuple[Item, ...]) -> list[dict[str, Any]]:
    return [{"text": item.text, "words": item.words, "is_statement": item.is_statement} for item in items]


def _group(group: HelpGroup) -> dict[str, Any]:
    return {
        "heading": group.heading,
        "meaning": group.meaning,
        "themes": [_theme_help(theme) for theme in group.themes],
    }


def _theme_help(theme: ThemeHelp) -> dict[str, Any]:
    return {
        "title": theme.title,
        "sentences": list(theme.sentences),
        "find_out": _items(theme.find_out),
        "offers": [_offer(offer) for offer in theme.offers],
        "open_to_all": [_offer(offer) for offer in theme.open_to_all],
    }


def _offer(offer: OfferLine) -> dict[str, str]:
    return {
        "title": offer.title,
        "words": offer.words,
        "url": urljoin(settings.SITE_URL, offer.url) if offer.url else "",
    }


def _statements(report: Report) -> list[dict[str, Any]]:
    themes: dict[str, list[StatementLine]] = {}
    for line in report.statements:
        themes.setdefault(line.theme_title, []).append(line)
    return [{"theme": title, "lines": [_statement(line) for line in lines]} for title, lines in themes.items()]


def _statement(line: StatementLine) -> dict[str, str]:
    return {
        "text": line.text,
        "minimum": line.minimum,
        "answer": line.answer,
        "rubric": line.rubric,
        "evidence": line.evidence.strip(),
        "reason": line.reason.strip(),
        "school_said": line.school_said,
    }


def printable(value: Any) -> Any:
    """The same data without the characters that cannot be printed."""
    if isinstance(value, str):
        return "".join(one for one in value if one in KEPT or unicodedata.category(one) not in UNPRINTABLE)
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [printable(one) for one in value]
    return value

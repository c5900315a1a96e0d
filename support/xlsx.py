"""The answers as a spreadsheet: one row a statement, the themes, and what the file is about."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from support.reports.parts import Report, StatementLine

if TYPE_CHECKING:
    from xlsxwriter import Workbook

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# In constant memory XlsxWriter takes text that begins so for markup of its own.
MARKUP_START = "<r>"

Cell = str | datetime | None
Column = tuple[str, int]
"""A column's heading and its width in letters."""


def render(report: Report) -> bytes:
    """The sheets “Answers”, “Themes” and “About” as one XLSX file."""
    import xlsxwriter  # only ever needed here

    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"title": report.file_stem, "created": local(report.scored_at)})
        _sheet(book, _("Answers"), _answer_columns(), map(_answer_row, report.statements))
        _sheet(book, _("Themes"), _theme_columns(report), (theme.cells for theme in report.themes))
        _sheet(book, _("About"), _about_columns(), _about_rows(report))
    return file.getvalue()


def safe(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula.

    Here it is written as text in any case. The apostrophe is for later: when the sheet is saved as CSV and opened
    again, nothing else tells what a person typed from a formula.
    """
    starts = (*FORMULA_STARTS, MARKUP_START)
    return f"'{text}" if text.startswith(starts) or text.lstrip().startswith(starts) else text


def local(moment: datetime) -> datetime:
    """The moment on the clocks of the site, to the minute, as spreadsheets keep it: without a zone."""
    return localtime(moment).replace(tzinfo=None, second=0, microsecond=0)


def _sheet(book: "Workbook", name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    sheet = book.add_worksheet(name)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "d mmm yyyy hh:mm", "valign": "top", "align": "left"})
    for place, (title, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, safe(title), heading)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, place, local(cell), moment)
            elif cell:
                sheet.write_string(number, place, safe(cell), words)


def _answer_columns() -> tuple[Column, ...]:
    return (
        (_("Theme"), 24),
        (_("Statement"), 48),
        (_("Essential: needs at least"), 16),
        (_("Level"), 18),
        (_("Other answer"), 18),
        (_("What the level means here"), 48),
        (_("How do we know?"), 40),
        (_("Reason"), 30),
        (_("The school said"), 18),
        (_("Last saved by"), 22),
        (_("When"), 18),
    )


def _answer_row(line: StatementLine) -> tuple[Cell, ...]:
    return (
        line.theme_title,
        line.text,
        line.minimum,
        line.level,
        line.other,
        line.rubric,
        line.evidence,
        line.reason,
        line.school_said,
        line.by,
        line.at,
    )


def _theme_columns(report: Report) -> tuple[Column, ...]:
    return tuple(zip(report.table_head, (30, 16, 24, 26, 60), strict=True))


def _about_columns() -> tuple[Column, ...]:
    return ((_("What"), 26), (_("This file"), 80))


def _about_rows(report: Report) -> tuple[tuple[Cell, ...], ...]:
    return (
        (_("School"), report.school),
        (_("Session"), report.session),
        (_("Where it has got to"), f"{report.marker.word}. {report.marker.sentence}"),
        (_("Outcome"), report.outcome),
        (_("What it is worth"), report.standing),
        *((fact.name, fact.full or fact.value) for fact in report.verification),
    )

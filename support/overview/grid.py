"""The table of schools and themes, made in Python: a template that loops over 1,200 cells takes ten times as long.

Each cell holds the tier's whole word; the style sheet draws a shape before it (`[data-tier]`). Where the page is narrow
a school becomes a block in which each cell stands under the name of its theme.

Words are looked up and equal cells are made once for the whole table: looking up a word costs as much as a row.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from readiness.domain.answers import Voice
from readiness.domain.framework import Theme
from readiness.domain.states import AuditState, Owner
from support.models.overview import BETWEEN_NUDGES
from support.overview import words
from support.overview.rows import Cell, SchoolRow


@dataclass(frozen=True)
class Reader:
    """For whom the table is made: the day, and whether it is they who review."""

    today: date
    reviews: bool


class Grid:
    """The rows as HTML. Whatever comes from the database is escaped where it enters the text."""

    def __init__(self, rows: Sequence[SchoolRow], themes: Sequence[Theme], reader: Reader) -> None:
        self.rows, self.themes, self.reader = rows, themes, reader
        self._made: dict[Any, str] = {}
        self._days = words.Days(reader.today)
        self._slugs = [theme.slug for theme in themes]
        kinds = {cell for row in rows if row.cells for cell in row.cells.values()}
        self._tiers = tier_cells(themes, kinds)
        self._results = reverse("audit_results", args=[0]).replace("/0/", "/%d/")
        self._states = {state: escape(str(word)) for state, word in words.STATES.items()}
        self._turns = {owner: escape(str(sentence)) for owner, sentence in words.TURNS.items()}
        if reader.reviews:
            self._turns[Owner.OFFICER] = escape(str(words.FOR_THE_READER))
        self._this_audit, self._reminder_heading = escape(_("This session’s audit")), escape(_("Reminder"))
        self._agreed, self._said = escape(_("Agreed %(day)s")), escape(_("As the school said, %(day)s"))
        self._remind, self._reminded = escape(_("Remind")), escape(_("Reminded %(day)s"))

    def body(self) -> SafeString:
        """The rows, one after the other."""
        return SafeString("".join(map(self._row, self.rows)))

    def _row(self, row: SchoolRow) -> str:
        name = escape(row.name)
        cells = self._cells(row)
        state = self._state(row.state, row.owner, self._day_of(row.since))
        return (
            f'<tr role="row"><th scope="row" role="rowheader">{self._school(row, name)}</th>'
            f"{cells}{state}{self._reminder(row, name)}</tr>\n"
        )

    def _school(self, row: SchoolRow, name: str) -> str:
        if row.shown is None:
            return name
        said = self._agreed if row.shown.voice is Voice.AGREED else self._said
        standing = said % {"day": self._date(self._day_of(row.shown.at))}
        return f'<a href="{self._results % row.shown.audit}">{name}</a><br><span class="quiet">{standing}</span>'

    def _cells(self, row: SchoolRow) -> str:
        if row.shown is None or row.cells is None:
            return self._once("nothing", self._nothing)
        return "".join([self._tiers[theme, row.cells.get(theme)] for theme in self._slugs])

    def _nothing(self) -> str:
        words = escape(_("No audit submitted yet"))
        return f'<td role="cell" class="grid__nothing" colspan="{len(self.themes)}">{words}</td>'

    def _state(self, state: AuditState | None, owner: Owner, since: date | None) -> str:
        return self._once(("state", state, owner, since), lambda: self._state_cell(state, owner, since))

    def _state_cell(self, state: AuditState | None, owner: Owner, since: date | None) -> str:
        turn = ""
        if since is not None and owner is not Owner.NOBODY:
            count = (self.reader.today - since).days
            days = self._once(("days", count), lambda: escape(words.days(count)))
            turn = f'<br><span class="quiet">{self._turns[owner] % {"day": self._date(since)}} ({days})</span>'
        word = self._states[state or words.NOT_STARTED]
        return f'<td role="cell" data-heading="{self._this_audit}"><strong>{word}</strong>{turn}</td>'

    def _reminder(self, row: SchoolRow, name: str) -> str:
        if row.owner is not Owner.SCHOOL:
            return '<td role="cell"></td>'
        start = f'<td role="cell" data-heading="{self._reminder_heading}">'
        day = self._day_of(row.nudged_at)
        if day is not None and self.reader.today - day < BETWEEN_NUDGES:
            return f'{start}<span class="quiet">{self._reminded % {"day": self._date(day)}}</span></td>'
        return (
            f'{start}<button class="ds_button ds_button--secondary ds_button--small" type="submit" form="nudge"'
            f' name="school" value="{row.pk}">{self._remind}<span class="visually-hidden">: {name}</span></button></td>'
        )

    def _day_of(self, at: datetime | None) -> date | None:
        return self._days.of(at) if at else None

    def _date(self, day: date | None) -> str:
        return escape(self._days(day)) if day else ""

    def _once(self, key: Any, make: Callable[[], str]) -> str:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


def tier_cells(themes: Sequence[Theme], kinds: Iterable[Cell]) -> dict[tuple[str, Cell | None], str]:
    """A cell for each theme and each kind of cell, and for a theme that the audit did not have.

    An unscored theme has a tier too; its cell says that there is not enough information yet.
    """
    nothing, unknown = escape(_("nothing yet")), escape(_("not enough information yet"))
    shown: dict[Cell | None, str] = {
        None: f'><span aria-hidden="true">–</span><span class="visually-hidden">{nothing}</span></td>'
    }
    for kind in kinds:
        word, tier = escape(str(words.TIERS.get(kind.tier, kind.tier))), escape(kind.tier)
        more = (
            ""
            if kind.is_known
            else f' <span aria-hidden="true">?</span><span class="visually-hidden">, {unknown}</span>'
        )
        shown[kind] = f'><span data-tier="{tier}">{word}{more}</span></td>'
    return {
        (theme.slug, kind): f'<td role="cell" class="grid__cell" data-heading="{escape(theme.title)}"{inside}'
        for theme in themes
        for kind, inside in shown.items()
    }

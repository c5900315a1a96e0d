"""A plan in words: the same for the page and for the command."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schools.imports.plan import Change, Entry, Kind, Plan, Said
from schools.models import School

NAMES = {
    Kind.NOT_UNDERSTOOD: gettext_lazy("Not understood"),
    Kind.NEW: gettext_lazy("New"),
    Kind.CLOSED: gettext_lazy("Closed"),
    Kind.REOPENED: gettext_lazy("Reopened"),
    Kind.RENAMED: gettext_lazy("Renamed"),
    Kind.CHANGED: gettext_lazy("Changed"),
    Kind.NOT_KNOWN: gettext_lazy("Roll not known"),
    Kind.NOT_HERE: gettext_lazy("Not in the school list"),
    Kind.UNCHANGED: gettext_lazy("Unchanged"),
}
OF_ROLLS_ONLY = {Kind.NOT_KNOWN, Kind.NOT_HERE}
OF_SCHOOLS_ONLY = {Kind.NEW, Kind.CLOSED, Kind.REOPENED, Kind.RENAMED}


@dataclass(frozen=True)
class Section:
    """The schools of which one thing is true, as a table."""

    kind: Kind
    name: str
    count: int
    rows: list[list[str]]

    @property
    def head(self) -> list[str]:
        """The columns' headings."""
        return [_("School"), _("SEED code"), _("Rows of the file"), _("What and why")]

    @property
    def left_out(self) -> str:
        """How many are not in the table; "" when all are."""
        more = self.count - len(self.rows)
        return (
            ngettext("%(count)d more is not shown.", "%(count)d more are not shown.", more) % {"count": more}
            if more
            else ""
        )


@dataclass(frozen=True)
class Report:
    """What a file would change, or has changed."""

    counts: list[tuple[str, int]]
    sections: list[Section]


def report(*, plan: Plan, counts: Mapping[str, int], is_of_rolls: bool, longest: int | None = None) -> Report:
    """The plan as counts and tables. Rows that were not understood are all there; of the others the first `longest`."""
    apart = OF_SCHOOLS_ONLY if is_of_rolls else OF_ROLLS_ONLY
    kinds = [kind for kind in Kind if kind not in apart]
    sections = []
    for kind in kinds:
        if kind is not Kind.UNCHANGED and counts.get(kind):
            entries = plan.of(kind)
            shown = entries if kind is Kind.NOT_UNDERSTOOD else entries[:longest]
            sections.append(Section(kind, str(NAMES[kind]), counts[kind], [_row(entry) for entry in shown]))
    return Report([(str(NAMES[kind]), counts.get(kind, 0)) for kind in kinds], sections)


def what_and_why(entry: Entry) -> str:
    """What would become of one school, in one line."""
    changes = (change for change in entry.changes if entry.kind is not Kind.NEW or change.field != "name")
    said = [each for change in changes if (each := _said(entry, change))]
    return " ".join([*([entry.reason] if entry.reason else []), *([capfirst("; ".join(said)) + "."] if said else [])])


def _row(entry: Entry) -> list[str]:
    rows = ", ".join(str(row) for row in entry.rows) or _("none")
    return [entry.name or _("No name"), entry.seed_code or _("none"), rows, what_and_why(entry)]


def _said(entry: Entry, change: Change) -> str:
    words = {"field": _field(change.field), "before": _value(change.before), "after": _value(change.after)}
    if entry.kind is not Kind.NEW:
        return _("%(field)s: %(before)s → %(after)s") % words
    return "" if change.after is False else _("%(field)s: %(after)s") % words


def _field(name: str) -> str:
    return str(School._meta.get_field(name).verbose_name)


def _value(said: Said) -> str:
    if isinstance(said, bool):
        return _("yes") if said else _("no")
    if isinstance(said, date):
        return date_format(said, "j F Y")
    return _("nothing") if said in (None, "") else str(said)

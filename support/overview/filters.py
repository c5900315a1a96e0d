"""Which schools of the locality are listed, and in which order. Everything is in the address bar.

What the address bar says and nobody knows is left out, so that an old bookmark still shows something.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

import django_filters
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from readiness.domain.framework import Framework
from readiness.domain.states import Owner
from schools.models import School
from support.overview import words
from support.overview.rows import SchoolRow, longest_waiting

BY_WAITING = "waiting"
Rows = Sequence[SchoolRow]
Choices = tuple[tuple[str, str], ...]


def _choice(label: Any, everything: Any, choices: Any, method: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, empty_label=everything, choices=choices, method=method)


class SchoolFilter(django_filters.FilterSet):
    """Narrows rows that have been read already: the page needs all of them for what it says above the list."""

    sector = _choice(_("Sector"), _("All sectors"), tuple(words.SECTORS.items()), "in_sector")
    cluster = _choice(_("Cluster"), _("All clusters"), (), "in_cluster")
    state = _choice(_("This session’s audit"), _("All states"), tuple(words.STATES.items()), "in_state")
    turn = _choice(
        _("Waiting for"),
        _("Anybody or nobody"),
        [(Owner.OFFICER.value, _("The support officer")), (Owner.SCHOOL.value, _("The school"))],
        "in_turn",
    )
    theme = _choice(_("Theme"), _("All themes"), (), "in_theme")
    tier = _choice(_("Tier"), _("All tiers"), tuple(words.TIERS.items()), "at_tier")
    overdue = _choice(
        _("Overdue"), _("Overdue or not"), [("yes", _("Waiting for more than two weeks"))], "overdue_only"
    )
    sort = _choice(_("Order"), _("By name"), [(BY_WAITING, _("Longest waiting first"))], "in_order")

    def __init__(self, data: Any, narrowing: "Narrowing") -> None:
        super().__init__(data, queryset=School.objects.none())
        self.narrowing = narrowing
        self.form.fields["cluster"].choices = narrowing.clusters
        self.form.fields["theme"].choices = narrowing.themes

    def wanted(self) -> dict[str, str]:
        """What the address bar asks for, without what nobody knows."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def in_sector(self, rows: Rows, name: str, value: str) -> Rows:
        """With this department."""
        return [row for row in rows if value in row.sectors]

    def in_cluster(self, rows: Rows, name: str, value: str) -> Rows:
        """Of this cluster."""
        return [row for row in rows if row.cluster == value]

    def in_state(self, rows: Rows, name: str, value: str) -> Rows:
        """With this session's audit in this state."""
        return [row for row in rows if (row.state or words.NOT_STARTED) == value]

    def in_turn(self, rows: Rows, name: str, value: str) -> Rows:
        """Where it is this side's turn."""
        return [row for row in rows if row.owner == value]

    def in_theme(self, rows: Rows, name: str, value: str) -> Rows:
        """All of them: a theme by itself says which column to show."""
        return rows

    def at_tier(self, rows: Rows, name: str, value: str) -> Rows:
        """With this tier in the theme that is shown, or in any."""
        return [row for row in rows if row.has_tier(value, self.narrowing.only_theme)]

    def overdue_only(self, rows: Rows, name: str, value: str) -> Rows:
        """Where something is overdue."""
        return [row for row in rows if row.is_overdue(self.narrowing.today)]

    def in_order(self, rows: Rows, name: str, value: str) -> Rows:
        """The longest waiting first; before that they are as they came, by name."""
        return longest_waiting(rows, self.narrowing.first)


class Narrowing:
    """What is listed of a locality's schools. Where the address bar asks for nothing, nothing is made ready for it."""

    def __init__(self, asked: Any, *, rows: Rows, framework: Framework | None, today: date, first: Owner) -> None:
        self.rows, self.today, self.first = rows, today, first
        self.clusters = tuple(
            sorted({(row.cluster, row.cluster_name) for row in rows if row.cluster}, key=itemgetter(1))
        )
        self.themes = tuple((one.slug, one.title) for one in framework.themes) if framework else ()
        self._filter = SchoolFilter(asked, self) if asked else None
        self.wanted = self._filter.wanted() if self._filter else {}

    @property
    def only_theme(self) -> str:
        """The slug of the only theme to show; empty for all of them."""
        return self.wanted.get("theme", "")

    @property
    def is_narrowed(self) -> bool:
        """Whether some schools may be missing from the list."""
        return bool(self.wanted.keys() - {"sort", "theme"})

    def listed(self) -> Rows:
        """The schools to list, in their order."""
        rows = self.rows
        for name, value in self.wanted.items():
            rows = self._filter.filters[name].filter(rows, value)
        return rows

    def form(self, address: str) -> SafeString:
        """The form, which goes to this address."""
        return _form(address, self.clusters, self.themes, tuple(self.wanted.items()), get_language() or "")


@lru_cache(maxsize=64)
def _form(address: str, clusters: Choices, themes: Choices, wanted: Choices, language: str) -> SafeString:
    """The form as HTML. It is a third of the page, so it is drawn once for what it shows."""
    filters = SchoolFilter.base_filters
    choices = {name: one.extra.get("choices") for name, one in filters.items()} | {"cluster": clusters, "theme": themes}
    fields = [
        (name, one.label, [("", one.extra["empty_label"]), *choices[name]]) for name, one in filters.items()
    ]  # fmt: skip
    return render_to_string(
        "support/locality/filter.html", {"address": address, "fields": fields, "wanted": dict(wanted)}
    )

"""Visits and rounds on the signed-in home."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from laces.components import Component

from readiness.domain.states import OPEN, AuditState
from schools.models import School
from schools.permissions import Permission
from support.models import Round, Visit
from support.models.consistency import concerns


@dataclass(frozen=True)
class VisitRow:
    """One visit, and what is to be done about it."""

    school: str
    when: str
    what: str
    url: str


class Visits(Component):
    """Visits whose note is not final yet, the earliest first."""

    template_name = "support/panels/visits.html"

    def __init__(self, rows: list[VisitRow]) -> None:
        self.rows = rows

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The visits."""
        return {"rows": self.rows}


class SeeingAlike(Component):
    """For officers and the co-ordinator: the round that is open, the rulings, and schools that are too close."""

    template_name = "support/panels/seeing_alike.html"

    def __init__(self, open_round: Round | None) -> None:
        self.open_round = open_round

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The open round."""
        return {"round": self.open_round}


def visits_and_rounds(user: Any, *, today: date, among: QuerySet[School] | None = None) -> list[Component]:
    """What is to be done about visits and about seeing alike, for the schools `among` these only when that is given."""
    rows = _visits(user, today, among)
    panels: list[Component] = [Visits(rows)] if rows else []
    if concerns(user):
        panels.append(SeeingAlike(Round.objects.open(today).first()))
    return panels


def _visits(user: Any, today: date, among: QuerySet[School] | None) -> list[VisitRow]:
    visits = Visit.objects.visible_to(user).filter(
        final_at__isnull=True, audit__state__in=[*OPEN, AuditState.AGREED, AuditState.SUPERSEDED]
    )
    if among is not None:
        visits = visits.filter(audit__school__in=among.values("pk"))
    found = list(visits.select_related("audit__school").order_by("on", "pk"))
    if not found:
        return []
    reviewed = set(School.objects.where(user, Permission.REVIEW_AUDIT).values_list("pk", flat=True))
    leads = set(School.objects.where(user, Permission.SUBMIT_AUDIT).values_list("pk", flat=True))
    rows = []
    for visit in found:
        school = visit.audit.school
        what = _to_review(visit, today) if school.pk in reviewed else _to_read(visit) if school.pk in leads else ""
        if what:
            day = date_format(visit.on, "j F Y")
            rows.append(VisitRow(school.name, day, what, reverse("visit", args=[visit.audit_id])))
    return rows


def _to_review(visit: Visit, today: date) -> str:
    if visit.read_at:
        return _("The head teacher has read the note. You can make it final.")
    if visit.shown_at:
        return _("The note is waiting for the head teacher.")
    return _("Planned.") if visit.on > today else _("Write the note, and show it to the head teacher.")


def _to_read(visit: Visit) -> str:
    if visit.shown_at and not visit.read_at:
        return _("The note of the visit is waiting for you to read it.")
    return "" if visit.read_at else _("Planned.")

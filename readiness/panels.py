"""Pieces of readiness on other rooms' pages."""

from typing import Any

from django.db.models import QuerySet
from laces.components import Component

from readiness.domain.states import OPEN, AuditState
from readiness.models import Audit
from schools.models import School
from schools.models.places import SchoolQuerySet
from schools.permissions import Permission


class MyAudit(Component):
    """What waits for the people who answer for a school: the open audit, or the place to start one."""

    template_name = "readiness/panels/my_audit.html"

    def __init__(
        self, school: School, audit: Audit | None, last: Audit | None, *, may_start: bool, may_name: bool
    ) -> None:
        self.school, self.audit, self.last = school, audit, last
        self.may_start, self.may_name = may_start, may_name

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The school, its open audit with how far it has got, and its last agreed one."""
        return {
            "school": self.school,
            "audit": self.audit,
            "is_editable": bool(self.audit and self.audit.is_editable),
            "journey": self.audit.journey() if self.audit else None,
            "last": self.last,
            "may_start": self.may_start and not self.audit,
            "may_name": self.may_name,
        }


class Waiting(Component):
    """Submitted audits of the schools that an officer or co-ordinator supports, the longest waiting first."""

    template_name = "readiness/panels/waiting.html"

    def __init__(self, audits: list[Audit], *, schools: int) -> None:
        self.audits, self.schools = audits, schools

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The audits, and how many schools they are among."""
        return {"audits": self.audits, "schools": self.schools}


class MySchool(Component):
    """For staff who do not answer the audit: where their school is, without its answers."""

    template_name = "readiness/panels/my_school.html"

    def __init__(self, schools: list[School]) -> None:
        self.schools = schools

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The schools."""
        return {"schools": self.schools}


def for_home(user: Any, *, among: QuerySet[School] | None = None) -> list[Component]:
    """The panels of readiness for this person's home, for the schools `among` these only when that is given."""
    own_schools = School.objects.where(user, Permission.SEE_DRAFT_AUDIT)
    own = list(_narrowed(own_schools, among).alphabetical())
    panels: list[Component] = _own_schools(user, own)
    reviewed = _narrowed(School.objects.where(user, Permission.SEE_SUBMITTED_AUDIT), among)
    count = reviewed.count()
    if count:
        waiting = (
            Audit.objects.visible_to(user)
            .filter(school__in=reviewed.values("pk"), state__in=[AuditState.SUBMITTED, AuditState.IN_REVIEW])
            .with_context()
            .order_by("submitted_at")
        )
        panels.append(Waiting(list(waiting), schools=count))
    others = _narrowed(School.objects.visible_to(user), among).exclude(pk__in=[school.pk for school in own])
    if not count and (staff_at := list(others.alphabetical())):
        panels.append(MySchool(staff_at))
    return panels


def _narrowed(schools: SchoolQuerySet, among: QuerySet[School] | None) -> SchoolQuerySet:
    return schools if among is None else schools.filter(pk__in=among.values("pk"))


def _own_schools(user: Any, own: list[School]) -> list[Component]:
    if not own:
        return []
    audits = list(Audit.objects.visible_to(user).filter(school__in=own).with_context().newest_first())
    may_start = set(School.objects.where(user, Permission.START_AUDIT).values_list("pk", flat=True))
    panels = []
    for school in own:
        mine = [audit for audit in audits if audit.school_id == school.pk]
        panels.append(
            MyAudit(
                school,
                next((audit for audit in mine if audit.state in OPEN), None),
                next((audit for audit in mine if audit.agreed_at), None),
                may_start=school.pk in may_start,
                may_name=school.pk in may_start,
            )
        )
    return panels

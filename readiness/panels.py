"""Pieces of readiness on other rooms' pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from laces.components import Component

from readiness.domain.review import FOR_THE_SCHOOL
from readiness.domain.states import OPEN, AuditState
from readiness.models import Audit, Conversation
from readiness.turns import Reader, Turn, turn_of, yours_first
from schools.models import School, Session
from schools.models.places import SchoolQuerySet
from schools.permissions import Permission
from schools.terms import Calendar


class MyAudit(Component):
    """What waits for the people who answer for a school: the open audit, or the place to start one."""

    template_name = "readiness/panels/my_audit.html"

    def __init__(
        self,
        school: School,
        audit: Audit | None,
        last: Audit | None,
        *,
        turn: Turn | None,
        may_start: bool,
        may_name: bool,
    ) -> None:
        self.school, self.audit, self.last, self.turn = school, audit, last, turn
        self.may_start, self.may_name = may_start, may_name

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The school, its open audit with how far it has got, and its last agreed one."""
        state = self.audit.state if self.audit else None
        return {
            "school": self.school,
            "audit": self.audit,
            "turn": self.turn,
            "is_editable": bool(self.audit and self.audit.is_editable),
            "journey": self.audit.journey() if state == AuditState.DRAFT else None,
            "unanswered": _unanswered(self.audit) if state == AuditState.RETURNED else 0,
            "last": self.last,
            "may_start": self.may_start and not self.audit,
            "may_name": self.may_name,
        }


def _unanswered(audit: Audit) -> int:
    return sum(talk.stand in FOR_THE_SCHOOL for talk in Conversation.of(audit).talks().values())


class Waiting(Component):
    """The audits that wait for an officer or co-ordinator, the longest waiting first, and how many are with others."""

    template_name = "readiness/panels/waiting.html"

    def __init__(self, turns: list[tuple[Audit, Turn]], *, schools: int) -> None:
        self.turns, self.schools = turns, schools

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The audits with their turns, and how many schools they are among."""
        yours = [pair for pair in self.turns if pair[1].is_yours]
        return {"yours": yours, "others": len(self.turns) - len(yours), "schools": self.schools}


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
    reader, calendar = Reader.of(user), SimpleLazyObject(Session.objects.calendar)
    own: list[School] = []
    if reader.may_somewhere(Permission.SEE_DRAFT_AUDIT):
        own_schools = School.objects.where(user, Permission.SEE_DRAFT_AUDIT)
        own = list(_narrowed(own_schools, among).alphabetical())
    panels: list[Component] = _own_schools(user, own, reader, calendar)
    if waiting := _waiting(user, among, reader, calendar):
        panels.append(waiting)
    elif reader.is_staff_somewhere:
        others = _narrowed(School.objects.visible_to(user), among).exclude(pk__in=[school.pk for school in own])
        if staff_at := list(others.alphabetical()):
            panels.append(MySchool(staff_at))
    return panels


def _waiting(user: Any, among: QuerySet[School] | None, reader: Reader, calendar: Calendar) -> Waiting | None:
    if not reader.may_somewhere(Permission.SEE_SUBMITTED_AUDIT):
        return None
    reviewed = _narrowed(School.objects.where(user, Permission.SEE_SUBMITTED_AUDIT), among)
    on_their_way = (
        Audit.objects.visible_to(user)
        .filter(school__in=reviewed.values("pk"))
        .open()
        .exclude(state=AuditState.DRAFT)
        .with_context()
        .with_turn()
    )
    turns = yours_first(on_their_way, reader, calendar=calendar, today=timezone.localdate())
    schools = 0 if any(turn.is_yours for _audit, turn in turns) else reviewed.count()
    return Waiting(turns, schools=schools) if turns or schools else None


def _narrowed(schools: SchoolQuerySet, among: QuerySet[School] | None) -> SchoolQuerySet:
    return schools if among is None else schools.filter(pk__in=among.values("pk"))


def _own_schools(user: Any, own: list[School], reader: Reader, calendar: Calendar) -> list[Component]:
    if not own:
        return []
    audits = list(Audit.objects.visible_to(user).filter(school__in=own).with_context().with_turn().newest_first())
    panels = []
    for school in own:
        mine = [audit for audit in audits if audit.school_id == school.pk]
        audit = next((one for one in mine if one.state in OPEN), None)
        sides, today = reader.sides_at(school), timezone.localdate()
        may_start = reader.may(Permission.START_AUDIT, school)
        panels.append(
            MyAudit(
                school,
                audit,
                next((one for one in mine if one.agreed_at), None),
                turn=turn_of(audit, sides, calendar=calendar, today=today) if audit else None,
                may_start=may_start,
                may_name=may_start,
            )
        )
    return panels

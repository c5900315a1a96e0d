"""Who may do what: the one place. May it be done *now*? is another question (readiness/domain/states.py)."""

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from schools.models import School


class Role(StrEnum):
    """What a person is, for a school, a locality or the partnership."""

    HEAD = "head"
    ACTING_HEAD = "acting_head"
    CORE_TEAM = "core_team"
    STAFF = "staff"
    OFFICER = "officer"
    COORDINATOR = "coordinator"


ROLE_NAMES = {
    Role.HEAD: gettext_lazy("Head teacher"),
    Role.ACTING_HEAD: gettext_lazy("Acting head"),
    Role.CORE_TEAM: gettext_lazy("Core team"),
    Role.STAFF: gettext_lazy("Staff"),
    Role.OFFICER: gettext_lazy("Locality support officer"),
    Role.COORDINATOR: gettext_lazy("Programme co-ordinator"),
}


class Scope(StrEnum):
    """How far a role reaches."""

    SCHOOL = "school"
    LOCALITY = "locality"
    PARTNERSHIP = "partnership"


SCOPE = {
    Role.HEAD: Scope.SCHOOL,
    Role.ACTING_HEAD: Scope.SCHOOL,
    Role.CORE_TEAM: Scope.SCHOOL,
    Role.STAFF: Scope.SCHOOL,
    Role.OFFICER: Scope.LOCALITY,
    Role.COORDINATOR: Scope.PARTNERSHIP,
}


class Permission(StrEnum):
    """One thing that a person may do for a school."""

    SEE_SCHOOL = "see_school"
    SEE_DRAFT_AUDIT = "see_draft_audit"  # and all the audit's later states
    SEE_SUBMITTED_AUDIT = "see_submitted_audit"  # only what has been submitted
    START_AUDIT = "start_audit"
    ANSWER_AUDIT = "answer_audit"
    SUBMIT_AUDIT = "submit_audit"  # and withdraw it
    NAME_TEAM = "name_team"  # invite staff, name the core team and an acting head, end these roles
    REVIEW_AUDIT = "review_audit"  # begin the review, ask, suggest, return, agree; visit, and write the visit's note
    SETTLE_DIFFERENCE = "settle_difference"  # record the agreed level where school and officer still differ
    SEE_PLAN = "see_plan"  # the support plan with its steps and visits
    WORK_ON_PLAN = "work_on_plan"  # change its steps, tick them off, say what happened
    SEE_LOCALITY = "see_locality"  # the school's row among all schools of its locality
    NUDGE_SCHOOL = "nudge_school"  # send a polite reminder
    EXPORT_SCHOOL = "export_school"  # take away everything about the school
    WRITE_REFLECTION = "write_reflection"  # keep a log of one's own; it opens nobody else's
    SEE_LEARNING = "see_learning"  # “So what?” and “Now what?”, where an author has shared them
    SEE_PARTICIPATION = "see_participation"  # how many write, as a band, and never who
    AGREE_EXAMPLE = "agree_example"  # that a practice example leaves the school
    PUBLISH_EXAMPLE = "publish_example"  # edit it, and show it to everybody
    BREAK_GLASS = "break_glass"  # ask, or agree as the second of two people, that one entry is opened for a day
    RUN_PROGRAMME = "run_programme"  # the school list, localities, sessions; invite heads and officers


_ON_PLANS = {Permission.SEE_PLAN, Permission.WORK_ON_PLAN}
_WORKS_THERE = {Permission.SEE_SCHOOL, Permission.WRITE_REFLECTION}
_LEARNS = {Permission.SEE_LEARNING, Permission.SEE_PARTICIPATION}
_ANSWERS = _WORKS_THERE | _LEARNS | {Permission.SEE_DRAFT_AUDIT, Permission.ANSWER_AUDIT} | _ON_PLANS
_LEADS = _ANSWERS | {
    Permission.START_AUDIT,
    Permission.SUBMIT_AUDIT,
    Permission.NAME_TEAM,
    Permission.EXPORT_SCHOOL,
    Permission.AGREE_EXAMPLE,
}
_OVERSEES = _LEARNS | {
    Permission.SEE_SCHOOL,
    Permission.SEE_SUBMITTED_AUDIT,
    Permission.SEE_PLAN,
    Permission.SEE_LOCALITY,
    Permission.NUDGE_SCHOOL,
    Permission.BREAK_GLASS,
}
_OFFICER = {Permission.REVIEW_AUDIT, Permission.WORK_ON_PLAN, Permission.AGREE_EXAMPLE}
_COORDINATOR = {Permission.SETTLE_DIFFERENCE, Permission.PUBLISH_EXAMPLE, Permission.RUN_PROGRAMME}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.HEAD: frozenset(_LEADS),
    Role.ACTING_HEAD: frozenset(_LEADS),
    Role.CORE_TEAM: frozenset(_ANSWERS),
    Role.STAFF: frozenset(_WORKS_THERE),
    Role.OFFICER: frozenset(_OVERSEES | _OFFICER),
    Role.COORDINATOR: frozenset(_OVERSEES | _COORDINATOR),
}


@cache
def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that carry this permission."""
    return frozenset(role for role, granted in GRANTS.items() if permission in granted)


def schools_where(user, permission: Permission) -> "QuerySet[School]":
    """The schools for which this person has this permission: none for strangers, no more for superusers."""
    from schools.models import School  # the models speak of roles, so the import must wait

    return School.objects.where(user, permission)


def can(user, permission: Permission, school: "School") -> bool:
    """Whether this person has this permission for this school, by a role that has not ended."""
    from schools.models.places import roles_of  # as above

    return roles_of(user).cover(permission, school)


def require(user, permission: Permission, school: "School") -> None:
    """Raise PermissionDenied, with a sentence for the person, unless they have this permission for this school."""
    if not can(user, permission, school):
        raise PermissionDenied(_("Your role at this school does not include this. Ask the head teacher if it should."))


def may_run_programme(user) -> bool:
    """Whether this person runs the programme: what belongs to no single school (the school list, sessions, people)."""
    if not user.is_authenticated:
        return False
    from schools.models import Membership  # as above

    roles = roles_with(Permission.RUN_PROGRAMME)
    return Membership.objects.current().filter(user=user, role__in=roles, scope=Scope.PARTNERSHIP).exists()


def require_programme(user) -> None:
    """Raise PermissionDenied, with a sentence for the person, unless they run the programme."""
    if not may_run_programme(user):
        raise PermissionDenied(_("The programme co-ordinator does this. Ask them if it should be done."))

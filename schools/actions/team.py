from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from schools.models import Locality, Membership, School
from schools.permissions import AT_SCHOOL, SCOPE, Permission, Role, Scope, can, require, require_programme

# What a head teacher may hand out at their own school to somebody who works there.
NAMED_BY_HEAD = (Role.CORE_TEAM, Role.ACTING_HEAD)
# And what they may end. Heads, officers and co-ordinators are the programme co-ordinator's to end.
ENDED_BY_HEAD = (Role.STAFF, *NAMED_BY_HEAD)
OFFICERS = (Role.OFFICER, Role.SCHOOL_OFFICER)


class UnableToName(Exception):
    """The message is fit to show to the person who gives or ends a role."""


@transaction.atomic
def give_role(
    *,
    user: User,
    role: Role,
    now: datetime,
    by: User | None,
    school: School | None = None,
    locality: Locality | None = None,
) -> Membership:
    """Give a person a role, or the role they have already.

    `by` is None when the product itself does it (a council's list, the demo story): the pages that let people give
    roles call `name_to_team` or `accept` and check permission there.
    """
    scope = SCOPE[role]
    target = {
        "school": school if scope is Scope.SCHOOL else None,
        "locality": locality if scope is Scope.LOCALITY else None,
    }
    current = Membership.objects.current().filter(user=user, role=role, **target)
    if found := current.first():
        return found
    try:
        with transaction.atomic():
            return Membership.objects.create(user=user, role=role, scope=scope, started=now, started_by=by, **target)
    except IntegrityError:  # given by somebody else at this moment: the constraint keeps one of the two
        return current.get()


@transaction.atomic
def name_to_team(*, school: School, user: User, role: Role, by: User, now: datetime) -> Membership:
    """Name a member of staff to the core team, or as acting head.

    Raises:
        PermissionDenied: only the head teacher or an acting head names people.
        UnableToName: the role is not the head's to give, or the person does not work at the school.
    """
    require(by, Permission.NAME_TEAM, school)
    if role not in NAMED_BY_HEAD:
        raise UnableToName(_("A head teacher names the core team and an acting head. Other roles are given elsewhere."))
    if not Membership.objects.current().filter(user=user, school=school, role__in=AT_SCHOOL).exists():
        raise UnableToName(_("Choose somebody who works at your school."))
    return give_role(user=user, role=role, school=school, by=by, now=now)


@transaction.atomic
def end_role(*, membership: Membership, by: User, now: datetime) -> None:
    """End a role. It stops counting at the person's next request, and stays as history.

    Raises:
        PermissionDenied: a head or acting head ends roles of their own school's staff; the co-ordinator ends any.
        UnableToName: the role is not the head's to end, or it is the last co-ordinator's.
    """
    if membership.role == Role.COORDINATOR:
        _lock_coordinators()
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if membership.school is not None and can(by, Permission.NAME_TEAM, membership.school):
        if membership.role not in ENDED_BY_HEAD:
            raise UnableToName(_("A head teacher’s role is ended by handing over, or by the programme co-ordinator."))
    else:
        require_programme(by)
        _keep_one_coordinator(membership)
    _end(membership, by=by, now=now)


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: User, now: datetime) -> Membership:
    """End one role of a member of staff and give another at the same school, in one step.

    Raises:
        PermissionDenied, UnableToName: as `end_role` and `name_to_team` do. Nothing changes then.
    """
    if membership.school is None or role not in ENDED_BY_HEAD:
        raise UnableToName(_("Choose staff, core team or acting head."))
    end_role(membership=membership, by=by, now=now)
    return give_role(user=membership.user, role=role, school=membership.school, by=by, now=now)


@transaction.atomic
def hand_over(*, school: School, to: User, by: User, now: datetime) -> Membership:
    """Leave a school's headship to somebody who works there: they become acting head, the leaver's roles there end.

    The school's open audit stays as it is: it belongs to the school. The co-ordinator invites the new head.

    Raises:
        PermissionDenied: only the head teacher or an acting head hands over.
        UnableToName: the person does not work at the school, or is the leaver.
    """
    require(by, Permission.NAME_TEAM, school)
    if to == by:
        raise UnableToName(_("Choose a colleague: you cannot hand over to yourself."))
    given = name_to_team(school=school, user=to, role=Role.ACTING_HEAD, by=by, now=now)
    for role in Membership.objects.current().select_for_update().filter(user=by, school=school):
        _end(role, by=by, now=now)
    return given


@transaction.atomic
def give_schools_to(*, officer: User, to: User, by: User, now: datetime) -> list[Membership]:
    """Give all the localities and single schools that one officer supports to another, and end the first one's.

    Of a locality, the schools that the second is close to still need another officer: `conflicts.py` names them.

    Raises:
        PermissionDenied: the programme co-ordinator does this.
        UnableToName: the first supports nobody, both are the same person, or the second is close to a single school.
    """
    require_programme(by)
    if officer == to:
        raise UnableToName(_("Choose another officer to take the schools over."))
    roles = list(Membership.objects.current().select_for_update(of=("self",)).filter(user=officer, role__in=OFFICERS))
    if not roles:
        raise UnableToName(_("%(person)s supports no schools now.") % {"person": officer})
    close = School.objects.close_to(to, localdate(now)).filter(
        pk__in=[role.school_id for role in roles if role.school_id]
    )
    if school := close.first():
        raise UnableToName(
            _("%(person)s is too close to %(school)s to review its audit. Give that school to somebody else first.")
            % {"person": to, "school": school.name}
        )
    given = []
    for role in roles:
        _end(role, by=by, now=now)
        target = {"school": role.school, "locality": role.locality}
        given.append(give_role(user=to, role=Role(role.role), **target, by=by, now=now))
    return given


@transaction.atomic
def end_all_roles(*, user: User, now: datetime) -> list[Membership]:
    """End every role of somebody who closes their account, and give back what they were.

    Raises:
        UnableToName: they are the last co-ordinator.
    """
    _lock_coordinators()
    roles = list(Membership.objects.current().select_for_update(of=("self",)).filter(user=user))
    for role in roles:
        _keep_one_coordinator(role)
        _end(role, by=user, now=now)
    return roles


def _end(membership: Membership, *, by: User, now: datetime) -> None:
    if membership.ended is None:
        membership.ended, membership.ended_by = now, by
        membership.save(update_fields=["ended", "ended_by"])


def _lock_coordinators() -> list[Membership]:
    # Before any other row and in one order, so that two co-ordinators who end each other's role at the same moment
    # neither wait for each other for ever nor both succeed.
    return list(Membership.objects.current().select_for_update().filter(role=Role.COORDINATOR).order_by("pk"))


def _keep_one_coordinator(membership: Membership) -> None:
    if membership.role != Role.COORDINATOR or membership.ended is not None:
        return
    if not [each for each in _lock_coordinators() if each.pk != membership.pk]:
        raise UnableToName(_("This is the only co-ordinator. Invite another one first."))

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from schools.models import Locality, Membership, School, Session, Term
from schools.permissions import SCOPE, Permission, Role, Scope, require

# What a head teacher may hand out, and end, at their own school.
NAMED_BY_HEAD = (Role.CORE_TEAM, Role.ACTING_HEAD)


class UnableToName(Exception):
    """The message is fit to show to the head teacher."""


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
    roles call `name_to_team` and check permission there.
    """
    scope = SCOPE[role]
    target = {
        "school": school if scope is Scope.SCHOOL else None,
        "locality": locality if scope is Scope.LOCALITY else None,
    }
    current = Membership.objects.current().filter(user=user, role=role, **target).first()
    if current:
        return current
    return Membership.objects.create(user=user, role=role, scope=scope, started=now, started_by=by, **target)


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
    if not Membership.objects.current().filter(user=user, school=school).exists():
        raise UnableToName(_("Choose somebody who works at your school."))
    return give_role(user=user, role=role, school=school, by=by, now=now)


@transaction.atomic
def end_role(*, membership: Membership, by: User, now: datetime) -> None:
    """End a core-team or acting-head role. It stops counting at the person's next request, and stays as history.

    Raises:
        PermissionDenied: only the head teacher or an acting head ends these roles.
        UnableToName: the role is not the head's to end.
    """
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.school is None or membership.role not in NAMED_BY_HEAD:
        raise UnableToName(_("A head teacher can end core-team and acting-head roles only."))
    require(by, Permission.NAME_TEAM, membership.school)
    if membership.ended is None:
        membership.ended, membership.ended_by = now, by
        membership.save(update_fields=["ended", "ended_by"])


@transaction.atomic
def record_sessions(*, sessions: Sequence[Mapping[str, Any]]) -> None:
    """Keep these sessions with their terms as they are given: `label`, `starts`, `ends` and `terms` of each.

    Doing it again changes nothing. Terms that are no longer given are removed.
    """
    for given in sessions:
        dates = {"starts": given["starts"], "ends": given["ends"]}
        session, _created = Session.objects.update_or_create(label=given["label"], defaults=dates)
        session.terms.filter(order__gt=len(given["terms"])).delete()
        for order, term in enumerate(given["terms"], start=1):
            Term.objects.update_or_create(session=session, order=order, defaults=dict(term))

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from reflections.domain.visibility import Visibility
from reflections.models import Entry, Group, GroupMember, GroupShare
from schools.models import Membership, School
from schools.permissions import Permission, require, roles_with


class UnableToAdd(Exception):
    """The message is fit to show to the person who wants to add somebody."""


def colleagues(school: School) -> QuerySet[User]:
    """The people who can be in a group of this school: everybody who works there now."""
    roles = Membership.objects.current().filter(school=school, role__in=roles_with(Permission.WRITE_REFLECTION))
    return User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("first_name", "last_name", "pk")


@transaction.atomic
def create_group(*, name: str, school: School, people: Iterable[User], by: User, now: datetime) -> Group:
    """Begin a group with these people, and with whoever begins it.

    Raises:
        PermissionDenied: `by` does not work at the school.
        UnableToAdd: one of the people does not.
    """
    require(by, Permission.WRITE_REFLECTION, school)
    group = Group.objects.create(name=name, school=school, created_by=by, created_at=now)
    GroupMember.objects.create(group=group, user=by, joined=now, added_by=by)
    _add(group, [person for person in people if person.pk != by.pk], by=by, now=now)
    return group


@transaction.atomic
def add_people(*, group: Group, people: Iterable[User], by: User, now: datetime) -> None:
    """Add people to a group. They read what is shared from now on, and nothing that was shared before.

    Raises:
        PermissionDenied: `by` is not in the group.
        UnableToAdd: one of the people does not work at its school.
    """
    if not Group.objects.visible_to(by).filter(pk=group.pk).exists():
        raise PermissionDenied(_("Only people in a group add others to it."))
    _add(group, list(people), by=by, now=now)


@transaction.atomic
def leave_group(*, group: Group, by: User, now: datetime) -> None:
    """Leave at once: what others have shared is closed, and what this person had shared with it is private again."""
    GroupMember.objects.current().filter(group=group, user=by).update(left=now)
    shared = GroupShare.objects.filter(group=group, entry__author=by)
    Entry.objects.filter(pk__in=list(shared.values_list("entry", flat=True))).update(
        visibility=Visibility.PRIVATE, wished=Visibility.PRIVATE
    )
    shared.delete()


def _add(group: Group, people: list[User], *, by: User, now: datetime) -> None:
    allowed = set(colleagues(group.school).values_list("pk", flat=True))
    if any(person.pk not in allowed for person in people):
        raise UnableToAdd(_("Choose people who work at your school."))
    there = set(GroupMember.objects.current().filter(group=group).values_list("user", flat=True))
    GroupMember.objects.bulk_create(
        [GroupMember(group=group, user=person, joined=now, added_by=by) for person in people if person.pk not in there]
    )

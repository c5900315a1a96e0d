"""Which schools need another officer, because somebody who supports them is too close to them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from schools.models import Membership, School, Tie
from schools.permissions import Permission, roles_with


@dataclass(frozen=True)
class Conflict:
    """A school with the officers who are too close to it, and those who can review its audit."""

    school: School
    too_close: tuple[User, ...]
    reviewers: tuple[User, ...]


def conflicts(day: date) -> list[Conflict]:
    """Every running school that somebody supports who is too close to it, those that nobody else can review first."""
    reviewing = Membership.objects.current().filter(role__in=roles_with(Permission.REVIEW_AUDIT))
    roles = list(reviewing.select_related("user").order_by("user__last_name", "user__first_name", "pk"))
    of_locality, of_school = defaultdict(list), defaultdict(list)
    for role in roles:
        (of_school[role.school_id] if role.school_id else of_locality[role.locality_id]).append(role.user)
    close = _close(day, [role.user_id for role in roles])
    found = []
    for school in School.objects.running().filter(pk__in=close).alphabetical():
        officers = dict.fromkeys([*of_school[school.pk], *of_locality[school.locality_id]])
        too_close = tuple(officer for officer in officers if officer.pk in close[school.pk])
        if too_close:
            found.append(Conflict(school, too_close, tuple(one for one in officers if one not in too_close)))
    return sorted(found, key=lambda conflict: bool(conflict.reviewers))


def _close(day: date, users: list[int]) -> dict[int, set[int]]:
    """School -> those of these people who are too close to it."""
    close = defaultdict(set)
    declared = Tie.objects.counting(day).filter(user__in=users)
    worked = Membership.objects.at_school_within_reach_of(day).filter(user__in=users)
    for rows in (declared, worked):
        for school, user in rows.values_list("school", "user"):
            close[school].add(user)
    return close

"""Everything that the product holds about one person: shown, given as a file, corrected, and taken away.

Each room says what it holds (`export_for`); here they are put together. What is added to a room is added there.
"""

from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts import actions as accounts_actions
from accounts import exports as accounts_exports
from accounts.models import User
from readiness import exports as readiness_exports
from reflections import actions as reflections_actions
from reflections import exports as reflections_exports
from schools import actions as schools_actions
from schools import exports as schools_exports
from schools.permissions import ROLE_NAMES, Role
from wizards import exports as wizards_exports
from wizards.models import HeldPost, WizardRecord

ROOMS = (accounts_exports, schools_exports, readiness_exports, reflections_exports, wizards_exports)


def held_about(user: User) -> dict[str, list[dict[str, Any]]]:
    """All that is held about `user`: headings, each with its rows. The page and the file are both made of it."""
    held: dict[str, list[dict[str, Any]]] = {}
    for room in ROOMS:
        held.update(room.export_for(user))
    return held


@dataclass(frozen=True)
class Part:
    """What a room holds under one heading, in words: each row is a list of what it is and what is held."""

    heading: str
    rows: list[list[tuple[str, str]]]


def in_words(user: User) -> list[Part]:
    """The same for somebody to read. What stands there for programs alone, beside its words, is left out."""
    return [
        Part(
            str(room.WORDS[heading]),
            [
                [(str(room.WORDS[key]), _words(value)) for key, value in row.items() if key not in _for_programs(room)]
                for row in rows
            ],
        )
        for room in ROOMS
        for heading, rows in room.export_for(user).items()
    ]


def _for_programs(room: ModuleType) -> set[str]:
    return getattr(room, "FOR_PROGRAMS", set())


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, dict):
        return "\n".join(f"{key}: {each}" for key, each in value.items())
    return "" if value is None else str(value)


@transaction.atomic
def close_account(*, user: User, now: datetime) -> None:
    """Close somebody's own account: roles end, name and address go, and nobody signs in to it again.

    The work of an audit belongs to the school: it stays, under the name of the role that its author had. Reflections
    belong to their author: they go.

    Raises:
        schools.actions.UnableToName: they are the only co-ordinator.
    """
    roles = schools_actions.end_all_roles(user=user, now=now)
    schools_actions.forget_invitations(user=user, now=now)
    reflections_actions.forget_person(user=user, now=now)
    HeldPost.objects.filter(user=user).delete()
    WizardRecord.objects.filter(owner=user).delete()
    accounts_actions.close_account(user=user, known_as=_known_as({Role(role.role) for role in roles}), now=now)


def _known_as(roles: set[Role]) -> str:
    """The name of the role that reaches furthest. Role lists them from head to co-ordinator."""
    first = next((role for role in (Role.COORDINATOR, *Role) if role in roles), None)
    return str(ROLE_NAMES[first]) if first else _("Somebody who has left")

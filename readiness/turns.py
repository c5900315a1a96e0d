"""Whose turn an audit is, since when, and until when it is hoped for, in words that depend on who reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from readiness.domain.states import AuditState, Owner, owner_of
from readiness.models import Audit
from schools.models import School
from schools.models.places import HeldRoles, roles_of
from schools.permissions import IMPARTIAL, Permission, roles_with
from schools.terms import Calendar, Clock

HOPED_FOR_WITHIN = 10
"""School days for a desk review, for the school's reply, and for the co-ordinator's word. Shown, never enforced."""

TAKES_ITS_TURN_WITH = {
    Owner.SCHOOL: Permission.ANSWER_AUDIT,
    Owner.OFFICER: Permission.REVIEW_AUDIT,
    Owner.COORDINATOR: Permission.SETTLE_DIFFERENCE,
}

_WAITING_FOR = {
    Owner.SCHOOL: gettext_lazy("Waiting for the school, since %(day)s."),
    Owner.OFFICER: gettext_lazy("Waiting for the locality support officer, since %(day)s."),
    Owner.COORDINATOR: gettext_lazy("Waiting for the programme co-ordinator, since %(day)s."),
}


@dataclass(frozen=True)
class Reader:
    """Somebody who reads about audits, with the roles that say which side they are on at a school.

    `close` are the schools that they are too close to for a judgement (schools/models/ties.py).
    """

    roles: HeldRoles
    close: frozenset[int] = frozenset()

    @classmethod
    def of(cls, user) -> "Reader":
        """Read their roles: one query where they are not remembered, and one more for somebody who judges."""
        roles = roles_of(user)
        if not any(roles.carry(permission) for permission in IMPARTIAL):
            return cls(roles)
        close = School.objects.close_to(user, timezone.localdate()).values_list("pk", flat=True)
        return cls(roles, frozenset(close))

    def may(self, permission: Permission, school: School) -> bool:
        """Whether they have this permission for this school: `can`, without asking again."""
        if permission in IMPARTIAL and school.pk in self.close:
            return False
        here = {(school.pk, None), (None, school.locality_id), (None, None)}  # the last reaches everywhere
        return any(role in roles_with(permission) and tuple(place) in here for role, *place in self.roles.held)

    def may_somewhere(self, permission: Permission) -> bool:
        """Whether some role of theirs carries this permission."""
        return self.roles.carry(permission)

    @property
    def is_staff_somewhere(self) -> bool:
        """Whether they are at some school without answering its audit."""
        reads = roles_with(Permission.SEE_DRAFT_AUDIT) | roles_with(Permission.SEE_SUBMITTED_AUDIT)
        return any(role not in reads for role, *_place in self.roles.held)

    def sides_at(self, school: School) -> frozenset[Owner]:
        """Whose turn is theirs at this school."""
        return frozenset(owner for owner, permission in TAKES_ITS_TURN_WITH.items() if self.may(permission, school))


@dataclass(frozen=True)
class Turn:
    """Whose turn an audit is. `clock` is None where nothing is hoped for by a day, or its day is not known."""

    owner: Owner
    since: datetime
    is_yours: bool
    clock: Clock | None

    @property
    def words(self) -> str:
        """“Waiting for you, since Friday 20 November.” Nothing once nobody's turn is left."""
        if self.owner is Owner.NOBODY:
            return ""
        sentence = _("Waiting for you, since %(day)s.") if self.is_yours else str(_WAITING_FOR[self.owner])
        return sentence % {"day": day_words(timezone.localtime(self.since).date())}

    @property
    def hoped_for(self) -> str:
        """“Hoped for by Friday 4 December: 3 school days left.” Nothing where there is no clock."""
        if self.clock is None:
            return ""
        return _("Hoped for by %(day)s: %(left)s.") % {"day": day_words(self.clock.due), "left": _left(self.clock)}

    @property
    def sentences(self) -> str:
        """Both, one after the other."""
        return " ".join(part for part in (self.words, self.hoped_for) if part)


def _left(clock: Clock) -> str:
    if clock.is_over:
        return ngettext("%(days)d school day over", "%(days)d school days over", clock.over) % {"days": clock.over}
    if clock.left == 0:
        return _("no school days left")
    return ngettext("%(days)d school day left", "%(days)d school days left", clock.left) % {"days": clock.left}


def day_words(day: date) -> str:
    """A day as it is read in a sentence: “Friday 20 November”."""
    return date_format(day, "l j F")


def turn_of(audit: Audit, sides: frozenset[Owner], *, calendar: Calendar, today: date) -> Turn:
    """Whose turn an audit is, which was read `with_turn()`, for somebody on these sides."""
    owner = owner_of(audit.state, they_differ=audit.they_differ)
    since = audit.turn_began or audit.started_at
    has_clock = owner is not Owner.NOBODY and not _waits_for_a_meeting(audit, owner) and audit.state != AuditState.DRAFT
    started = timezone.localtime(since).date()
    return Turn(
        owner=owner,
        since=since,
        is_yours=owner in sides,
        clock=calendar.clock(started=started, days=HOPED_FOR_WITHIN, today=today) if has_clock else None,
    )


def _waits_for_a_meeting(audit: Audit, owner: Owner) -> bool:
    """When school and officer meet to agree the audit is theirs to arrange."""
    return audit.state == AuditState.MODERATED and owner is Owner.OFFICER


def yours_first(
    audits: Iterable[Audit], reader: Reader, *, calendar: Calendar, today: date
) -> list[tuple[Audit, Turn]]:
    """Each audit with its turn: those that wait for the reader first, the longest waiting first."""
    turns = [(audit, turn_of(audit, reader.sides_at(audit.school), calendar=calendar, today=today)) for audit in audits]
    return sorted(turns, key=lambda pair: (not pair[1].is_yours, pair[1].since, pair[0].school.name, pair[0].pk))

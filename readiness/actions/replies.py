"""The school's side of the conversation: reply to a question, accept a suggestion, or explain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from readiness.actions.answers import Locked
from readiness.actions.moves import lock
from readiness.domain.answers import Other
from readiness.domain.review import RemarkKind, Talk
from readiness.domain.states import AuditState
from readiness.models import Audit, Conversation, Remark
from schools.permissions import Permission, require


@dataclass(frozen=True)
class Replied:
    """What arrived from the school's page for one statement. `seen` is the version that the page had shown."""

    statement: str
    accepts: bool
    text: str
    seen: str


class UnableToReply(Exception):
    """The words do not fit what was asked. The message is fit to show to the school."""


class MovedOn(Exception):
    """The officer's question or suggestion is not the one that the page had shown. The rest has been saved."""

    def __init__(self, statements: Sequence[str]) -> None:
        super().__init__(_("What the officer says has changed since you opened this page. Look again, then save."))
        self.statements = frozenset(statements)


def reply(*, audit: Audit, statement: str, text: str, by: User, now: datetime) -> None:
    """Answer the officer's question, or explain why the school stays with its own level.

    Raises:
        PermissionDenied: this person does not answer for the school.
        Locked: the audit has not been sent back to the school.
        UnableToReply: the officer has said nothing about this statement, or nothing was written.
    """
    _reply_to_one(Replied(statement, accepts=False, text=text, seen=""), audit, by, now)


def accept(*, audit: Audit, statement: str, by: User, now: datetime, text: str = "") -> None:
    """Accept the level that the officer suggests. The school's own answer stays as it was given.

    Raises:
        PermissionDenied, Locked: as `reply`.
        UnableToReply: no other level has been suggested.
    """
    _reply_to_one(Replied(statement, accepts=True, text=text, seen=""), audit, by, now)


def reply_to(*, audit: Audit, replies: Sequence[Replied], by: User, now: datetime) -> None:
    """Save the school's replies to several statements. Doing it again changes nothing.

    Raises:
        PermissionDenied, Locked, UnableToReply: as `reply` and `accept`. Nothing has been saved.
        MovedOn: after saving the rest, where a page from an earlier time round was sent.
    """
    require(by, Permission.ANSWER_AUDIT, audit.school)
    with transaction.atomic():
        locked, conversation = _open(audit)
        moved_on = []
        for one in replies:
            if conversation.heard(one.statement) == one.seen:
                _write(locked, conversation, one, by, now)
            else:
                moved_on.append(one.statement)
    if moved_on:
        raise MovedOn(moved_on)


def _reply_to_one(one: Replied, audit: Audit, by: User, now: datetime) -> None:
    require(by, Permission.ANSWER_AUDIT, audit.school)
    with transaction.atomic():
        locked, conversation = _open(audit)
        _write(locked, conversation, one, by, now)


def _open(audit: Audit) -> tuple[Audit, Conversation]:
    locked = lock(audit)
    if locked.state != AuditState.RETURNED:
        raise Locked(_("This audit is not with your school now, so nothing can be added to it. Nothing was changed."))
    return locked, Conversation.of(locked)


def _write(audit: Audit, conversation: Conversation, one: Replied, by: User, now: datetime) -> None:
    talk, remarks = conversation.talk(one.statement), conversation.remarks.get(one.statement, ())
    if not remarks:
        raise UnableToReply(_("The officer has said nothing about this statement."))
    kind, given = _kind(talk, one), talk.suggestion if one.accepts else None
    last = remarks[-1]
    if (last.kind, last.text, last.given) == (kind, one.text, given):
        return  # the second press of a double click
    Remark.objects.create(
        audit=audit,
        statement=one.statement,
        kind=kind,
        text=one.text,
        level=given if isinstance(given, int) else None,
        other=given if isinstance(given, Other) else "",
        about=talk.revision,
        round=max(remark.round for remark in remarks),
        by=by,
        at=now,
    )


def _kind(talk: Talk, one: Replied) -> RemarkKind:
    if one.accepts and talk.suggestion is None:
        raise UnableToReply(_("The officer suggests no other level here."))
    if one.accepts:
        return RemarkKind.ACCEPTANCE
    if not one.text.strip():
        raise UnableToReply(_("Write your reply."))
    return RemarkKind.REPLY if talk.suggestion is None else RemarkKind.EXPLANATION

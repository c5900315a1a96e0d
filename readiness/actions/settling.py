"""The co-ordinator's part: where school and officer still differ, record the agreed level, with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from readiness import notifications
from readiness.actions.answers import Locked
from readiness.actions.moves import lock
from readiness.actions.review import Overtaken, SaidMeanwhile, Spoken
from readiness.domain.answers import BadAnswer, Given, Other, Voice
from readiness.domain.review import Saying, Stand
from readiness.domain.said import Clash, Said, Settle, decide
from readiness.domain.states import AuditState
from readiness.models import Answer, Audit, Conversation
from schools.permissions import Permission, require


@dataclass(frozen=True)
class Ruling:
    """The agreed level of one statement, and why. `seen` is what the page had shown (`Saying.seen_as`)."""

    statement: str
    given: Given
    reason: str
    seen: str | None = None
    clash_was_shown: bool = False
    settle: Settle | None = None


class UnableToSettle(Exception):
    """The level cannot be recorded so. The message is fit to show to the co-ordinator."""


def settle(*, audit: Audit, rulings: Sequence[Ruling], by: User, now: datetime) -> None:
    """Record the agreed level of statements on which school and officer still differ. Both of theirs are kept.

    Raises:
        PermissionDenied: this person does not settle differences (the programme co-ordinator does).
        Locked: the review is not finished, or the audit has been agreed already.
        UnableToSettle, BadAnswer: there is no difference, no reason, or no such level. Nothing has been saved.
        SaidMeanwhile: after saving the rest, where somebody else has recorded a level since the page was opened.
    """
    require(by, Permission.SETTLE_DIFFERENCE, audit.school)
    with transaction.atomic():
        locked = lock(audit)
        if locked.state != AuditState.MODERATED:
            raise Locked(_("There is nothing to record now: the review is not finished, or the audit is agreed."))
        conversation = Conversation.of(locked)
        conflicts = [found for one in rulings if (found := _settle_one(locked, conversation, one, by, now))]
        stands = [talk.stand for talk in Conversation.of(locked).talks().values()]
        if Stand.DIFFERS not in stands and len(conflicts) < len(rulings):
            notifications.tell(audit=locked, permission=Permission.REVIEW_AUDIT, by=by, now=now)
    if conflicts:
        raise SaidMeanwhile(conflicts)


def _settle_one(audit: Audit, conversation: Conversation, one: Ruling, by: User, now: datetime) -> Overtaken | None:
    _check(audit, conversation, one)
    row, talk = conversation.agreed.get(one.statement), conversation.talk(one.statement)
    typed = Saying(None, one.given, one.reason)
    try:
        ruled = decide(
            stored=talk.ruling,
            revision=talk.version,
            typed=typed,
            seen=one.seen if one.seen is not None else talk.ruling.seen_as(talk.version),
            clash_was_shown=one.clash_was_shown,
            settle=one.settle,
        )
    except Clash:
        return Overtaken(Spoken(one.statement, typed, one.seen or ""), talk)
    if ruled is not None:
        row = row or Answer(audit=audit, statement=one.statement, voice=Voice.AGREED, revision=0)
        row.say(Said(ruled.given, ruled.text))
        row.revision += 1
        row.by, row.at = by, now
        row.save()
    return None


def _check(audit: Audit, conversation: Conversation, one: Ruling) -> None:
    statement = audit.framework.statement(one.statement)
    if not conversation.talk(one.statement).is_left_to_the_coordinator:
        raise UnableToSettle(_("School and officer do not differ on this statement, so there is nothing to record."))
    if one.given == Other.NOT_APPLICABLE and not statement.may_not_apply:
        raise BadAnswer(_("This statement applies to every school. Choose another answer."))
    if not one.reason.strip():
        raise UnableToSettle(_("Say why you record this level. School and officer read it."))

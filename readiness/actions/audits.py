"""What the school does with its audit as a whole: start, submit, take back, end; and its agreement."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from readiness import notifications
from readiness.actions.listeners import tell_submitted
from readiness.actions.moves import lock, move, record_scores
from readiness.domain.answers import Other, Voice
from readiness.domain.framework import Statement
from readiness.domain.review import FOR_THE_SCHOOL
from readiness.domain.states import AuditState, MoveRefused, check_move
from readiness.models import Audit, Conversation, FrameworkVersion
from schools.models import School, Session
from schools.permissions import Permission, require


class UnableToStart(Exception):
    """The message is fit to show to the person who tried."""


class UnableToSubmit(Exception):
    """The message is fit to show to the head teacher; the lists of statements say where to go."""

    def __init__(
        self,
        message: str,
        *,
        missing: Sequence[Statement] = (),
        without_reason: Sequence[Statement] = (),
        unanswered: Sequence[Statement] = (),
    ) -> None:
        super().__init__(message)
        self.missing = tuple(missing)
        self.without_reason = tuple(without_reason)
        self.unanswered = tuple(unanswered)


class UnableToAgree(Exception):
    """Some statements have no agreed level yet. The message is fit to show to the officer."""

    def __init__(self, message: str, *, statements: Sequence[Statement] = ()) -> None:
        super().__init__(message)
        self.statements = tuple(statements)


@transaction.atomic
def start_audit(*, school: School, by: User, now: datetime) -> Audit:
    """Start the school's audit under the newest framework version, or give the one already open.

    Raises:
        PermissionDenied: only a head teacher or acting head starts an audit.
        UnableToStart: no framework has been published, or no session covers today.
    """
    require(by, Permission.START_AUDIT, school)
    School.objects.select_for_update().get(pk=school.pk)
    if open_audit := Audit.objects.open().filter(school=school).first():
        return open_audit
    version = FrameworkVersion.objects.latest_published()
    session = Session.objects.at(now.date())
    if version is None or session is None:
        raise UnableToStart(_("There is nothing to answer yet. Ask the programme co-ordinator to publish the audit."))
    return Audit.objects.create(school=school, version=version, session=session, started_at=now, started_by=by)


@transaction.atomic
def submit(*, audit: Audit, by: User, now: datetime) -> None:
    """Hand the audit to the officer, the first time or again. Its answers are locked until they come back.

    Raises:
        PermissionDenied: only the head teacher or an acting head submits.
        UnableToSubmit: the school has not got it, an answer is missing, a “does not apply” has no reason, or
            something that the officer asked or suggested has no reply.
    """
    audit = lock(audit)
    require(by, Permission.SUBMIT_AUDIT, audit.school)
    _check_submittable(audit)
    move(audit, AuditState.SUBMITTED, by=by, now=now, submitted_at=now, submitted_by=by)
    record_scores(audit, Voice.SCHOOL)
    notifications.tell(audit=audit, permission=Permission.REVIEW_AUDIT, by=by, now=now)
    # Robust: the audit is submitted by then, and what somebody makes of it later must not look like a failure.
    transaction.on_commit(lambda: tell_submitted(audit_id=audit.pk), robust=True)


@transaction.atomic
def withdraw_submission(*, audit: Audit, by: User, now: datetime) -> None:
    """Take a submitted audit back, until its review begins: as a draft, or as it was returned.

    Raises:
        PermissionDenied: only the head teacher or an acting head takes it back.
        MoveRefused: the review has begun, or it was not submitted.
    """
    audit = lock(audit)
    require(by, Permission.SUBMIT_AUDIT, audit.school)
    if audit.state == AuditState.SUBMITTED and audit.times_returned():
        move(audit, AuditState.RETURNED, by=by, now=now)
    else:
        move(audit, AuditState.DRAFT, by=by, now=now, submitted_at=None, submitted_by=None)
        audit.theme_scores.filter(voice=Voice.SCHOOL).delete()
    notifications.tell_nobody(audit=audit)


@transaction.atomic
def withdraw(*, audit: Audit, by: User, now: datetime, reason: str = "") -> None:
    """End an audit before it is agreed. Nothing is deleted, and the school may start another.

    Raises:
        PermissionDenied: only the head teacher or an acting head ends an audit.
        MoveRefused: it has been agreed, or has been ended already.
    """
    audit = lock(audit)
    require(by, Permission.SUBMIT_AUDIT, audit.school)
    move(audit, AuditState.WITHDRAWN, by=by, now=now, reason=reason)
    notifications.tell_nobody(audit=audit)


@transaction.atomic
def agree(*, audit: Audit, by: User, now: datetime) -> None:
    """Agree a reviewed audit. An earlier agreed audit of the school is superseded.

    The agreed answers are rows of their own, which the review has set: what the school and the officer said stays.

    Raises:
        PermissionDenied: only the school's locality support officer agrees.
        MoveRefused: its review is not finished, or it has been agreed already.
        UnableToAgree: school and officer still differ, and the co-ordinator has not recorded a level.
    """
    audit = lock(audit)
    require(by, Permission.REVIEW_AUDIT, audit.school)
    check_move(audit.state, AuditState.AGREED)
    agreed = audit.answers_of(Voice.AGREED)
    if without := [one for one in audit.framework.statements if one.slug not in agreed]:
        sentence = ngettext(
            "%(count)d statement has no agreed level yet. The programme co-ordinator records it.",
            "%(count)d statements have no agreed level yet. The programme co-ordinator records them.",
            len(without),
        )
        raise UnableToAgree(sentence % {"count": len(without)}, statements=without)
    move(audit, AuditState.AGREED, by=by, now=now, agreed_at=now, agreed_by=by)
    record_scores(audit, Voice.AGREED)
    for earlier in Audit.objects.filter(school=audit.school, state=AuditState.AGREED).exclude(pk=audit.pk):
        move(earlier, AuditState.SUPERSEDED, by=by, now=now)
    notifications.tell_nobody(audit=audit)


def _check_submittable(audit: Audit) -> None:
    try:
        check_move(audit.state, AuditState.SUBMITTED)
    except MoveRefused as refused:
        raise UnableToSubmit(str(refused)) from refused
    rows = audit.school_answers()
    if missing := audit.journey().missing():
        raise UnableToSubmit(
            ngettext(
                "%(count)d statement still needs an answer.", "%(count)d statements still need an answer.", len(missing)
            )
            % {"count": len(missing)},
            missing=missing,
        )
    without_reason = [
        statement
        for statement in audit.framework.statements
        if rows[statement.slug].given == Other.NOT_APPLICABLE and not rows[statement.slug].reason
    ]
    if without_reason:
        raise UnableToSubmit(_("Say why a statement does not apply to your school."), without_reason=without_reason)
    if audit.state == AuditState.RETURNED:
        _check_replies(audit)


def _check_replies(audit: Audit) -> None:
    conversation = Conversation.of(audit)
    unanswered = [
        statement
        for statement in audit.framework.statements
        if conversation.talk(statement.slug).stand in FOR_THE_SCHOOL
    ]
    if unanswered:
        sentence = ngettext(
            "%(count)d statement still waits for your reply to the officer.",
            "%(count)d statements still wait for your reply to the officer.",
            len(unanswered),
        )
        raise UnableToSubmit(sentence % {"count": len(unanswered)}, unanswered=unanswered)

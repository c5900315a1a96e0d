"""The moves of an audit: each is one row of history."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from readiness.actions.listeners import tell_submitted
from readiness.domain.answers import Other, Voice
from readiness.domain.framework import Statement
from readiness.domain.scoring import profile
from readiness.domain.states import AuditState, MoveRefused, check_move
from readiness.domain.tiers import tiers
from readiness.models import Answer, Audit, FrameworkVersion, Move, ThemeScore, given_by
from schools.models import School, Session
from schools.permissions import Permission, require


class UnableToStart(Exception):
    """The message is fit to show to the person who tried."""


class UnableToSubmit(Exception):
    """The message is fit to show to the head teacher; `missing` and `without_reason` say where to go."""

    def __init__(
        self, message: str, *, missing: Sequence[Statement] = (), without_reason: Sequence[Statement] = ()
    ) -> None:
        super().__init__(message)
        self.missing = tuple(missing)
        self.without_reason = tuple(without_reason)


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
    """Hand the audit to the officer. Its answers are locked until it is taken back or returned.

    Raises:
        PermissionDenied: only the head teacher or an acting head submits.
        UnableToSubmit: it is not a draft, an answer is missing, or a “does not apply” has no reason.
    """
    audit = _lock(audit)
    require(by, Permission.SUBMIT_AUDIT, audit.school)
    _check_submittable(audit)
    _move(audit, AuditState.SUBMITTED, by=by, now=now, submitted_at=now, submitted_by=by)
    _record_scores(audit, Voice.SCHOOL)
    # Robust: the audit is submitted by then, and what somebody makes of it later must not look like a failure.
    transaction.on_commit(lambda: tell_submitted(audit_id=audit.pk), robust=True)


@transaction.atomic
def withdraw_submission(*, audit: Audit, by: User, now: datetime) -> None:
    """Take a submitted audit back as a draft, until its review begins.

    Raises:
        PermissionDenied: only the head teacher or an acting head takes it back.
        MoveRefused: the review has begun, or it was not submitted.
    """
    audit = _lock(audit)
    require(by, Permission.SUBMIT_AUDIT, audit.school)
    _move(audit, AuditState.DRAFT, by=by, now=now, submitted_at=None, submitted_by=None)
    audit.theme_scores.filter(voice=Voice.SCHOOL).delete()


@transaction.atomic
def begin_review(*, audit: Audit, by: User, now: datetime) -> None:
    """Begin the review. From here on the school can no longer take its submission back."""
    audit = _lock(audit)
    require(by, Permission.REVIEW_AUDIT, audit.school)
    _move(audit, AuditState.IN_REVIEW, by=by, now=now)


@transaction.atomic
def return_to_school(*, audit: Audit, by: User, now: datetime, reason: str) -> None:
    """Give the audit back to the school to change its answers and submit again. `reason` is read by the school."""
    audit = _lock(audit)
    require(by, Permission.REVIEW_AUDIT, audit.school)
    _move(audit, AuditState.RETURNED, by=by, now=now, reason=reason)


@transaction.atomic
def agree(*, audit: Audit, by: User, now: datetime) -> None:
    """Agree the school's answers as they stand. An earlier agreed audit of the school is superseded.

    The agreed answers are rows of their own: what the school said stays as it is.
    """
    audit = _lock(audit)
    require(by, Permission.REVIEW_AUDIT, audit.school)
    _move(audit, AuditState.MODERATED, by=by, now=now)
    Answer.objects.bulk_create(
        Answer(
            audit=audit, statement=row.statement, voice=Voice.AGREED, level=row.level, other=row.other, by=by, at=now
        )
        for row in audit.answers_of(Voice.SCHOOL).values()
    )
    _move(audit, AuditState.AGREED, by=by, now=now, agreed_at=now, agreed_by=by)
    _record_scores(audit, Voice.AGREED)
    for earlier in Audit.objects.filter(school=audit.school, state=AuditState.AGREED).exclude(pk=audit.pk):
        _move(earlier, AuditState.SUPERSEDED, by=by, now=now)


def _lock(audit: Audit) -> Audit:
    return Audit.objects.select_for_update(of=("self",)).select_related("school", "version").get(pk=audit.pk)


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


def _move(audit: Audit, to: AuditState, *, by: User, now: datetime, reason: str = "", **fields: object) -> None:
    check_move(audit.state, to)
    Move.objects.create(audit=audit, from_state=audit.state, to_state=to, by=by, at=now, reason=reason)
    audit.state = to
    for name, value in fields.items():
        setattr(audit, name, value)
    audit.save(update_fields=["state", *fields])


def _record_scores(audit: Audit, voice: Voice) -> None:
    scored = profile(audit.framework, given_by(audit.answers_of(voice)))
    tier_of = {result.theme.slug: result.tier.key for result in tiers(scored)}
    audit.theme_scores.filter(voice=voice).delete()
    ThemeScore.objects.bulk_create(
        ThemeScore(
            audit=audit,
            theme=result.theme.slug,
            voice=voice,
            total=result.total,
            answered=result.answered,
            applicable=result.applicable,
            band=result.band.key if result.band else "",
            tier=tier_of[result.theme.slug],
        )
        for result in scored.themes
    )

"""The visit to a school under review: lots, date, note, and the head's word on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from readiness import actions as readiness_actions
from readiness.domain.answers import LEVELS, Voice
from readiness.domain.states import AuditState
from readiness.models import Audit, given_by
from schools.permissions import Permission, require
from support.domain import visits as domain
from support.models import Visit, VisitComment, VisitDraw, VisitLevel

UNDER_REVIEW = frozenset({AuditState.IN_REVIEW, AuditState.RETURNED, AuditState.MODERATED})
"""When a visit can be planned: the review has begun, and nothing is agreed yet."""


class UnableToVisit(Exception):
    """The message is fit to show to the person who plans, writes or reads."""


class NoteChanged(Exception):
    """Somebody else saved the note meanwhile: nothing was written over. The message says who and when."""


@dataclass(frozen=True)
class Note:
    """The words of a note, and the levels that were agreed at the visit by statement slug."""

    strengths: str
    seen: str
    agreed_actions: str
    levels: Mapping[str, int] = field(default_factory=dict)


def why(audit: Audit) -> domain.Why:
    """Why a visit is offered for this audit as it stands now."""
    return domain.why(
        audit.framework,
        school=given_by(audit.school_answers()),
        officer=given_by(audit.answers_of(Voice.OFFICER)),
        drawn=VisitDraw.objects.filter(audit=audit, drawn=True).exists(),
    )


@transaction.atomic
def begin_review(*, audit: Audit, by: User, now: datetime, chance: Random) -> VisitDraw:
    """Begin the review of an audit, and draw lots for it at once: nobody chooses whether and when.

    Raises:
        PermissionDenied, MoveRefused: as `readiness.actions.begin_review` does. No lots are drawn then.
    """
    readiness_actions.begin_review(audit=audit, by=by, now=now)
    return draw_visit(audit=audit, by=by, now=now, chance=chance)


@transaction.atomic
def draw_visit(*, audit: Audit, by: User, now: datetime, chance: Random) -> VisitDraw:
    """Draw lots for an audit under review, or give what was drawn before. Nobody draws twice.

    Raises:
        PermissionDenied: the officer who reviews the audit does this.
        UnableToVisit: the review has not begun, or is over.
    """
    audit = _under_review(audit, by)
    found = VisitDraw.objects.filter(audit=audit).first()
    return found or VisitDraw.objects.create(audit=audit, drawn=domain.draw(chance), at=now, by=by)


@transaction.atomic
def plan_visit(*, audit: Audit, kind: str, on: date, who: str, reason: str, by: User, now: datetime) -> Visit:
    """Plan the visit of an audit, or change its date and who comes. `reason` is needed where the rule offers none.

    Raises:
        PermissionDenied: the officer who reviews the audit does this.
        UnableToVisit: the review is not under way, there is no reason, or the school has been shown the note.
    """
    audit = _under_review(audit, by)
    reasons = why(audit)
    if not reasons.is_offered and not reason:
        raise UnableToVisit(_("Say why a visit would help."))
    visit = Visit.objects.filter(audit=audit).first() or Visit(audit=audit)
    if visit.shown_at:
        raise UnableToVisit(_("The head teacher has been shown the note of this visit. Its date stays as it is."))
    visit.hangs, visit.far_apart, visit.drawn = bool(reasons.hinges), bool(reasons.gaps), reasons.drawn
    visit.kind, visit.on, visit.who, visit.reason = kind, on, who, reason
    visit.planned_at, visit.planned_by = now, by
    visit.save()
    return visit


@transaction.atomic
def write_note(*, visit: Visit, note: Note, revision: int, by: User, now: datetime) -> Visit:
    """Save the note as a draft. A note that the head has read and that changes is to be read again.

    `revision` is the one that was on the screen, so that two officers never write over each other unseen.

    Raises:
        PermissionDenied: the officer who reviews the audit writes it.
        UnableToVisit: the note is final, or a level is not of this audit.
        NoteChanged: it was saved by somebody else since.
    """
    visit = _lock(visit)
    require(by, Permission.REVIEW_AUDIT, visit.audit.school)
    _refuse_final(visit)
    if revision != visit.revision:
        raise NoteChanged(
            _("%(person)s has saved this note since you opened it. Both versions are below: nothing is lost.")
            % {"person": visit.written_by}
        )
    if not set(note.levels) <= set(visit.audit.framework.positions) or not set(note.levels.values()) <= set(LEVELS):
        raise UnableToVisit(_("Choose levels from the list."))
    if note == note_of(visit):
        return visit
    visit.strengths, visit.seen, visit.agreed_actions = note.strengths, note.seen, note.agreed_actions
    visit.revision, visit.written_at, visit.written_by = visit.revision + 1, now, by
    visit.read_at = visit.read_by = None
    visit.save()
    visit.levels.all().delete()
    VisitLevel.objects.bulk_create(
        VisitLevel(visit=visit, statement=statement, level=level) for statement, level in note.levels.items()
    )
    return visit


def note_of(visit: Visit) -> Note:
    """The note as it is saved."""
    levels = dict(visit.levels.values_list("statement", "level"))
    return Note(visit.strengths, visit.seen, visit.agreed_actions, levels)


@transaction.atomic
def show_note(*, visit: Visit, by: User, now: datetime) -> None:
    """Let the school read the note. The head's word on it is asked for.

    Raises:
        PermissionDenied: the officer who reviews the audit does this.
        UnableToVisit: there is nothing to read yet, or the note is final.
    """
    visit = _lock(visit)
    require(by, Permission.REVIEW_AUDIT, visit.audit.school)
    _refuse_final(visit)
    if not (visit.strengths and visit.seen):
        raise UnableToVisit(_("Write the strengths, and what you saw, heard and read. Then show the note."))
    if visit.shown_at is None:
        visit.shown_at, visit.shown_by = now, by
        visit.save()


@transaction.atomic
def read_note(*, visit: Visit, revision: int, comment: str, by: User, now: datetime) -> bool:
    """Say that the head has read this revision of the note; keep the comment, if there is one, for ever.

    False when the note has changed since it was opened: the comment is kept, and the note is to be read again.

    Raises:
        PermissionDenied: the head teacher or acting head does this.
        UnableToVisit: the note has not been shown to the school.
    """
    visit = _lock(visit)
    require(by, Permission.SUBMIT_AUDIT, visit.audit.school)
    if visit.shown_at is None:
        raise UnableToVisit(_("The note is not ready to read yet."))
    if comment:
        VisitComment.objects.create(visit=visit, revision=revision, text=comment, by=by, at=now)
    if revision != visit.revision:
        return False
    if visit.read_at is None:
        visit.read_at, visit.read_by = now, by
        visit.save()
    return True


@transaction.atomic
def finish_note(*, visit: Visit, by: User, now: datetime) -> None:
    """Make the note final. Nothing of it changes after this; the head may still add a comment.

    Raises:
        PermissionDenied: the officer who reviews the audit does this.
        UnableToVisit: the head has not read the note as it is now, or it is final already.
    """
    visit = _lock(visit)
    require(by, Permission.REVIEW_AUDIT, visit.audit.school)
    _refuse_final(visit)
    if visit.read_at is None:
        raise UnableToVisit(_("The head teacher has not read the note as it is now. It stays a draft until then."))
    visit.final_at, visit.final_by = now, by
    visit.save()


def _under_review(audit: Audit, by: User) -> Audit:
    locked = Audit.objects.select_for_update(of=("self",)).select_related("school", "version").get(pk=audit.pk)
    require(by, Permission.REVIEW_AUDIT, locked.school)
    if locked.state not in UNDER_REVIEW:
        raise UnableToVisit(_("A visit is planned while the audit is under review. Begin the review first."))
    return locked


def _lock(visit: Visit) -> Visit:
    found = Visit.objects.select_for_update(of=("self",)).select_related("audit__school", "audit__version")
    return found.get(pk=visit.pk)


def _refuse_final(visit: Visit) -> None:
    if visit.is_final:
        raise UnableToVisit(_("This note is final. Nothing of it changes any more."))

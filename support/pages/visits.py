"""What the page of a visit shows, in words, ready for a template that only loops."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.forms import answer_label
from readiness.models import Audit
from schools.permissions import Permission, can
from support import actions
from support.actions.visits import UNDER_REVIEW
from support.domain.visits import Why
from support.models import Visit, VisitComment, VisitDraw


@dataclass(frozen=True)
class Cause:
    """One of the reasons for a visit: a sentence, and what it is about."""

    sentence: str
    details: list[str]


@dataclass(frozen=True)
class NoteShown:
    """A note to read: headings with their text, and the levels agreed."""

    parts: list[tuple[str, str]]
    levels: list[dict[str, str]]


@dataclass(frozen=True)
class VisitPage:
    """Everything on the page of a visit."""

    may_review: bool
    may_read_out: bool  # the head, whose word on the note is asked for
    may_plan: bool
    may_draw: bool
    causes: list[Cause] | None  # None for those at the school: they see what was recorded with the visit
    draw: VisitDraw | None
    visit: Visit | None
    facts: list[dict[str, str]]
    state: str
    state_sentence: str
    note: NoteShown | None
    comments: list[VisitComment]


def build(audit: Audit, visit: Visit | None, user: Any) -> VisitPage:
    """The page of an audit's visit for this person."""
    may_review = can(user, Permission.REVIEW_AUDIT, audit.school)
    oversees = may_review or can(user, Permission.SEE_SUBMITTED_AUDIT, audit.school)
    may_read_note = bool(visit and visit.written_at and (may_review or visit.shown_at))
    is_under_review = audit.state in UNDER_REVIEW
    lot = VisitDraw.objects.filter(audit=audit).select_related("by").first() if oversees else None
    state, sentence = _state(visit)
    return VisitPage(
        may_review=may_review,
        may_read_out=bool(visit and visit.shown_at) and can(user, Permission.SUBMIT_AUDIT, audit.school),
        may_plan=may_review and is_under_review and not (visit and visit.shown_at),
        may_draw=may_review and is_under_review and lot is None,
        causes=causes(audit, actions.why(audit)) if oversees else None,
        draw=lot,
        visit=visit,
        facts=_facts(visit) if visit else [],
        state=state,
        state_sentence=sentence,
        note=_note(audit, actions.note_of(visit)) if visit and may_read_note else None,
        comments=list(visit.comments.select_related("by").order_by("at", "pk")) if visit else [],
    )


def causes(audit: Audit, why: Why) -> list[Cause]:
    """Why a visit is offered, in sentences. Empty when the rule offers none."""
    found = []
    if why.hinges:
        one_of = len({hinge.statement.slug for hinge in why.hinges})
        words = ngettext(
            "The outcome hangs on one statement.",
            "The outcome hangs on one statement: each of these %(count)d alone would change it.",
            one_of,
        )
        found.append(Cause(words % {"count": one_of}, [_hinge(audit, hinge) for hinge in why.hinges]))
    if why.gaps:
        found.append(
            Cause(_("The school and the officer see a statement two levels apart."), [_gap(audit, g) for g in why.gaps])
        )
    if why.drawn:
        found.append(Cause(_("The lot fell on this audit. One in five is visited, whatever it says."), []))
    return found


def _hinge(audit: Audit, hinge: Any) -> str:
    words = _("“%(statement)s” With “%(level)s” in place of “%(given)s”, the outcome would be “%(outcome)s”.")
    return words % {
        "statement": hinge.statement.text,
        "level": answer_label(audit.framework, hinge.to_level),
        "given": answer_label(audit.framework, hinge.given),
        "outcome": hinge.outcome.label,
    }


def _gap(audit: Audit, gap: Any) -> str:
    words = _("“%(statement)s” The school says “%(school)s”, the officer suggests “%(officer)s”.")
    return words % {
        "statement": gap.statement.text,
        "school": answer_label(audit.framework, gap.school),
        "officer": answer_label(audit.framework, gap.officer),
    }


def _facts(visit: Visit) -> list[dict[str, str]]:
    reasons = [
        _("The outcome hangs on one statement.") if visit.hangs else "",
        _("The school and the officer see a statement two levels apart.") if visit.far_apart else "",
        _("Drawn by lot: one audit in five.") if visit.drawn else "",
        visit.reason,
    ]
    return [
        {"key": _("How"), "value": visit.get_kind_display()},
        {"key": _("When"), "value": date_format(visit.on, "l j F Y")},
        {"key": _("Who will be there"), "value": visit.who},
        {"key": _("Why"), "value": "\n".join(reason for reason in reasons if reason)},
        {"key": _("Planned by"), "value": _by(visit.planned_by, visit.planned_at)},
    ]


def _by(person: Any, at: Any) -> str:
    return _("%(person)s, %(at)s") % {"person": person, "at": date_format(localtime(at), "j F Y, H:i")}


def _state(visit: Visit | None) -> tuple[str, str]:
    """The state of the note in a word or two, and in a sentence."""
    if visit is None or visit.written_at is None:
        return _("Not written yet"), ""
    if visit.is_final:
        return _("Final"), _("Final since: %(by)s. Nothing of it changes any more.") % {
            "by": _by(visit.final_by, visit.final_at)
        }
    if visit.read_at:
        return _("Read by the head teacher"), _("Read: %(by)s. The officer can make it final.") % {
            "by": _by(visit.read_by, visit.read_at)
        }
    if visit.shown_at:
        return _("Waiting for the head teacher"), _("A draft until the head teacher has read it as it is now.")
    return _("Draft"), _("Only officers read it until it is shown to the school.")


def _note(audit: Audit, note: actions.Note) -> NoteShown:
    parts = [
        (_("Strengths"), note.strengths),
        (_("What we saw, heard and read"), note.seen),
        (_("Actions"), note.agreed_actions),
    ]
    levels = [
        {"key": audit.framework.statement(slug).text, "value": answer_label(audit.framework, note.levels[slug])}
        for slug in audit.framework.positions
        if slug in note.levels
    ]
    return NoteShown([(heading, text) for heading, text in parts if text], levels)


def as_shown(audit: Audit, visit: Visit) -> NoteShown:
    """The note as it is saved, to read."""
    return _note(audit, actions.note_of(visit))

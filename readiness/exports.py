"""What this room holds about a person."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from readiness.domain.answers import Voice
from readiness.domain.states import AuditState
from readiness.forms import answer_label
from readiness.models import Answer, Audit, Move
from readiness.pages import MOVE_WORDS

WORDS = {
    "audits": _("Audits that you began, submitted or agreed"),
    "school": _("School"),
    "session": _("Session"),
    "began it": _("You began it"),
    "submitted it": _("You submitted it"),
    "agreed it": _("You agreed it"),
    "moves of audits": _("What you did with audits"),
    "did": _("What you did"),
    "at": _("When"),
    "reason": _("Reason"),
    "answers": _("Answers that you saved last"),
    "statement": _("Statement"),
    "voice": _("Whose answer"),
    "said": _("Answer"),
    "how do we know": _("How do we know?"),
}
"""What the headings and keys below are called on the page."""

FOR_PROGRAMS = {"from", "to", "slug", "given"}
"""Keys whose words stand beside them: only in the file."""

VOICES = {Voice.SCHOOL: _("The school’s"), Voice.OFFICER: _("The officer’s"), Voice.AGREED: _("The agreed one")}


def export_for(user: User) -> dict[str, list[dict[str, Any]]]:
    """What they did in audits: begun, submitted, agreed; moved on; and each answer that they saved last."""
    did = Q(started_by=user) | Q(submitted_by=user) | Q(agreed_by=user)
    audits = Audit.objects.filter(did).select_related("school", "session").order_by("started_at", "pk")
    moves = Move.objects.filter(by=user).select_related("audit__school").order_by("at", "pk")
    answers = Answer.objects.filter(by=user).select_related("audit__school", "audit__version").order_by("at", "pk")
    return {
        "audits": [
            {
                "school": audit.school.name,
                "session": audit.session.label,
                "began it": audit.started_at if audit.started_by_id == user.pk else None,
                "submitted it": audit.submitted_at if audit.submitted_by_id == user.pk else None,
                "agreed it": audit.agreed_at if audit.agreed_by_id == user.pk else None,
            }
            for audit in audits
        ],
        "moves of audits": [
            {
                "school": move.audit.school.name,
                "did": str(MOVE_WORDS[AuditState(move.from_state), AuditState(move.to_state)]),
                "from": move.from_state,
                "to": move.to_state,
                "at": move.at,
            }
            | ({"reason": move.reason} if move.reason else {})
            for move in moves
        ],
        "answers": [_answer(answer) for answer in answers],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    framework = answer.audit.framework
    return {
        "school": answer.audit.school.name,
        "statement": framework.statement(answer.statement).text,
        "slug": answer.statement,
        "voice": str(VOICES[Voice(answer.voice)]),
        "said": answer_label(framework, answer.given) if answer.given is not None else "",
        "given": answer.given,
        "reason": answer.reason,
        "how do we know": answer.evidence,
        "at": answer.at,
    }

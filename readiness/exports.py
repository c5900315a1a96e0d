"""What this room holds about a person."""

from typing import Any

from django.db.models import Q

from accounts.models import User
from readiness.models import Answer, Audit, Move


def export_for(user: User) -> dict[str, list[dict[str, Any]]]:
    """What they did in audits: begun, submitted, agreed; moved on; and each answer that they saved last."""
    did = Q(started_by=user) | Q(submitted_by=user) | Q(agreed_by=user)
    audits = Audit.objects.filter(did).select_related("school", "session").order_by("started_at", "pk")
    moves = Move.objects.filter(by=user).select_related("audit__school").order_by("at", "pk")
    answers = Answer.objects.filter(by=user).select_related("audit__school").order_by("at", "pk")
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
            {"school": move.audit.school.name, "from": move.from_state, "to": move.to_state, "at": move.at}
            | ({"reason": move.reason} if move.reason else {})
            for move in moves
        ],
        "answers": [_answer(answer) for answer in answers],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "school": answer.audit.school.name,
        "statement": answer.statement,
        "voice": answer.voice,
        "said": answer.level or answer.other,
        "reason": answer.reason,
        "how do we know": answer.evidence,
        "at": answer.at,
    }

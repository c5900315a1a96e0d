"""What this room holds about a person."""

from typing import Any

from django.db.models import Q

from accounts.models import User
from readiness.models import Answer, Audit, Digest, Move, Remark, Waiting


def export_for(user: User) -> dict[str, list[dict[str, Any]]]:
    """What they did in audits: begun, submitted, agreed; moved on; each answer that they saved last; what they said.

    And what waits for them, with the day on which they were last told so.
    """
    did = Q(started_by=user) | Q(submitted_by=user) | Q(agreed_by=user)
    audits = Audit.objects.filter(did).select_related("school", "session").order_by("started_at", "pk")
    moves = Move.objects.filter(by=user).select_related("audit__school").order_by("at", "pk")
    answers = Answer.objects.filter(by=user).select_related("audit__school").order_by("at", "pk")
    remarks = Remark.objects.filter(by=user).select_related("audit__school").order_by("pk")
    told = Digest.objects.filter(user=user).first()
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
        "remarks in reviews": [_remark(remark) for remark in remarks],
        "waiting for you": [
            {"what": waiting.thing, "since": waiting.since, "told": waiting.told_at}
            for waiting in Waiting.objects.filter(user=user).order_by("since", "pk")
        ],
        "last told by e-mail": [{"on": told.last_on}] if told else [],
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "school": remark.audit.school.name,
        "statement": remark.statement,
        "kind": remark.kind,
        "said": remark.given or "",
        "words": remark.text,
        "at": remark.at,
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

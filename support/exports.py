"""What this room holds about a person."""

from typing import Any

from django.db.models import Q

from accounts.models import User
from support.models import Decision, Rating, Round, Visit, VisitComment, VisitDraw

_STEPS = ("planned", "written", "shown", "read", "final")


def export_for(user: User) -> dict[str, list[dict[str, Any]]]:
    """What they did about visits, said of notes and ruled; their own ratings, and the rounds that they planned."""
    return {
        "visits": _visits(user),
        "lots drawn": [
            {"school": lot.audit.school.name, "drawn": lot.drawn, "at": lot.at}
            for lot in VisitDraw.objects.filter(by=user).select_related("audit__school").order_by("at", "pk")
        ],
        "comments on notes": [
            {"school": one.visit.audit.school.name, "comment": one.text, "at": one.at}
            for one in VisitComment.objects.filter(by=user).select_related("visit__audit__school").order_by("at", "pk")
        ],
        "ratings of invented schools": [
            {"school": one.vignette.title, "statement": one.statement, "level": one.level, "at": one.at}
            for one in Rating.objects.filter(officer=user).select_related("vignette").order_by("at", "pk")
        ],
        "rounds planned": [
            {"opens": one.opens, "closes": one.closes, "planned": one.planned_at}
            for one in Round.objects.filter(planned_by=user).order_by("planned_at", "pk")
        ],
        "rulings": [
            {"statement": one.statement, "situation": one.situation, "ruling": one.ruling, "at": one.at}
            for one in Decision.objects.filter(by=user).order_by("at", "pk")
        ],
    }


def _visits(user: User) -> list[dict[str, Any]]:
    did = Q(*((f"{step}_by", user) for step in _STEPS), _connector=Q.OR)
    visits = Visit.objects.filter(did).select_related("audit__school").order_by("on", "pk")
    return [
        {"school": visit.audit.school.name, "on": visit.on}
        | {f"{step} it": getattr(visit, f"{step}_at") for step in _STEPS if getattr(visit, f"{step}_by_id") == user.pk}
        for visit in visits
    ]

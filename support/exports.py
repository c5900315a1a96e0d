"""What this room holds about a person."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from support.models import (
    CalendarFeed,
    Capacity,
    Decision,
    Nudge,
    Plan,
    PlanDraft,
    PlanTheme,
    Rating,
    Review,
    Round,
    Step,
    Visit,
    VisitComment,
    VisitDraw,
)

_STEPS = ("planned", "written", "shown", "read", "final")

WORDS = {
    "plans agreed": _("Plans that you agreed"),
    "plans being agreed": _("Plans that you are drawing up"),
    "steps of plans": _("Steps of plans that you wrote or changed last"),
    "reviews of plans": _("Reviews of plans that you held"),
    "themes of plans closed": _("Themes of plans that you closed"),
    "calendar address": _("Your calendar address"),
    "school": _("School"),
    "at": _("When"),
    "theme": _("Theme"),
    "chosen": _("What is chosen so far"),
    "on": _("Day"),
    "note": _("Note"),
    "step": _("Step"),
    "what happened": _("What happened"),
    "made": _("Made"),
    "visits": _("What you did about visits"),
    "planned it": _("You planned it"),
    "written it": _("You wrote its note"),
    "shown it": _("You showed its note to the head teacher"),
    "read it": _("You read its note"),
    "final it": _("You made its note final"),
    "lots drawn": _("Lots drawn for visits"),
    "drawn": _("Drawn"),
    "comments on notes": _("Your comments on notes of visits"),
    "comment": _("Comment"),
    "ratings of invented schools": _("Your ratings of invented schools"),
    "statement": _("Statement"),
    "level": _("Level"),
    "rounds planned": _("Rounds that you planned"),
    "opens": _("Opens"),
    "closes": _("Closes"),
    "planned": _("Planned"),
    "rulings": _("Your rulings"),
    "situation": _("Situation"),
    "ruling": _("Ruling"),
    "reminders": _("Reminders that you sent"),
    "to": _("To"),
    "sent": _("Sent"),
    "places": _("Places that you entered last"),
    "offer": _("Help"),
    "term": _("Term"),
    "entered": _("Entered"),
}
"""What the headings and keys below are called on the page."""


def export_for(user: User) -> dict[str, list[dict[str, Any]]]:
    """The plans that they agreed, what they wrote in plans last, and whether they have a calendar address.

    What they did about visits, said of notes and ruled; their own ratings, and the rounds that they planned. The
    reminders that they sent, and the places that they entered.
    """
    plans = Plan.objects.filter(agreed_by=user).select_related("audit__school").order_by("agreed_at", "pk")
    steps = Step.objects.filter(by=user).select_related("theme__plan__audit__school").order_by("at", "pk")
    reviews = Review.objects.filter(held_by=user).select_related("theme__plan__audit__school").order_by("held_on", "pk")
    closed = PlanTheme.objects.filter(closed_by=user).select_related("plan__audit__school").order_by("closed_on", "pk")
    drafts = PlanDraft.objects.filter(by=user).select_related("audit__school").order_by("at", "pk")
    feeds = CalendarFeed.objects.filter(user=user)
    return {
        "plans agreed": [{"school": plan.audit.school.name, "at": plan.agreed_at} for plan in plans],
        "plans being agreed": [
            {"school": draft.audit.school.name, "theme": draft.theme, "chosen": draft.document, "at": draft.at}
            for draft in drafts
        ],
        "steps of plans": [_step(step) for step in steps],
        "reviews of plans": [
            {"school": review.theme.plan.audit.school.name, "on": review.held_on, "note": review.note}
            for review in reviews
        ],
        "themes of plans closed": [
            {"school": theme.plan.audit.school.name, "theme": theme.theme, "on": theme.closed_on} for theme in closed
        ],
        "calendar address": [{"made": feed.made_at} for feed in feeds],
        **_of_visits_and_rounds(user),
        **_of_the_programme(user),
    }


def _of_the_programme(user: User) -> dict[str, list[dict[str, Any]]]:
    nudges = Nudge.objects.filter(sent_by=user).select_related("school").order_by("sent_at", "pk")
    places = (
        Capacity.objects.filter(entered_by=user).select_related("offer", "term__session").order_by("entered_at", "pk")
    )
    return {
        "reminders": [{"to": nudge.school.name, "sent": nudge.sent_at} for nudge in nudges],
        "places": [
            {"offer": one.offer.title, "term": str(one.term), "places": one.places, "entered": one.entered_at}
            for one in places
        ],
    }


def _of_visits_and_rounds(user: User) -> dict[str, list[dict[str, Any]]]:
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


def _step(step: Step) -> dict[str, Any]:
    return {
        "school": step.theme.plan.audit.school.name,
        "step": step.text,
        "what happened": step.outcome,
        "at": step.at,
    }


def _visits(user: User) -> list[dict[str, Any]]:
    did = Q(*((f"{step}_by", user) for step in _STEPS), _connector=Q.OR)
    visits = Visit.objects.filter(did).select_related("audit__school").order_by("on", "pk")
    return [
        {"school": visit.audit.school.name, "on": visit.on}
        | {f"{step} it": getattr(visit, f"{step}_at") for step in _STEPS if getattr(visit, f"{step}_by_id") == user.pk}
        for visit in visits
    ]

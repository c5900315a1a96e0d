"""What this room holds about a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from support.models import CalendarFeed, Plan, PlanDraft, PlanTheme, Review, Step

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
}
"""What the headings and keys below are called on the page."""


def export_for(user: User) -> dict[str, list[dict[str, Any]]]:
    """The plans that they agreed, what they wrote in plans last, and whether they have a calendar address."""
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
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "school": step.theme.plan.audit.school.name,
        "step": step.text,
        "what happened": step.outcome,
        "at": step.at,
    }

"""What this room holds about a person."""

from typing import Any

from accounts.models import User
from support.models import Capacity, Nudge


def export_for(user: User) -> dict[str, list[dict[str, Any]]]:
    """The reminders that they sent, and the places that they entered last."""
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

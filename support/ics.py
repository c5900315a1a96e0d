"""The dates of plans as a calendar file (RFC 5545): when steps are due, and when plans are reviewed.

A calendar is copied to phones and to other people's servers, so an event names the school and no more: what is to be
done is read after signing in, at the address that the event gives.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from support.models import Review, Step

CONTENT_TYPE = "text/calendar; charset=utf-8"
OFTEN = timedelta(hours=12)
"""How often a calendar may ask again."""


def render(steps: Iterable[Step], reviews: Iterable[Review]) -> bytes:
    """One all-day event for each step, and one for each day on which a plan is reviewed."""
    from icalendar import Calendar  # only ever needed here

    calendar = Calendar()
    calendar.add("prodid", "-//Nurture pathway//Support plans//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Nurture pathway"))
    calendar.add("refresh-interval", OFTEN, parameters={"VALUE": "DURATION"})
    for step in steps:
        plan = step.theme.plan
        summary = _("Step due: %(school)s") % {"school": plan.audit.school.name}
        name = f"step-{step.pk}"
        calendar.add_component(_event(name, step.due_on, summary, _address(plan.pk, name), step.at))
    days = {(review.theme.plan_id, review.planned_on): review.theme.plan for review in reviews}
    for (plan_pk, day), plan in days.items():
        summary = _("Review of the support plan: %(school)s") % {"school": plan.audit.school.name}
        name = f"plan-{plan_pk}-review-{day}"
        calendar.add_component(_event(name, day, summary, _address(plan_pk), plan.agreed_at))
    return calendar.to_ical()


def _address(plan_pk: int, place: str = "") -> str:
    return urljoin(settings.SITE_URL, reverse("plan", args=[plan_pk]) + (f"#{place}" if place else ""))


def _event(name: str, day: date, summary: str, address: str, written: datetime) -> Any:
    from icalendar import Event

    event = Event()
    # The same for ever for the same thing, so that a calendar that asks again moves an event and adds no second one.
    event.add("uid", f"{name}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", written.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", _("Sign in to read it: %(address)s") % {"address": address})
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event

"""The overview's words: states, turns, tiers and sectors, as its tables and filters say them."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from readiness.domain.states import AuditState, Owner
from support.models import Tier

NOT_STARTED = "not_started"

STATES = {
    NOT_STARTED: _("Not started"),
    AuditState.DRAFT: _("Started"),
    AuditState.SUBMITTED: _("Submitted"),
    AuditState.IN_REVIEW: _("In review"),
    AuditState.RETURNED: _("Returned to the school"),
    AuditState.MODERATED: _("Reviewed, not agreed yet"),
    AuditState.AGREED: _("Agreed"),
}
"""The states of this session's audit that a school of the list can be in."""

SECTORS = {
    "pre_school": _("Pre-school"),
    "primary": _("Primary"),
    "secondary": _("Secondary"),
    "special": _("Additional support needs"),
}

TIERS = {tier.value: tier.label for tier in Tier}

FOR_THE_READER = _("Waiting for you since %(day)s")
TURNS = {
    Owner.SCHOOL: _("Waiting for the school since %(day)s"),
    Owner.OFFICER: _("Waiting for the support officer since %(day)s"),
}


class Days:
    """Days as a row has room for them: “3 November”, with the year where it is not this one.

    Made once for a page. Django's own way to write a date looks up six words for each.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self.zone = timezone.get_current_timezone()
        self.months = {number: str(name) for number, name in MONTHS.items()}

    def of(self, at: datetime) -> date:
        """The day on which it was, here."""
        return at.astimezone(self.zone).date()

    def __call__(self, day: date) -> str:
        """The day in words."""
        year = "" if day.year == self.today.year else f" {day.year}"
        return f"{day.day} {self.months[day.month]}{year}"


def days(count: int) -> str:
    """“1 day”, “12 days”."""
    return _days(count, get_language())


@lru_cache(maxsize=1000)
def _days(count: int, language: str | None) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}

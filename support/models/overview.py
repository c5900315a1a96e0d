from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.models import School, Term
from schools.permissions import Permission
from support.models.offers import Offer

BETWEEN_NUDGES = timedelta(days=7)
MOST_PLACES = 10_000


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


class NudgeQuerySet(models.QuerySet["Nudge"]):
    """Lists of reminders."""

    def visible_to(self, user) -> "NudgeQuerySet":
        """Those to the schools that this person may remind."""
        return self.filter(school__in=School.objects.where(user, Permission.NUDGE_SCHOOL))

    def lately(self, now: datetime) -> "NudgeQuerySet":
        """Those after which no other may go out yet."""
        return self.filter(sent_at__gt=now - BETWEEN_NUDGES)


class Nudge(models.Model):
    """A polite reminder that was sent to those who lead a school: who asked for it, and when."""

    school = models.ForeignKey(School, models.PROTECT, related_name="nudges")
    week = models.DateField(_("week"), help_text=_("The Monday of the week in which it was sent."))
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = NudgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "week"],
                name="nudge_once_a_week",
                violation_error_message=_("This school has been reminded this week. Once a week is enough."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school.name}, week of {self.week}"


class Capacity(models.Model):
    """How many schools an offer has places for in a term."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="capacities", verbose_name=_("offer"))
    # Without its term a number of places means nothing, and the co-ordinator may take a term out of the calendar.
    term = models.ForeignKey(Term, models.CASCADE, related_name="capacities", verbose_name=_("term"))
    places = models.PositiveIntegerField(_("places"))
    entered_at = models.DateTimeField(_("entered"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "term"],
                name="capacity_once_per_term",
                violation_error_message=_("The places of this offer in this term have been entered already."),
            ),
            models.CheckConstraint(
                condition=Q(places__lte=MOST_PLACES),
                name="capacity_places_are_few_enough",
                violation_error_message=_("Enter 10,000 places or fewer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer}, {self.term}: {self.places}"

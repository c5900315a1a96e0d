from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from schools.terms import Calendar, TermDates


class SessionQuerySet(models.QuerySet["Session"]):
    """Lists of school years."""

    def at(self, day: date) -> "Session | None":
        """The session that `day` belongs to: the one under way, or in the summer gap the one just ended."""
        return self.filter(starts__lte=day).order_by("-starts").first()

    def calendar(self) -> Calendar:
        """The terms and the days off of all sessions, for working out school days (schools/terms.py). Two queries."""
        terms = Term.objects.select_related("session").order_by("starts", "pk")
        return Calendar(
            terms=tuple(TermDates(term.session.label, term.order, term.starts, term.ends, term.name) for term in terms),
            days_off=frozenset(NonTeachingDay.objects.values_list("date", flat=True)),
        )


class Session(ClusterableModel):
    """A school year, such as “2026/27”. Its dates are the council's, so they are data."""

    label = models.CharField(_("label"), max_length=20, unique=True)
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"))

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="session_starts_before_it_ends",
                violation_error_message=_("A session starts before it ends. Check the two dates."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Term(models.Model):
    """A part of a session. How many there are is for the council to say."""

    session = ParentalKey(Session, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(_("name"), max_length=50)
    order = models.PositiveSmallIntegerField(_("order"))
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="term_starts_before_it_ends",
                violation_error_message=_("A term starts before it ends. Check the two dates."),
            ),
            models.UniqueConstraint(
                fields=["session", "order"],
                name="term_order_once_per_session",
                violation_error_message=_("Two terms of a session cannot have the same place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}, {self.name}"


class NonTeachingDay(models.Model):
    """A day of a session on which pupils are not taught: working-day clocks leave it out."""

    class Kind(models.TextChoices):
        """Why nobody is taught."""

        HOLIDAY = "holiday", _("Holiday")
        IN_SERVICE = "in_service", _("In-service day")
        LOCAL = "local", _("Local holiday")

    session = ParentalKey(Session, on_delete=models.CASCADE, related_name="non_teaching_days")
    date = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("non-teaching day")
        verbose_name_plural = _("non-teaching days")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "date"],
                name="non_teaching_day_once_per_session",
                violation_error_message=_("This day is in the list already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["holiday", "in_service", "local"]),
                name="non_teaching_day_kind_is_known",
                violation_error_message=_("Choose why nobody is taught on this day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.get_kind_display()}"

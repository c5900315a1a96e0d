from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools import ties
from schools.models.places import School
from schools.permissions import may_run_programme


class TieQuerySet(models.QuerySet["Tie"]):
    """Lists of ties."""

    def standing(self) -> "TieQuerySet":
        """Those that nobody has taken out as a mistake."""
        return self.filter(withdrawn_at__isnull=True)

    def counting(self, day: date) -> "TieQuerySet":
        """Those that keep somebody from judging a school on `day`: going on, or over for less than two years."""
        return self.standing().filter(Q(until__isnull=True) | Q(until__gte=ties.counts_since(day)))

    def visible_to(self, user) -> "TieQuerySet":
        """A person's own. The co-ordinator, who gives schools to officers, sees all."""
        if not user.is_authenticated:
            return self.none()
        return self if may_run_programme(user) else self.filter(user=user)


class Tie(models.Model):
    """What makes somebody too close to a school to judge it, as they have declared it. What roles say is not here."""

    class Kind(models.TextChoices):
        """What the tie is."""

        WORKED = "worked_there", _("Own work there")
        RELATIVE = "relative_works_there", _("Work of a close relative there")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ties")
    school = models.ForeignKey(School, models.PROTECT, related_name="ties")
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    until = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty while it goes on."))
    declared_at = models.DateTimeField(_("declared"))
    withdrawn_at = models.DateTimeField(_("taken out"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["worked_there", "relative_works_there"]),
                name="tie_kind_is_known",
                violation_error_message=_("Choose what the tie is."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="tie_withdrawn_at_and_by",
                violation_error_message=_("Say both when it was taken out and who did it."),
            ),
            models.UniqueConstraint(
                fields=["user", "school", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="tie_once_per_school_and_kind",
                violation_error_message=_("You have told us this already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()} ({self.school.name})"

    @property
    def counts_until(self) -> date | None:
        """The last day on which it counts; None while it goes on."""
        return ties.counts_until(self.until) if self.until else None

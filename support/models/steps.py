from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from readiness.domain.states import AuditState
from support.models.offers import Offer
from support.models.plans import Plan, PlanTheme


class StepQuerySet(models.QuerySet["Step"]):
    """Lists of steps."""

    def visible_to(self, user) -> "StepQuerySet":
        """Those of the plans that this person may read."""
        return self.filter(theme__plan__in=Plan.objects.visible_to(user).values("pk"))

    def to_do(self) -> "StepQuerySet":
        """Neither done nor dropped."""
        return self.filter(status=Step.Status.TO_DO)

    def of_current_plans(self) -> "StepQuerySet":
        """Those of plans that no later plan has replaced."""
        return self.filter(theme__plan__audit__state=AuditState.AGREED)

    def overdue(self, today: date) -> "StepQuerySet":
        """Still to do, and their day has been."""
        return self.to_do().filter(due_on__lt=today)

    def soonest_first(self) -> "StepQuerySet":
        """By the day on which they are due."""
        return self.order_by("due_on", "pk")


class Step(models.Model):
    """One thing to do, by the school or the officer. It names the statement that it should move, where it should."""

    class Owner(models.TextChoices):
        """Whose it is."""

        SCHOOL = "school", _("The school")
        OFFICER = "officer", _("The locality support officer")

    class Status(models.TextChoices):
        """What has become of it."""

        TO_DO = "to_do", _("To do")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    theme = models.ForeignKey(PlanTheme, models.CASCADE, related_name="steps")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, related_name="steps")
    owner = models.CharField(_("whose step it is"), max_length=10, choices=Owner.choices)
    who = models.CharField(_("who does it"), max_length=100)
    text = models.TextField(_("what is to be done"))
    due_on = models.DateField(_("by when"))
    statement = models.SlugField(_("the statement that it should move"), max_length=100, blank=True)
    level = models.PositiveSmallIntegerField(
        _("to which level"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.TO_DO)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = models.TextField(_("what happened"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__in=["school", "officer"]),
                name="step_owner_exists",
                violation_error_message=_("Choose whose step it is: the school’s or the officer’s."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["to_do", "done", "dropped"]),
                name="step_status_exists",
                violation_error_message=_("A step is to do, done or dropped."),
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(who=""),
                name="step_says_what_and_who",
                violation_error_message=_("Say what is to be done, and who does it."),
            ),
            models.CheckConstraint(
                condition=Q(status="done", done_on__isnull=False) | (~Q(status="done") & Q(done_on__isnull=True)),
                name="step_done_when_done_on",
                violation_error_message=_("A step that is done has the day on which it was done. Others have none."),
            ),
            models.CheckConstraint(
                condition=Q(status="to_do") | ~Q(outcome=""),
                name="step_says_what_happened",
                violation_error_message=_("Say in a line what happened."),
            ),
            models.CheckConstraint(
                condition=Q(statement="", level__isnull=True) | (~Q(statement="") & Q(level__isnull=False)),
                name="step_statement_and_level",
                violation_error_message=_("Choose the statement and the level that it should reach, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=1, level__lte=4),
                name="step_level_one_to_four",
                violation_error_message=_("A level is 1, 2, 3 or 4."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text[:60]} ({self.pk})"

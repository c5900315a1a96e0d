from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from readiness.domain.states import AuditState
from support.models.plans import Plan, PlanTheme


class ReviewQuerySet(models.QuerySet["Review"]):
    """Lists of reviews."""

    def visible_to(self, user) -> "ReviewQuerySet":
        """Those of the plans that this person may read."""
        return self.filter(theme__plan__in=Plan.objects.visible_to(user).values("pk"))

    def planned(self) -> "ReviewQuerySet":
        """Those that have not been held."""
        return self.filter(held_on__isnull=True)

    def of_current_plans(self) -> "ReviewQuerySet":
        """Those of plans that no later plan has replaced."""
        return self.filter(theme__plan__audit__state=AuditState.AGREED)


DECIDED = ["carry_on", "far_enough", "by_agreement"]


class Review(models.Model):
    """A dated look back at one theme of a plan: planned, then held, with what it said."""

    class Decision(models.TextChoices):
        """What follows from it."""

        CARRY_ON = "carry_on", _("The support goes on as agreed.")
        FAR_ENOUGH = "far_enough", _("The support closed: the theme is far enough on.")
        BY_AGREEMENT = "by_agreement", _("The support closed by agreement.")

    theme = models.ForeignKey(PlanTheme, models.CASCADE, related_name="reviews")
    planned_on = models.DateField(_("planned on"))
    held_on = models.DateField(_("held on"), null=True, blank=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("what it said"), blank=True)
    decision = models.CharField(_("what follows"), max_length=20, blank=True, choices=Decision.choices)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a theme")
        verbose_name_plural = _("reviews of themes")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, held_by__isnull=True, note="", decision="")
                | (
                    Q(
                        held_on__isnull=False,
                        held_by__isnull=False,
                        decision__in=DECIDED,
                    )
                    & ~Q(note="")
                ),
                name="review_held_says_who_and_what",
                violation_error_message=_("A review that was held says when, by whom, what it said and what follows."),
            ),
            models.UniqueConstraint(
                fields=["theme"],
                condition=Q(held_on__isnull=True),
                name="review_one_planned_per_theme",
                violation_error_message=_("The next review of this theme is planned already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.held_on or self.planned_on}"


class ReviewedLevel(models.Model):
    """Where one statement stood when its theme was reviewed. It changes no answer of the audit."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="levels")
    statement = models.SlugField(_("statement"), max_length=100)
    level = models.PositiveSmallIntegerField(_("level"), validators=[MinValueValidator(1), MaxValueValidator(4)])

    class Meta:
        verbose_name = _("level at a review")
        verbose_name_plural = _("levels at reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "statement"],
                name="reviewed_level_once_per_statement",
                violation_error_message=_("This statement has a level in this review already."),
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=4),
                name="reviewed_level_one_to_four",
                violation_error_message=_("A level is 1, 2, 3 or 4."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.statement}: {self.level}"

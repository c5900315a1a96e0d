from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from readiness.domain.states import AuditState
from readiness.domain.tiers import INTENSIVE_AT_ONE_TIME
from readiness.models import Audit
from schools.models import School
from schools.permissions import Permission
from support.models.offers import Offer, Tier

SLOTS = list(range(1, INTENSIVE_AT_ONE_TIME + 1))


class PlanQuerySet(models.QuerySet["Plan"]):
    """Lists of plans."""

    def visible_to(self, user) -> "PlanQuerySet":
        """Those of the schools whose plan this person may read."""
        return self.filter(audit__school__in=School.objects.where(user, Permission.SEE_PLAN).values("pk"))

    def current(self) -> "PlanQuerySet":
        """Those that no later plan of the school has replaced."""
        return self.filter(audit__state=AuditState.AGREED)

    def with_context(self) -> "PlanQuerySet":
        """With what every page of a plan shows: audit, school, session, version."""
        return self.select_related(
            "agreed_by", "audit__school", "audit__session", "audit__version", "audit__agreed_by"
        ).defer("audit__version__document")

    def by_school(self) -> "PlanQuerySet":
        """By the school's name, and a school's newest first. Never by result."""
        return self.order_by("audit__school__name", "audit__school", "-agreed_at", "-pk")


class Plan(models.Model):
    """What a school and its officer have agreed to do after an audit."""

    audit = models.OneToOneField(Audit, models.PROTECT, related_name="plan")
    stop_or_pause = models.TextField(_("what the school stops or pauses"), blank=True)
    agreed_at = models.DateTimeField(_("agreed at"))
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def __str__(self) -> str:
        return f"{self.audit.school.name}, {self.audit.session.label} (plan {self.pk})"

    @property
    def is_current(self) -> bool:
        """Whether this is the plan that the school works on: no later one has replaced it."""
        return self.audit.state == AuditState.AGREED


class PlanThemeQuerySet(models.QuerySet["PlanTheme"]):
    """Lists of the themes of plans."""

    def in_order(self) -> "PlanThemeQuerySet":
        """In the order that was agreed."""
        return self.order_by("plan", "place")

    def waiting(self) -> "PlanThemeQuerySet":
        """Intensive themes that begin when there is room for them."""
        return self.filter(started_on__isnull=True, closed_on__isnull=True)

    def active(self) -> "PlanThemeQuerySet":
        """Those that have begun and are not closed."""
        return self.filter(started_on__isnull=False, closed_on__isnull=True)


_IS_INTENSIVE_NOW = Q(tier_agreed=Tier.INTENSIVE.value, started_on__isnull=False, closed_on__isnull=True)
_IS_NOT_INTENSIVE_NOW = ~Q(tier_agreed=Tier.INTENSIVE.value) | Q(started_on__isnull=True) | Q(closed_on__isnull=False)


class PlanTheme(models.Model):
    """How much support one theme of the audit gets: the tier that the answers gave, and the tier that was agreed.

    At most two themes of a plan are intensive at one time. Each of those holds a `slot`; the others wait, without
    `started_on`, in the order of their `place`.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="themes")
    theme = models.SlugField(_("theme"), max_length=100)
    place = models.PositiveSmallIntegerField(_("place"))
    tier_calculated = models.CharField(_("tier calculated"), max_length=20, choices=Tier.choices)
    tier_agreed = models.CharField(_("tier agreed"), max_length=20, choices=Tier.choices)
    reason = models.TextField(_("why the tier differs"), blank=True)
    review_on = models.DateField(_("when the difference is looked at again"), null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    slot = models.PositiveSmallIntegerField(_("place among the intensive ones"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PlanThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme of a plan")
        verbose_name_plural = _("themes of plans")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "theme"],
                name="plan_theme_once_per_plan",
                violation_error_message=_("This theme is in the plan already."),
            ),
            models.UniqueConstraint(
                fields=["plan", "place"],
                name="plan_theme_one_in_each_place",
                violation_error_message=_("Another theme has this place in the agreed order."),
            ),
            models.CheckConstraint(
                condition=Q(tier_calculated__in=Tier.values, tier_agreed__in=Tier.values),
                name="plan_theme_tiers_exist",
                violation_error_message=_("Choose a tier: universal, targeted or intensive."),
            ),
            models.CheckConstraint(
                condition=Q(tier_agreed=F("tier_calculated")) | (~Q(reason="") & Q(review_on__isnull=False)),
                name="plan_theme_difference_has_reason_and_review",
                violation_error_message=_(
                    "This tier is not the one that the answers give. Say why, and on which day you look at it again."
                ),
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=False)
                | Q(closed_on__isnull=False)
                | Q(tier_agreed=Tier.INTENSIVE.value),
                name="plan_theme_only_intensive_waits",
                violation_error_message=_(
                    "Only an intensive theme waits. Give the others the day on which they begin."
                ),
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(closed_on__isnull=True) | Q(closed_on__gte=F("started_on")),
                name="plan_theme_closes_after_it_starts",
                violation_error_message=_("A theme closes after it begins. Check the two dates."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True)
                | Q(closed_on__isnull=False, closed_by__isnull=False),
                name="plan_theme_closed_on_and_by",
                violation_error_message=_("Say who closed the theme, and when."),
            ),
            models.CheckConstraint(
                condition=(_IS_INTENSIVE_NOW & Q(slot__isnull=False, slot__in=SLOTS))
                | (_IS_NOT_INTENSIVE_NOW & Q(slot__isnull=True)),
                name="plan_theme_slot_when_intensive_now",
                violation_error_message=_(
                    "An intensive theme that has begun has a place among the two. Others have none."
                ),
            ),
            models.UniqueConstraint(
                fields=["plan", "slot"],
                condition=Q(slot__isnull=False),
                name="plan_theme_two_intensive_at_most",
                violation_error_message=_(
                    "At most two themes are intensive at one time. This one begins when one of them closes."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.theme}: {self.tier_agreed}"

    @property
    def is_waiting(self) -> bool:
        """Whether it begins when there is room."""
        return self.started_on is None and self.closed_on is None

    @property
    def is_open(self) -> bool:
        """Whether it waits or has begun, and is not closed."""
        return self.closed_on is None


class ChosenOffer(models.Model):
    """One help that was chosen for a theme: agreed, then begun, then finished."""

    theme = models.ForeignKey(PlanTheme, models.CASCADE, related_name="chosen")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="chosen")
    begun_on = models.DateField(_("begun on"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)

    class Meta:
        verbose_name = _("chosen offer")
        verbose_name_plural = _("chosen offers")
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "offer"],
                name="chosen_offer_once_per_theme",
                violation_error_message=_("This help has been chosen already."),
            ),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True) | (Q(begun_on__isnull=False) & Q(finished_on__gte=F("begun_on"))),
                name="chosen_offer_finishes_after_it_begins",
                violation_error_message=_("Help is finished after it has begun. Check the two dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.offer.code}"

from datetime import date, datetime, time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from schools import ties
from schools.models.places import Locality, School
from schools.permissions import AT_SCHOOL, ROLE_NAMES, SCOPE, Permission, Role, Scope, may_run_programme


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Lists of roles."""

    def current(self) -> "MembershipQuerySet":
        """Roles that have not ended."""
        return self.filter(ended__isnull=True)

    def at_school_within_reach_of(self, day: date) -> "MembershipQuerySet":
        """Roles of those who work at a school on `day`, or did within the time for which a tie counts."""
        since = make_aware(datetime.combine(ties.counts_since(day), time.min))
        return self.filter(Q(ended__isnull=True) | Q(ended__gte=since), role__in=AT_SCHOOL)

    def reaching(self, school: School) -> "MembershipQuerySet":
        """Roles whose reach holds this school: at it, in its locality, or in the whole partnership."""
        here = Q(school=school) | Q(scope=Scope.PARTNERSHIP)
        return self.filter(here | Q(locality=school.locality_id) if school.locality_id else here)

    def visible_to(self, user) -> "MembershipQuerySet":
        """The roles at the schools whose team this person names, and their own. The co-ordinator sees all."""
        if not user.is_authenticated:
            return self.none()
        if may_run_programme(user):
            return self
        return self.filter(Q(user=user) | Q(school__in=School.objects.where(user, Permission.NAME_TEAM)))


_FITS = {
    Scope.SCHOOL: Q(school__isnull=False, locality__isnull=True),
    Scope.LOCALITY: Q(school__isnull=True, locality__isnull=False),
    Scope.PARTNERSHIP: Q(school__isnull=True, locality__isnull=True),
}
HAS_THE_TARGET_OF_ITS_SCOPE = (
    _FITS[Scope.SCHOOL] & Q(scope=Scope.SCHOOL.value)
    | _FITS[Scope.LOCALITY] & Q(scope=Scope.LOCALITY.value)
    | _FITS[Scope.PARTNERSHIP] & Q(scope=Scope.PARTNERSHIP.value)
)
ROLE_FITS_ITS_SCOPE = Q(*(Q(role=role.value, scope=scope.value) for role, scope in SCOPE.items()), _connector=Q.OR)
ROLE_CHOICES = [(role.value, ROLE_NAMES[role]) for role in Role]
SCOPE_CHOICES = [(scope.value, scope.value) for scope in Scope]


class Membership(models.Model):
    """A person's role, from a time until a time. Ended roles stay, as history."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    scope = models.CharField(_("scope"), max_length=20, choices=SCOPE_CHOICES)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="memberships")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="memberships")
    started = models.DateTimeField(_("started"))
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(
                condition=HAS_THE_TARGET_OF_ITS_SCOPE,
                name="membership_has_the_target_of_its_scope",
                violation_error_message=_("Name the school or the locality that this role is for."),
            ),
            models.CheckConstraint(
                condition=ROLE_FITS_ITS_SCOPE,
                name="membership_role_fits_its_scope",
                violation_error_message=_("This role belongs to another scope."),
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("started")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("A role ends after it starts. Check the two dates."),
            ),
            models.UniqueConstraint(
                fields=["user", "school", "role"],
                condition=Q(ended__isnull=True, school__isnull=False),
                name="membership_once_per_school",
                violation_error_message=_("This person already has this role at this school."),
            ),
            models.UniqueConstraint(
                fields=["user", "locality", "role"],
                condition=Q(ended__isnull=True, locality__isnull=False),
                name="membership_once_per_locality",
                violation_error_message=_("This person already has this role in this locality."),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended__isnull=True, school__isnull=True, locality__isnull=True),
                name="membership_once_in_the_partnership",
                violation_error_message=_("This person already has this role."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} ({self.school or self.locality or self.scope})"

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schools.permissions import ROLE_NAMES, SCOPE, Permission, Role, Scope, roles_with

SEED_CODE = r"^[0-9]{7}\Z"  # $ would let a line break follow


class Locality(models.Model):
    """A part of the partnership's area, with the officers who support its schools."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("locality")
        verbose_name_plural = _("localities")

    def __str__(self) -> str:
        return self.name


class SchoolQuerySet(models.QuerySet["School"]):
    """Lists of schools, in the words of the domain."""

    def alphabetical(self) -> "SchoolQuerySet":
        """By name: the only order in which schools are listed. Never by result."""
        return self.order_by("name", "pk")

    def where(self, user, permission: Permission) -> "SchoolQuerySet":
        """Schools for which `user` has `permission` now (schools/permissions.py says which roles carry it)."""
        if not user.is_authenticated:
            return self.none()
        roles = Membership.objects.current().filter(user=user, role__in=roles_with(permission))
        return self.filter(
            Q(pk__in=roles.filter(school__isnull=False).values("school"))
            | Q(locality__in=roles.filter(locality__isnull=False).values("locality"))
            | models.Exists(roles.filter(scope=Scope.PARTNERSHIP))
        )

    def visible_to(self, user) -> "SchoolQuerySet":
        """Schools that this person has anything to do with."""
        return self.where(user, Permission.SEE_SCHOOL)


class School(models.Model):
    """A school, by the seven-digit SEED code under which the Scottish Government knows it."""

    seed_code = models.CharField(_("SEED code"), max_length=7, unique=True)
    name = models.CharField(_("name"), max_length=200)
    local_authority = models.CharField(_("local authority"), max_length=100)
    has_pre_school = models.BooleanField(_("pre-school department"), default=False)
    has_primary = models.BooleanField(_("primary department"), default=False)
    has_secondary = models.BooleanField(_("secondary department"), default=False)
    has_special = models.BooleanField(_("special department"), default=False)
    denomination = models.CharField(_("denomination"), max_length=100, blank=True)
    is_gaelic_medium = models.BooleanField(_("Gaelic-medium education"), default=False)
    roll = models.PositiveIntegerField(_("pupil roll"), null=True, blank=True)
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="schools")
    opened = models.DateField(_("opened"), null=True, blank=True)
    closed = models.DateField(_("closed"), null=True, blank=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        constraints = [
            models.CheckConstraint(
                condition=Q(seed_code__regex=SEED_CODE),
                name="school_seed_code_is_seven_digits",
                violation_error_message=_("A SEED code is seven digits, such as 9900011."),
            ),
            models.CheckConstraint(
                condition=Q(opened__isnull=True) | Q(closed__isnull=True) | Q(opened__lte=F("closed")),
                name="school_opened_before_closed",
                violation_error_message=_("A school closes after it opens. Check the two dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.seed_code})"

    @property
    def departments(self) -> list[str]:
        """The departments' names, youngest first: “Primary”, “Secondary”…"""
        names = [
            (self.has_pre_school, _("Pre-school")),
            (self.has_primary, _("Primary")),
            (self.has_secondary, _("Secondary")),
            (self.has_special, _("Additional support needs")),
        ]
        return [str(name) for has, name in names if has]


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Lists of roles."""

    def current(self) -> "MembershipQuerySet":
        """Roles that have not ended."""
        return self.filter(ended__isnull=True)

    def visible_to(self, user) -> "MembershipQuerySet":
        """The roles at the schools whose team this person names, and their own."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(user=user) | Q(school__in=School.objects.where(user, Permission.NAME_TEAM)))


_FITS = {
    Scope.SCHOOL: Q(school__isnull=False, locality__isnull=True),
    Scope.LOCALITY: Q(school__isnull=True, locality__isnull=False),
    Scope.PARTNERSHIP: Q(school__isnull=True, locality__isnull=True),
}


class Membership(models.Model):
    """A person's role, from a time until a time. Ended roles stay, as history."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, ROLE_NAMES[role]) for role in Role])
    scope = models.CharField(_("scope"), max_length=20, choices=[(scope.value, scope.value) for scope in Scope])
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
                condition=_FITS[Scope.SCHOOL] & Q(scope=Scope.SCHOOL.value)
                | _FITS[Scope.LOCALITY] & Q(scope=Scope.LOCALITY.value)
                | _FITS[Scope.PARTNERSHIP] & Q(scope=Scope.PARTNERSHIP.value),
                name="membership_has_the_target_of_its_scope",
                violation_error_message=_("Name the school or the locality that this role is for."),
            ),
            models.CheckConstraint(
                condition=Q(*(Q(role=role.value, scope=scope.value) for role, scope in SCOPE.items()), _connector=Q.OR),
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


class SessionQuerySet(models.QuerySet["Session"]):
    """Lists of school years."""

    def at(self, day: date) -> "Session | None":
        """The session that `day` belongs to: the one under way, or in the summer gap the one just ended."""
        return self.filter(starts__lte=day).order_by("-starts").first()


class Session(models.Model):
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

    session = models.ForeignKey(Session, models.CASCADE, related_name="terms")
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

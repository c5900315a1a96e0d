from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schools.models.imports import Import
from schools.permissions import Permission, roles_with

_REMEMBERED = "_roles_in_this_request"
SEED_CODE = r"^[0-9]{7}\Z"  # $ would let a line break follow
_ENDS_AFTER_IT_STARTS = Q(starts__isnull=True) | Q(ends__isnull=True) | Q(starts__lt=F("ends"))


class PlaceQuerySet(models.QuerySet):
    """Lists of localities or clusters."""

    def on(self, day: date) -> "PlaceQuerySet":
        """Those that exist on `day`. An open date does not limit."""
        return self.filter(
            Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day)
        ).order_by("name", "pk")


class Place(models.Model):
    """What a locality and a cluster have in common: a name, and the days between which they exist."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Locality(Place):
    """A part of the partnership's area, with the officers who support its schools."""

    class Meta:
        verbose_name = _("locality")
        verbose_name_plural = _("localities")
        constraints = [
            models.CheckConstraint(
                condition=_ENDS_AFTER_IT_STARTS,
                name="locality_ends_after_it_starts",
                violation_error_message=_("A locality ends after it starts. Check the two dates."),
            ),
        ]


class Cluster(Place):
    """A secondary school with the schools around it, which plan together."""

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        constraints = [
            models.CheckConstraint(
                condition=_ENDS_AFTER_IT_STARTS,
                name="cluster_ends_after_it_starts",
                violation_error_message=_("A cluster ends after it starts. Check the two dates."),
            ),
        ]


@dataclass(frozen=True)
class HeldRoles:
    """The roles that somebody has now: (role, school id, locality id); neither, where it reaches the partnership."""

    held: tuple[tuple[str, int | None, int | None], ...]

    def reach(self, permission: Permission, *, of: str = "") -> Q:
        """What is true of the schools for which these roles carry `permission`; `of` leads from a row to its school.

        `Audit.objects.filter(roles_of(user).reach(Permission.REVIEW_AUDIT, of="school__"))`
        """
        schools, localities, everywhere = self._carrying(permission)
        if everywhere:
            return Q((f"{of}pk__isnull", False))  # an empty Q would vanish beside an OR
        found = Q((f"{of}pk__in", schools))
        return found | Q((f"{of}locality__in", localities)) if localities else found

    def carry(self, permission: Permission) -> bool:
        """Whether any of these roles carries `permission` anywhere."""
        return any(role in roles_with(permission) for role, _school, _locality in self.held)

    def cover(self, permission: Permission, school: "School") -> bool:
        """Whether one of these roles carries `permission` for this school, wherever it lies by now."""
        schools, localities, everywhere = self._carrying(permission)
        if everywhere or school.pk in schools:
            return True
        return bool(localities) and School.objects.filter(pk=school.pk, locality__in=localities).exists()

    def _carrying(self, permission: Permission) -> tuple[list[int], list[int], bool]:
        roles = roles_with(permission)
        found = {(school, locality) for role, school, locality in self.held if role in roles}
        schools = sorted(school for school, _locality in found if school is not None)
        localities = sorted(locality for _school, locality in found if locality is not None)
        return schools, localities, (None, None) in found


def roles_of(user) -> HeldRoles:
    """Read somebody's roles: one small query. Asking for them within every other query costs ten times as much."""
    if not user.is_authenticated:
        return HeldRoles(())
    remembered = getattr(user, _REMEMBERED, None)
    if remembered is not None:
        return remembered
    with connection.cursor() as cursor:
        cursor.execute(_roles_query(), [user.pk])
        return HeldRoles(tuple(cursor.fetchall()))


@cache
def _roles_query() -> str:
    """The SQL for it. Nearly every request asks, and Django takes five times as long to write it as it takes to run."""
    from schools.models.roles import Membership  # a role names its school, so this import must wait

    held = Membership.objects.current().filter(user=0).values_list("role", "school_id", "locality_id")
    sql, params = held.query.sql_with_params()
    assert params == (0,)  # noqa: S101 - the user is all that differs from one asking to the next
    return sql


def remember_roles(user) -> None:
    """Read the roles of `request.user` once for this request, on a page that asks more than once and changes none."""
    setattr(user, _REMEMBERED, roles_of(user))


class SchoolQuerySet(models.QuerySet["School"]):
    """Lists of schools, in the words of the domain."""

    def alphabetical(self) -> "SchoolQuerySet":
        """By name: the only order in which schools are listed. Never by result."""
        return self.order_by("name", "pk")

    def running(self) -> "SchoolQuerySet":
        """Those that have not closed."""
        return self.filter(closed__isnull=True)

    def without_locality(self) -> "SchoolQuerySet":
        """Those that nobody supports yet, because no locality has them."""
        return self.filter(locality__isnull=True)

    def where(self, user, permission: Permission) -> "SchoolQuerySet":
        """Schools for which `user` has `permission` now (schools/permissions.py says which roles carry it)."""
        return self.filter(roles_of(user).reach(permission))

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
    funding = models.CharField(_("funding"), max_length=100, blank=True)
    former_name = models.CharField(_("former name"), max_length=200, blank=True)
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="schools")
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, blank=True, related_name="schools")
    brought_in_by = models.ForeignKey(
        Import, models.PROTECT, null=True, blank=True, related_name="schools", verbose_name=_("brought in by")
    )
    opened = models.DateField(_("opened"), null=True, blank=True)
    closed = models.DateField(_("closed"), null=True, blank=True)
    mothballed = models.DateField(_("mothballed"), null=True, blank=True)

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

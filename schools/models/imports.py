from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.permissions import may_run_programme


class ImportQuerySet(models.QuerySet["Import"]):
    """Lists of files that have been brought in, or proposed."""

    def visible_to(self, user) -> "ImportQuerySet":
        """All of them for the programme co-ordinator, none for others."""
        return self if may_run_programme(user) else self.none()

    def waiting(self) -> "ImportQuerySet":
        """Those that somebody has looked at and not applied."""
        return self.filter(applied_at__isnull=True)

    def newest_first(self) -> "ImportQuerySet":
        """The one uploaded last, first."""
        return self.order_by("-uploaded_at", "-pk")


class Import(models.Model):
    """A published file of schools or rolls: what it said, when somebody looked at it, and when it was applied.

    `rows` holds what the product needs of the file and nothing else: no e-mail address, telephone number or address.
    """

    class Kind(models.TextChoices):
        """What the file lists."""

        SCHOOLS = "schools", _("School contact details")
        ROLLS = "rolls", _("School-level summary statistics (pupil rolls)")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    local_authority = models.CharField(_("local authority"), max_length=100, blank=True)
    rows = models.JSONField(_("rows"), default=dict)
    summary = models.JSONField(_("summary"), default=dict)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["schools", "rolls"]),
                name="import_kind_is_known",
                violation_error_message=_("Choose which kind of file this is."),
            ),
            models.CheckConstraint(
                condition=Q(applied_by__isnull=True) | Q(applied_at__isnull=False),
                name="import_applied_by_somebody_at_a_time",
                violation_error_message=_("Say when this file was applied."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"

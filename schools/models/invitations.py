from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from schools.models.places import Locality, School
from schools.models.roles import HAS_THE_TARGET_OF_ITS_SCOPE, ROLE_CHOICES, ROLE_FITS_ITS_SCOPE, SCOPE_CHOICES
from schools.permissions import Permission, may_run_programme

WAITS = Q(accepted_at__isnull=True, withdrawn_at__isnull=True)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Lists of invitations."""

    def waiting(self, now: datetime) -> "InvitationQuerySet":
        """Those that can still be accepted at `now`."""
        return self.filter(WAITS, expires_at__gt=now)

    def unanswered(self) -> "InvitationQuerySet":
        """Those neither accepted nor withdrawn, run out or not."""
        return self.filter(WAITS)

    def visible_to(self, user) -> "InvitationQuerySet":
        """Those to the schools whose team this person names. The co-ordinator sees all."""
        if not user.is_authenticated:
            return self.none()
        if may_run_programme(user):
            return self
        return self.filter(school__in=School.objects.where(user, Permission.NAME_TEAM))


class Invitation(models.Model):
    """A role offered to whoever holds the link that was sent to this address.

    The link holds a random token; the row holds only its SHA-256 digest, so that a copy of the database opens no door.
    """

    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    scope = models.CharField(_("scope"), max_length=20, choices=SCOPE_CHOICES)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="invitations")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="invitations")
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    invited_at = models.DateTimeField(_("invited"))
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("runs out"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=HAS_THE_TARGET_OF_ITS_SCOPE,
                name="invitation_has_the_target_of_its_scope",
                violation_error_message=_("Name the school or the locality that this invitation is for."),
            ),
            models.CheckConstraint(
                condition=ROLE_FITS_ITS_SCOPE,
                name="invitation_role_fits_its_scope",
                violation_error_message=_("This role belongs to another scope."),
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="invitation_email_in_small_letters",
                violation_error_message=_("Write the e-mail address in small letters."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="invitation_runs_out_after_it_is_made",
                violation_error_message=_("An invitation runs out after it is made."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, withdrawn_at__isnull=True),
                name="invitation_accepted_once_by_somebody",
                violation_error_message=_("An invitation is accepted by somebody, or withdrawn, never both."),
            ),
            models.UniqueConstraint(
                fields=["email", "school", "role"],
                condition=WAITS & Q(school__isnull=False),
                name="invitation_waits_once_per_school",
                violation_error_message=_("An invitation to this role at this school is waiting already."),
            ),
            models.UniqueConstraint(
                fields=["email", "locality", "role"],
                condition=WAITS & Q(locality__isnull=False),
                name="invitation_waits_once_per_locality",
                violation_error_message=_("An invitation to this role in this locality is waiting already."),
            ),
            models.UniqueConstraint(
                fields=["email", "role"],
                condition=WAITS & Q(school__isnull=True, locality__isnull=True),
                name="invitation_waits_once_in_the_partnership",
                violation_error_message=_("An invitation to this role is waiting already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()} ({self.school or self.locality or self.scope})"

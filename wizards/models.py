from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sealed.fields import SealedBytes, SealedJSON


class WizardRecord(models.Model):
    """What one person has given so far in one wizard. The place where they stopped is in their session, not here.

    A record belongs to a signed-in person (`owner`), or to somebody who is not signed in (`visitor`, a random
    key kept in their session). It never moves from one to the other: on a shared laptop the next person to sign
    in need not be the one who typed.
    """

    prefix = models.CharField(_("prefix"), max_length=200, help_text=_("Names the wizard and the thing it is about."))
    # A half-filled form is not a record of the school: it goes when its person goes.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    visitor = models.CharField(_("visitor"), max_length=64, blank=True, default="")
    data = SealedJSON(_("data, sealed"), default=dict)
    updated_at = models.DateTimeField(_("updated at"))

    class Meta:
        verbose_name = _("wizard record")
        verbose_name_plural = _("wizard records")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False, visitor="") | (Q(owner__isnull=True) & ~Q(visitor="")),
                name="wizard_record_owner_or_visitor",
                violation_error_message=_("A wizard record belongs to a person or to a visitor, and not to both."),
            ),
            models.UniqueConstraint(
                fields=["prefix", "owner"],
                condition=Q(owner__isnull=False),
                name="wizard_record_once_per_owner",
                violation_error_message=_("This person already has a record for this wizard."),
            ),
            models.UniqueConstraint(
                fields=["prefix", "visitor"],
                condition=Q(owner__isnull=True),
                name="wizard_record_once_per_visitor",
                violation_error_message=_("This visitor already has a record for this wizard."),
            ),
        ]

    def __str__(self) -> str:
        return self.prefix


class HeldPostQuerySet(models.QuerySet["HeldPost"]):
    """Held posts, by whether their time is up."""

    def live(self, now: datetime) -> "HeldPostQuerySet":
        """Those that may still be given back at `now`."""
        return self.filter(expires_at__gt=now)

    def expired(self, now: datetime) -> "HeldPostQuerySet":
        """Those whose time is up at `now`."""
        return self.filter(expires_at__lte=now)


class HeldPost(models.Model):
    """A form that arrived after its person's session had ended, encrypted, until they sign in again.

    The browser keeps a random key in a cookie; only its hash is here. One browser may hold several pages, since
    somebody may have two tabs open when the session ends; a second post of one page replaces the first.
    """

    # An address longer than this is not one of ours, so a post to it is not kept.
    LONGEST_PATH = 500

    key_hash = models.CharField(_("hash of the key"), max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person named in the form")
    )
    path = models.CharField(_("address of the form"), max_length=LONGEST_PATH)
    body = SealedBytes(_("what was typed, sealed"))
    expires_at = models.DateTimeField(_("expires at"), db_index=True)

    objects = HeldPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("held post")
        verbose_name_plural = _("held posts")
        constraints = [
            models.UniqueConstraint(
                fields=["key_hash", "user", "path"],
                name="held_post_once_per_browser_person_and_page",
                violation_error_message=_("This page is already held for this person in this browser."),
            ),
        ]

    def __str__(self) -> str:
        return self.path

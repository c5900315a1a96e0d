from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class WaitingQuerySet(models.QuerySet["Waiting"]):
    """Lists of what waits for people."""

    def untold(self) -> "WaitingQuerySet":
        """What nobody has been told of yet, of people whose account is open."""
        return self.filter(told_at__isnull=True, user__is_active=True)

    def begin(self, thing: str, *, people: Iterable[User], now: datetime) -> None:
        """The thing waits for these people from now on, and for nobody else."""
        self.filter(thing=thing).delete()
        self.bulk_create(Waiting(user=person, thing=thing, since=now) for person in dict.fromkeys(people))

    def end(self, thing: str) -> None:
        """The thing waits for nobody any more."""
        self.filter(thing=thing).delete()


class Waiting(models.Model):
    """Something that waits for a person. The row goes when their turn is over, told of or not."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="waiting")
    thing = models.CharField(_("thing"), max_length=50)  # such as "audit-12": what it is, not what it says
    since = models.DateTimeField(_("since"))
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    objects = WaitingQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting")
        verbose_name_plural = _("waiting")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "thing"],
                name="waiting_once_per_person_and_thing",
                violation_error_message=_("This waits for this person already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} waits for {self.user_id}"


class DigestQuerySet(models.QuerySet["Digest"]):
    """Days on which people were last told."""

    def claim(self, user: User, day: date) -> bool:
        """Take this day's one e-mail to this person. False when it has been taken already, by anybody."""
        _digest, is_first = self.get_or_create(user=user, defaults={"last_on": day})
        return is_first or self.filter(user=user, last_on__lt=day).update(last_on=day) == 1


class Digest(models.Model):
    """The day on which a person was last told that something is waiting: at most one e-mail a day."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="digest")
    last_on = models.DateField(_("last on"))

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")

    def __str__(self) -> str:
        return f"{self.user_id}, {self.last_on}"

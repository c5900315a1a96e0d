from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from readiness.domain.states import OPEN
from readiness.models import Audit
from support.models.kept import FinalError, Kept, KeptQuerySet


def _both_or_neither(moment: str) -> models.CheckConstraint:
    at, by = f"{moment}_at", f"{moment}_by"
    return models.CheckConstraint(
        condition=Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
        | Q(**{f"{at}__isnull": False, f"{by}__isnull": False}),
        name=f"visit_{at}_and_by",
        violation_error_message=_("Say both when it was done and who did it."),
    )


def _who() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")


class VisitDrawQuerySet(KeptQuerySet):
    """Lists of draws. What has been drawn stays drawn."""

    def visible_to(self, user) -> "VisitDrawQuerySet":
        """Those of audits that this person may read."""
        return self.filter(audit__in=Audit.objects.visible_to(user))


class VisitDraw(Kept):
    """How the lots fell for one audit: one in five is visited, whatever it says. Drawn once."""

    audit = models.OneToOneField(Audit, models.PROTECT, related_name="visit_draw")
    drawn = models.BooleanField(_("drawn"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = VisitDrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")

    def __str__(self) -> str:
        return f"{self.audit_id}: {'drawn' if self.drawn else 'not drawn'}"


class VisitQuerySet(models.QuerySet["Visit"]):
    """Lists of visits."""

    def visible_to(self, user) -> "VisitQuerySet":
        """Those about audits that this person may read. Until the note is shown, its words are its writers' only."""
        return self.filter(audit__in=Audit.objects.visible_to(user))

    def due(self, today: date) -> "VisitQuerySet":
        """Those of audits under way whose day has come and whose note the school cannot read yet, the oldest first."""
        return self.filter(on__lte=today, shown_at__isnull=True, audit__state__in=OPEN).order_by("on", "pk")

    def update(self, **kwargs: Any) -> int:
        """Change visits whose note is not final. Raises FinalError when one of them is."""
        if self.filter(final_at__isnull=False).exists():
            raise FinalError("A final note cannot be changed.")
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Take away visits whose note is not final. Raises FinalError when one of them is."""
        if self.filter(final_at__isnull=False).exists():
            raise FinalError("A final note cannot be taken away.")
        return super().delete()


class Visit(models.Model):
    """A validation visit or call: planned, held, and noted. Its note is a draft until the head has read it.

    Whoever writes the note shows it to the head, who reads exactly this revision; then it can be made final, and from
    then on nothing of it changes.
    """

    class Kind(models.TextChoices):
        """How the officer meets the school."""

        VISIT = "visit", _("Visit to the school")
        CALL = "call", _("Video or telephone call")

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="visits")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("date"))
    who = models.TextField(_("who will be there"))
    # Why it was offered, as it stood when it was planned.
    hangs = models.BooleanField(_("the outcome hangs on one statement"), default=False)
    far_apart = models.BooleanField(_("school and officer are two levels apart"), default=False)
    drawn = models.BooleanField(_("drawn by lot"), default=False)
    reason = models.TextField(_("another reason"), blank=True)
    planned_at = models.DateTimeField(_("planned at"))
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    strengths = models.TextField(_("strengths"), blank=True)
    seen = models.TextField(_("what we saw, heard and read"), blank=True)
    agreed_actions = models.TextField(_("actions"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)
    written_by = _who()
    shown_at = models.DateTimeField(_("shown to the head at"), null=True, blank=True)
    shown_by = _who()
    read_at = models.DateTimeField(_("read by the head at"), null=True, blank=True)
    read_by = _who()
    final_at = models.DateTimeField(_("final since"), null=True, blank=True)
    final_by = _who()

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(
                fields=["audit"],
                name="visit_once_per_audit",
                violation_error_message=_("A visit is planned for this audit already. Change its date."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["visit", "call"]),
                name="visit_kind_is_known",
                violation_error_message=_("Choose a visit or a call."),
            ),
            models.CheckConstraint(
                condition=Q(hangs=True) | Q(far_apart=True) | Q(drawn=True) | ~Q(reason=""),
                name="visit_has_a_reason",
                violation_error_message=_("Say why a visit would help."),
            ),
            *map(_both_or_neither, ("written", "shown", "read", "final")),
            models.CheckConstraint(
                condition=Q(written_at__isnull=True, revision=0) | Q(written_at__isnull=False, revision__gte=1),
                name="visit_revision_counts_what_was_written",
                violation_error_message=_("A note that was written has a revision."),
            ),
            models.CheckConstraint(
                condition=Q(shown_at__isnull=True) | Q(written_at__isnull=False),
                name="visit_shown_once_written",
                violation_error_message=_("Write the note before you show it."),
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(shown_at__isnull=False),
                name="visit_read_once_shown",
                violation_error_message=_("The head teacher reads the note after it has been shown."),
            ),
            models.CheckConstraint(
                condition=Q(final_at__isnull=True) | Q(read_at__isnull=False),
                name="visit_final_once_read",
                violation_error_message=_("The note is final only after the head teacher has read it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on} (audit {self.audit_id})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, unless the note in the database is final. Raises FinalError then."""
        if self.pk is not None and not kwargs.get("force_insert"):
            _refuse_final(self.pk)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take it away, unless its note is final. Raises FinalError then."""
        _refuse_final(self.pk)
        return super().delete(*args, **kwargs)

    @property
    def is_final(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.final_at is not None


def _refuse_final(*visits: int) -> None:
    if Visit.objects.filter(pk__in=visits, final_at__isnull=False).exists():
        raise FinalError("A final note cannot be changed.")


class VisitLevelQuerySet(models.QuerySet["VisitLevel"]):
    """Levels agreed at visits. They are part of the note, and final with it."""

    def update(self, **kwargs: Any) -> int:
        """Change levels of notes that are not final. Raises FinalError when one is."""
        self._refuse_final()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Take away levels of notes that are not final. Raises FinalError when one is."""
        self._refuse_final()
        return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list["VisitLevel"]:
        """Add levels to notes that are not final. Raises FinalError when one is."""
        objs = list(objs)
        _refuse_final(*(one.visit_id for one in objs))
        return super().bulk_create(objs, *args, **kwargs)

    def _refuse_final(self) -> None:
        if self.filter(visit__final_at__isnull=False).exists():
            raise FinalError("A final note cannot be changed.")


class VisitLevel(models.Model):
    """A level that school and officer agreed on at the visit. The audit's own answers are written at the agreement."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="levels")
    statement = models.SlugField(_("statement"), max_length=100)
    level = models.PositiveSmallIntegerField(_("level"), validators=[MinValueValidator(1), MaxValueValidator(4)])

    objects = VisitLevelQuerySet.as_manager()

    class Meta:
        verbose_name = _("level agreed at a visit")
        verbose_name_plural = _("levels agreed at visits")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "statement"],
                name="visit_level_once_per_statement",
                violation_error_message=_("This statement has a level already."),
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=4),
                name="visit_level_one_to_four",
                violation_error_message=_("A level is 1, 2, 3 or 4."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.level}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, unless the note is final. Raises FinalError then."""
        _refuse_final(self.visit_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take it away, unless the note is final. Raises FinalError then."""
        _refuse_final(self.visit_id)
        return super().delete(*args, **kwargs)


class VisitCommentQuerySet(KeptQuerySet):
    """What heads said about notes. It is added, and stays."""

    def visible_to(self, user) -> "VisitCommentQuerySet":
        """Those about audits that this person may read."""
        return self.filter(visit__in=Visit.objects.visible_to(user))


class VisitComment(Kept):
    """What the head says about the note. It stays attached, before the note is final and after."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="comments")
    revision = models.PositiveIntegerField(_("revision of the note"))
    text = models.TextField(_("comment"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    objects = VisitCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a visit’s note")
        verbose_name_plural = _("comments on visits’ notes")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="visit_comment_says_something",
                violation_error_message=_("Write your comment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}, {self.at:%Y-%m-%d}: {self.text[:40]}"

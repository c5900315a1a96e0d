from typing import Any, NoReturn

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from readiness.domain.answers import Answers, Given, Other, Voice
from readiness.domain.framework import Framework, Theme
from readiness.domain.journey import Journey
from readiness.domain.said import Said
from readiness.domain.states import EDITABLE, OPEN, AuditState
from readiness.models.framework import FrameworkVersion
from schools.models import School, Session
from schools.models.places import HeldRoles, roles_of
from schools.permissions import Permission

# Plain strings, so that migrations hold data and not our classes.
STATE_CHOICES = [(state.value, state.value) for state in AuditState]
VOICE_CHOICES = [(voice.value, voice.value) for voice in Voice]
STATES = [state.value for state in AuditState]

NEVER_SUBMITTED = (AuditState.DRAFT.value, AuditState.WITHDRAWN.value)
HAS_BEEN_AGREED = (AuditState.AGREED.value, AuditState.SUPERSEDED.value)
# `withdrawn` ends an audit that may or may not have been submitted once.
MUST_HAVE_BEEN_SUBMITTED = tuple(state for state in STATES if state not in NEVER_SUBMITTED)


class AuditQuerySet(models.QuerySet["Audit"]):
    """Lists of audits, in the words of the domain."""

    def visible_to(self, user) -> "AuditQuerySet":
        """Those whose answers this person may read.

        The people who answer see all audits of their school. Officers and co-ordinators see an audit from its
        submission on; a draft taken back is the school's own again.
        """
        return self.readable_with(roles_of(user))

    def readable_with(self, roles: HeldRoles) -> "AuditQuerySet":
        """The rule of `visible_to`."""
        rule = roles.reach(Permission.SEE_DRAFT_AUDIT, of="school__")
        if roles.carry(Permission.SEE_SUBMITTED_AUDIT):
            theirs = roles.reach(Permission.SEE_SUBMITTED_AUDIT, of="school__")
            rule |= theirs & Q(state__in=MUST_HAVE_BEEN_SUBMITTED)
        return self.filter(rule)

    def open(self) -> "AuditQuerySet":
        """Under way: not yet agreed, superseded or withdrawn."""
        return self.filter(state__in=OPEN)

    def agreed(self) -> "AuditQuerySet":
        """Agreed at some time, whether or not a later one took their place."""
        return self.filter(state__in=HAS_BEEN_AGREED)

    def newest_first(self) -> "AuditQuerySet":
        """The one started last, first."""
        return self.order_by("-started_at", "-pk")

    def by_school(self) -> "AuditQuerySet":
        """By the school's name, and a school's newest first. Never by result."""
        return self.order_by("school__name", "school", "-started_at", "-pk")

    def with_context(self) -> "AuditQuerySet":
        """With what every page of an audit shows: school, session, version and who moved it."""
        return self.with_framework().select_related("started_by", "submitted_by", "agreed_by")

    def with_framework(self) -> "AuditQuerySet":
        """With school, session and version, whose document is read only when nobody has read it yet."""
        return self.select_related("school", "session", "version").defer("version__document")


class Audit(models.Model):
    """One school's self-evaluation against one framework version."""

    school = models.ForeignKey(School, models.PROTECT, related_name="audits")
    version = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="audits")
    session = models.ForeignKey(Session, models.PROTECT, related_name="audits")
    state = models.CharField(_("state"), max_length=20, choices=STATE_CHOICES, default=AuditState.DRAFT.value)
    started_at = models.DateTimeField(_("started at"))
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="audit_state_exists"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="audit_submitted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="audit_agreed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state=AuditState.DRAFT.value, submitted_at__isnull=True)
                | Q(state=AuditState.WITHDRAWN.value)
                | Q(state__in=MUST_HAVE_BEEN_SUBMITTED, submitted_at__isnull=False),
                name="audit_submitted_once_past_draft",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HAS_BEEN_AGREED, agreed_at__isnull=False)
                | (~Q(state__in=HAS_BEEN_AGREED) & Q(agreed_at__isnull=True)),
                name="audit_agreed_at_when_agreed",
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(state__in=sorted(state.value for state in OPEN)),
                name="audit_one_open_per_school",
                violation_error_message=_("This school already has an audit under way."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school.name}, {self.session.label} (audit {self.pk})"

    @property
    def framework(self) -> Framework:
        """The frozen framework that this audit answers."""
        return self.version.as_framework()

    @property
    def is_editable(self) -> bool:
        """Whether answers may be changed now (by those who may answer)."""
        return self.state in EDITABLE

    def answers_of(self, voice: Voice, theme: Theme | None = None) -> dict[str, "Answer"]:
        """The rows of one voice, by statement slug; of one theme only, where one is given. One query."""
        rows = self.answers.filter(voice=voice) if theme is None else self.answers.of_theme(voice, theme)
        return {answer.statement: answer for answer in rows.select_related("by")}

    def school_answers(self) -> dict[str, "Answer"]:
        """The school's rows, by statement slug, read once."""
        return self._school_answers

    @cached_property
    def _school_answers(self) -> dict[str, "Answer"]:
        return self.answers_of(Voice.SCHOOL)

    def journey(self) -> Journey:
        """Where the school has got to."""
        answered = frozenset(slug for slug, answer in self.school_answers().items() if answer.given is not None)
        return Journey(self.framework, answered)

    def previous(self) -> "Audit | None":
        """The school's last agreed audit before this one, to show beside it."""
        return self._earlier().with_framework().first()

    def said_last_time(self, theme: Theme) -> "tuple[str, dict[str, Answer]]":
        """The session of the school's last agreed audit before this one, and what was agreed in this theme."""
        found = self._earlier().values_list("pk", "session__label").first()
        if found is None:
            return "", {}
        pk, session = found
        rows = Answer.objects.filter(audit=pk).of_theme(Voice.AGREED, theme)
        return session, {answer.statement: answer for answer in rows}

    def _earlier(self) -> AuditQuerySet:
        return (
            Audit.objects.agreed().filter(school=self.school_id, agreed_at__lt=self.started_at).order_by("-agreed_at")
        )


def given_in(level: int | None, other: str) -> Given | None:
    """What the two columns of an answer say together."""
    if level is not None:
        return level
    return Other(other) if other else None


def given_by(rows: dict[str, "Answer"]) -> Answers:
    """What rows of one voice say, as the domain counts it: blank ones are left out."""
    return {slug: row.given for slug, row in rows.items() if row.given is not None}


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Lists of answers. Who may read them is a question about their audit: `Audit.objects.visible_to`."""

    def of_theme(self, voice: Voice, theme: Theme) -> "AnswerQuerySet":
        """What one voice says about the statements of one theme."""
        return self.filter(voice=voice, statement__in=[one.slug for one in theme.statements])


class Answer(models.Model):
    """What one voice says about one statement. Each is a row of its own, saved as it is given."""

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="answers")
    statement = models.SlugField(_("statement"), max_length=100)
    voice = models.CharField(_("voice"), max_length=10, choices=VOICE_CHOICES)
    level = models.PositiveSmallIntegerField(
        _("level"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    other = models.CharField(
        _("other answer"), max_length=20, blank=True, choices=[(other.value, other.value) for other in Other]
    )
    reason = models.TextField(_("reason"), blank=True)
    evidence = models.TextField(_("how do we know?"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["audit", "statement", "voice"], name="answer_once_per_voice"),
            models.CheckConstraint(condition=Q(voice__in=[voice.value for voice in Voice]), name="answer_voice_exists"),
            models.CheckConstraint(
                condition=Q(other__in=["", *(other.value for other in Other)]), name="answer_other_exists"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=1, level__lte=4),
                name="answer_level_one_to_four",
                violation_error_message=_("A level is 1, 2, 3 or 4."),
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(other=""),
                name="answer_level_or_other",
                violation_error_message=_("Choose a level or another answer, not both."),
            ),
            models.CheckConstraint(
                condition=Q(voice=Voice.SCHOOL.value) | Q(level__isnull=False) | ~Q(other=""),
                name="answer_blank_only_for_school",
                violation_error_message=_("An officer’s answer and an agreed answer cannot be blank."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.given if self.given is not None else 'blank'} ({self.voice})"

    @property
    def given(self) -> Given | None:
        """The level or the other answer; None where only a note has been typed."""
        return given_in(self.level, self.other)

    @property
    def said(self) -> Said:
        """The answer with its texts."""
        return Said(self.given, self.reason, self.evidence)

    def say(self, said: Said) -> None:
        """Take these words (the caller saves the row)."""
        self.level = said.given if isinstance(said.given, int) else None
        self.other = said.given if isinstance(said.given, Other) else ""
        self.reason, self.evidence = said.reason, said.evidence


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are history: added, never changed."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: history is not rewritten."""
        raise TypeError("History is only added to.")


class Move(models.Model):
    """One change of an audit's state: who, when, why."""

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="moves")
    from_state = models.CharField(_("from"), max_length=20, choices=STATE_CHOICES)
    to_state = models.CharField(_("to"), max_length=20, choices=STATE_CHOICES)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [
            models.CheckConstraint(condition=~Q(from_state=F("to_state")), name="move_changes_the_state"),
        ]

    def __str__(self) -> str:
        return f"{self.audit_id}: {self.from_state} → {self.to_state}"


class ThemeScore(models.Model):
    """How a theme came out for one voice, in integers: the mean is `total / answered`."""

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="theme_scores")
    theme = models.SlugField(_("theme"), max_length=100)
    voice = models.CharField(_("voice"), max_length=10, choices=VOICE_CHOICES)
    total = models.PositiveIntegerField(_("sum of levels"))
    answered = models.PositiveIntegerField(_("statements with a level"))
    applicable = models.PositiveIntegerField(_("statements that apply"))
    band = models.CharField(_("band"), max_length=50, blank=True)
    tier = models.CharField(_("tier"), max_length=50)

    class Meta:
        verbose_name = _("theme score")
        verbose_name_plural = _("theme scores")
        constraints = [
            models.UniqueConstraint(fields=["audit", "theme", "voice"], name="theme_score_once_per_voice"),
            models.CheckConstraint(
                condition=Q(voice__in=[Voice.SCHOOL.value, Voice.AGREED.value]), name="theme_score_of_school_or_agreed"
            ),
            models.CheckConstraint(condition=Q(answered__lte=F("applicable")), name="theme_score_answered_applies"),
            models.CheckConstraint(
                condition=Q(total__gte=F("answered")) & Q(total__lte=F("answered") * 4),
                name="theme_score_total_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audit_id} {self.theme} ({self.voice}): {self.total}/{self.answered}"

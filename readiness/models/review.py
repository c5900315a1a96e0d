from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from readiness.domain.answers import Given, Other, Voice
from readiness.domain.review import OF_OFFICER, WITH_A_LEVEL, RemarkKind, Talk, Word
from readiness.domain.said import short_digest
from readiness.models.audit import Answer, AppendOnlyQuerySet, Audit

KINDS = [kind.value for kind in RemarkKind]
KINDS_WITH_A_LEVEL = [kind.value for kind in RemarkKind if kind in WITH_A_LEVEL]


class Remark(models.Model):
    """One thing that school and officer have said to each other about a statement. Only added to, never changed.

    `about` is the revision of the school's answer that it speaks of; `round` counts the times round: 1 until the audit
    is first sent back to the school. What the officer asks in a round is the school's to read once it is sent.
    """

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="remarks")
    statement = models.SlugField(_("statement"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=[(kind, kind) for kind in KINDS])
    text = models.TextField(_("text"), blank=True)
    level = models.PositiveSmallIntegerField(
        _("level"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    other = models.CharField(
        _("other answer"), max_length=20, blank=True, choices=[(other.value, other.value) for other in Other]
    )
    about = models.PositiveIntegerField(_("about revision"))
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=KINDS),
                name="remark_kind_exists",
                violation_error_message=_("A remark is a question, a suggestion, or an answer to one."),
            ),
            models.CheckConstraint(
                condition=Q(kind=RemarkKind.ACCEPTANCE.value) | ~Q(text=""),
                name="remark_says_something",
                violation_error_message=_("Write what you want to say."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=KINDS_WITH_A_LEVEL, level__isnull=False, other="")
                | (Q(kind__in=KINDS_WITH_A_LEVEL, level__isnull=True) & ~Q(other=""))
                | (~Q(kind__in=KINDS_WITH_A_LEVEL) & Q(level__isnull=True, other="")),
                name="remark_level_where_it_has_one",
                violation_error_message=_("A suggestion and its acceptance name one level, and other remarks none."),
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=1, level__lte=4),
                name="remark_level_one_to_four",
                violation_error_message=_("A level is 1, 2, 3 or 4."),
            ),
            models.CheckConstraint(
                condition=Q(other__in=["", *(other.value for other in Other)]),
                name="remark_other_exists",
                violation_error_message=_("Choose one of the answers shown."),
            ),
            models.CheckConstraint(
                condition=Q(round__gte=1),
                name="remark_round_from_one",
                violation_error_message=_("The first time round is number 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audit_id} {self.statement}: {self.kind} {self.pk}"

    @property
    def given(self) -> Given | None:
        """The level or other answer that it names; None where it names none."""
        if self.level is not None:
            return self.level
        return Other(self.other) if self.other else None

    @property
    def word(self) -> Word:
        """The remark as the rules see it."""
        return Word(RemarkKind(self.kind), self.about, self.text, self.given)


@dataclass(frozen=True)
class Conversation:
    """All rows of one audit that school and officer have written: the three voices, and the remarks in order."""

    school: Mapping[str, Answer]
    officer: Mapping[str, Answer]
    agreed: Mapping[str, Answer]
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, audit: Audit) -> "Conversation":
        """Read it: two queries, however much has been said."""
        voices: dict[str, dict[str, Answer]] = {voice.value: {} for voice in Voice}
        for row in audit.answers.select_related("by"):
            voices[row.voice][row.statement] = row
        remarks: dict[str, tuple[Remark, ...]] = {}
        for remark in audit.remarks.select_related("by").order_by("pk"):
            remarks[remark.statement] = (*remarks.get(remark.statement, ()), remark)
        return cls(voices[Voice.SCHOOL], voices[Voice.OFFICER], voices[Voice.AGREED], remarks)

    def talk(self, statement: str) -> Talk:
        """One statement's part of it, as the rules see it."""
        school, officer, agreed = (voice.get(statement) for voice in (self.school, self.officer, self.agreed))
        remarks = self.remarks.get(statement, ())
        rows = [(row.pk, row.revision) if row else 0 for row in (school, officer, agreed)]
        return Talk(
            school=school.given if school else None,
            revision=school.revision if school else 0,
            officer=officer.given if officer else None,
            officer_reason=officer.reason if officer else "",
            agreed=agreed.given if agreed else None,
            agreed_reason=agreed.reason if agreed else "",
            words=tuple(remark.word for remark in remarks),
            version=short_digest(*rows, remarks[-1].pk if remarks else 0),
        )

    def talks(self) -> dict[str, Talk]:
        """Every statement that the school has answered, by slug."""
        return {statement: self.talk(statement) for statement in self.school}

    def heard(self, statement: str) -> str:
        """Which word of the officer's is the last: the school's page carries it, to say what it replies to."""
        said = [one.pk for one in self.remarks.get(statement, ()) if RemarkKind(one.kind) in OF_OFFICER]
        return str(said[-1]) if said else ""

    def up_to_round(self, last: int) -> "Conversation":
        """What the school may read while a review goes on: nothing that has not been sent to it yet."""
        kept = {slug: tuple(one for one in remarks if one.round <= last) for slug, remarks in self.remarks.items()}
        sent = {
            slug: row
            for slug, row in self.officer.items()
            if any((one.given, one.text) == (row.given, row.reason) for one in kept.get(slug, ()))
        }
        return Conversation(self.school, sent, {}, {slug: remarks for slug, remarks in kept.items() if remarks})

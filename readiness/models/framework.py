from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, CharBlock, TextBlock
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from readiness.blocks import (
    BandBlock,
    LevelBlock,
    OtherAnswerBlock,
    OutcomeBlock,
    QuantityWordBlock,
    ThemeBlock,
    TierBlock,
    WordsBlock,
)
from readiness.domain import framework as domain
from readiness.domain.problems.asked import LONGEST_SLUG
from readiness.models import framework_document
from readiness.models.document_field import DocumentField


def _lines(label: Any, help_text: Any = "") -> StreamField:
    return StreamField(
        [("line", TextBlock(label=_("Line"), rows=2))], verbose_name=label, blank=True, help_text=help_text
    )


def _list_of(name: str, block: Block, label: Any, help_text: Any = "") -> StreamField:
    return StreamField([(name, block)], verbose_name=label, blank=True, help_text=help_text, collapsed=True)


class Framework(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """What is asked, as editors write it. Schools answer a published copy of it, never this text itself.

    Publishing it in the editor makes the text live and no version. `readiness.actions.publish_version` makes those.
    A draft with problems can be kept; it cannot be published, neither as live text nor as a version.
    """

    slug = models.SlugField(
        _("slug"),
        max_length=LONGEST_SLUG,
        unique=True,
        help_text=_("The framework’s name for ever: small letters, numbers and hyphens."),
    )
    title = models.CharField(_("title"), max_length=200)
    version_label = models.CharField(
        _("version label"),
        max_length=50,
        help_text=_(
            "What you call this wording, such as “1.1”. Published versions are numbered 1, 2, 3 by themselves."
        ),
    )
    language = models.CharField(
        _("language"), max_length=20, default="en-GB", help_text=_("The language of the wording, such as en-GB or gd.")
    )
    purpose = models.TextField(_("purpose"), help_text=_("What the audit is for, in two sentences. Schools see this."))
    originality = models.TextField(
        _("origin"), blank=True, help_text=_("Where the wording comes from, and who may use it.")
    )
    completed_by = models.TextField(_("completed by"), help_text=_("Who answers. Schools see this before they start."))
    expected_minutes = models.PositiveSmallIntegerField(
        _("expected minutes"),
        default=40,
        help_text=_("How long it takes altogether. Schools see this before they start."),
    )
    save_and_return = models.BooleanField(
        _("save and return"), default=True, help_text=_("Answers are kept, so it can be done in several sittings.")
    )
    mapping_note = models.TextField(
        _("note on the links"), blank=True, help_text=_("How to read the links to other frameworks.")
    )
    reminder = models.TextField(_("reminder"), help_text=_("Shown on every page of the audit. One or two sentences."))

    themes = _list_of("theme", ThemeBlock(), _("themes"), _("In the order in which schools see them."))

    levels = _list_of("level", LevelBlock(), _("levels"), _("Four levels, with the values 1 to 4."))
    other_answers = _list_of(
        "answer", OtherAnswerBlock(), _("other answers"), _("“Do not know yet” and “does not apply”.")
    )
    quantity_words = _list_of(
        "word", QuantityWordBlock(), _("words for how many"), _("What “most” and the like mean in every statement.")
    )
    quantity_words_note = models.TextField(_("note on the words for how many"), blank=True)
    theme_kinds = _list_of("kind", WordsBlock(), _("kinds of theme"), _("What “condition” and “starting_point” mean."))
    hgios4_keys = _list_of(
        "key", WordsBlock(), _("How good is our school? 4"), _("Quality indicators and their names.")
    )
    nurture_principles_keys = _list_of("key", WordsBlock(), _("nurture principles"))
    solihull_keys = _list_of("key", WordsBlock(), _("Solihull Approach"))
    shanarri_keys = StreamField(
        [("word", CharBlock(label=_("Word"), max_length=50))], verbose_name=_("wellbeing indicators"), blank=True
    )

    theme_score = models.TextField(_("how a theme is scored"), blank=True)
    minimum_answered = models.TextField(_("how much must be answered"), blank=True)
    blank_answers = models.TextField(_("blank answers"), blank=True)
    bands = _list_of(
        "band", BandBlock(), _("bands"), _("From lowest to highest, from 1 to 4, with no gap and no overlap.")
    )
    essential_rule = models.TextField(_("how an essential is met"), blank=True)
    no_single_total = models.TextField(_("why there is no total"), blank=True)
    outcomes = _list_of("outcome", OutcomeBlock(), _("outcomes"), _("From the best to the last."))
    outcome_notes = _lines(_("notes on the outcomes"))
    evidence_flag = models.TextField(_("when evidence is asked for"), blank=True)
    moderation = _lines(_("how school and officer agree"))
    change_over_time = models.TextField(_("what counts as a change"), blank=True)
    worked_examples = models.JSONField(
        _("worked examples"),
        default=list,
        blank=True,
        help_text=_("Made-up schools with the result that each must have."),
    )

    tiers = _list_of("tier", TierBlock(), _("tiers"), _("From the lightest support to the most."))
    theme_to_tier = _lines(_("how a theme leads to a tier"), _("The published rule, a line for each part of it."))
    limits = models.TextField(
        _("limits"), blank=True, help_text=_("How many themes may have intensive support at one time.")
    )

    may_be_unfinished = False
    """Set by the editor's form while it keeps a draft: a draft may still have problems."""

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a text that cannot be used as a framework, with a sentence for each problem. A draft may have them."""
        super().clean()
        if self.may_be_unfinished:
            return
        if found := self.problems():
            raise ValidationError([problem.sentence for problem in found])

    def problems(self) -> tuple[domain.Problem, ...]:
        """Everything that keeps this text from being published; empty when there is nothing."""
        return domain.problems(self.to_document())

    def theme_slugs(self) -> tuple[str, ...]:
        """The slugs of this text's themes, in order."""
        return tuple(child.value["slug"] for child in self.themes)

    def to_document(self) -> dict[str, Any]:
        """This text as a document, in the shape of a framework file without offers. Notes to colleagues stay behind."""
        return framework_document.written(self)

    def fill_from(self, document: domain.Document) -> None:
        """Take every word of a document, without saving. Notes to colleagues stay with their statement's slug.

        The document must have no problems. Parts of it that this model has no place for are not kept, so compare
        `to_document()` with it before saving.
        """
        framework_document.fill(self, document)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The page that shows themes and statements as a school would read them, without answering."""
        return "readiness/framework_preview.html"


class FrozenError(Exception):
    """A published framework version was about to be changed. Publish the next version instead."""


class FrameworkVersionQuerySet(models.QuerySet["FrameworkVersion"]):
    """Lists of published versions. None of them can be changed or deleted."""

    def latest_published(self) -> "FrameworkVersion | None":
        """The version that new audits use: the newest of all."""
        return self.order_by("-published_at", "-pk").first()

    def newest_digest(self) -> models.QuerySet:
        """The digest of the version that new audits use, to be asked for inside another query."""
        return self.order_by("-published_at", "-pk").values("digest")[:1]

    def framework_with(self, digest: str) -> domain.Framework:
        """The framework whose document has this digest. Asks the database once per process."""
        if digest not in _PARSED:
            self.filter(digest=digest)[0].as_framework()
        return _PARSED[digest]

    def newest_first(self) -> "FrameworkVersionQuerySet":
        """The highest number of each framework first."""
        return self.order_by("-number")

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: a published version is frozen for ever."""
        raise FrozenError("A published framework version cannot be changed. Publish the next one.")

    def delete(self) -> NoReturn:
        """Refuse: a published version is frozen for ever."""
        raise FrozenError("A published framework version cannot be deleted: audits were answered to it.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a published version is frozen for ever."""
        raise FrozenError("A published framework version cannot be changed. Publish the next one.")


# Parsed documents by digest: a version never changes, so neither does what it parses to.
_PARSED: dict[str, domain.Framework] = {}


class FrameworkVersion(models.Model):
    """A published, numbered, frozen copy of a framework."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    document = DocumentField(_("document"))
    digest = models.CharField(_("digest"), max_length=64)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = FrameworkVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("framework version")
        verbose_name_plural = _("framework versions")
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "number"],
                name="framework_version_number_once",
                violation_error_message=_("This framework already has a version of this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: a published version is frozen for ever. Raises FrozenError on any later save."""
        if self.pk is not None and not kwargs.get("force_insert"):
            raise FrozenError("A published framework version cannot be changed. Publish the next one.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a published version is frozen for ever."""
        raise FrozenError("A published framework version cannot be deleted: audits were answered to it.")

    @property
    def label(self) -> str:
        """What its writers call this wording, such as “1.0-draft”. Reads the document."""
        return self.document["framework"]["version"]

    def as_framework(self) -> domain.Framework:
        """The document as the domain knows it. Parsed once per process; `document` may be deferred."""
        if self.digest not in _PARSED:
            _PARSED[self.digest] = domain.Framework.from_document(self.document)
        return _PARSED[self.digest]

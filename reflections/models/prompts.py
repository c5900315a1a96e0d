from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from readiness.models.document_field import DocumentField
from reflections.blocks import StepBlock
from reflections.domain import prompts as domain
from reflections.domain.problems import LONGEST_SLUG
from reflections.models import prompt_document


def _lines(label: Any, help_text: Any = "") -> StreamField:
    line = CharBlock(label=_("Line"), max_length=500)
    return StreamField([("line", line)], verbose_name=label, blank=True, help_text=help_text)


def _slugs(label: Any) -> models.CharField:
    return models.CharField(label, max_length=500, help_text=_("Slugs of steps, in order, with commas between them."))


class PromptSet(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """What the reflective log asks, as editors write it. Entries are written to a published copy of it.

    Publishing it in the editor makes the text live and no version. `reflections.actions.publish_version` makes those.
    A draft with problems can be kept; it cannot be published, neither as live text nor as a version.
    """

    slug = models.SlugField(_("slug"), max_length=LONGEST_SLUG, unique=True, help_text=_("Its name for ever."))
    title = models.CharField(_("title"), max_length=200)
    version_label = models.CharField(_("version label"), max_length=50, help_text=_("What you call this wording."))
    language = models.CharField(_("language"), max_length=20, default="en-GB")
    expected_minutes = models.PositiveSmallIntegerField(_("expected minutes"), default=10)
    before_you_start = _lines(_("before you start"), _("People read these once a session, and when they change."))
    steps = StreamField([("step", StepBlock())], verbose_name=_("steps"), blank=True, collapsed=True)
    full_form = _slugs(_("steps of the full form"))
    short_form = _slugs(_("steps of the short form"))
    required_steps = _slugs(_("steps that are needed to finish"))
    meaning_private = models.CharField(_("private means"), max_length=300)
    meaning_my_reflective_group = models.CharField(_("shared with my group means"), max_length=300)
    meaning_learning_only = models.CharField(_("learning only means"), max_length=300)
    warn_lines = _lines(_("what is asked about"), _("Told to people. The rules themselves are in the product."))
    stop_lines = _lines(_("what is never kept"), _("Told to people. The rules themselves are in the product."))
    safeguarding_words = _lines(_("safeguarding words"), _("They show what to do now. Nothing is sent or kept."))
    group_prompts = _lines(_("prompts for a group"))
    ground_rules = _lines(_("ground rules of a group"))
    group_record = _lines(_("what a group writes down"))
    small_test_fields = models.JSONField(_("fields of a small test"), default=list, blank=True)

    may_be_unfinished = False
    """Set by the editor's form while it keeps a draft: a draft may still have problems."""

    class Meta:
        verbose_name = _("prompts of the log")
        verbose_name_plural = _("prompts of the log")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a text that cannot be used, with a sentence for each problem. A draft may have them."""
        super().clean()
        if not self.may_be_unfinished and (found := self.problems()):
            raise ValidationError([problem.sentence for problem in found])

    def problems(self) -> tuple[domain.Problem, ...]:
        """Everything that keeps this text from being published; empty when there is nothing."""
        return domain.problems(self.to_document())

    def to_document(self) -> dict[str, Any]:
        """This text as a document, in the shape of its file."""
        return prompt_document.written(self)

    def fill_from(self, document: domain.Document) -> None:
        """Take every word of a document without problems, without saving."""
        prompt_document.fill(self, document)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The page that shows the steps as a member of staff would read them."""
        return "reflections/prompts_preview.html"


class FrozenError(Exception):
    """A published version was about to be changed. Publish the next version instead."""


class PromptsVersionQuerySet(models.QuerySet["PromptsVersion"]):
    """Lists of published versions. None of them can be changed or deleted."""

    def latest_published(self) -> "PromptsVersion | None":
        """The version that new entries are written to."""
        return self.order_by("-published_at", "-pk").first()

    def newest_first(self) -> "PromptsVersionQuerySet":
        """The highest number first."""
        return self.order_by("-number")

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: a published version is frozen for ever."""
        raise FrozenError("Published prompts cannot be changed. Publish the next version.")

    def delete(self) -> NoReturn:
        """Refuse: a published version is frozen for ever."""
        raise FrozenError("Published prompts cannot be deleted: entries were written to them.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a published version is frozen for ever."""
        raise FrozenError("Published prompts cannot be changed. Publish the next version.")


# Parsed documents by digest: a version never changes, so neither does what it parses to.
_PARSED: dict[str, domain.Prompts] = {}


class PromptsVersion(models.Model):
    """A published, numbered, frozen copy of the prompts."""

    prompt_set = models.ForeignKey(PromptSet, models.PROTECT, related_name="versions")
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

    objects = PromptsVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the prompts")
        verbose_name_plural = _("versions of the prompts")
        constraints = [
            models.UniqueConstraint(
                fields=["prompt_set", "number"],
                name="prompts_version_number_once",
                violation_error_message=_("These prompts already have a version of this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prompt_set}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only. Raises FrozenError on any later save."""
        if self.pk is not None and not kwargs.get("force_insert"):
            raise FrozenError("Published prompts cannot be changed. Publish the next version.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a published version is frozen for ever."""
        raise FrozenError("Published prompts cannot be deleted: entries were written to them.")

    @property
    def label(self) -> str:
        """What its writers call this wording."""
        return self.document["reflection"]["version"]

    def as_prompts(self) -> domain.Prompts:
        """The document as the domain knows it. Parsed once per process; `document` may be deferred."""
        if self.digest not in _PARSED:
            _PARSED[self.digest] = domain.Prompts.from_document(self.document)
        return _PARSED[self.digest]

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from reflections.domain.prompts import HAPPENED_ON, NO_NAMES, VISIBILITY, Form, Prompts, Step
from reflections.domain.said import TERM, TICKED, rating_name, ratings_of, texts_of
from reflections.domain.states import EntryState, Moment, TagKind
from reflections.domain.visibility import Visibility
from reflections.models.prompts import PromptsVersion
from schools.models import School, Session, Term
from schools.permissions import Permission
from sealed.fields import SealedText

FORMS = [form.value for form in Form]
STATES = [state.value for state in EntryState]
VISIBILITIES = [visibility.value for visibility in Visibility]
MOMENTS = [moment.value for moment in Moment]
TAG_KINDS = [kind.value for kind in TagKind]


def _choices(values: list[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class EntryQuerySet(models.QuerySet["Entry"]):
    """Lists of entries, in the words of the domain."""

    def visible_to(self, user) -> "EntryQuerySet":
        """Those that this person may read as a whole: their own, and what a group of theirs has been given.

        No role opens an entry, and a superuser sees no more than anybody. Of a group, those read it who were in it
        when it was shared, are in it still, and work at its school.
        """
        if not user.is_authenticated:
            return self.none()
        own_schools = School.objects.where(user, Permission.WRITE_REFLECTION)
        shared = Q(
            group_share__group__members__user=user,
            group_share__group__members__left__isnull=True,
            group_share__group__members__joined__lte=F("group_share__shared_at"),
            group_share__group__school__in=own_schools.values("pk"),
        )
        return self.filter(Q(author=user) | Q(pk__in=Entry.objects.filter(shared).values("pk")))

    def of(self, user) -> "EntryQuerySet":
        """This person's own."""
        return self.filter(author=user) if user.is_authenticated else self.none()

    def finished(self) -> "EntryQuerySet":
        """Those that their authors have finished."""
        return self.filter(state=EntryState.FINISHED.value)

    def drafts(self) -> "EntryQuerySet":
        """Those that are not finished."""
        return self.filter(state=EntryState.DRAFT.value)

    def newest_first(self) -> "EntryQuerySet":
        """By term, then by the day that they are about, newest first. What has no term stands first."""
        return self.order_by(F("term__starts").desc(nulls_first=True), F("happened_on").desc(nulls_last=True), "-pk")

    def with_context(self) -> "EntryQuerySet":
        """With what every page of an entry shows; the document of its prompts only when needed."""
        return self.select_related("school", "term__session", "prompts_version", "author", "follows").defer(
            "prompts_version__document"
        )


class Entry(models.Model):
    """One reflection of one person. Its texts are rows of their own, sealed (`EntryText`)."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="entries")
    school = models.ForeignKey(School, models.PROTECT, related_name="entries")
    # Terms come and go with the council's dates. An entry outlives them, and is placed anew (`place_in_terms`).
    term = models.ForeignKey(Term, models.SET_NULL, null=True, blank=True, related_name="entries")
    term_set_by_hand = models.BooleanField(_("the author chose the term"), default=False)
    prompts_version = models.ForeignKey(PromptsVersion, models.PROTECT, related_name="entries")
    form = models.CharField(_("form"), max_length=10, choices=_choices(FORMS))
    state = models.CharField(_("state"), max_length=10, choices=_choices(STATES), default=EntryState.DRAFT.value)
    visibility = models.CharField(
        _("who can read it"), max_length=30, choices=_choices(VISIBILITIES), default=Visibility.PRIVATE.value
    )
    # What the author ticked in the last step. It opens nothing: sharing is an act of its own.
    wished = models.CharField(
        _("wished visibility"), max_length=30, choices=_choices(VISIBILITIES), default=Visibility.PRIVATE.value
    )
    no_names_checked = models.BooleanField(_("nobody can be identified from it"), default=False)
    happened_on = models.DateField(_("when it was"), null=True, blank=True)
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")
    started_at = models.DateTimeField(_("started at"))
    edited_at = models.DateTimeField(_("last changed at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    warned_at = models.DateTimeField(_("first told that it will be deleted"), null=True, blank=True)
    warned_again_at = models.DateTimeField(_("told again"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [
            models.Index(fields=["author", "state"], name="entry_by_author"),
            models.Index(fields=["school", "term", "state", "author"], name="entry_counted"),
            models.Index(fields=["edited_at"], name="entry_by_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=FORMS),
                name="entry_form_exists",
                violation_error_message=_("Choose the full or the short form."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=STATES),
                name="entry_state_exists",
                violation_error_message=_("An entry is a draft, or it is finished."),
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=VISIBILITIES),
                name="entry_visibility_exists",
                violation_error_message=_("Choose who can read this entry."),
            ),
            models.CheckConstraint(
                condition=Q(wished__in=VISIBILITIES),
                name="entry_wished_exists",
                violation_error_message=_("Choose who should read this entry."),
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.DRAFT.value, finished_at__isnull=True)
                | Q(state=EntryState.FINISHED.value, finished_at__isnull=False),
                name="entry_finished_at_when_finished",
                violation_error_message=_("A finished entry says when it was finished, and a draft does not."),
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.DRAFT.value) | Q(no_names_checked=True),
                name="entry_finished_without_names",
                violation_error_message=_("Tick that nobody can be identified before you finish."),
            ),
            models.CheckConstraint(
                condition=Q(visibility=Visibility.PRIVATE.value) | Q(state=EntryState.FINISHED.value),
                name="entry_draft_is_private",
                violation_error_message=_("A draft is private. Finish it before you share it."),
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("pk")),
                name="entry_does_not_follow_itself",
                violation_error_message=_("An entry follows another one, not itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"Entry {self.pk}"  # of nobody: this stands in logs and error reports

    @cached_property
    def prompts(self) -> Prompts:
        """The prompts that it was written to."""
        return self.prompts_version.as_prompts()

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its steps, in order."""
        return self.prompts.steps_of(Form(self.form))

    @property
    def is_finished(self) -> bool:
        """Whether its author has finished it."""
        return self.state == EntryState.FINISHED

    @cached_property
    def texts_by_slug(self) -> dict[str, str]:
        """What was written, by prompt. One query, and only for those who may read it."""
        return {text.prompt: text.text for text in self.texts.all()}

    def missing(self) -> list[Step]:
        """The needed steps whose text is still empty."""
        needed = [step for step in self.steps if step.slug in self.prompts.required_steps and step.has_text]
        return [step for step in needed if not self.texts_by_slug.get(step.slug)]

    def said(self, step: Step) -> dict[str, str]:
        """What has been said in a step, by the name of each thing asked (domain/said.py)."""
        found = {name: self.texts_by_slug.get(name, "") for name in texts_of(step)}
        found |= {field.slug: self._on_the_entry(field.slug) for field in step.fields if field.slug not in found}
        if HAPPENED_ON in found:
            found[TERM] = str(self.term_id or "") if self.term_set_by_hand else ""
        if step.confidence is not None:
            rated = {(rating.item, rating.moment): str(rating.value) for rating in self.ratings.all()}
            found |= {rating_name(item, moment): rated.get((item, moment), "") for item, moment in ratings_of(step)}
        return found

    def _on_the_entry(self, name: str) -> str:
        """What is remembered in columns and tags, not in texts."""
        if name == HAPPENED_ON:
            return self.happened_on.isoformat() if self.happened_on else ""
        if name == VISIBILITY:
            return self.wished
        if name == NO_NAMES:
            return TICKED if self.no_names_checked else ""
        return ",".join(sorted(tag.slug for tag in self.tags.all() if tag.kind == name))

    def forget_what_was_read(self) -> None:
        """Read the texts, ratings and tags anew when they are next asked for."""
        self.__dict__.pop("texts_by_slug", None)
        self._prefetched_objects_cache = {}


class EntryText(models.Model):
    """What was written to one prompt, sealed: the step's text, or a field's answer. An empty one has no row."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="texts")
    prompt = models.SlugField(_("prompt"), max_length=50)
    text = SealedText(_("text, sealed"))

    class Meta:
        verbose_name = _("text of an entry")
        verbose_name_plural = _("texts of entries")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "prompt"],
                name="entry_text_once_per_prompt",
                violation_error_message=_("This entry already has a text for this prompt."),
            ),
        ]

    def __str__(self) -> str:
        return f"Entry {self.entry_id}: {self.prompt}"


class Confidence(models.Model):
    """How confident the author was in one thing, from 1 to 5, at one moment."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="ratings")
    item = models.SlugField(_("item"), max_length=50)
    moment = models.CharField(_("moment"), max_length=10, choices=_choices(MOMENTS))
    value = models.PositiveSmallIntegerField(_("value"))

    class Meta:
        verbose_name = _("confidence rating")
        verbose_name_plural = _("confidence ratings")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "item", "moment"],
                name="confidence_once_per_item_and_moment",
                violation_error_message=_("This has been rated already."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=1, value__lte=5),
                name="confidence_from_1_to_5",
                violation_error_message=_("Choose one of the five."),
            ),
            models.CheckConstraint(
                condition=Q(moment__in=MOMENTS),
                name="confidence_moment_exists",
                violation_error_message=_("Confidence is rated going in, and now."),
            ),
        ]

    def __str__(self) -> str:
        return f"Entry {self.entry_id}: {self.item}, {self.moment}"


class Tag(models.Model):
    """A theme, a nurture principle or a Solihull idea that an entry has to do with."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="tags")
    kind = models.CharField(_("kind"), max_length=20, choices=_choices(TAG_KINDS))
    slug = models.CharField(_("slug"), max_length=80)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "kind", "slug"],
                name="tag_once_per_entry",
                violation_error_message=_("This entry has this tag already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TAG_KINDS),
                name="tag_kind_exists",
                violation_error_message=_("A tag is a theme, a principle or a Solihull idea."),
            ),
        ]

    def __str__(self) -> str:
        return f"Entry {self.entry_id}: {self.kind} {self.slug}"


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Who has read what stands before the log."""

    def has_read(self, user, *, session: Session | None, digest: str) -> bool:
        """Whether this person has read these very lines in this session."""
        return self.filter(user=user, session=session, lines_digest=digest).exists()

    def record(self, user, *, session: Session | None, digest: str, now: datetime) -> None:
        """Remember that they have."""
        self.get_or_create(user=user, session=session, lines_digest=digest, defaults={"at": now})


class Reading(models.Model):
    """Somebody has read the lines before the log: once a session, and again when they change."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="+")
    lines_digest = models.CharField(_("digest of the lines"), max_length=64)
    at = models.DateTimeField(_("at"))

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of the lines before the log")
        verbose_name_plural = _("readings of the lines before the log")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "session", "lines_digest"],
                name="reading_once_per_session",
                violation_error_message=_("This has been read already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.session}"

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reflections.domain.states import ExampleState, Opened
from reflections.models.entries import Entry
from schools.models import School, Term
from schools.permissions import Permission
from sealed.fields import SealedJSON, SealedText

OPENED = [opened.value for opened in Opened]
EXAMPLE_STATES = [state.value for state in ExampleState]


class LearningQuerySet(models.QuerySet["SharedLearning"]):
    """Lists of shared learning."""

    def visible_to(self, user) -> "LearningQuerySet":
        """That of the schools whose learning this person's role opens, and their own."""
        if not user.is_authenticated:
            return self.none()
        theirs = School.objects.where(user, Permission.SEE_LEARNING)
        return self.filter(Q(entry__author=user) | Q(school__in=theirs.values("pk")))

    def newest_first(self) -> "LearningQuerySet":
        """What was shared last, first."""
        return self.order_by("-shared_at", "-pk")


class SharedLearning(models.Model):
    """“So what?” and “Now what?” of an entry, in the very words that the author confirmed. No name stands with it.

    Withdrawing it deletes this row. When the entry goes, it goes too, unless the author said that it may stay.
    """

    entry = models.OneToOneField(Entry, models.SET_NULL, null=True, blank=True, related_name="learning")
    school = models.ForeignKey(School, models.PROTECT, related_name="shared_learning")
    term = models.ForeignKey(Term, models.SET_NULL, null=True, blank=True, related_name="+")
    words = SealedJSON(_("the words by prompt, sealed"), default=dict)
    shared_at = models.DateTimeField(_("shared at"))
    may_stay = models.BooleanField(_("may stay without its entry"), default=False)

    objects = LearningQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared learning")
        verbose_name_plural = _("shared learning")
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False) | Q(may_stay=True),
                name="shared_learning_stays_only_if_it_may",
                violation_error_message=_("Learning stays without its entry only where the author said so."),
            ),
        ]

    def __str__(self) -> str:
        return f"Learning {self.pk} of {self.school}"


class ExampleQuerySet(models.QuerySet["Example"]):
    """Lists of practice examples."""

    def visible_to(self, user) -> "ExampleQuerySet":
        """Published ones for everybody with a role; before that for the author, and for those whose turn it is."""
        if not user.is_authenticated:
            return self.none()
        agreeing = School.objects.where(user, Permission.AGREE_EXAMPLE)
        publishing = School.objects.where(user, Permission.PUBLISH_EXAMPLE)
        has_a_role = School.objects.visible_to(user)
        return self.filter(
            Q(entry__author=user)
            | Q(school__in=agreeing.values("pk"))
            | Q(school__in=publishing.values("pk"), state__in=[ExampleState.AGREED, ExampleState.PUBLISHED])
            | (Q(state=ExampleState.PUBLISHED) & models.Exists(has_a_role.values("pk")))
        )

    def published(self) -> "ExampleQuerySet":
        """Those that everybody with a role can read."""
        return self.filter(state=ExampleState.PUBLISHED.value)

    def newest_first(self) -> "ExampleQuerySet":
        """What was proposed last, first."""
        return self.order_by("-proposed_at", "-pk")


class Example(models.Model):
    """A practice example on its way. Each step has a name and a time. The author may take it back at any of them."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="example")
    school = models.ForeignKey(School, models.PROTECT, related_name="practice_examples")
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=[(state, state) for state in EXAMPLE_STATES],
        default=ExampleState.PROPOSED.value,
    )
    proposed = SealedText(_("the author's words, sealed"))
    published = SealedText(_("the published words, sealed"), default="")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"))
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    officer_at = models.DateTimeField(_("officer agreed at"), null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = ExampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice example")
        verbose_name_plural = _("practice examples")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EXAMPLE_STATES), name="example_state_exists"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="example_agreed_at_and_by",
                violation_error_message=_("Say who agreed, and when."),
            ),
            models.CheckConstraint(
                condition=Q(officer_at__isnull=True, officer__isnull=True)
                | Q(officer_at__isnull=False, officer__isnull=False),
                name="example_officer_and_when",
                violation_error_message=_("Say which officer agreed, and when."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="example_published_at_and_by",
                violation_error_message=_("Say who published it, and when."),
            ),
            models.CheckConstraint(
                condition=Q(state=ExampleState.PROPOSED.value, agreed_at__isnull=True, published_at__isnull=True)
                | Q(state=ExampleState.AGREED.value, agreed_at__isnull=False, published_at__isnull=True)
                | Q(state=ExampleState.PUBLISHED.value, agreed_at__isnull=False, published_at__isnull=False),
                name="example_one_step_after_another",
                violation_error_message=_("The head agrees to an example before it is published."),
            ),
        ]

    def __str__(self) -> str:
        return f"Practice example {self.pk}"


class Opening(models.Model):
    """Somebody else has opened an entry, or what is shared of it. The author sees every one."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    what = models.CharField(_("what"), max_length=20, choices=[(opened, opened) for opened in OPENED])

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=OPENED),
                name="opening_of_something",
                violation_error_message=_("Say what was opened."),
            ),
        ]

    def __str__(self) -> str:
        return f"Entry {self.entry_id} opened by {self.by}"


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    """Lists of exceptional access."""

    def visible_to(self, user) -> "BreakGlassQuerySet":
        """That of the schools for which this person may ask or agree."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(entry__school__in=School.objects.where(user, Permission.BREAK_GLASS).values("pk"))

    def open(self, now: datetime) -> "BreakGlassQuerySet":
        """That under which an entry can be read at `now`: two people have agreed, and its day is not over."""
        return self.filter(agreed_at__isnull=False, ends_at__gt=now)

    def told_to_author(self) -> "BreakGlassQuerySet":
        """What the author is told of: everything that was agreed, unless two people recorded why not."""
        return self.filter(agreed_at__isnull=False, untold_because="")


class BreakGlass(models.Model):
    """One private entry opened for a day by two people, for a reason. The author is told, or they record why not."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="broken_glass")
    reason = models.TextField(_("reason"))
    untold_because = models.TextField(_("why the author is not told"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        verbose_name = _("exceptional access")
        verbose_name_plural = _("exceptional access")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="break_glass_has_a_reason",
                violation_error_message=_("Write down the reason."),
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")),
                name="break_glass_needs_two_people",
                violation_error_message=_("Somebody else than who asked must agree."),
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True, ends_at__isnull=True)
                | Q(
                    agreed_at__isnull=False,
                    agreed_by__isnull=False,
                    ends_at__isnull=False,
                    ends_at__gt=F("agreed_at"),
                ),
                name="break_glass_ends",
                violation_error_message=_("Access that was agreed says by whom, when, and when it ends."),
            ),
        ]

    def __str__(self) -> str:
        return f"Exceptional access {self.pk}"

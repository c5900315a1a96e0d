from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from readiness.models import FrameworkVersion
from schools.permissions import Permission, has_anywhere
from support.models.kept import Kept, KeptQuerySet


def concerns(user) -> bool:
    """Whether somebody reviews audits, or oversees those who do: rounds and rulings are theirs."""
    return has_anywhere(user, Permission.SEE_SUBMITTED_AUDIT)


class RoundQuerySet(models.QuerySet["Round"]):
    """Lists of rounds."""

    def visible_to(self, user) -> "RoundQuerySet":
        """All of them for officers and co-ordinators, none for others."""
        return self if concerns(user) else self.none()

    def open(self, day: date) -> "RoundQuerySet":
        """Those in which officers rate on `day`."""
        return self.filter(opens__lte=day, closes__gte=day)

    def over(self, day: date) -> "RoundQuerySet":
        """Those that have closed before `day`: now what was rated is told, of no one person."""
        return self.filter(closes__lt=day)

    def newest_first(self) -> "RoundQuerySet":
        """The one that opens last, first."""
        return self.order_by("-opens", "-pk")


class Round(models.Model):
    """A few weeks in which every officer rates the same vignettes, blind. Twice a year is enough."""

    version = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="+")
    opens = models.DateField(_("opens"))
    closes = models.DateField(_("last day"))
    planned_at = models.DateTimeField(_("planned at"))
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")),
                name="round_opens_before_it_closes",
                violation_error_message=_("A round opens before its last day. Check the two dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opens:%B %Y}"

    def is_open(self, day: date) -> bool:
        """Whether officers rate on `day`."""
        return self.opens <= day <= self.closes

    def is_over(self, day: date) -> bool:
        """Whether it has closed before `day`."""
        return self.closes < day


class VignetteQuerySet(models.QuerySet["Vignette"]):
    """Lists of vignettes."""

    def visible_to(self, user) -> "VignetteQuerySet":
        """Those of the rounds that this person sees."""
        return self.filter(round__in=Round.objects.visible_to(user))

    def in_order(self) -> "VignetteQuerySet":
        """By the place in their round."""
        return self.order_by("round", "order")


class Vignette(models.Model):
    """A short description of an invented school, and the statements to rate it on."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="vignettes")
    order = models.PositiveSmallIntegerField(_("place"))
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("text"))
    statements = models.JSONField(_("statements"), default=list)  # slugs, in the framework's order

    objects = VignetteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vignette")
        verbose_name_plural = _("vignettes")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "order"],
                name="vignette_one_in_each_place",
                violation_error_message=_("Another vignette of this round has this place."),
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""),
                name="vignette_says_something",
                violation_error_message=_("A vignette has a title and a text."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse statements that the round's framework does not have, and none at all."""
        super().clean()
        known = self.round.version.as_framework().positions
        if not self.statements or not all(slug in known for slug in self.statements):
            raise ValidationError(_("Choose the statements that this vignette says something about."))


class RatingQuerySet(models.QuerySet["Rating"]):
    """Lists of ratings."""

    def visible_to(self, user) -> "RatingQuerySet":
        """A person's own. Nobody reads anybody else's, not even when the round is over."""
        return self.filter(officer=user) if user.is_authenticated else self.none()


class Rating(models.Model):
    """The level that one officer gives one statement of one vignette."""

    vignette = models.ForeignKey(Vignette, models.PROTECT, related_name="ratings")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ratings")
    statement = models.SlugField(_("statement"), max_length=100)
    level = models.PositiveSmallIntegerField(_("level"), validators=[MinValueValidator(1), MaxValueValidator(4)])
    at = models.DateTimeField(_("at"))

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "vignette", "statement"],
                name="rating_once_per_officer_and_statement",
                violation_error_message=_("You have rated this statement already. Change your rating."),
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=4),
                name="rating_level_one_to_four",
                violation_error_message=_("A level is 1, 2, 3 or 4."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.level}"


class DecisionQuerySet(KeptQuerySet):
    """The library of rulings."""

    def visible_to(self, user) -> "DecisionQuerySet":
        """All of it for officers and co-ordinators, none for others."""
        return self if concerns(user) else self.none()

    def about(self, statement: str) -> "DecisionQuerySet":
        """Those on one statement."""
        return self.filter(statement=statement)

    def with_words(self, words: list[str], *, statements: dict[str, str]) -> "DecisionQuerySet":
        """Those in which every word is found: in the situation, the ruling, or the statement's own text (by slug)."""
        found = self
        for word in words:
            slugs = [slug for slug, text in statements.items() if word.casefold() in text.casefold()]
            said = Q(situation__icontains=word) | Q(ruling__icontains=word)
            found = found.filter(said | Q(statement__in=slugs))
        return found

    def newest_first(self) -> "DecisionQuerySet":
        """The ruling made last comes first: it is the one that holds."""
        return self.order_by("-at", "-pk")


class Decision(Kept):
    """A ruling: how a statement is read in a certain situation. A later one may say otherwise; none is taken back."""

    statement = models.SlugField(_("statement"), max_length=100)
    situation = models.TextField(_("situation"))
    ruling = models.TextField(_("ruling"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("ruling")
        verbose_name_plural = _("rulings")
        constraints = [
            models.CheckConstraint(
                condition=~Q(statement="") & ~Q(situation="") & ~Q(ruling=""),
                name="decision_says_something",
                violation_error_message=_("A ruling names its statement, the situation, and what was decided."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.ruling[:60]}"

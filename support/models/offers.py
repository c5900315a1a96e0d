from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from readiness.models import Framework


class Tier(models.TextChoices):
    """How much support, lightest first."""

    UNIVERSAL = "universal", _("Universal")
    TARGETED = "targeted", _("Targeted")
    INTENSIVE = "intensive", _("Intensive")


class OfferQuerySet(models.QuerySet["Offer"]):
    """Lists of offers. Offers are public, so there is no `visible_to`: anyone may read what help there is."""

    def current(self) -> "OfferQuerySet":
        """Those that a school may be given now: not retired."""
        return self.filter(retired_at__isnull=True)

    def of_framework(self, slug: str) -> "OfferQuerySet":
        """Those that belong to the framework of this slug."""
        return self.filter(framework__slug=slug)

    def for_theme_and_tier(self, theme: str, tier: str) -> "OfferQuerySet":
        """Those for one theme (its slug) at one tier (its key)."""
        return self.filter(theme=theme, tier=tier)

    def in_order(self) -> "OfferQuerySet":
        """By theme, then tier from the lightest, then the place each was given."""
        lightest_first = models.Case(*(models.When(tier=tier, then=place) for place, tier in enumerate(Tier)))
        return self.order_by("theme", lightest_first, "order", "code")

    def with_pages(self) -> "OfferQuerySet":
        """With the page that describes each, where there is one."""
        return self.select_related("page")

    def by_theme_and_tier(self) -> dict[tuple[str, str], list["Offer"]]:
        """Theme slug and tier key -> its offers in order. One query for a whole results page."""
        found: dict[tuple[str, str], list[Offer]] = {}
        for offer in self.in_order().with_pages():
            found.setdefault((offer.theme, offer.tier), []).append(offer)
        return found


class Offer(models.Model):
    """A named help that goes with a theme at a tier. It is public. Once in use it is retired, never deleted."""

    code = models.SlugField(
        _("code"), max_length=50, unique=True, help_text=_("A short name for ever, such as lp-u1. Plans refer to it.")
    )
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="offers", verbose_name=_("framework"))
    theme = models.SlugField(_("theme"), max_length=100, help_text=_("The slug of the theme that it helps with."))
    tier = models.CharField(_("tier"), max_length=20, choices=Tier.choices)
    order = models.PositiveIntegerField(
        _("place"), default=1, help_text=_("1 comes first among the offers of this theme and tier.")
    )
    title = models.CharField(_("title"), max_length=255, help_text=_("What a school gets, in a few plain words."))
    provided_by = models.CharField(_("provided by"), max_length=255)
    amount = models.CharField(
        _("amount"), max_length=255, help_text=_("How much and how often, such as “2 meetings of 1 hour”.")
    )
    # An offer stands without its page, and a page may be deleted: the offer then goes without a link.
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page"),
        help_text=_("The page that says more about it, where there is one."),
    )
    retired_at = models.DateTimeField(
        _("retired at"),
        null=True,
        blank=True,
        help_text=_("When it stopped being offered. Plans that hold it keep it. Leave it empty while it is offered."),
    )
    loaded_digest = models.CharField(
        _("loaded from a file as"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_(
            "What the file last said about it, so that loading the same file again leaves an editor’s changes alone."
        ),
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.CheckConstraint(
                condition=Q(tier__in=Tier.values),
                name="offer_tier_exists",
                violation_error_message=_("Choose a tier: universal, targeted or intensive."),
            ),
            models.CheckConstraint(
                condition=Q(order__gte=1),
                name="offer_order_from_one",
                violation_error_message=_("Places begin at 1."),
            ),
            models.UniqueConstraint(
                fields=["framework", "theme", "tier", "order"],
                condition=Q(retired_at__isnull=True),
                name="offer_one_in_each_place",
                violation_error_message=_(
                    "Another offer of this theme and tier has this place. Choose the next free one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"

    def clean(self) -> None:
        """Refuse a theme that the framework does not have."""
        super().clean()
        if self.framework_id and self.theme not in self.framework.theme_slugs():
            sentence = _("The framework has no theme “%(theme)s”. Use the slug of one of its themes.")
            raise ValidationError({"theme": ValidationError(sentence, params={"theme": self.theme})})

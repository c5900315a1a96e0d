"""The help that schools need, against the places that there are: for a locality, and for the whole partnership."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from readiness.domain.answers import Voice
from readiness.domain.framework import Framework
from readiness.domain.states import AuditState
from readiness.models import Audit, FrameworkVersion, ThemeScore
from schools.models import School, Term
from support.domain.demand import Need, Queue, queue
from support.models import Capacity, Offer

Key = tuple[str, str]
"""A theme's slug and a tier's key."""


@dataclass(frozen=True)
class OfferDemand:
    """One offer with its queue, those of it who are the reader's own, and who of these waits in which place."""

    offer: Offer
    queue: Queue
    own: tuple[Need, ...]
    own_waiting: tuple[tuple[int, Need], ...]


@dataclass(frozen=True)
class ThemeDemand:
    """The offers of one theme."""

    slug: str
    title: str
    offers: Sequence[OfferDemand]


@dataclass(frozen=True)
class Demand:
    """All offers by theme, and those of them that are short this term."""

    term: Term | None
    next_term: Term | None
    themes: Sequence[ThemeDemand]

    @property
    def short(self) -> list[OfferDemand]:
        """What has fewer places than schools that need it, in the order of the themes."""
        return [one for theme in self.themes for one in theme.offers if one.queue.now.short]


def terms(today: date) -> tuple[Term | None, Term | None]:
    """The term under way (in a gap, the one that comes) and the one after it."""
    coming = [*Term.objects.filter(ends__gte=today).order_by("starts", "pk").select_related("session")[:2], None, None]
    return coming[0], coming[1]


def of_schools(schools: QuerySet[School] | None, *, today: date) -> Demand:
    """The demand for every current offer; `schools` are the reader's own, None where all are. Six queries at most."""
    version = FrameworkVersion.objects.defer("document").latest_published()
    term, next_term = terms(today)
    if version is None:
        return Demand(term, next_term, ())
    framework = version.as_framework()
    own = None if schools is None else set(schools.values_list("pk", flat=True))
    needs = _needs(framework)
    places = _places(term, next_term)
    offers = Offer.objects.current().of_framework(framework.slug).by_theme_and_tier()
    themes = [
        ThemeDemand(
            theme.slug,
            theme.title,
            [
                _offer_demand(offer, needs.get((theme.slug, tier.key), ()), places, own)
                for tier in framework.tiers
                for offer in offers.get((theme.slug, tier.key), [])
            ],
        )
        for theme in framework.themes
    ]
    return Demand(term, next_term, themes)


def _offer_demand(
    offer: Offer, needs: Iterable[Need], places: dict[int, tuple[int | None, int | None]], own: set[int] | None
) -> OfferDemand:
    now, later = places.get(offer.pk, (None, None))
    line = queue(needs, places=now, places_later=later)
    mine = tuple(need for need in line.line if own is None or need.school in own)
    waiting = tuple(
        (place, need) for place, need in enumerate(line.waiting, start=1) if own is None or need.school in own
    )
    return OfferDemand(offer, line, mine, waiting)


def _needs(framework: Framework) -> dict[Key, list[Need]]:
    """Who needs what: the tier of each theme in each school's newest submitted audit. One query.

    A plan's tier, where it was agreed to be another one, and the offers that a school has had already, belong here.
    """
    newest = Audit.objects.current().filter(school=OuterRef("pk"), submitted_at__isnull=False).order_by("-pk")
    chosen = School.objects.running().annotate(newest=Subquery(newest.values("pk")[:1])).values("newest")
    is_agreed = Q(audit__state=AuditState.AGREED)
    scores = (
        ThemeScore.objects.filter(audit__in=chosen)
        .filter(is_agreed & Q(voice=Voice.AGREED) | ~is_agreed & Q(voice=Voice.SCHOOL))
        .values_list(
            "theme",
            "tier",
            "audit__school",
            "audit__school__name",
            "audit__school__locality",
            "audit__submitted_at",
            "audit__agreed_at",
        )
    )
    found: dict[Key, list[Need]] = {}
    for theme, tier, *school in scores:
        found.setdefault((theme, tier), []).append(Need(*school))
    return found


def _places(term: Term | None, next_term: Term | None) -> dict[int, tuple[int | None, int | None]]:
    entered: dict[int, dict[Any, int]] = {}
    for offer, of, places in Capacity.objects.filter(term__in=[one for one in (term, next_term) if one]).values_list(
        "offer", "term", "places"
    ):
        entered.setdefault(offer, {})[of] = places
    keys = [one.pk if one else None for one in (term, next_term)]
    return {offer: (of.get(keys[0]), of.get(keys[1])) for offer, of in entered.items()}


def theme_titles() -> dict[str, str]:
    """Slug -> title of the newest framework's themes."""
    version = FrameworkVersion.objects.defer("document").latest_published()
    return {theme.slug: theme.title for theme in version.as_framework().themes} if version else {}

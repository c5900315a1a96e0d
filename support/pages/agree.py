"""What the pages of agreeing show, built from the proposal, ready for templates that only loop."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.domain.framework import Tier
from readiness.domain.states import AuditState
from support.domain.draft import DraftStep, DraftTheme
from support.models import Offer, PlanDraft
from support.plan_words import LACKS, moves_words, why_tier
from support.proposals import Proposal
from support.sentences import date_words, number_words


@dataclass(frozen=True)
class StepLine:
    """One step as it is read. `place` is where it stands among those of its theme, from 0."""

    place: int
    text: str
    who: str
    due: str
    moves: str


@dataclass(frozen=True)
class ThemeLine:
    """One theme of the plan as it stands."""

    slug: str
    title: str
    tier_key: str
    tier: str
    calculated: str
    differs: bool
    reason: str
    review_on: str
    offers: tuple[str, ...]
    steps: tuple[StepLine, ...]
    lacks: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class OfferGroup:
    """The help of one tier, to choose from. It is folded away where nothing of it is chosen, or likely to be."""

    tier: Tier
    offers: tuple[Offer, ...]
    is_folded: bool


def not_yet(proposal: Proposal) -> str:
    """Why the plan can be prepared but not agreed yet; "" when nothing stands in the way."""
    if proposal.audit.state == AuditState.IN_REVIEW:
        return _("The review is not finished yet. Prepare the plan here if you like, and agree it when it is.")
    if not proposal.unsettled:
        return ""
    return ngettext(
        "On one statement you and the school still differ. The programme co-ordinator records the agreed level first.",
        "On %(number)s statements you and the school still differ. The programme co-ordinator records the agreed "
        "levels first.",
        len(proposal.unsettled),
    ) % {"number": number_words(len(proposal.unsettled))}


def theme_url(proposal: Proposal, theme: str) -> str:
    """The page on which a theme is agreed."""
    return reverse("agree_theme", args=[proposal.audit.pk, theme])


def theme_lines(proposal: Proposal) -> list[ThemeLine]:
    """Every theme as it stands, in framework order."""
    return [_theme_line(proposal, slug) for slug in proposal.chosen]


def _theme_line(proposal: Proposal, slug: str) -> ThemeLine:
    draft, result = proposal.chosen[slug], proposal.tier(slug)
    day = proposal.review_on(slug)
    titles = {offer.code: offer.title for offer in proposal.offers_of(slug)}
    return ThemeLine(
        slug=slug,
        title=result.theme.title,
        tier_key=draft.tier,
        tier=proposal.framework.tier(draft.tier).label,
        calculated=result.tier.label,
        differs=draft.tier != result.tier.key,
        reason=proposal.reason(slug),
        review_on=date_words(day) if day else "",
        offers=tuple(titles[code] for code in draft.offers),
        steps=step_lines(proposal, draft.steps),
        lacks=tuple(str(LACKS[problem.lack]) for problem in proposal.problems if problem.theme == slug),
        url=theme_url(proposal, slug),
    )


def step_lines(proposal: Proposal, steps: tuple[DraftStep, ...]) -> tuple[StepLine, ...]:
    """The steps of a theme as they are read."""
    return tuple(
        StepLine(
            place=place,
            text=step.text,
            who=step.who,
            due=date_words(step.due_on),
            moves=moves_words(proposal.framework, step.statement, step.level),
        )
        for place, step in enumerate(steps)
    )


def their_words(proposal: Proposal, theirs: PlanDraft | None) -> str:
    """What somebody else saved for a theme meanwhile, to stand beside what was typed."""
    if theirs is None:
        return ""
    draft = DraftTheme.from_document(theirs.document)
    titles = {offer.code: offer.title for offer in proposal.offers_of(theirs.theme)}
    lines = [
        proposal.framework.tier(draft.tier).label,
        draft.reason,
        date_words(draft.review_on) if draft.review_on else "",
        *(titles[code] for code in draft.offers if code in titles),
        *(step.text for step in draft.steps),
    ]
    return "\n".join(line for line in lines if line)


def why(proposal: Proposal, theme: str) -> list[str]:
    """Why the answers give the theme its tier."""
    return why_tier(proposal.profile, proposal.tier(theme))


def offer_groups(proposal: Proposal, theme: str) -> list[OfferGroup]:
    """The help that there is for a theme, by tier; that of the agreed tier first."""
    chosen = proposal.chosen[theme]
    groups = []
    for tier in sorted(proposal.framework.tiers, key=lambda tier: tier.key != chosen.tier):
        offers = tuple(proposal.offers.get((theme, tier.key), ()))
        is_folded = tier.key != chosen.tier and not any(offer.code in chosen.offers for offer in offers)
        groups.append(OfferGroup(tier, offers, is_folded))
    return [group for group in groups if group.offers]


def after(proposal: Proposal, theme: str) -> str:
    """Where saving a theme leads: the next one that needs a look, and after the last the plan as a whole."""
    order = list(proposal.chosen)
    lightest = proposal.framework.tiers[0].key
    for slug in order[order.index(theme) + 1 :]:
        draft = proposal.chosen[slug]
        if draft.tier != lightest or proposal.tier(slug).tier.key != lightest or draft.steps:
            return theme_url(proposal, slug)
    return reverse("agree", args=[proposal.audit.pk])

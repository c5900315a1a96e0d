from support.models.calendar_feeds import CalendarFeed
from support.models.offers import Offer, OfferQuerySet, Tier
from support.models.plan_drafts import PlanDraft
from support.models.plans import ChosenOffer, Plan, PlanTheme
from support.models.reviews import Review, ReviewedLevel
from support.models.steps import Step

__all__ = [
    "CalendarFeed",
    "ChosenOffer",
    "Offer",
    "OfferQuerySet",
    "Plan",
    "PlanDraft",
    "PlanTheme",
    "Review",
    "ReviewedLevel",
    "Step",
    "Tier",
]

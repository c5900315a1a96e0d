from support.models.offers import Offer, OfferQuerySet, Tier
from support.models.overview import Capacity, Nudge

__all__ = ["Capacity", "Nudge", "Offer", "OfferQuerySet", "Tier"]

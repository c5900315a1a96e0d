from support.models.offers import Offer, OfferQuerySet, Tier

__all__ = ["Offer", "OfferQuerySet", "Tier"]

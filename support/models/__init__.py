from support.models.kept import FinalError
from support.models.offers import Offer, OfferQuerySet, Tier
from support.models.visits import Visit, VisitComment, VisitDraw, VisitLevel

__all__ = ["FinalError", "Offer", "OfferQuerySet", "Tier", "Visit", "VisitComment", "VisitDraw", "VisitLevel"]

from support.models.consistency import Decision, Rating, Round, Vignette
from support.models.kept import FinalError
from support.models.offers import Offer, OfferQuerySet, Tier
from support.models.visits import Visit, VisitComment, VisitDraw, VisitLevel

__all__ = [
    "Decision",
    "FinalError",
    "Offer",
    "OfferQuerySet",
    "Rating",
    "Round",
    "Tier",
    "Vignette",
    "Visit",
    "VisitComment",
    "VisitDraw",
    "VisitLevel",
]

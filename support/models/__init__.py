from support.models.calendar_feeds import (
    CalendarFeed,
)
from support.models.consistency import (
    Decision,
    Rating,
    Round,
    Vignette,
)
from support.models.kept import (
    FinalError,
)
from support.models.offers import (
    Offer,
    OfferQuerySet,
    Tier,
)
from support.models.overview import (
    Capacity,
    Nudge,
)
from support.models.plan_drafts import (
    PlanDraft,
)
from support.models.plans import (
    ChosenOffer,
    Plan,
    PlanTheme,
)
from support.models.reviews import (
    Review,
    ReviewedLevel,
)
from support.models.steps import (
    Step,
)
from support.models.visits import (
    Visit,
    VisitComment,
    VisitDraw,
    VisitLevel,
)

__all__ = [
    "CalendarFeed",
    "Capacity",
    "ChosenOffer",
    "Decision",
    "FinalError",
    "Nudge",
    "Offer",
    "OfferQuerySet",
    "Plan",
    "PlanDraft",
    "PlanTheme",
    "Rating",
    "Review",
    "ReviewedLevel",
    "Round",
    "Step",
    "Tier",
    "Vignette",
    "Visit",
    "VisitComment",
    "VisitDraw",
    "VisitLevel",
]

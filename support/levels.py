"""Where the statements of a plan stand: as agreed, and as its reviews have found since."""

from collections.abc import Mapping

from readiness.domain.answers import Given, Voice
from readiness.domain.scoring import ThemeResult, profile
from readiness.models import Audit, given_by
from support.models import ReviewedLevel


def latest(audit: Audit) -> dict[str, Given]:
    """The newest that is known of each statement: what the last review found, else what was agreed. Two queries."""
    found = dict(given_by(audit.answers_of(Voice.AGREED)))
    reviewed = ReviewedLevel.objects.filter(review__theme__plan__audit=audit).order_by(
        "review__held_on", "review_id", "pk"
    )
    for row in reviewed:
        found[row.statement] = row.level
    return found


def result_of(theme: str, audit: Audit, now_at: Mapping[str, int]) -> ThemeResult:
    """How the theme comes out with its statements at these levels, the others being as they were last known."""
    return profile(audit.framework, {**latest(audit), **now_at}).theme(theme)

"""The dated look back at one theme of a plan: what it said, and whether its support goes on or closes."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from readiness.domain.tiers import TARGETED_BELOW
from schools.permissions import Permission, require
from support import levels
from support.actions.plans import UnableToChange
from support.domain.reviews import is_far_enough, next_review
from support.models import Plan, PlanTheme, Review, ReviewedLevel
from support.proposals import school_calendar
from support.sentences import limit_words


@transaction.atomic
def hold_review(
    *, review: Review, on: date, note: str, now_at: Mapping[str, int], decision: str, by: User, now: datetime
) -> Review:
    """Record a review of a theme: what it said, where its statements stand now, and whether its support closes.

    Where the support goes on, the next review is planned by the theme's tier. Where it closes, the next theme that
    waits to be intensive begins. The answers of the audit stay as they were agreed.

    Args:
        now_at: statement slug -> the level at which it stands now.
        decision: one of `Review.Decision`.

    Raises:
        PermissionDenied: only the officer of the school holds a review.
        UnableToChange: the review has been held already, the theme is not far enough on to close without an agreement
            to do so, or a later plan has taken the place of this one.
    """
    plan = review.theme.plan
    require(by, Permission.REVIEW_AUDIT, plan.audit.school)
    if not plan.is_current:
        raise UnableToChange(_("A later plan has taken the place of this one. It is kept to be read."))
    # The plan's themes are locked together: two reviews at once must not both begin the theme that waits.
    themes = {one.pk: one for one in PlanTheme.objects.select_for_update(of=("self",)).filter(plan=plan).in_order()}
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.held_on is not None:
        raise UnableToChange(_("This review has been held already. What it said is on the plan."))
    theme = themes[review.theme_id]
    if decision == Review.Decision.FAR_ENOUGH:
        _check_far_enough(theme, plan, now_at)
    review.held_on, review.held_by, review.note, review.decision = on, by, note, decision
    review.save()
    ReviewedLevel.objects.bulk_create(
        ReviewedLevel(review=review, statement=statement, level=level) for statement, level in now_at.items()
    )
    if decision != Review.Decision.CARRY_ON:
        _close(theme, [*themes.values()], on=on, by=by)
    else:
        _plan_next(theme, after=max(on, review.planned_on))
    return review


def _check_far_enough(theme: PlanTheme, plan: Plan, now_at: Mapping[str, int]) -> None:
    result = levels.result_of(theme.theme, plan.audit, now_at)
    if is_far_enough(result):
        return
    if result.unmet:
        raise UnableToChange(_("An essential of this theme is not met yet. Carry on, or close it by agreement."))
    raise UnableToChange(
        _("With these levels the theme is at %(score)s, below %(limit)s. Carry on, or close it by agreement.")
        % {"score": result.display or "–", "limit": limit_words(TARGETED_BELOW)}
    )


def _close(theme: PlanTheme, themes: list[PlanTheme], *, on: date, by: User) -> None:
    slot = theme.slot
    theme.closed_on, theme.closed_by, theme.slot = max(on, theme.started_on or on), by, None
    theme.save(update_fields=["closed_on", "closed_by", "slot"])
    waiting = next((one for one in themes if one.is_waiting), None)
    if slot is not None and waiting is not None:
        waiting.started_on, waiting.slot = on, slot
        waiting.save(update_fields=["started_on", "slot"])
        _plan_next(waiting, after=on)


def _plan_next(theme: PlanTheme, *, after: date) -> None:
    planned = next_review(theme.tier_agreed, after=after, calendar=school_calendar(after))
    Review.objects.create(theme=theme, planned_on=planned)
    if theme.review_on is not None and theme.review_on <= after:
        theme.review_on = planned
        theme.save(update_fields=["review_on"])

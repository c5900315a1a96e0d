"""Every change of support is one of these."""

from support.actions.agreement import (
    DraftChangedMeanwhile,
    UnableToAgree,
    agree,
    draft_plan,
    has_plan,
    may_be_agreed,
    save_theme,
    save_whole,
)
from support.actions.calendar_feeds import end_calendar_feed, make_calendar_feed, person_of
from support.actions.plan_reviews import hold_review
from support.actions.plans import (
    StepChangedMeanwhile,
    UnableToChange,
    add_step,
    change_step,
    drop_step,
    finish_step,
    progress_offer,
    take_up_again,
)

__all__ = [
    "DraftChangedMeanwhile",
    "StepChangedMeanwhile",
    "UnableToAgree",
    "UnableToChange",
    "add_step",
    "agree",
    "change_step",
    "draft_plan",
    "drop_step",
    "end_calendar_feed",
    "finish_step",
    "has_plan",
    "hold_review",
    "make_calendar_feed",
    "may_be_agreed",
    "person_of",
    "progress_offer",
    "save_theme",
    "save_whole",
    "take_up_again",
]

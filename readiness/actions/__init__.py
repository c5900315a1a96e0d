"""Every change of readiness is one of these."""

from readiness.actions.answers import BadAnswer, ChangedMeanwhile, Conflict, Locked, Typed, save_answers
from readiness.actions.audits import (
    UnableToStart,
    UnableToSubmit,
    agree,
    begin_review,
    return_to_school,
    start_audit,
    submit,
    withdraw_submission,
)
from readiness.actions.versions import UnableToPublish, publish_version

__all__ = [
    "BadAnswer",
    "ChangedMeanwhile",
    "Conflict",
    "Locked",
    "Typed",
    "UnableToPublish",
    "UnableToStart",
    "UnableToSubmit",
    "agree",
    "begin_review",
    "publish_version",
    "return_to_school",
    "save_answers",
    "start_audit",
    "submit",
    "withdraw_submission",
]

"""The demo story's reviews: what officers and schools of it have said to each other so far."""

from datetime import datetime, timedelta

from accounts.models import User
from readiness import actions
from readiness.models import Audit

A_DAY = timedelta(days=1)

COVERING_NOTE = "Thank you for a careful audit. Two things to look at together, then we are nearly there."


def review_throughout(audit: Audit, officer: User, *, at: datetime) -> None:
    """A short review: the officer agrees with everything."""
    actions.begin_review(audit=audit, by=officer, now=at)
    actions.agree_rest(audit=audit, by=officer, now=at + A_DAY)
    actions.finish_review(audit=audit, by=officer, now=at + A_DAY)


def look_at_some(audit: Audit, officer: User, *, at: datetime) -> None:
    """A review half way: some agreed, one question and one suggestion that the school has not been sent yet."""
    actions.begin_review(audit=audit, by=officer, now=at)
    said = {"audit": audit, "by": officer, "now": at + timedelta(hours=2)}
    for statement in ("head-leads-in-person", "lead-and-core-team", "made-room"):
        actions.agree_with(statement=statement, **said)
    actions.ask(
        statement="dates-for-training",
        text="Both days fall in the week of the inspection follow-up. Are they still free?",
        **said,
    )
    actions.suggest(
        statement="time-to-reflect",
        given=3,
        reason="The sessions are in the calendar. The line on how we know names two that were cancelled.",
        **said,
    )


def send_back(audit: Audit, officer: User, *, at: datetime) -> None:
    """A question and a suggestion, sent back to the school, which has still to reply."""
    actions.begin_review(audit=audit, by=officer, now=at)
    said = {"audit": audit, "by": officer, "now": at + timedelta(hours=1)}
    actions.ask(
        statement="dates-for-training", text="Two of the dates have moved since June. Which ones hold now?", **said
    )
    actions.suggest(
        statement="training-record",
        given=2,
        reason="The list has the teachers. Support staff and the office are not on it yet.",
        **said,
    )
    actions.return_to_school(audit=audit, by=officer, now=at + A_DAY, reason=COVERING_NOTE)


def end_in_a_difference(audit: Audit, head: User, officer: User, *, at: datetime) -> None:
    """The school explains, the officer stays with the suggestion: the co-ordinator records the agreed level."""
    actions.begin_review(audit=audit, by=officer, now=at)
    said = {"audit": audit, "by": officer, "now": at + timedelta(hours=1)}
    actions.suggest(
        statement="every-role-included",
        given=2,
        reason="Lunch and playground staff were not at the session, and no other time is set for them.",
        **said,
    )
    actions.return_to_school(audit=audit, by=officer, now=at + timedelta(hours=2))
    actions.reply(
        audit=audit,
        statement="every-role-included",
        text="With six of us in all, we talk every day. Everybody has seen the slides.",
        by=head,
        now=at + A_DAY,
    )
    actions.submit(audit=audit, by=head, now=at + A_DAY)
    later = {"audit": audit, "by": officer, "now": at + 2 * A_DAY}
    actions.begin_review(**later)
    actions.still_differ(
        statement="every-role-included",
        text="Seeing slides is not the same as the session. The level asks for time together.",
        **later,
    )
    actions.agree_rest(**later)
    actions.finish_review(**later)

"""The demo story's support plans: one school's with a step done, one overdue and one due; the others as proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from readiness.models import Audit
from support import actions
from support.domain.draft import DraftStep, DraftTheme, Owner
from support.models import Offer, Plan

WORKED_ON = "9900011"
"""The school that has worked on its plan."""

STOP = "The new reporting format waits until next session. The Monday bulletin is written once a month."


@dataclass(frozen=True)
class Told:
    """One step of the story. `due` is in days from the day on which the story is told."""

    theme: str
    text: str
    owner: Owner
    who: str
    due: int
    statement: str = ""
    level: int | None = None
    done: int | None = None
    outcome: str = ""


STEPS = (
    Told(
        "leadership-and-purpose",
        "The head teacher opens the first core team meeting and stays for all of it.",
        Owner.SCHOOL,
        "Head teacher",
        due=-40,
        statement="head-leads-in-person",
        level=3,
        done=-43,
        outcome="Held on a Tuesday after school. Five of us came, and the head teacher led it.",
    ),
    Told(
        "time-and-fit",
        "Put both training days in the school calendar and the working time agreement.",
        Owner.SCHOOL,
        "Depute head teacher",
        due=-21,
        statement="dates-for-training",
        level=3,
    ),
    Told(
        "caring-for-the-adults",
        "Run the first reflective session with a trained facilitator.",
        Owner.OFFICER,
        "Locality support officer",
        due=12,
        statement="time-to-reflect",
        level=3,
    ),
)

# Starting points, with which the school chose to begin lighter.
LIGHTER = ("relationships-and-behaviour", "safe-base", "children-families-partners")


def agree(*, audit: Audit, by: User, now: datetime, told: date) -> Plan:
    """Agree the audit and its plan as two people would. `told` is the day on which the story is told."""
    if audit.school.seed_code != WORKED_ON:
        return actions.agree(audit=audit, by=by, now=now)
    for theme, chosen in _chosen(audit, told).items():
        actions.save_theme(audit=audit, theme=theme, chosen=chosen, seen=0, by=by, now=now)
    actions.save_whole(audit=audit, stop_or_pause=STOP, order=[], seen=0, by=by, now=now)
    plan = actions.agree(audit=audit, by=by, now=now)
    for step in STEPS:
        if step.done is not None:
            row = plan.themes.get(theme=step.theme).steps.get(text=step.text)
            on = told + timedelta(days=step.done)
            actions.finish_step(step=row, on=on, outcome=step.outcome, seen=row.revision, by=audit.started_by, now=now)
    return plan


def _chosen(audit: Audit, told: date) -> Mapping[str, DraftTheme]:
    offers = Offer.objects.current().of_framework(audit.framework.slug).by_theme_and_tier()
    steps: dict[str, list[DraftStep]] = {}
    for step in STEPS:
        due = told + timedelta(days=step.due)
        kept = DraftStep(step.owner, step.who, step.text, due, step.statement, step.level)
        steps.setdefault(step.theme, []).append(kept)
    return {
        theme.slug: _theme("universal" if theme.slug in LIGHTER else "targeted", theme.slug, offers, steps)
        for theme in audit.framework.themes
    }


def _theme(
    tier: str, theme: str, offers: Mapping[tuple[str, str], Sequence[Offer]], steps: Mapping[str, Sequence[DraftStep]]
) -> DraftTheme:
    first = offers.get((theme, tier), [])[:1] if tier != "universal" else []
    return DraftTheme(tier, offers=tuple(offer.code for offer in first), steps=tuple(steps.get(theme, ())))

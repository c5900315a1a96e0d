"""The steps that are put before the two people who agree a plan, worked out from the answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from readiness.domain.framework import Statement
from readiness.domain.scoring import Profile
from readiness.domain.way_up import way_up

FEW = 4
"""As many changes as a way up may have to be proposed as steps; a longer one would bury a school."""


class Why(StrEnum):
    """Why a step is proposed."""

    ESSENTIAL = "essential"
    WAY_UP = "way_up"
    FACT_FINDING = "fact_finding"
    CARRIED_ON = "carried_on"


@dataclass(frozen=True)
class Proposed:
    """One step to propose. `statement` and `level` are None for a talk about a theme of which too little is known."""

    why: Why
    theme: str
    statement: Statement | None = None
    level: int | None = None


def proposed_steps(profile: Profile, *, already: Iterable[str] = ()) -> tuple[Proposed, ...]:
    """The steps to propose, in framework order, one a statement; none for the statements that have one `already`.

    Every essential that is not met is to reach its minimum. The way up to the next outcome is proposed where it is
    short. A theme without a score is talked over.
    """
    passed_over = frozenset(already)
    up = way_up(profile)
    changes = up.changes if up is not None and len(up.changes) <= FEW else ()
    raised = {change.statement.slug: change.to_level for change in changes}
    steps = []
    for essential in profile.essentials:
        slug, minimum = essential.statement.slug, essential.statement.essential_minimum
        if not essential.is_met and minimum is not None:
            level = max(minimum, raised.pop(slug, minimum))
            steps.append(Proposed(Why.ESSENTIAL, essential.theme.slug, essential.statement, level))
    steps += [
        Proposed(Why.WAY_UP, change.theme.slug, change.statement, change.to_level)
        for change in changes
        if change.statement.slug in raised
    ]
    steps = [step for step in steps if step.statement and step.statement.slug not in passed_over]
    places = profile.framework.positions
    steps.sort(key=lambda step: places[step.statement.slug] if step.statement else 0)
    talks = [Proposed(Why.FACT_FINDING, result.theme.slug) for result in profile.themes if not result.has_score]
    return (*steps, *talks)

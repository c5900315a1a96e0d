"""A plan while it is being agreed: what is chosen so far for each theme. It may be incomplete until it is agreed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from readiness.domain.scoring import Profile
from readiness.domain.tiers import TierResult, intensive_order

LIGHTEST_FIRST = ("universal", "targeted", "intensive")


class Owner(StrEnum):
    """Whose a step is."""

    SCHOOL = "school"
    OFFICER = "officer"


@dataclass(frozen=True)
class DraftStep:
    """One thing to do. `statement` and `level` say what it should move, and to where; "" and None where nothing.

    `offer` is the code of the help that it belongs to, or "".
    """

    owner: Owner
    who: str
    text: str
    due_on: date
    statement: str = ""
    level: int | None = None
    offer: str = ""

    def to_document(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "owner": self.owner.value,
            "who": self.who,
            "text": self.text,
            "due_on": self.due_on.isoformat(),
            "statement": self.statement,
            "level": self.level,
            "offer": self.offer,
        }

    @classmethod
    def from_document(cls, kept: Mapping[str, Any]) -> "DraftStep":
        """From what JSON kept."""
        return cls(
            owner=Owner(kept["owner"]),
            who=kept["who"],
            text=kept["text"],
            due_on=date.fromisoformat(kept["due_on"]),
            statement=kept["statement"],
            level=kept["level"],
            offer=kept["offer"],
        )


@dataclass(frozen=True)
class DraftTheme:
    """What is chosen for one theme. `offers` are codes; `reason` and `review_on` belong to a tier that differs."""

    tier: str
    reason: str = ""
    review_on: date | None = None
    offers: tuple[str, ...] = ()
    steps: tuple[DraftStep, ...] = ()

    def to_document(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "tier": self.tier,
            "reason": self.reason,
            "review_on": self.review_on.isoformat() if self.review_on else None,
            "offers": list(self.offers),
            "steps": [step.to_document() for step in self.steps],
        }

    @classmethod
    def from_document(cls, kept: Mapping[str, Any]) -> "DraftTheme":
        """From what JSON kept."""
        return cls(
            tier=kept["tier"],
            reason=kept["reason"],
            review_on=date.fromisoformat(kept["review_on"]) if kept["review_on"] else None,
            offers=tuple(kept["offers"]),
            steps=tuple(DraftStep.from_document(step) for step in kept["steps"]),
        )

    def with_step(self, place: int | None, step: DraftStep) -> "DraftTheme":
        """With this step in that place, or at the end."""
        if place is None:
            return replace(self, steps=(*self.steps, step))
        return replace(self, steps=(*self.steps[:place], step, *self.steps[place + 1 :]))

    def without_step(self, place: int) -> "DraftTheme":
        """Without the step in that place."""
        return replace(self, steps=(*self.steps[:place], *self.steps[place + 1 :]))


class Lack(StrEnum):
    """What a draft still lacks before it can be agreed."""

    REASON = "reason"
    REVIEW_ON = "review_on"


@dataclass(frozen=True)
class Problem:
    """Something that one theme still lacks."""

    theme: str
    lack: Lack


def is_lighter(agreed: str, than: str) -> bool:
    """Whether one tier is less support than another."""
    return LIGHTEST_FIRST.index(agreed) < LIGHTEST_FIRST.index(than)


def is_free_choice(calculated: TierResult, agreed: str) -> bool:
    """Whether the school may have this tier for the asking: a starting point may begin lighter."""
    return calculated.may_choose_lighter and is_lighter(agreed, calculated.tier.key)


def problems(chosen: Mapping[str, DraftTheme], calculated: Iterable[TierResult]) -> tuple[Problem, ...]:
    """What is still lacking, in framework order. A tier that differs needs a reason and a day to look again."""
    found = []
    for result in calculated:
        draft = chosen[result.theme.slug]
        if draft.tier == result.tier.key or is_free_choice(result, draft.tier):
            continue
        if not draft.reason.strip():
            found.append(Problem(result.theme.slug, Lack.REASON))
        if draft.review_on is None:
            found.append(Problem(result.theme.slug, Lack.REVIEW_ON))
    return tuple(found)


def agreed_order(
    chosen: Mapping[str, str], calculated: Iterable[TierResult], profile: Profile, preferred: Iterable[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The intensive themes to begin with, and those that wait, by slug.

    `chosen` is the agreed tier of each theme. The order that the two people `preferred` counts first; where it says
    nothing, the published one: conditions, then the lowest score, then framework order.
    """
    framework = profile.framework
    as_agreed = [replace(result, tier=framework.tier(chosen[result.theme.slug])) for result in calculated]
    first, then = intensive_order(as_agreed, profile)
    proposed = [result.theme.slug for result in (*first, *then)]
    wanted = [slug for slug in dict.fromkeys(preferred) if slug in proposed]
    order = [*wanted, *(slug for slug in proposed if slug not in wanted)]
    return tuple(order[: len(first)]), tuple(order[len(first) :])

"""When a validation visit is offered. The rule is public, and nobody's choice.

A visit is offered when the outcome hangs on one statement, when the officer sees a statement two levels or more away
from where the school sees it, or when lots have fallen on the audit: one audit in five, so that a visit says nothing
about a school.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import TypeGuard

from readiness.domain.answers import HIGHEST_LEVEL, LOWEST_LEVEL, Answers, Given
from readiness.domain.framework import Framework, Outcome, Statement, Theme
from readiness.domain.scoring import profile

FAR_APART = 2
"""Levels between what the school and the officer say from which a visit is offered."""

ONE_IN = 5
"""One audit in so many is drawn by lot."""


@dataclass(frozen=True)
class Hinge:
    """A statement on which the outcome hangs: one level up or down, and the outcome is another."""

    statement: Statement
    theme: Theme
    given: int
    to_level: int
    outcome: Outcome


@dataclass(frozen=True)
class Gap:
    """A statement that the school and the officer see far apart."""

    statement: Statement
    theme: Theme
    school: int
    officer: int


@dataclass(frozen=True)
class Why:
    """Why a visit is offered, in framework order; all of it empty where none is."""

    hinges: tuple[Hinge, ...]
    gaps: tuple[Gap, ...]
    drawn: bool

    @property
    def is_offered(self) -> bool:
        """Whether any of the three reasons holds."""
        return bool(self.hinges or self.gaps or self.drawn)


def why(framework: Framework, *, school: Answers, officer: Answers, drawn: bool) -> Why:
    """The reasons for a visit: from what the school says, what the officer suggests, and how the lots fell."""
    return Why(tuple(hinges(framework, school)), tuple(gaps(framework, school, officer)), drawn)


def hinges(framework: Framework, answers: Answers) -> Iterator[Hinge]:
    """The single steps that would change the outcome, in framework order, the step down first.

    Only levels are moved. “We do not know yet” and “does not apply” are no levels: the review asks about those.
    """
    outcome = profile(framework, answers).outcome
    for theme in framework.themes:
        for statement in theme.statements:
            given = answers.get(statement.slug)
            if not _is_level(given) or not (theme.is_condition or statement.is_essential):
                continue  # nothing else has a part in the outcome
            for level in (given - 1, given + 1):
                if LOWEST_LEVEL <= level <= HIGHEST_LEVEL:
                    changed = profile(framework, {**answers, statement.slug: level}).outcome
                    if changed != outcome:
                        yield Hinge(statement, theme, given, level, changed)


def gaps(framework: Framework, school: Answers, officer: Answers) -> Iterator[Gap]:
    """The statements that both give a level, two or more apart."""
    for theme in framework.themes:
        for statement in theme.statements:
            said, suggested = school.get(statement.slug), officer.get(statement.slug)
            if _is_level(said) and _is_level(suggested) and abs(said - suggested) >= FAR_APART:
                yield Gap(statement, theme, said, suggested)


def draw(chance: Random) -> bool:
    """Whether the lots fall on one audit."""
    return chance.randrange(ONE_IN) == 0


def _is_level(given: Given | None) -> TypeGuard[int]:
    return isinstance(given, int)

"""What moved between two profiles of a school, matched by slug, also when the framework version changed in between.

Small differences are noise: a statement moves only by a whole level; a theme only by half a level or more, or across a
band when at least two statements moved (the framework's rule on change over time).
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .answers import Given
from .framework import Statement, Theme
from .scoring import Profile, ThemeResult

THEME_MOVES_BY = Fraction(1, 2)
STATEMENTS_FOR_A_BAND = 2


class Direction(StrEnum):
    """What became of a statement or a theme.

    OTHER_ANSWER: from or to “do not know” or “does not apply”. NOT_ANSWERED: blank then or now. NO_SCORE: a theme
    without a score then or now. ADDED and RETIRED: only the later or only the earlier version holds it.
    """

    HIGHER = "higher"
    LOWER = "lower"
    ABOUT_THE_SAME = "about_the_same"
    OTHER_ANSWER = "other_answer"
    NOT_ANSWERED = "not_answered"
    NO_SCORE = "no_score"
    ADDED = "added"
    RETIRED = "retired"


MOVED = frozenset({Direction.HIGHER, Direction.LOWER})


@dataclass(frozen=True)
class StatementChange:
    """One statement then and now. `is_reworded`: its text or its level descriptions changed between the versions."""

    statement: Statement
    before: Given | None
    after: Given | None
    direction: Direction
    is_reworded: bool

    @property
    def has_moved(self) -> bool:
        """Whether the level went up or down."""
        return self.direction in MOVED


@dataclass(frozen=True)
class ThemeChange:
    """One theme then and now. `moved` are its statements whose level went up or down."""

    theme: Theme
    before: ThemeResult | None
    after: ThemeResult | None
    direction: Direction
    moved: tuple[StatementChange, ...]

    @property
    def has_moved(self) -> bool:
        """Whether the theme is shown as changed."""
        return self.direction in MOVED


@dataclass(frozen=True)
class Comparison:
    """What moved from one profile to a later one. The later framework's order comes first, then what was retired."""

    before: Profile
    after: Profile
    statements: tuple[StatementChange, ...]
    themes: tuple[ThemeChange, ...]

    @property
    def has_moved(self) -> bool:
        """Whether any theme or statement is shown as changed."""
        return any(change.has_moved for change in self.statements) or any(change.has_moved for change in self.themes)


def compare(before: Profile, after: Profile) -> Comparison:
    """Compare an earlier profile with a later one."""
    statements = _statement_changes(before, after)
    return Comparison(before, after, statements, _theme_changes(before, after, statements))


def _statement_changes(before: Profile, after: Profile) -> tuple[StatementChange, ...]:
    old = {statement.slug: statement for statement in before.framework.statements}
    new = {statement.slug: statement for statement in after.framework.statements}
    changes = []
    for slug, statement in {**new, **{slug: gone for slug, gone in old.items() if slug not in new}}.items():
        then, now = before.answers.get(slug), after.answers.get(slug)
        if slug not in old:
            direction = Direction.ADDED
        elif slug not in new:
            direction = Direction.RETIRED
        else:
            direction = _statement_direction(then, now)
        reworded = slug in old and slug in new and _wording(old[slug]) != _wording(new[slug])
        changes.append(StatementChange(statement, then, now, direction, reworded))
    return tuple(changes)


def _wording(statement: Statement) -> tuple[str, ...]:
    return (statement.text, *statement.levels)


def _statement_direction(then: Given | None, now: Given | None) -> Direction:
    if then is None or now is None:
        return Direction.NOT_ANSWERED
    if then == now:
        return Direction.ABOUT_THE_SAME
    if isinstance(then, int) and isinstance(now, int):
        return Direction.HIGHER if now > then else Direction.LOWER
    return Direction.OTHER_ANSWER


def _theme_changes(before: Profile, after: Profile, statements: tuple[StatementChange, ...]) -> tuple[ThemeChange, ...]:
    old = {result.theme.slug: result for result in before.themes}
    new = {result.theme.slug: result for result in after.themes}
    by_slug = {change.statement.slug: change for change in statements}
    changes = []
    for slug in (*new, *(slug for slug in old if slug not in new)):
        then, now = old.get(slug), new.get(slug)
        theme = (now or old[slug]).theme
        moved = tuple(by_slug[item.slug] for item in theme.statements if by_slug[item.slug].has_moved)
        changes.append(ThemeChange(theme, then, now, _theme_direction(after, then, now, len(moved)), moved))
    return tuple(changes)


def _theme_direction(after: Profile, then: ThemeResult | None, now: ThemeResult | None, moved: int) -> Direction:
    if then is None:
        return Direction.ADDED
    if now is None:
        return Direction.RETIRED
    if then.mean is None or now.mean is None:
        return Direction.NO_SCORE
    difference = now.mean - then.mean
    # The later version's bands are used for both, so that moving a limit is not shown as the school moving.
    crossed = after.framework.band_of(then.mean) != now.band and moved >= STATEMENTS_FOR_A_BAND
    if abs(difference) < THEME_MOVES_BY and not crossed:
        return Direction.ABOUT_THE_SAME
    return Direction.HIGHER if difference > 0 else Direction.LOWER

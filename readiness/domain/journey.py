"""Where an audit has got to: the themes in order, what is answered, what comes next and what is missing."""

from dataclasses import dataclass
from enum import StrEnum

from .framework import Framework, Statement, Theme


class Progress(StrEnum):
    """How far a theme has got."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


@dataclass(frozen=True)
class Journey:
    """Where an audit has got to. `answered` holds the slugs of statements with any answer: a level or another answer.

    Slugs that the framework does not know are ignored.
    """

    framework: Framework
    answered: frozenset[str]

    def answered_in(self, theme: Theme) -> int:
        """How many statements of the theme have an answer."""
        return sum(statement.slug in self.answered for statement in theme.statements)

    def progress(self, theme: Theme) -> Progress:
        """How far this theme has got."""
        count = self.answered_in(theme)
        if count == len(theme.statements):
            return Progress.COMPLETED
        return Progress.IN_PROGRESS if count else Progress.NOT_STARTED

    @property
    def answered_count(self) -> int:
        """How many statements have an answer."""
        return sum(self.answered_in(theme) for theme in self.framework.themes)

    @property
    def total(self) -> int:
        """How many statements there are."""
        return len(self.framework.statements)

    def missing(self) -> tuple[Statement, ...]:
        """The statements without an answer, in framework order."""
        return tuple(statement for statement in self.framework.statements if statement.slug not in self.answered)

    def after(self, theme: Theme) -> Theme | None:
        """The theme that follows this one in order, finished or not; None after the last.

        It does not go round to the start. Who wants the next piece of work asks `next_unfinished`.
        """
        themes = self.framework.themes
        place = themes.index(theme) + 1
        return themes[place] if place < len(themes) else None

    def next_unfinished(self) -> Theme | None:
        """The first theme in order that is not completed; None when all are."""
        for theme in self.framework.themes:
            if self.progress(theme) is not Progress.COMPLETED:
                return theme
        return None

    @property
    def is_complete(self) -> bool:
        """Whether every statement has an answer, so that nothing stands in the way of submitting."""
        return self.next_unfinished() is None

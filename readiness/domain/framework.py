"""What is asked: a framework with its themes, statements, level descriptions, bands, outcomes and tiers.

Read once from a document by `Framework.from_document`; frozen after that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from . import reading
from .answers import Other
from .document import Document, canonical, differences, digest
from .parts import (
    Band,
    NotInFramework,
    OtherAnswer,
    Outcome,
    OutcomeRule,
    ScaleLevel,
    Statement,
    Theme,
    ThemeKind,
    Tier,
    WorkedExample,
)
from .problems import Problem, problems

__all__ = [
    "Band",
    "Document",
    "Framework",
    "FrameworkError",
    "NotInFramework",
    "OtherAnswer",
    "Outcome",
    "OutcomeRule",
    "Problem",
    "ScaleLevel",
    "Statement",
    "Theme",
    "ThemeKind",
    "Tier",
    "WorkedExample",
    "canonical",
    "differences",
    "digest",
    "problems",
]

T = TypeVar("T")


class FrameworkError(ValueError):
    """The document cannot be used as a framework. `problems` says why, a sentence for each problem."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        self.problems = found
        super().__init__(" ".join(problem.sentence for problem in found))


@dataclass(frozen=True)
class Framework:
    """One version of what is asked. Build it with `from_document`."""

    slug: str
    label: str
    language: str
    title: str
    purpose: str
    completed_by: str
    expected_minutes: int
    reminder: str
    scale: tuple[ScaleLevel, ...]
    other_answers: tuple[OtherAnswer, ...]
    quantity_words: Mapping[str, str] = field(hash=False)
    quantity_words_note: str
    themes: tuple[Theme, ...]
    bands: tuple[Band, ...]
    outcomes: tuple[Outcome, ...]
    outcome_notes: tuple[str, ...]
    tiers: tuple[Tier, ...]
    tier_rules: tuple[str, ...]
    limits: str
    keys: Mapping[str, Mapping[str, str]] = field(hash=False)
    worked_examples: tuple[WorkedExample, ...]

    @classmethod
    def from_document(cls, document: Document) -> "Framework":
        """The framework that a document describes. Level keys may be numbers or text; offers are ignored.

        Raises:
            FrameworkError: carrying every problem found.
        """
        if found := problems(document):
            raise FrameworkError(found)
        plain = canonical(document)
        head, scale, scoring = plain["framework"], plain["scale"], plain["scoring"]
        support = plain["support_structure"]
        return cls(
            slug=head["slug"],
            label=head["version"],
            language=head["language"],
            title=head["title"],
            purpose=head["purpose"],
            completed_by=head["completed_by"],
            expected_minutes=head["expected_minutes"],
            reminder=head["reminder"],
            scale=reading.scale(scale),
            other_answers=reading.other_answers(scale),
            quantity_words=dict(scale.get("quantity_words") or {}),
            quantity_words_note=scale.get("quantity_words_note") or "",
            themes=reading.themes(plain["themes"]),
            bands=reading.bands(scoring["bands"]),
            outcomes=reading.outcomes(scoring["outcomes"]),
            outcome_notes=tuple(scoring.get("outcome_notes") or ()),
            tiers=reading.tiers(support["tiers"]),
            tier_rules=tuple(support.get("theme_to_tier") or ()),
            limits=support.get("limits") or "",
            keys=reading.keys(plain["keys"]),
            worked_examples=reading.worked_examples(scoring.get("worked_examples") or ()),
        )

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in framework order."""
        return tuple(statement for theme in self.themes for statement in theme.statements)

    @cached_property
    def essentials(self) -> tuple[Statement, ...]:
        """Every essential statement, in framework order."""
        return tuple(statement for statement in self.statements if statement.is_essential)

    @cached_property
    def condition_themes(self) -> tuple[Theme, ...]:
        """The themes that count towards the outcome, in framework order."""
        return tuple(theme for theme in self.themes if theme.is_condition)

    @cached_property
    def _by_slug(self) -> dict[str, tuple[Theme, Statement]]:
        return {statement.slug: (theme, statement) for theme in self.themes for statement in theme.statements}

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Statement slug -> its place in framework order, from 0."""
        return {statement.slug: place for place, statement in enumerate(self.statements)}

    def theme(self, slug: str) -> Theme:
        """The theme of this slug. Raises NotInFramework."""
        return _first((item for item in self.themes if item.slug == slug), f"theme “{slug}”")

    def statement(self, slug: str) -> Statement:
        """The statement of this slug. Raises NotInFramework."""
        return self._pair(slug)[1]

    def theme_of(self, statement_slug: str) -> Theme:
        """The theme that holds this statement. Raises NotInFramework."""
        return self._pair(statement_slug)[0]

    def _pair(self, slug: str) -> tuple[Theme, Statement]:
        try:
            return self._by_slug[slug]
        except KeyError:
            raise NotInFramework(f"This framework has no statement “{slug}”.") from None

    def level_label(self, value: int) -> str:
        """The name of a level, such as “In place”. Raises NotInFramework."""
        return _first((level for level in self.scale if level.value == value), f"level {value}").label

    def other_label(self, key: Other | str) -> str:
        """The words of an answer that is not a level. Raises NotInFramework."""
        return _first((item for item in self.other_answers if item.key == key), f"answer “{key}”").label

    def outcome(self, key: str) -> Outcome:
        """The outcome of this key. Raises NotInFramework."""
        return _first((item for item in self.outcomes if item.key == key), f"outcome “{key}”")

    def tier(self, key: str) -> Tier:
        """The tier of this key. Raises NotInFramework."""
        return _first((item for item in self.tiers if item.key == key), f"tier “{key}”")

    def band(self, key: str) -> Band:
        """The band of this key. Raises NotInFramework."""
        return _first((item for item in self.bands if item.key == key), f"band “{key}”")

    def band_of(self, mean: Fraction) -> Band:
        """The band that holds an unrounded mean from 1 to 4. Raises NotInFramework."""
        return _first((band for band in self.bands if band.holds(mean)), f"band for a mean of {mean}")

    @cached_property
    def not_enough_information(self) -> Outcome:
        """The outcome that is checked first."""
        return next(outcome for outcome in self.outcomes if outcome.rule.check_first)

    @cached_property
    def ladder(self) -> tuple[Outcome, ...]:
        """The outcomes from best to last, without the one for too little information."""
        gated = [outcome for outcome in self.outcomes if not (outcome.rule.check_first or outcome.rule.otherwise)]
        return (*gated, next(outcome for outcome in self.outcomes if outcome.rule.otherwise))


def _first(found: Iterable[T], wanted: str) -> T:
    for thing in found:
        return thing
    raise NotInFramework(f"This framework has no {wanted}.")

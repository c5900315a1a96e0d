"""The parts that a framework is made of. Import them from `readiness.domain.framework`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from .answers import Given, Other


class NotInFramework(KeyError):
    """The framework has no theme, statement or key of this name. The message is a sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class ScaleLevel:
    """One of the four levels: its value (1 to 4), its name and what it means everywhere."""

    value: int
    key: str
    label: str
    meaning: str


@dataclass(frozen=True)
class OtherAnswer:
    """An answer that is not a level, and what it does to the result."""

    key: Other
    label: str
    effect: str


@dataclass(frozen=True)
class Statement:
    """One thing the school rates, with a description for each of the four levels."""

    slug: str
    text: str
    levels: tuple[str, str, str, str]
    evidence_might_include: tuple[str, ...]
    essential_minimum: int | None
    not_applicable_when: str | None
    help: str
    hgios4: tuple[str, ...]
    nurture_principles: tuple[str, ...]
    solihull: tuple[str, ...]
    shanarri: tuple[str, ...]
    readiness_construct: str

    @property
    def is_essential(self) -> bool:
        """Whether it is a gate: it has a minimum level of its own."""
        return self.essential_minimum is not None

    @property
    def may_not_apply(self) -> bool:
        """Whether “does not apply” may be given."""
        return self.not_applicable_when is not None

    def rubric(self, level: int) -> str:
        """The description of a level from 1 to 4."""
        if level not in (1, 2, 3, 4):
            raise NotInFramework(f"There is no level {level}: levels go from 1 to 4.")
        return self.levels[level - 1]

    def is_met_by(self, given: Given | None) -> bool:
        """Whether this answer reaches the minimum. Only a level can; a statement without a minimum is always met."""
        if self.essential_minimum is None:
            return True
        return isinstance(given, int) and given >= self.essential_minimum


class ThemeKind(StrEnum):
    """Whether a theme counts towards readiness, or only guides support."""

    CONDITION = "condition"
    STARTING_POINT = "starting_point"


@dataclass(frozen=True)
class Theme:
    """A group of statements with a purpose."""

    slug: str
    title: str
    kind: ThemeKind
    summary: str
    why_it_matters: str
    statements: tuple[Statement, ...]

    @property
    def is_condition(self) -> bool:
        """Whether the theme counts towards the outcome."""
        return self.kind is ThemeKind.CONDITION


def _is_below(mean: Fraction, limit: Fraction) -> bool:
    # Multiplied out: comparing fractions costs ten times as much, and every theme of every audit is compared.
    return mean.numerator * limit.denominator < limit.numerator * mean.denominator


@dataclass(frozen=True)
class Band:
    """A word for a range of theme means: from `minimum` up to, not including, `below` (None: to the top)."""

    key: str
    label: str
    minimum: Fraction
    below: Fraction | None

    def holds(self, mean: Fraction) -> bool:
        """Whether the unrounded mean lies in this band."""
        return not _is_below(mean, self.minimum) and (self.below is None or _is_below(mean, self.below))


@dataclass(frozen=True)
class OutcomeRule:
    """When an outcome is given. A limit that is None does not limit.

    `check_first` marks the outcome for too little information: it looks at themes without a score and at unknown
    essentials, and nothing else. `otherwise` marks the outcome left when no other fits.
    """

    essentials_unmet_max: int | None = None
    essentials_at_level_1_max: int | None = None
    condition_theme_mean_min: Fraction | None = None
    any_condition_theme_min: Fraction | None = None
    otherwise: bool = False
    check_first: bool = False
    any_condition_theme_without_score: bool = False
    or_essentials_dont_know_more_than: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What the profile recommends to people, and when."""

    key: str
    label: str
    rule: OutcomeRule


@dataclass(frozen=True)
class Tier:
    """How much support."""

    key: str
    label: str
    meaning: str


@dataclass(frozen=True)
class WorkedExample:
    """An example that comes with the framework, with the result it must give."""

    id: str
    base: int
    overrides: Mapping[str, Given] = field(hash=False)
    outcome: str
    essentials_unmet: tuple[str, ...]
    tiers_not_universal: Mapping[str, str] = field(hash=False)
    note: str

    def answers(self, statements: Iterable[Statement]) -> dict[str, Given]:
        """The answers it stands for: its base level for every statement, then its overrides."""
        return {statement.slug: self.overrides.get(statement.slug, self.base) for statement in statements}

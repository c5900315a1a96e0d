"""From answers to a profile: the score and band of each theme, the essentials, and the outcome with its reasons.

Whole numbers and fractions only. The limits of bands and outcomes are read from the framework; the share of a theme
that must have a level is the framework's rule on the least that must be answered.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from .answers import Answers, Given, Other
from .framework import Band, Framework, NotInFramework, Outcome, OutcomeRule, Statement, Theme

MINIMUM_ANSWERED = Fraction(3, 4)
"""The least share of a theme's applicable statements that must have a level for the theme to have a score."""


@dataclass(frozen=True)
class ThemeResult:
    """What the answers say about one theme.

    `total` is the sum of the levels given, `answered` how many levels were given, and `applicable` how many statements
    apply. A blank and “do not know” both count as applicable but not as answered.
    """

    theme: Theme
    total: int
    answered: int
    applicable: int
    band: Band | None
    unmet: tuple[Statement, ...]
    dont_know: tuple[Statement, ...]

    @property
    def has_score(self) -> bool:
        """Whether enough is known for a score and a band."""
        return is_enough(self.answered, self.applicable)

    @property
    def mean(self) -> Fraction | None:
        """The exact mean of the levels, from 1 to 4; None without a score."""
        return Fraction(self.total, self.answered) if self.has_score else None

    @property
    def display(self) -> str:
        """The mean to one decimal place, a half going up, such as "2.6"; "" without a score."""
        if not self.has_score:
            return ""
        tenths = (20 * self.total + self.answered) // (2 * self.answered)
        return f"{tenths // 10}.{tenths % 10}"

    def is_below(self, limit: Fraction) -> bool:
        """Whether there is a score and its unrounded mean is below the limit."""
        return self.has_score and self.total * limit.denominator < limit.numerator * self.answered


def is_enough(answered: int, applicable: int) -> bool:
    """Whether enough of a theme's applicable statements have a level for the theme to have a score."""
    return answered > 0 and answered * MINIMUM_ANSWERED.denominator >= MINIMUM_ANSWERED.numerator * applicable


@dataclass(frozen=True)
class EssentialResult:
    """What was given for one essential statement (None: blank), and whether its own minimum is met."""

    statement: Statement
    theme: Theme
    given: Given | None
    is_met: bool


class ReasonKind(StrEnum):
    """Why the outcome is what it is, or is not better."""

    THEME_WITHOUT_SCORE = "theme_without_score"
    TOO_MANY_ESSENTIALS_UNKNOWN = "too_many_essentials_unknown"
    ESSENTIALS_UNMET = "essentials_unmet"
    ESSENTIALS_AT_LEVEL_1 = "essentials_at_level_1"
    CONDITION_MEAN_BELOW = "condition_mean_below"
    CONDITION_THEME_BELOW = "condition_theme_below"
    EVERYTHING_IN_PLACE = "everything_in_place"


@dataclass(frozen=True)
class Reason:
    """One reason, for others to put into words.

    `statements` and `themes` are those it is about. `limit` is the limit that was not kept (a mean, or how many are
    allowed) and `value` what was found. `outcome` is the better outcome that this reason keeps the school from, or the
    outcome it gives when nothing stands in the way or too little is known.
    """

    kind: ReasonKind
    outcome: Outcome
    statements: tuple[Statement, ...] = ()
    themes: tuple[Theme, ...] = ()
    limit: Fraction | None = None
    value: Fraction | None = None


@dataclass(frozen=True)
class Profile:
    """The scored result of a set of answers under one framework version. Build it with `profile`."""

    framework: Framework
    answers: Mapping[str, Given] = field(hash=False)
    themes: tuple[ThemeResult, ...]
    essentials: tuple[EssentialResult, ...]
    outcome: Outcome
    reasons: tuple[Reason, ...]

    @cached_property
    def _by_slug(self) -> dict[str, ThemeResult]:
        return {result.theme.slug: result for result in self.themes}

    def theme(self, slug: str) -> ThemeResult:
        """The result of the theme of this slug. Raises NotInFramework."""
        try:
            return self._by_slug[slug]
        except KeyError:
            raise NotInFramework(f"This framework has no theme “{slug}”.") from None

    @property
    def unmet(self) -> tuple[Statement, ...]:
        """The essential statements that are not met, in framework order. Blank ones are among them."""
        return tuple(result.statement for result in self.essentials if not result.is_met)

    @property
    def unknown(self) -> tuple[Statement, ...]:
        """The statements answered “we do not know yet”, in framework order."""
        return tuple(statement for result in self.themes for statement in result.dont_know)

    @property
    def condition_results(self) -> tuple[ThemeResult, ...]:
        """The results of the condition themes, in framework order."""
        return tuple(result for result in self.themes if result.theme.is_condition)

    @property
    def condition_mean(self) -> Fraction | None:
        """The exact mean of the condition themes' means, each theme counting once; None when one has no score."""
        return condition_mean(self.themes)

    @property
    def is_not_enough_information(self) -> bool:
        """Whether too little is known for any other outcome."""
        return self.outcome.rule.check_first


def profile(framework: Framework, answers: Answers) -> Profile:
    """Score the answers. Slugs that are absent are blanks, which a draft may have.

    Answers to statements that the framework does not hold are ignored.
    """
    themes = tuple(_theme_result(framework, theme, answers) for theme in framework.themes)
    essentials = tuple(
        _essential_result(statement, theme, answers)
        for theme in framework.themes
        for statement in theme.statements
        if statement.is_essential
    )
    outcome, reasons = _outcome(framework, themes, essentials)
    kept = {slug: answers[slug] for slug in framework.positions if slug in answers}
    return Profile(framework, kept, themes, essentials, outcome, reasons)


def _theme_result(framework: Framework, theme: Theme, answers: Answers) -> ThemeResult:
    total = answered = applicable = 0
    unmet, dont_know = [], []
    for statement in theme.statements:
        given = answers.get(statement.slug)
        if given == Other.NOT_APPLICABLE:
            continue
        applicable += 1
        if given == Other.DONT_KNOW:
            dont_know.append(statement)
        elif given is not None:
            total += int(given)
            answered += 1
        if not statement.is_met_by(given):
            unmet.append(statement)
    band = framework.band_of(Fraction(total, answered)) if is_enough(answered, applicable) else None
    return ThemeResult(theme, total, answered, applicable, band, tuple(unmet), tuple(dont_know))


def _essential_result(statement: Statement, theme: Theme, answers: Answers) -> EssentialResult:
    given = answers.get(statement.slug)
    return EssentialResult(statement, theme, given, statement.is_met_by(given))


def condition_mean(themes: Iterable[ThemeResult]) -> Fraction | None:
    """The exact mean of the condition themes' means; None when one of them has no score."""
    means = [result.mean for result in themes if result.theme.is_condition]
    scores = [mean for mean in means if mean is not None]
    return sum(scores, Fraction(0)) / len(scores) if len(scores) == len(means) else None


def _outcome(
    framework: Framework, themes: tuple[ThemeResult, ...], essentials: tuple[EssentialResult, ...]
) -> tuple[Outcome, tuple[Reason, ...]]:
    """Too little information is looked at first, then the outcomes from the best down.

    The reasons are what keeps the school from the next better outcome.
    """
    first = framework.not_enough_information
    if reasons := _too_little(first, themes, essentials):
        return first, reasons
    reasons = ()
    for outcome in framework.ladder:
        held_back = _held_back(outcome, themes, essentials)
        if not held_back:
            return outcome, reasons or (Reason(ReasonKind.EVERYTHING_IN_PLACE, outcome),)
        reasons = held_back
    raise AssertionError("The last outcome of a ladder has no limits.")


def _too_little(
    outcome: Outcome, themes: tuple[ThemeResult, ...], essentials: tuple[EssentialResult, ...]
) -> tuple[Reason, ...]:
    """Why too little is known. A blank essential is as unknown as one answered “we do not know yet”."""
    reasons = []
    rule = outcome.rule
    without = tuple(result.theme for result in themes if result.theme.is_condition and not result.has_score)
    if rule.any_condition_theme_without_score and without:
        reasons.append(Reason(ReasonKind.THEME_WITHOUT_SCORE, outcome, themes=without))
    unknown = tuple(result.statement for result in essentials if not isinstance(result.given, int))
    limit = rule.or_essentials_dont_know_more_than
    if limit is not None and len(unknown) > limit:
        kind, value = ReasonKind.TOO_MANY_ESSENTIALS_UNKNOWN, Fraction(len(unknown))
        reasons.append(Reason(kind, outcome, statements=unknown, limit=Fraction(limit), value=value))
    return tuple(reasons)


def _held_back(
    outcome: Outcome, themes: tuple[ThemeResult, ...], essentials: tuple[EssentialResult, ...]
) -> tuple[Reason, ...]:
    """What keeps the answers from this outcome; empty when nothing does."""
    rule = outcome.rule
    unmet = tuple(result.statement for result in essentials if not result.is_met)
    lowest = tuple(result.statement for result in essentials if result.given == 1)
    reasons = [
        *_too_many(ReasonKind.ESSENTIALS_UNMET, outcome, unmet, rule.essentials_unmet_max),
        *_too_many(ReasonKind.ESSENTIALS_AT_LEVEL_1, outcome, lowest, rule.essentials_at_level_1_max),
        *_too_low(outcome, rule, themes),
    ]
    return tuple(reasons)


def _too_many(kind: ReasonKind, outcome: Outcome, found: tuple[Statement, ...], limit: int | None) -> Iterable[Reason]:
    if limit is not None and len(found) > limit:
        yield Reason(kind, outcome, statements=found, limit=Fraction(limit), value=Fraction(len(found)))


def _too_low(outcome: Outcome, rule: OutcomeRule, themes: tuple[ThemeResult, ...]) -> Iterable[Reason]:
    limit = rule.condition_theme_mean_min
    if limit is not None:
        mean = condition_mean(themes)
        if mean is None or mean < limit:
            yield Reason(ReasonKind.CONDITION_MEAN_BELOW, outcome, limit=limit, value=mean)
    limit = rule.any_condition_theme_min
    if limit is not None:
        low = tuple(result.theme for result in themes if result.theme.is_condition and result.is_below(limit))
        if low:
            yield Reason(ReasonKind.CONDITION_THEME_BELOW, outcome, themes=low, limit=limit)


def evidence_wanted(profile: Profile, evidenced: AbstractSet[str]) -> tuple[Statement, ...]:
    """The statements that still want a line on how the school knows: a level 4, or a met essential, without one.

    `evidenced` holds the slugs that have such a line. The level stands all the same (the framework's evidence rule).
    """
    return tuple(
        statement
        for statement in profile.framework.statements
        if statement.slug not in evidenced and _asks_for_evidence(statement, profile.answers.get(statement.slug))
    )


def _asks_for_evidence(statement: Statement, given: Given | None) -> bool:
    return given == 4 or (statement.is_essential and statement.is_met_by(given))

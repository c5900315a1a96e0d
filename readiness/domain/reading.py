"""Reads the parts of a framework out of a canonical document that has no problems."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from .answers import Other, parse_given
from .parts import (
    Band,
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
from .problems import exact

Part = Mapping[str, Any]


def scale(part: Part) -> tuple[ScaleLevel, ...]:
    """The four levels."""
    return tuple(
        ScaleLevel(level["value"], level["key"], level["label"], level["meaning"])
        for level in sorted(part["levels"], key=lambda level: int(level["value"]))
    )


def other_answers(part: Part) -> tuple[OtherAnswer, ...]:
    """The answers that are not levels."""
    return tuple(OtherAnswer(Other(item["key"]), item["label"], item["effect"]) for item in part["other_answers"])


def themes(parts: Sequence[Part]) -> tuple[Theme, ...]:
    """The themes with their statements, in order."""
    return tuple(_theme(part) for part in parts)


def bands(parts: Sequence[Part]) -> tuple[Band, ...]:
    """The bands, lowest first."""
    return tuple(_band(part) for part in parts)


def outcomes(parts: Sequence[Part]) -> tuple[Outcome, ...]:
    """The outcomes in the document's order, best first."""
    return tuple(Outcome(part["key"], part["label"], _rule(part["rule"])) for part in parts)


def tiers(parts: Sequence[Part]) -> tuple[Tier, ...]:
    """The tiers, lightest first."""
    return tuple(Tier(part["key"], part["label"], part["meaning"]) for part in parts)


def keys(part: Part) -> Mapping[str, Mapping[str, str]]:
    """Each mapping's keys with their words."""
    return {name: _keys(words or {}) for name, words in part.items()}


def worked_examples(parts: Sequence[Part]) -> tuple[WorkedExample, ...]:
    """The examples with the result that each must give."""
    return tuple(_example(part) for part in parts)


def _theme(part: Part) -> Theme:
    return Theme(
        slug=part["slug"],
        title=part["title"],
        kind=ThemeKind(part["kind"]),
        summary=part["summary"],
        why_it_matters=part["why_it_matters"],
        statements=tuple(_statement(item) for item in part["statements"]),
    )


def _statement(part: Part) -> Statement:
    mapping = part.get("maps_to") or {}
    first, second, third, fourth = (part["levels"][key] for key in ("1", "2", "3", "4"))
    return Statement(
        slug=part["slug"],
        text=part["text"],
        levels=(first, second, third, fourth),
        evidence_might_include=tuple(part.get("evidence_might_include") or ()),
        essential_minimum=part.get("essential_minimum_level") if part.get("essential") else None,
        not_applicable_when=part.get("not_applicable_when") if part.get("not_applicable_allowed") else None,
        help=part.get("help") or "",
        hgios4=tuple(mapping.get("hgios4") or ()),
        nurture_principles=tuple(mapping.get("nurture_principles") or ()),
        solihull=tuple(mapping.get("solihull") or ()),
        shanarri=tuple(mapping.get("shanarri") or ()),
        readiness_construct=mapping.get("readiness_construct") or "",
    )


def _band(part: Part) -> Band:
    below = part.get("below")
    return Band(part["key"], part["label"], exact(part["min"]), None if below is None else exact(below))


def _rule(part: Part) -> OutcomeRule:
    def fraction(name: str) -> Fraction | None:
        value = part.get(name)
        return None if value is None else exact(value)

    return OutcomeRule(
        essentials_unmet_max=part.get("essentials_unmet_max"),
        essentials_at_level_1_max=part.get("essentials_at_level_1_max"),
        condition_theme_mean_min=fraction("condition_theme_mean_min"),
        any_condition_theme_min=fraction("any_condition_theme_min"),
        otherwise=bool(part.get("otherwise")),
        check_first=bool(part.get("check_first")),
        any_condition_theme_without_score=bool(part.get("any_condition_theme_without_score")),
        or_essentials_dont_know_more_than=part.get("or_essentials_dont_know_more_than"),
    )


def _keys(part: Any) -> Mapping[str, str]:
    """Key -> its words. A plain list of words is its own key, with a capital letter for show."""
    if isinstance(part, Mapping):
        return dict(part)
    return {word: word[:1].upper() + word[1:] for word in part}


def _example(part: Part) -> WorkedExample:
    return WorkedExample(
        id=part["id"],
        base=part["base"],
        overrides={slug: parse_given(raw) for slug, raw in (part.get("overrides") or {}).items()},
        outcome=part["outcome"],
        essentials_unmet=tuple(part.get("essentials_unmet") or ()),
        tiers_not_universal=dict(part.get("tiers_not_universal") or {}),
        note=part.get("note") or "",
    )

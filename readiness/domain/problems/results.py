"""Problems in how answers become a result: bands, outcomes, tiers and the worked examples."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

from readiness.domain.answers import BadAnswer, Other, parse_given

from .base import (
    Part,
    Problem,
    Problems,
    empty_texts,
    exact,
    is_text,
    is_whole,
    mapping,
    odd_lists,
    odd_mappings,
    odd_parts,
    odd_texts,
    parts,
    texts,
)

TIER_KEYS = ("universal", "targeted", "intensive")

_COUNTS = ("essentials_unmet_max", "essentials_at_level_1_max", "or_essentials_dont_know_more_than")
_MEANS = ("condition_theme_mean_min", "any_condition_theme_min")
_SWITCHES = ("otherwise", "check_first", "any_condition_theme_without_score")


def _number(value: Any) -> Fraction | None:
    try:
        return exact(value)
    except (ValueError, ZeroDivisionError):
        return None


def scoring_problems(document: Part) -> Problems:
    """Problems in the bands and the outcomes."""
    scoring = document["scoring"]
    for name in ("bands", "outcomes", "worked_examples"):
        yield from odd_parts(scoring, "scoring", name, "The scoring")
    yield from odd_lists(scoring, "scoring", ("outcome_notes",), "The scoring")
    yield from _band_problems(parts(scoring.get("bands")))
    outcomes = parts(scoring.get("outcomes"))
    yield from _named_once(outcomes, "scoring/outcomes", "outcome")
    for outcome in outcomes:
        yield from _rule_problems(outcome, f"scoring/outcomes/{outcome.get('key')}", f"Outcome “{outcome.get('key')}”")
    yield from _ladder_problems([mapping(outcome.get("rule")) for outcome in outcomes])


def _named_once(things: list[Part], path: str, kind: str) -> Problems:
    if not things:
        yield Problem(path, f"There is no {kind}. Add at least one.")
    keys = [str(thing.get("key")) for thing in things]
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        yield Problem(f"{path}/{key}", f"Two {kind}s share the key “{key}”. Give each its own.")
    for place, thing in enumerate(things, start=1):
        yield from empty_texts(
            thing, f"{path}/{thing.get('key') or place}", ("key", "label"), f"{kind.capitalize()} {place}"
        )


def _band_problems(bands: list[Part]) -> Problems:
    path = "scoring/bands"
    yield from _named_once(bands, path, "band")
    for band in bands:
        upper = band.get("below", band.get("max"))
        low, high = _number(band.get("min")), _number(upper)
        if low is None or high is None or low >= high:
            sentence = f"Band “{band.get('label')}” needs a lowest mean and a higher mean where it ends."
            yield Problem(f"{path}/{band.get('key')}", sentence)
            return
    if not bands:
        return
    for lower, upper_band in pairwise(bands):
        yield from _join_problems(lower, upper_band, path)
    if _number(bands[0].get("min")) != 1:
        yield Problem(f"{path}/{bands[0].get('key')}", "The first band must begin at 1, the lowest level.")
    if bands[-1].get("below") is not None or _number(bands[-1].get("max")) != 4:
        yield Problem(f"{path}/{bands[-1].get('key')}", "The last band must reach 4: give it “max” 4 and no “below”.")


def _join_problems(lower: Part, upper: Part, path: str) -> Problems:
    end, start = _number(lower.get("below")), _number(upper.get("min"))
    names = f"“{lower.get('label')}” and “{upper.get('label')}”"
    if end is None:
        yield Problem(
            f"{path}/{lower.get('key')}", f"Only the last band may do without “below”. Say where {names} meet."
        )
    elif start is not None and end < start:
        yield Problem(
            f"{path}/{upper.get('key')}", f"There is a gap between {names}. Make one begin where the other ends."
        )
    elif start is not None and end > start:
        yield Problem(f"{path}/{upper.get('key')}", f"The bands {names} overlap. Make one begin where the other ends.")


def _rule_problems(outcome: Part, path: str, whose: str) -> Problems:
    rule = mapping(outcome.get("rule"))
    if not rule:
        yield Problem(f"{path}/rule", f"{whose} has no rule. Say when it is given.")
    for name in sorted(set(rule) - {*_COUNTS, *_MEANS, *_SWITCHES}):
        yield Problem(f"{path}/rule/{name}", f"{whose} has a rule “{name}” that is not known. Take it out.")
    for name in _COUNTS:
        if rule.get(name) is not None and not is_whole(rule[name], 0, 1000):
            yield Problem(f"{path}/rule/{name}", f"{whose}: “{name}” must be a whole number, 0 or more.")
    for name in _MEANS:
        value = _number(rule.get(name))
        if rule.get(name) is not None and (value is None or not 1 <= value <= 4):
            yield Problem(f"{path}/rule/{name}", f"{whose}: “{name}” must be a number from 1 to 4.")
    for name in _SWITCHES:
        if not isinstance(rule.get(name, False), bool):
            yield Problem(f"{path}/rule/{name}", f"{whose}: answer “{name}” with yes or no.")


def _ladder_problems(rules: list[Part]) -> Problems:
    """Outcomes stand best first, and a better one asks at least as much: so raising a level can never lower it."""
    path = "scoring/outcomes"
    if sum(rule.get("otherwise") is True for rule in rules) != 1:
        yield Problem(path, "Exactly one outcome must be the one that is left when no other fits: “otherwise”.")
    if sum(rule.get("check_first") is True for rule in rules) != 1:
        yield Problem(path, "Exactly one outcome must be the one for too little information: “check_first”.")
    for rule in rules:
        if rule.get("check_first") is True and rule.get("any_condition_theme_without_score") is not True:
            yield Problem(
                path, "A condition theme without a score must mean too little information. Switch that rule on."
            )
    gated = [rule for rule in rules if rule.get("otherwise") is not True and rule.get("check_first") is not True]
    if not gated:
        yield Problem(path, "No outcome has limits of its own. Add the one for a school that may start.")
    for better, next_best in pairwise(gated):
        if not _asks_as_much(better, next_best):
            sentence = "The outcomes must stand best first, and each must ask at least as much as the one after it."
            yield Problem(path, sentence)
            return


def _asks_as_much(better: Part, other: Part) -> bool:
    most = Fraction(1000)

    def ceiling(rule: Part, name: str) -> Fraction:
        value = _number(rule.get(name))
        return most if value is None else value

    def floor(rule: Part, name: str) -> Fraction:
        return _number(rule.get(name)) or Fraction(0)

    unmet = ceiling(better, "essentials_unmet_max")
    at_level_1 = min(unmet, ceiling(better, "essentials_at_level_1_max"))
    return (
        unmet <= ceiling(other, "essentials_unmet_max")
        and at_level_1 <= ceiling(other, "essentials_at_level_1_max")
        and all(floor(better, name) >= floor(other, name) for name in _MEANS)
    )


def support_problems(document: Part) -> Problems:
    """Problems in the structure of support."""
    support = document["support_structure"]
    yield from odd_parts(support, "support_structure", "tiers", "The structure of support")
    yield from odd_lists(support, "support_structure", ("theme_to_tier",), "The structure of support")
    yield from odd_texts(support, "support_structure", ("limits",), "The structure of support")
    tiers = parts(support.get("tiers"))
    if tuple(tier.get("key") for tier in tiers) != TIER_KEYS:
        yield Problem("support_structure/tiers", "The tiers must be universal, targeted and intensive, in this order.")
    for place, tier in enumerate(tiers, start=1):
        path = f"support_structure/tiers/{tier.get('key') or place}"
        yield from empty_texts(tier, path, ("label", "meaning"), f"Tier {place}")


def worked_example_problems(document: Part) -> Problems:
    """Problems in what the worked examples name. Whether the result is right is for the scoring to say."""
    statements = {
        str(statement.get("slug")): statement
        for theme in parts(document["themes"])
        for statement in parts(theme.get("statements"))
    }
    themes = {str(theme.get("slug")) for theme in parts(document["themes"])}
    outcomes = {str(outcome.get("key")) for outcome in parts(document["scoring"].get("outcomes"))}
    for place, example in enumerate(parts(document["scoring"].get("worked_examples")), start=1):
        path = f"scoring/worked_examples/{example.get('id') or place}"
        whose = f"Worked example “{example.get('id') or place}”"
        if not is_text(example.get("id")):
            yield Problem(f"{path}/id", f"{whose} has no id. Give it one.")
        if not is_whole(example.get("base"), 1, 4):
            yield Problem(f"{path}/base", f"{whose} needs a base level from 1 to 4.")
        yield from odd_mappings(example, path, ("overrides", "tiers_not_universal"), whose)
        yield from odd_lists(example, path, ("essentials_unmet",), whose)
        yield from odd_texts(example, path, ("note",), whose)
        yield from _override_problems(example, statements, path, whose)
        if str(example.get("outcome")) not in outcomes:
            yield Problem(
                f"{path}/outcome", f"{whose} names an outcome “{example.get('outcome')}” that does not exist."
            )
        for slug in texts(example.get("essentials_unmet")):
            if mapping(statements.get(slug)).get("essential") is not True:
                yield Problem(
                    f"{path}/essentials_unmet", f"{whose} names “{slug}”, which is not an essential statement."
                )
        for slug, tier in mapping(example.get("tiers_not_universal")).items():
            if slug not in themes or tier not in TIER_KEYS:
                yield Problem(
                    f"{path}/tiers_not_universal", f"{whose} names “{slug}: {tier}”. Check the theme and the tier."
                )


def _override_problems(example: Part, statements: dict[str, Part], path: str, whose: str) -> Problems:
    for slug, raw in mapping(example.get("overrides")).items():
        here = f"{path}/overrides/{slug}"
        if slug not in statements:
            yield Problem(here, f"{whose} names a statement “{slug}” that does not exist.")
            continue
        try:
            given = parse_given(raw)
        except BadAnswer as refusal:
            yield Problem(here, f"{whose}, “{slug}”: {refusal}")
            continue
        if given is Other.NOT_APPLICABLE and statements[slug].get("not_applicable_allowed") is not True:
            yield Problem(here, f"{whose} says that “{slug}” does not apply, but that answer is not offered there.")

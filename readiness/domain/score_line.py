"""One line of answers in, one result out: the rules, for anyone who wants to check them from outside."""

import json
from typing import Any

from .answers import BadAnswer, Given, Other, parse_given
from .framework import Framework, Statement
from .scoring import profile
from .tiers import tiers
from .way_up import way_up


class BadLine(ValueError):
    """The line cannot be scored. The message is a sentence that says why."""


def score_line(framework: Framework, line: str) -> dict[str, Any]:
    """Score one JSON object of answers (statement slug -> 1 to 4, "dont_know" or "not_applicable").

    Gives `outcome` (key), `unmet` (slugs in framework order), `tiers` (theme slug -> key, every theme) and `way_up`
    (statement slug -> level to reach, or None). Every statement needs an answer, and nothing else may be there.

    Raises:
        BadLine: with a sentence, when the line is not such an object.
    """
    result = profile(framework, _answers(framework, _read(line)))
    way = way_up(result)
    return {
        "outcome": result.outcome.key,
        "unmet": [statement.slug for statement in result.unmet],
        "tiers": {tier.theme.slug: tier.tier.key for tier in tiers(result)},
        "way_up": {change.statement.slug: change.to_level for change in way.changes} if way else None,
    }


def _read(line: str) -> dict[str, Any]:
    try:
        read = json.loads(line, object_pairs_hook=_once)
    except BadLine:
        raise
    except (ValueError, RecursionError):
        raise BadLine("This is not JSON: write one object of answers on the line.") from None
    if not isinstance(read, dict):
        raise BadLine("This is not an object: write the answers as one JSON object, from statement to answer.")
    return read


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        raise BadLine("A statement is answered twice: give each statement one answer.")
    return read


def _answers(framework: Framework, read: dict[str, Any]) -> dict[str, Given]:
    known = framework.positions
    if unknown := [slug for slug in read if slug not in known]:
        raise BadLine(f"The framework does not hold {_listed(unknown)}: take it out or correct the spelling.")
    if missing := [slug for slug in known if slug not in read]:
        raise BadLine(f"There is no answer for {_listed(missing)}: every statement needs one.")
    return {statement.slug: _given(statement, read[statement.slug]) for statement in framework.statements}


def _given(statement: Statement, raw: object) -> Given:
    try:
        given = parse_given(raw)
    except BadAnswer:
        choices = "1, 2, 3, 4, “dont_know” or “not_applicable”"
        raise BadLine(f"The answer for “{statement.slug}” cannot be used: give {choices}.") from None
    if given == Other.NOT_APPLICABLE and not statement.may_not_apply:
        raise BadLine(
            f"The answer “not_applicable” is not offered for “{statement.slug}”: give a level or “dont_know”."
        )
    return given


def _listed(slugs: list[str]) -> str:
    shown = ", ".join(f"“{slug[:60]}”" for slug in slugs[:3])
    return shown if len(slugs) <= 3 else f"{shown} and {len(slugs) - 3} more"

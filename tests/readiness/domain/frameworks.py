"""The framework that the product ships with, and small invented ones."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from readiness.domain.framework import Framework

FILE = Path(__file__).parents[3] / "fixtures" / "frameworks" / "nurture-readiness-1.0.yaml"
_DOCUMENT = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def document() -> dict[str, Any]:
    """The shipped document, to change as you like."""
    return deepcopy(_DOCUMENT)


@cache
def framework() -> Framework:
    """The shipped framework."""
    return Framework.from_document(_DOCUMENT)


def statement_document(slug: str, minimum: int | None = None, may_not_apply: bool = False) -> dict[str, Any]:
    statement = {
        "slug": slug,
        "text": f"Text of {slug}.",
        "levels": {level: f"Level {level} of {slug}." for level in (1, 2, 3, 4)},
        "essential": minimum is not None,
        "not_applicable_allowed": may_not_apply,
    }
    if minimum is not None:
        statement["essential_minimum_level"] = minimum
    if may_not_apply:
        statement["not_applicable_when"] = "When it does not."
    return statement


def small_document(
    *themes: tuple[str, list[int | None]], rules: dict[str, dict[str, Any]] | None = None
) -> dict[str, Any]:
    """A document with these themes: the kind of each, and for each statement its minimum (None: not essential).

    Statements are called a1, a2, … b1, b2, …. `rules` replaces rules of outcomes by key.
    """
    small = document()
    small["scoring"]["worked_examples"] = []
    small["themes"] = [
        {
            "slug": f"theme-{letter}",
            "title": f"Theme {letter}",
            "kind": kind,
            "summary": "Summary.",
            "why_it_matters": "Why.",
            "statements": [
                statement_document(f"{letter}{place}", minimum) for place, minimum in enumerate(minimums, 1)
            ],
        }
        for letter, (kind, minimums) in zip("abcdefgh", themes, strict=False)
    ]
    for outcome in small["scoring"]["outcomes"]:
        outcome["rule"] = (rules or {}).get(outcome["key"], outcome["rule"])
    return small

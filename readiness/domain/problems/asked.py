"""Problems in what is asked: the head of the framework, its keys, scale, themes and statements."""

import re
from collections.abc import Mapping
from typing import Any

from .base import (
    Part,
    Problem,
    Problems,
    empty_texts,
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

ADDRESSES = frozenset({"check", "results", "done", "history", "report"})
"""Slugs that would clash with the address of a page."""

LONGEST_SLUG = 80

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def head_problems(document: Part) -> Problems:
    """Problems in the framework’s own title, purpose and slug."""
    head = document["framework"]
    names = ("title", "version", "language", "purpose", "completed_by", "reminder")
    yield from empty_texts(head, "framework", names, "The framework")
    yield from _slug_shape(head.get("slug"), "framework/slug", "The framework")
    if not is_whole(head.get("expected_minutes"), 1, 600):
        yield Problem("framework/expected_minutes", "Say how many minutes it takes: a whole number from 1 to 600.")


MAPPINGS = ("hgios4", "nurture_principles", "solihull", "shanarri")


def known_keys(document: Part, name: str) -> frozenset[str]:
    """The keys that statements may use for one of the mappings."""
    value = mapping(document.get("keys")).get(name)
    return frozenset(value if isinstance(value, Mapping) else texts(value))


def key_problems(document: Part) -> Problems:
    """Problems in the keys that statements are mapped to."""
    for name in MAPPINGS:
        if not known_keys(document, name):
            yield Problem(f"keys/{name}", f"The list of keys for “{name}” is missing or empty. Add its keys.")
    for name, value in document["keys"].items():
        if not isinstance(value, Mapping):
            yield from odd_lists(document["keys"], "keys", (name,), "The keys")
        words = mapping(value)
        yield from empty_texts(words, f"keys/{name}", tuple(words), f"The list of keys for “{name}”")


def scale_problems(document: Part) -> Problems:
    """Problems in the levels and the other answers."""
    yield from odd_parts(document["scale"], "scale", "levels", "The scale")
    yield from odd_parts(document["scale"], "scale", "other_answers", "The scale")
    yield from odd_mappings(document["scale"], "scale", ("quantity_words",), "The scale")
    yield from odd_texts(document["scale"], "scale", ("quantity_words_note",), "The scale")
    words = mapping(document["scale"].get("quantity_words"))
    yield from empty_texts(words, "scale/quantity_words", tuple(words), "The list of quantity words")
    levels = parts(document["scale"].get("levels"))
    if sorted(str(level.get("value")) for level in levels) != ["1", "2", "3", "4"]:
        yield Problem("scale/levels", "The scale needs four levels, with the values 1, 2, 3 and 4, each once.")
    for place, level in enumerate(levels):
        yield from empty_texts(level, f"scale/levels/{place}", ("key", "label", "meaning"), f"Level {place + 1}")
    others = parts(document["scale"].get("other_answers"))
    if sorted(str(item.get("key")) for item in others) != ["dont_know", "not_applicable"]:
        sentence = "The other answers must be “dont_know” and “not_applicable”, each once."
        yield Problem("scale/other_answers", sentence)
    for place, item in enumerate(others):
        yield from empty_texts(item, f"scale/other_answers/{place}", ("label", "effect"), f"Other answer {place + 1}")


def theme_problems(document: Part) -> Problems:
    """Problems in the themes and their statements."""
    themes = parts(document["themes"])
    yield from odd_parts(document, "", "themes", "The framework")
    if not themes:
        yield Problem("themes", "The framework has no themes. Add at least one.")
    elif not any(theme.get("kind") == "condition" for theme in themes):
        yield Problem(
            "themes", "No theme is a condition, so nothing would count towards readiness. Make one a condition."
        )
    for place, theme in enumerate(themes):
        slug = theme.get("slug")
        path = f"themes/{slug or place}"
        whose = f"Theme “{theme.get('title') or slug or place + 1}”"
        yield from empty_texts(theme, path, ("title", "summary", "why_it_matters"), whose)
        if theme.get("kind") not in ("condition", "starting_point"):
            yield Problem(f"{path}/kind", f"{whose} must be a condition or a starting point. Choose one.")
        yield from odd_parts(theme, path, "statements", whose)
        statements = parts(theme.get("statements"))
        if not statements:
            yield Problem(f"{path}/statements", f"{whose} has no statements. Add at least one, or take the theme out.")
        for number, statement in enumerate(statements, start=1):
            yield from _statement_problems(document, statement, path, number)


def _statement_problems(document: Part, statement: Part, theme_path: str, number: int) -> Problems:
    slug = statement.get("slug")
    path = f"{theme_path}/{slug or number}"
    whose = f"Statement “{slug or number}”"
    yield from empty_texts(statement, path, ("text",), whose)
    levels = mapping(statement.get("levels"))
    for level in ("1", "2", "3", "4"):
        if not is_text(levels.get(level)):
            yield Problem(f"{path}/levels/{level}", f"{whose} has no description for level {level}. Write one.")
    for extra in sorted(set(levels) - {"1", "2", "3", "4"}):
        yield Problem(
            f"{path}/levels/{extra}", f"{whose} describes a level “{extra}”. Levels go from 1 to 4: take it out."
        )
    yield from odd_lists(statement, path, ("evidence_might_include",), whose)
    yield from odd_texts(statement, path, ("help", "not_applicable_when"), whose)
    yield from odd_mappings(statement, path, ("levels", "maps_to"), whose)
    yield from _gate_problems(statement, path, whose)
    yield from _mapping_problems(document, statement, path, whose)


def _gate_problems(statement: Part, path: str, whose: str) -> Problems:
    essential, minimum = statement.get("essential", False), statement.get("essential_minimum_level")
    may_not_apply, when = statement.get("not_applicable_allowed", False), statement.get("not_applicable_when")
    for name, value in (("essential", essential), ("not_applicable_allowed", may_not_apply)):
        if not isinstance(value, bool):
            yield Problem(f"{path}/{name}", f"{whose}: answer “{name.replace('_', ' ')}” with yes or no.")
    minimum_path = f"{path}/essential_minimum_level"
    if essential is True and not is_whole(minimum, 2, 4):
        yield Problem(minimum_path, f"{whose} is essential. Give it a minimum level: 2, 3 or 4.")
    if essential is False and minimum is not None:
        yield Problem(
            minimum_path,
            f"{whose} has a minimum level but is not essential. Make it essential, or take the minimum out.",
        )
    if essential is True and may_not_apply is True:
        sentence = f"{whose} is essential, so it always applies. Do not offer “does not apply”."
        yield Problem(f"{path}/not_applicable_allowed", sentence)
    if may_not_apply is True and not is_text(when):
        yield Problem(f"{path}/not_applicable_when", f"{whose} may not apply. Say when.")
    if may_not_apply is False and is_text(when):
        sentence = (
            f"{whose} says when it does not apply, but does not offer that answer. Offer it, or take the words out."
        )
        yield Problem(f"{path}/not_applicable_when", sentence)


def _mapping_problems(document: Part, statement: Part, path: str, whose: str) -> Problems:
    maps_to = mapping(statement.get("maps_to"))
    yield from odd_lists(maps_to, f"{path}/maps_to", MAPPINGS, whose)
    yield from odd_texts(maps_to, f"{path}/maps_to", ("readiness_construct",), whose)
    for name in MAPPINGS:
        used = texts(maps_to.get(name))
        for key in used:
            if key not in known_keys(document, name):
                yield Problem(
                    f"{path}/maps_to/{name}", f"{whose} uses “{key}”, which is not among the keys of “{name}”."
                )


def slug_problems(document: Part) -> Problems:
    """Problems in the slugs of themes and statements."""
    themes = parts(document["themes"])
    yield from _duplicates([theme.get("slug") for theme in themes], "themes", "Two themes")
    statements = [statement for theme in themes for statement in parts(theme.get("statements"))]
    yield from _duplicates([statement.get("slug") for statement in statements], "themes", "Two statements")
    for place, theme in enumerate(themes):
        yield from _slug_shape(theme.get("slug"), f"themes/{theme.get('slug') or place}/slug", f"Theme {place + 1}")
        for number, statement in enumerate(parts(theme.get("statements")), start=1):
            path = f"themes/{theme.get('slug') or place}/{statement.get('slug') or number}/slug"
            yield from _slug_shape(statement.get("slug"), path, f"Statement {number} of theme {place + 1}")


def _duplicates(slugs: list[Any], path: str, who: str) -> Problems:
    seen = [str(slug) for slug in slugs if slug]
    for slug in dict.fromkeys(slug for slug in seen if seen.count(slug) > 1):
        yield Problem(f"{path}/{slug}", f"{who} share the slug “{slug}”. Give each its own.")


def _slug_shape(slug: Any, path: str, whose: str) -> Problems:
    if not is_text(slug):
        yield Problem(path, f"{whose} has no slug. Give it one: small letters, numbers and hyphens.")
    elif not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        sentence = (
            f"The slug “{slug}” must be small letters, numbers and single hyphens, at most {LONGEST_SLUG} characters."
        )
        yield Problem(path, sentence)
    elif slug in ADDRESSES:
        yield Problem(path, f"The slug “{slug}” is the address of a page. Choose another.")

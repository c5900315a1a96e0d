"""What keeps a document from being the prompts of the log, in sentences for the person who edits it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST_SLUG = 50
LARGEST_LIMIT = 5000
ADDRESSES = frozenset({"done", "term", "seen", "asked"})
KINDS = ("choice", "multi_choice", "date", "text", "boolean")
SOURCES = ("framework.themes", "framework.keys.nurture_principles", "framework.keys.solihull")
FORMS = ("full", "short")
VISIBILITIES = ("private", "my_reflective_group", "learning_only")
LAST_STEP_HOLDS = ("visibility", "no-names-checked")
SCALE = ("1", "2", "3", "4", "5")
MOMENTS = ("going-in", "now")

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Part = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """One thing to put right: where it is, and a sentence for the editor."""

    path: str
    sentence: str


Problems = Iterator[Problem]


def problems(document: Any) -> tuple[Problem, ...]:
    """Everything that keeps a document from being prompts; empty when there is nothing. It may be half-written."""
    head = document.get("reflection") if isinstance(document, Mapping) else None
    if not isinstance(head, Mapping):
        return (Problem("", "The document holds no prompts. Start it with a part called “reflection”."),)
    checks: Sequence[Callable[[Part], Problems]] = (_head, _steps, _slugs, _needed, _forms, _around)
    return tuple(problem for check in checks for problem in check(head))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: Any) -> list[str]:
    return [item for item in value if _is_text(item)] if isinstance(value, list) else []


def _parts(value: Any) -> list[Part]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _is_whole(value: Any, lowest: int, highest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def _head(head: Part) -> Problems:
    for name in ("slug", "title", "language"):
        if not _is_text(head.get(name)):
            yield Problem(name, f"The prompts have no {name}. Write one.")
    if head.get("version") in (None, ""):
        yield Problem("version", "The prompts have no version label. Write one, such as 1.1.")
    if not _is_whole(head.get("expected_minutes"), 1, 120):
        yield Problem("expected_minutes", "Say how many minutes it takes: a whole number from 1 to 120.")
    if not _texts(head.get("before_you_start")):
        yield Problem("before_you_start", "Write the lines that people read before they start.")


def _steps(head: Part) -> Problems:
    if not _parts(head.get("steps")):
        yield Problem("steps", "There are no steps. Add at least one.")
    for place, step in enumerate(_parts(head.get("steps")), start=1):
        path = f"steps/{step.get('slug') or place}"
        whose = f"Step “{step.get('title') or place}”"
        if not _is_text(step.get("title")):
            yield Problem(f"{path}/title", f"Step {place} has no title. Write one.")
        if not (_is_text(step.get("prompt")) or _parts(step.get("fields")) or _parts(step.get("items"))):
            yield Problem(path, f"{whose} asks nothing. Give it a prompt, a field or something to rate.")
        yield from _limits(step, path, whose)
        if step.get("items"):
            yield from _ratings(step, path, whose)
        for number, field in enumerate(_parts(step.get("fields")), start=1):
            yield from _field(field, f"{path}/{field.get('slug') or number}", f"Field {number} of {whose.lower()}")


def _limits(step: Part, path: str, whose: str) -> Problems:
    soft, hard = step.get("soft_limit_words"), step.get("hard_limit_characters")
    if _is_text(step.get("prompt")) and not _is_whole(hard, 1, LARGEST_LIMIT):
        yield Problem(f"{path}/hard_limit_characters", f"{whose}: how long may it be? From 1 to {LARGEST_LIMIT}.")
    if soft is not None and not _is_whole(soft, 1, LARGEST_LIMIT):
        yield Problem(f"{path}/soft_limit_words", f"{whose}: say about how many words are enough, or nothing.")


def _ratings(step: Part, path: str, whose: str) -> Problems:
    scale = step.get("scale") if isinstance(step.get("scale"), Mapping) else {}
    named = {str(value) for value, words in (scale or {}).items() if _is_text(words)}
    if named != set(SCALE):
        yield Problem(f"{path}/scale", f"{whose} needs words for 1, 2, 3, 4 and 5.")
    if step.get("moments") != list(MOMENTS):
        yield Problem(f"{path}/moments", f"{whose}: the moments are {' and '.join(MOMENTS)}.")
    for item in _parts(step.get("items")):
        if not _is_text(item.get("text")):
            yield Problem(f"{path}/items", f"{whose}: something to rate has no words. Write them.")


def _field(field: Part, path: str, whose: str) -> Problems:
    kind = field.get("type")
    if kind not in KINDS:
        yield Problem(f"{path}/type", f"{whose} must take one of these: {', '.join(KINDS)}.")
    has_options = bool(_texts(field.get("options"))) or field.get("options_from") in SOURCES
    if kind in ("choice", "multi_choice") and not has_options:
        yield Problem(f"{path}/options", f"{whose} has nothing to choose from. Write its options.")
    if kind == "text" and not _is_whole(field.get("hard_limit_characters"), 1, LARGEST_LIMIT):
        yield Problem(f"{path}/hard_limit_characters", f"{whose}: how long may it be? From 1 to {LARGEST_LIMIT}.")
    if field.get("max") is not None and not _is_whole(field.get("max"), 1, 20):
        yield Problem(f"{path}/max", f"{whose}: how many may be chosen? From 1 to 20.")


def _slugs(head: Part) -> Problems:
    steps = _parts(head.get("steps"))
    things = [*steps, *(thing for step in steps for name in ("fields", "items") for thing in _parts(step.get(name)))]
    found = [str(thing.get("slug") or "") for thing in things]
    for slug in dict.fromkeys(found):
        if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
            yield Problem(f"steps/{slug}", f"“{slug}” must be small letters, numbers and hyphens, and not too long.")
        elif slug in ADDRESSES:
            yield Problem(f"steps/{slug}", f"The slug “{slug}” is taken by the product itself. Choose another.")
        elif found.count(slug) > 1:
            yield Problem(f"steps/{slug}", f"Two prompts share the slug “{slug}”. Give each its own.")


def _needed(head: Part) -> Problems:
    """The steps and fields that the product itself speaks of."""
    steps = {str(step.get("slug")): step for step in _parts(head.get("steps"))}
    for slug in ("so-what", "now-what"):
        if not _is_text(steps.get(slug, {}).get("prompt")):
            yield Problem(f"steps/{slug}", f"There must be a step “{slug}” with a text: it is what people share.")
    fields = {str(field.get("slug")): field for step in steps.values() for field in _parts(step.get("fields"))}
    for slug, kind in (("happened-on", "date"), ("visibility", "choice"), ("no-names-checked", "boolean")):
        if fields.get(slug, {}).get("type") != kind:
            yield Problem(f"steps/{slug}", f"There must be a field “{slug}” of the kind “{kind}”.")
    if sorted(_texts(fields.get("visibility", {}).get("options"))) != sorted(VISIBILITIES):
        yield Problem("steps/visibility", f"The choices of “visibility” are {', '.join(VISIBILITIES)}.")


def _forms(head: Part) -> Problems:
    forms = head.get("forms") if isinstance(head.get("forms"), Mapping) else {}
    steps = {str(step.get("slug")): step for step in _parts(head.get("steps"))}
    required = _texts(head.get("required_steps"))
    if not required:
        yield Problem("required_steps", "Say which steps are needed to finish.")
    for slug in required:
        if slug not in steps:
            yield Problem("required_steps", f"There is no step “{slug}”, so it cannot be needed.")
    for name in FORMS:
        slugs = _texts((forms or {}).get(name))
        if not slugs:
            yield Problem(f"forms/{name}", f"Say which steps the {name} form has.")
            continue
        for slug in (slug for slug in slugs if slug not in steps or slugs.count(slug) > 1):
            yield Problem(f"forms/{name}", f"The {name} form names “{slug}”, which is no step, or names it twice.")
        if missing := [slug for slug in required if slug not in slugs]:
            yield Problem(f"forms/{name}", f"The {name} form lacks {', '.join(missing)}, which is needed to finish.")
        last = {str(field.get("slug")) for field in _parts(steps.get(slugs[-1], {}).get("fields"))}
        if not last >= set(LAST_STEP_HOLDS):
            yield Problem(f"forms/{name}", f"The last step of the {name} form must ask for {LAST_STEP_HOLDS[1]}.")


def _around(head: Part) -> Problems:
    meaning = head.get("visibility_meaning") if isinstance(head.get("visibility_meaning"), Mapping) else {}
    for name in VISIBILITIES:
        if not _is_text((meaning or {}).get(name)):
            yield Problem(f"visibility_meaning/{name}", f"Say in a sentence who can read an entry that is “{name}”.")
    checks = head.get("checks") if isinstance(head.get("checks"), Mapping) else {}
    if not _texts((checks or {}).get("safeguarding_words_show_help_panel")):
        yield Problem("checks/safeguarding", "Write the words that show what to do when a child may be at risk.")

"""Between the prompts as editors keep them, in fields and blocks, and the document that is published from them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from reflections.domain.problems import MOMENTS, VISIBILITIES
from reflections.domain.prompts import canonical

if TYPE_CHECKING:
    from reflections.models.prompts import PromptSet

Part = dict[str, Any]

# Name in the document -> field of the model.
HEAD = {
    "slug": "slug",
    "version": "version_label",
    "language": "language",
    "title": "title",
    "expected_minutes": "expected_minutes",
}
CHECKS = {
    "warn": "warn_lines",
    "stop": "stop_lines",
    "safeguarding_words_show_help_panel": "safeguarding_words",
}
GROUP = {"prompts": "group_prompts", "ground_rules": "ground_rules", "record": "group_record"}
STEP_TEXTS = (
    "slug",
    "title",
    "prompt",
    "hint",
    "follow_up",
    "solihull",
    "soft_limit_words",
    "hard_limit_characters",
)
FIELD_TEXTS = ("slug", "type", "prompt", "options_from", "max", "default", "hard_limit_characters")


def written(prompts: "PromptSet") -> Part:
    """The canonical document of what the editor's fields hold. What is empty is left out, so half a text works too."""
    head = {name: getattr(prompts, field) for name, field in HEAD.items()}
    head["forms"] = {"full": _split(prompts.full_form), "short": _split(prompts.short_form)}
    head["required_steps"] = _split(prompts.required_steps)
    head["before_you_start"] = _lines(prompts.before_you_start)
    head["steps"] = [_step(child.value) for child in prompts.steps]
    head["visibility_meaning"] = {name: getattr(prompts, f"meaning_{name}") for name in VISIBILITIES}
    head["small_test_fields"] = prompts.small_test_fields
    head["checks"] = {name: _lines(getattr(prompts, field)) for name, field in CHECKS.items()}
    head["group_session"] = {name: _lines(getattr(prompts, field)) for name, field in GROUP.items()}
    return canonical({"reflection": _filled(head)})


def fill(prompts: "PromptSet", document: Mapping[str, Any]) -> None:
    """Put every part of a document that has no problems into the editor's fields."""
    head = canonical(document)["reflection"]
    for name, field in HEAD.items():
        setattr(prompts, field, head[name])
    prompts.full_form, prompts.short_form = (", ".join(head["forms"][name]) for name in ("full", "short"))
    prompts.required_steps = ", ".join(head["required_steps"])
    prompts.before_you_start = _stream("line", head["before_you_start"])
    prompts.steps = _stream("step", (_step_blocks(step) for step in head["steps"]))
    for name in VISIBILITIES:
        setattr(prompts, f"meaning_{name}", head["visibility_meaning"][name])
    prompts.small_test_fields = head.get("small_test_fields") or []
    for name, field in CHECKS.items():
        setattr(prompts, field, _stream("line", head["checks"].get(name)))
    for name, field in GROUP.items():
        setattr(prompts, field, _stream("line", (head.get("group_session") or {}).get(name)))


def _step(value: Mapping[str, Any]) -> Part:
    step = _filled({name: value.get(name) for name in STEP_TEXTS})
    if value.get("optional"):
        step["optional"] = True
    if fields := [_field(field) for field in value["fields"]]:
        step["fields"] = fields
    if items := [{"slug": item["slug"], "text": item["text"]} for item in value["items"]]:
        step["scale"] = {str(place["value"]): place["words"] for place in value["scale"]}
        step |= {"moments": list(MOMENTS), "items": items}
    return step


def _field(value: Mapping[str, Any]) -> Part:
    field = _filled({name: value.get(name) for name in FIELD_TEXTS})
    if options := list(value["options"]):
        field["options"] = options
    return field | {name: True for name in ("optional", "required_true") if value.get(name)}


def _step_blocks(step: Part) -> Part:
    scale = [{"value": int(value), "words": words} for value, words in (step.get("scale") or {}).items()]
    return {**step, "fields": step.get("fields") or [], "scale": scale, "items": step.get("items") or []}


def _filled(part: Mapping[str, Any]) -> Part:
    return {name: value for name, value in part.items() if value is not None and value not in ("", [], {})}


def _lines(stream: Iterable[Any]) -> list[str]:
    return [child.value for child in stream]


def _split(slugs: str) -> list[str]:
    return [slug.strip() for slug in slugs.split(",") if slug.strip()]


def _stream(name: str, items: Iterable[Any] | None) -> list[Part]:
    return [{"type": name, "value": item} for item in items or ()]

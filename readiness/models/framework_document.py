"""Between a framework as editors keep it, in fields and blocks, and the document that is published from it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from readiness.domain.document import canonical

if TYPE_CHECKING:
    from readiness.models.framework import Framework

Part = dict[str, Any]

# Name in the document -> field of the model.
HEAD = {
    "slug": "slug",
    "version": "version_label",
    "language": "language",
    "title": "title",
    "purpose": "purpose",
    "originality": "originality",
    "completed_by": "completed_by",
    "expected_minutes": "expected_minutes",
    "save_and_return": "save_and_return",
    "mapping_note": "mapping_note",
    "reminder": "reminder",
}
SCORING_TEXTS = (
    "theme_score",
    "minimum_answered",
    "blank_answers",
    "essential_rule",
    "no_single_total",
    "evidence_flag",
    "change_over_time",
)
SCORING_LINES = ("outcome_notes", "moderation")
KEYS = {
    "theme_kinds": ("theme_kinds", "kind"),
    "hgios4": ("hgios4_keys", "key"),
    "nurture_principles": ("nurture_principles_keys", "key"),
    "solihull": ("solihull_keys", "key"),
}
THEME_TEXTS = ("slug", "title", "kind", "summary", "why_it_matters")
MAPPINGS = ("hgios4", "nurture_principles", "solihull", "shanarri")
LEVEL_TEXTS = ("value", "key", "label", "meaning")
OTHER_TEXTS = ("key", "label", "effect")
BAND_PARTS = ("key", "label", "min", "below", "max")
OUTCOME_LIMITS = (
    "essentials_unmet_max",
    "essentials_at_level_1_max",
    "condition_theme_mean_min",
    "any_condition_theme_min",
    "or_essentials_dont_know_more_than",
)
OUTCOME_SWITCHES = ("otherwise", "check_first", "any_condition_theme_without_score")
TIER_TEXTS = ("key", "label", "meaning")


def written(framework: "Framework") -> Part:
    """The canonical document of what the editor's fields hold. What is empty is left out, so half a text works too."""
    scoring = {name: getattr(framework, name) for name in SCORING_TEXTS}
    scoring |= {name: _lines(getattr(framework, name)) for name in SCORING_LINES}
    return canonical(
        {
            "framework": _filled({name: getattr(framework, field) for name, field in HEAD.items()}),
            "keys": {name: _words(getattr(framework, field)) for name, (field, _block) in KEYS.items()}
            | {"shanarri": _lines(framework.shanarri_keys)},
            "scale": _filled(
                {
                    "levels": _picked(framework.levels, LEVEL_TEXTS),
                    "other_answers": _picked(framework.other_answers, OTHER_TEXTS),
                    "quantity_words": {
                        child.value["word"]: child.value["meaning"] for child in framework.quantity_words
                    },
                    "quantity_words_note": framework.quantity_words_note,
                }
            ),
            "themes": [_theme(child.value) for child in framework.themes],
            "scoring": _filled(
                scoring
                | {
                    "bands": _picked(framework.bands, BAND_PARTS),
                    "outcomes": [_outcome(child.value) for child in framework.outcomes],
                    "worked_examples": framework.worked_examples,
                }
            ),
            "support_structure": _filled(
                {
                    "tiers": _picked(framework.tiers, TIER_TEXTS),
                    "theme_to_tier": _lines(framework.theme_to_tier),
                    "limits": framework.limits,
                }
            ),
        }
    )


def fill(framework: "Framework", document: Mapping[str, Any]) -> None:
    """Put every part of a document that has no problems into the editor's fields."""
    plain = canonical(document)
    notes = _notes(framework)
    framework.themes = _stream("theme", (_theme_blocks(theme, notes) for theme in plain["themes"]))
    _fill_head(framework, plain["framework"])
    _fill_words(framework, plain["keys"], plain["scale"])
    _fill_rules(framework, plain["scoring"], plain["support_structure"])


def _fill_head(framework: "Framework", head: Part) -> None:
    for name, field in HEAD.items():
        default = framework._meta.get_field(field).get_default()
        setattr(framework, field, head.get(name, default))


def _fill_words(framework: "Framework", keys: Part, scale: Part) -> None:
    for name, (field, block) in KEYS.items():
        pairs = (keys.get(name) or {}).items()
        setattr(framework, field, _stream(block, ({"key": key, "words": words} for key, words in pairs)))
    framework.shanarri_keys = _stream("word", keys.get("shanarri"))
    framework.levels = _stream("level", scale["levels"])
    framework.other_answers = _stream("answer", scale["other_answers"])
    words = (scale.get("quantity_words") or {}).items()
    framework.quantity_words = _stream("word", ({"word": word, "meaning": meaning} for word, meaning in words))
    framework.quantity_words_note = scale.get("quantity_words_note") or ""


def _fill_rules(framework: "Framework", scoring: Part, support: Part) -> None:
    for name in SCORING_TEXTS:
        setattr(framework, name, scoring.get(name) or "")
    for name in SCORING_LINES:
        setattr(framework, name, _stream("line", scoring.get(name)))
    framework.bands = _stream("band", (_numbers_as_text(band) for band in scoring["bands"]))
    framework.outcomes = _stream("outcome", (_outcome_blocks(outcome) for outcome in scoring["outcomes"]))
    framework.worked_examples = scoring.get("worked_examples") or []
    framework.tiers = _stream("tier", support["tiers"])
    framework.theme_to_tier = _stream("line", support.get("theme_to_tier"))
    framework.limits = support.get("limits") or ""


def _filled(part: Mapping[str, Any]) -> Part:
    """Only what says something. Nought and “no” do."""
    return {name: value for name, value in part.items() if value is not None and value not in ("", [], {})}


def _lines(stream: Iterable[Any]) -> list[str]:
    return [child.value for child in stream]


def _words(stream: Iterable[Any]) -> dict[str, str]:
    return {child.value["key"]: child.value["words"] for child in stream}


def _picked(stream: Iterable[Any], names: Iterable[str]) -> list[Part]:
    return [_filled({name: child.value.get(name) for name in names}) for child in stream]


def _theme(value: Mapping[str, Any]) -> Part:
    return _filled({name: value.get(name) for name in THEME_TEXTS}) | {
        "statements": [_statement(statement) for statement in value["statements"]]
    }


def _statement(value: Mapping[str, Any]) -> Part:
    minimum, when = value.get("essential_minimum"), value.get("not_applicable_when")
    mappings = {name: _split(value.get(name)) for name in MAPPINGS}
    return _filled(
        {
            "slug": value.get("slug"),
            "text": value.get("text"),
            "levels": _filled({str(level): value.get(f"level_{level}") for level in range(1, 5)}),
            "essential_minimum_level": int(minimum) if minimum else None,
            "not_applicable_when": when,
            "help": value.get("help"),
        }
    ) | {
        "evidence_might_include": list(value["evidence_might_include"]),
        "essential": bool(minimum),
        "not_applicable_allowed": bool(when),
        "maps_to": mappings | _filled({"readiness_construct": value.get("readiness_construct")}),
    }


def _outcome(value: Mapping[str, Any]) -> Part:
    rule = _filled({name: value.get(name) for name in OUTCOME_LIMITS})
    rule |= {name: True for name in OUTCOME_SWITCHES if value.get(name)}
    return _filled({"key": value.get("key"), "label": value.get("label")}) | {"rule": rule}


def _split(keys: str | None) -> list[str]:
    return [key.strip() for key in (keys or "").split(",") if key.strip()]


def _stream(name: str, items: Iterable[Any] | None) -> list[Part]:
    # The form in which the database holds blocks: unknown parts are dropped and missing ones get their default.
    return [{"type": name, "value": item} for item in items or ()]


def _numbers_as_text(part: Part) -> Part:
    # A decimal block keeps 2.1 exactly when it reads it as text, and not when it reads it as a float.
    return {name: str(value) if isinstance(value, float) else value for name, value in part.items()}


def _notes(framework: "Framework") -> dict[str, str]:
    statements = (statement for child in framework.themes for statement in child.value["statements"])
    return {statement["slug"]: statement["note"] for statement in statements if statement.get("note")}


def _theme_blocks(theme: Mapping[str, Any], notes: Mapping[str, str]) -> Part:
    texts = {name: theme[name] for name in THEME_TEXTS}
    return texts | {"statements": [_statement_blocks(statement, notes) for statement in theme["statements"]]}


def _statement_blocks(statement: Mapping[str, Any], notes: Mapping[str, str]) -> Part:
    mapping = statement.get("maps_to") or {}
    minimum = statement.get("essential_minimum_level")
    return {
        "slug": statement["slug"],
        "text": statement["text"],
        **{f"level_{level}": text for level, text in statement["levels"].items()},
        "evidence_might_include": list(statement.get("evidence_might_include") or ()),
        "help": statement.get("help") or "",
        "essential_minimum": str(minimum) if minimum else "",
        "not_applicable_when": statement.get("not_applicable_when") or "",
        **{name: ", ".join(mapping.get(name) or ()) for name in MAPPINGS},
        "readiness_construct": mapping.get("readiness_construct") or "",
        "note": notes.get(statement["slug"], ""),
    }


def _outcome_blocks(outcome: Part) -> Part:
    return {"key": outcome["key"], "label": outcome["label"]} | _numbers_as_text(outcome["rule"])

"""What the reflective log asks: its steps with their prompts, limits and options, and the words around them.

Read once from a document by `Prompts.from_document`; frozen after that. An entry keeps the prompts it was written to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from readiness.domain import document as documents
from reflections.domain.problems import Problem, problems

__all__ = ["Confidence", "Field", "Form", "Kind", "Problem", "Prompts", "Step", "canonical", "digest", "problems"]

Document = Mapping[str, Any]

# Steps and fields that the product itself speaks of. `problems` makes sure that every version has them.
SO_WHAT, NOW_WHAT = "so-what", "now-what"
HAPPENED_ON, VISIBILITY, NO_NAMES = "happened-on", "visibility", "no-names-checked"
LEARNING = (SO_WHAT, NOW_WHAT)
"""The two steps that “learning only” shares."""


class Form(StrEnum):
    """How much of the log is written."""

    FULL = "full"
    SHORT = "short"


class Kind(StrEnum):
    """What a field takes."""

    CHOICE = "choice"
    MANY = "multi_choice"
    DATE = "date"
    TEXT = "text"
    TICK = "boolean"


@dataclass(frozen=True)
class Field:
    """One thing asked in a step beside its main text. `options_from` names a list that the framework keeps."""

    slug: str
    kind: Kind
    prompt: str = ""
    options: tuple[str, ...] = ()
    options_from: str = ""
    most: int | None = None
    hard_limit_characters: int | None = None
    must_be_ticked: bool = False


@dataclass(frozen=True)
class Confidence:
    """The ratings: items to rate, on a scale of words, at two moments."""

    scale: tuple[tuple[int, str], ...]
    moments: tuple[str, ...]
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Step:
    """One page of the log."""

    slug: str
    title: str
    prompt: str = ""
    hint: str = ""
    follow_up: str = ""
    solihull: str = ""
    soft_limit_words: int | None = None
    hard_limit_characters: int | None = None
    fields: tuple[Field, ...] = ()
    confidence: Confidence | None = None

    @property
    def has_text(self) -> bool:
        """Whether it asks for a text of several sentences."""
        return bool(self.prompt)


@dataclass(frozen=True)
class Prompts:
    """One version of what is asked."""

    slug: str
    label: str
    language: str
    title: str
    expected_minutes: int
    before_you_start: tuple[str, ...]
    steps: tuple[Step, ...]
    forms: tuple[tuple[Form, tuple[str, ...]], ...]
    required_steps: frozenset[str]
    visibility_meaning: tuple[tuple[str, str], ...]
    safeguarding_words: tuple[str, ...]
    small_test_fields: tuple[Mapping[str, Any], ...]
    group_session: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_document(cls, document: Document) -> "Prompts":
        """Read a document. Raises ValueError with every problem's sentence where it has some."""
        if found := problems(document):
            raise ValueError(" ".join(problem.sentence for problem in found))
        head = canonical(document)["reflection"]
        checks = head["checks"]
        return cls(
            slug=head["slug"],
            label=head["version"],
            language=head["language"],
            title=head["title"],
            expected_minutes=head["expected_minutes"],
            before_you_start=tuple(head["before_you_start"]),
            steps=tuple(_step(part) for part in head["steps"]),
            forms=tuple((Form(name), tuple(slugs)) for name, slugs in head["forms"].items()),
            required_steps=frozenset(head["required_steps"]),
            visibility_meaning=tuple(head["visibility_meaning"].items()),
            safeguarding_words=tuple(checks["safeguarding_words_show_help_panel"]),
            small_test_fields=tuple(head.get("small_test_fields") or ()),
            group_session={name: tuple(lines) for name, lines in (head.get("group_session") or {}).items()},
        )

    def steps_of(self, form: Form) -> tuple[Step, ...]:
        """The steps of the full or the short form, in order."""
        slugs = dict(self.forms)[form]
        return tuple(self.step(slug) for slug in slugs)

    def step(self, slug: str) -> Step:
        """The step of this slug. Raises KeyError where there is none."""
        return {step.slug: step for step in self.steps}[slug]

    def field(self, slug: str) -> Field:
        """The field of this slug, in whichever step. Raises KeyError where there is none."""
        return {field.slug: field for step in self.steps for field in step.fields}[slug]

    def meaning(self, visibility: str) -> str:
        """Who can read an entry of this visibility, in a sentence."""
        return dict(self.visibility_meaning).get(visibility, "")


def canonical(document: Document) -> dict[str, Any]:
    """The document in the one plain form that a version stores: text keys, whole numbers as such, the label as text."""
    plain = documents.canonical(document)
    head, written = plain.get("reflection"), document.get("reflection")
    if isinstance(head, dict) and isinstance(written, Mapping) and written.get("version") is not None:
        head["version"] = str(written["version"])
    return plain


def digest(document: Document) -> str:
    """The SHA-256 of the canonical document: the same wording gives the same digest."""
    return documents.digest(canonical(document))


def _step(part: Mapping[str, Any]) -> Step:
    return Step(
        slug=part["slug"],
        title=part["title"],
        prompt=part.get("prompt") or "",
        hint=part.get("hint") or "",
        follow_up=part.get("follow_up") or "",
        solihull=part.get("solihull") or "",
        soft_limit_words=part.get("soft_limit_words"),
        hard_limit_characters=part.get("hard_limit_characters"),
        fields=tuple(_field(field) for field in part.get("fields") or ()),
        confidence=_confidence(part) if part.get("items") else None,
    )


def _field(part: Mapping[str, Any]) -> Field:
    return Field(
        slug=part["slug"],
        kind=Kind(part["type"]),
        prompt=part.get("prompt") or "",
        options=tuple(part.get("options") or ()),
        options_from=part.get("options_from") or "",
        most=part.get("max"),
        hard_limit_characters=part.get("hard_limit_characters"),
        must_be_ticked=bool(part.get("required_true")),
    )


def _confidence(part: Mapping[str, Any]) -> Confidence:
    scale = sorted((int(value), words) for value, words in part["scale"].items())
    items = tuple((item["slug"], item["text"]) for item in part["items"])
    return Confidence(scale=tuple(scale), moments=tuple(part["moments"]), items=items)

"""A framework file: YAML with the framework's document and the offers that go with its themes."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import yaml

from readiness.domain import framework as domain
from support.models import Tier


class UnableToLoad(Exception):
    """The file cannot be loaded. `sentences` says why, each fit to show to whoever runs the command."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__("\n".join(sentences))


@dataclass(frozen=True)
class OfferInFile:
    """One offer as a file has it. `order` is its place among the offers of its theme and tier, from 1."""

    code: str
    theme: str
    tier: str
    order: int
    title: str
    provided_by: str
    amount: str

    def digest(self) -> str:
        """The SHA-256 of everything the file says about it."""
        return hashlib.sha256(json.dumps(astuple(self)).encode()).hexdigest()


@dataclass(frozen=True)
class FrameworkFile:
    """What a framework file holds, once nothing is wrong with it. `offers` is None where the file has no such part."""

    document: domain.Document
    offers: tuple[OfferInFile, ...] | None

    @property
    def slug(self) -> str:
        """The framework it is."""
        return self.document["framework"]["slug"]

    @property
    def label(self) -> str:
        """What its writers call this wording."""
        return self.document["framework"]["version"]


def read(path: Path) -> FrameworkFile:
    """Read a framework file.

    Raises:
        UnableToLoad: there is no such file, it is not YAML, or it is no framework; with every problem found.
    """
    try:
        # The compiled loader: the same safe YAML in a fifth of the time, which every start of the server waits for.
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except OSError as error:
        raise UnableToLoad(
            f"The file {path} cannot be read: {error.strerror}. Check its name and try again."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnableToLoad(f"The file {path} is not YAML. {_where(error)}") from error
    return understood(raw)


def understood(raw: Any) -> FrameworkFile:
    """What a framework file holds, from what YAML made of it.

    Raises:
        UnableToLoad: it is no framework, or its offers cannot be used; with every problem found.
    """
    if found := domain.problems(raw):
        raise UnableToLoad(*(problem.sentence for problem in found))
    return FrameworkFile(domain.canonical(raw), _offers(raw))


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"Look at line {mark.line + 1}." if mark else "Save it as UTF-8 text."


def _offers(raw: Mapping[str, Any]) -> tuple[OfferInFile, ...] | None:
    written = raw["support_structure"].get("offers")
    if written is None:
        return None
    if wrong := [*_offer_problems(written, {theme["slug"] for theme in raw["themes"]})]:
        raise UnableToLoad(*wrong)
    return tuple(
        OfferInFile(item["id"], theme, tier, order, item["title"], item["provided_by"], item["amount"])
        for theme, tiers in written.items()
        for tier, items in tiers.items()
        for order, item in enumerate(items, start=1)
    )


def _offer_problems(written: Any, themes: set[str]) -> Iterator[str]:
    if not isinstance(written, Mapping):
        yield "The offers must stand under their theme and their tier. Look at “support_structure: offers”."
        return
    codes: list[Any] = []
    for theme, tiers in written.items():
        if theme not in themes:
            yield f"There are offers for a theme “{theme}”, but the framework has no such theme. Correct its slug."
        if not isinstance(tiers, Mapping):
            yield f"The offers for “{theme}” must stand under their tier: {', '.join(Tier.values)}."
            continue
        for tier, items in tiers.items():
            yield from _tier_problems(theme, tier, items)
            codes += [item.get("id") for item in items or () if isinstance(item, Mapping)]
    for code in sorted({str(code) for code in codes if code and codes.count(code) > 1}):
        yield f"Two offers share the id “{code}”. Give each its own."


def _tier_problems(theme: str, tier: str, items: Any) -> Iterator[str]:
    place = f"“{theme}”, {tier}"
    if tier not in Tier.values:
        yield f"There are offers for a tier “{tier}” of “{theme}”. The tiers are {', '.join(Tier.values)}."
    if not isinstance(items, list):
        yield f"The offers for {place} must be a list."
        return
    for number, item in enumerate(items, start=1):
        fields = item if isinstance(item, Mapping) else {}
        for name in ("id", "title", "provided_by", "amount"):
            value = fields.get(name)
            if not isinstance(value, str) or not value.strip():
                yield f"Offer {number} for {place} has no {name.replace('_', ' ')}. Write one, in words."

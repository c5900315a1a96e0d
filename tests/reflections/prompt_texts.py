"""The prompts of the published file, for tests: as a document to change, and as a version in the database."""

import copy
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from reflections.domain.prompts import canonical, digest
from reflections.models import PromptSet, PromptsVersion

FILE = Path(settings.BASE_DIR) / "fixtures" / "reflection" / "reflective-log-1.0.yaml"


@cache
def _read():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def document():
    """The file's document; yours to change."""
    return copy.deepcopy(canonical(_read()))


def raw_document():
    """The file as YAML gives it; yours to change."""
    return copy.deepcopy(_read())


def published(now, *, slug="reflective-log"):
    """Version 1 of the file's prompts: the row itself, without the editors' way to it."""
    text = document()
    text["reflection"]["slug"] = slug
    prompt_set = PromptSet(live=True)
    prompt_set.fill_from(text)
    prompt_set.save()
    return PromptsVersion.objects.create(
        prompt_set=prompt_set, number=1, document=text, digest=digest(text), published_at=now
    )


def step_of(text, slug):
    """One step of a document, to change in place."""
    return next(step for step in text["reflection"]["steps"] if step["slug"] == slug)

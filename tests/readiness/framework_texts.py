"""Framework texts for tests: the whole published file, quickly, and a framework made from it."""

import copy
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from readiness.domain.document import canonical
from readiness.models import Framework

FILE = Path(settings.BASE_DIR) / "fixtures" / "frameworks" / "nurture-readiness-1.0.yaml"


@cache
def _read():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def raw_document():
    """The file as YAML gives it, offers included; yours to change."""
    return copy.deepcopy(_read())


def document():
    """The file's canonical document; yours to change."""
    return canonical(_read())


def live_framework(text=None):
    """A framework with this document (the file's by default), published in the editor's sense."""
    framework = Framework(live=False)
    framework.fill_from(text or document())
    framework.save()
    framework.save_revision().publish()
    framework.refresh_from_db()
    return framework


def statement_of(text, slug):
    """One statement of a document, to change in place."""
    return next(item for theme in text["themes"] for item in theme["statements"] if item["slug"] == slug)

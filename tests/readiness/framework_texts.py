"""Framework texts for tests: the whole published file, quickly, and a framework made from it."""

import copy
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from readiness.domain.document import canonical, digest
from readiness.models import Framework, FrameworkVersion

FILE = Path(settings.BASE_DIR) / "fixtures" / "frameworks" / "nurture-readiness-1.0.yaml"

_HEAD = {"slug": "nurture-readiness", "title": "Nurture pathway readiness audit", "version_label": "1.0-draft"}


@cache
def _read():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def raw_document():
    """The file as YAML gives it, offers included; yours to change."""
    return copy.deepcopy(_read())


def document():
    """The file's canonical document; yours to change."""
    return copy.deepcopy(_canonical())


@cache
def _canonical():
    return canonical(_read())


def live_framework(text=None):
    """A framework with this document (the file's by default), published in the editor's sense."""
    framework = Framework(live=False)
    framework.fill_from(text or document())
    framework.save()
    framework.save_revision().publish()
    framework.refresh_from_db()
    return framework


def published(now):
    """Version 1 of the file's framework, for tests of audits: the row itself, without the editors' way to it.

    That way costs a quarter of a second and has tests of its own (test_versions.py).
    """
    framework = Framework.objects.create(live=True, expected_minutes=40, **_HEAD)
    text = document()
    return FrameworkVersion.objects.create(
        framework=framework, number=1, document=text, digest=digest(text), published_at=now
    )


def statement_of(text, slug):
    """One statement of a document, to change in place."""
    return next(item for theme in text["themes"] for item in theme["statements"] if item["slug"] == slug)

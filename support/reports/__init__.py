"""The result of an audit against the structure of support: built once, drawn as a page, a PDF and a spreadsheet."""

from datetime import datetime

from django.utils.translation import get_language

from readiness.drawn import Drawn
from readiness.models import Audit
from support.reports.checking import Difference, verify
from support.reports.composing import compose
from support.reports.parts import Report
from support.reports.source import read

__all__ = ["Difference", "Report", "build", "build_with_digest", "verify"]

_COMPOSED: Drawn[Report] = Drawn(most=64)


def build(audit: Audit, *, now: datetime) -> Report:
    """The report of this audit as it stands, in the language of the person who reads it.

    The agreed answers count once there are any, else the school's. A draft may have blanks. `now` is used only where
    nothing has been saved yet.
    """
    return build_with_digest(audit, now=now)[0]


def build_with_digest(audit: Audit, *, now: datetime) -> tuple[Report, str]:
    """The report, and a digest that is the same while everything is that the report is made from."""
    stored = read(audit)
    if not stored.answers:
        return compose(stored.source(now=now)), ""  # it says when it was made
    digest = f"{stored.digest} {get_language()}"
    return _COMPOSED.of(digest, lambda: compose(stored.source(now=now))), digest

"""The result of an audit against the structure of support: built once, drawn as a page, a PDF and a spreadsheet."""

from datetime import datetime

from readiness.models import Audit
from support.reports.checking import Difference, verify
from support.reports.composing import compose
from support.reports.parts import Report
from support.reports.source import read

__all__ = ["Difference", "Report", "build", "verify"]


def build(audit: Audit, *, now: datetime) -> Report:
    """The report of this audit as it stands, in the language of the person who reads it.

    The agreed answers count once there are any, else the school's. A draft may have blanks. `now` is used only where
    nothing has been saved yet.
    """
    return compose(read(audit, now=now))

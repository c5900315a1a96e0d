"""What reports are made from, without a database: the published framework, and answers by whoever the test needs."""

from datetime import UTC, datetime, timedelta
from functools import cache

from readiness.domain.framework import Framework
from readiness.domain.states import AuditState
from support.reports.parts import OfferLine
from support.reports.source import Saying, Source
from tests.readiness.framework_texts import document, raw_document

SUBMITTED = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
AGREED = SUBMITTED + timedelta(days=12)


@cache
def framework():
    return Framework.from_document(document())


def example(name):
    """The answers of one of the framework's worked examples."""
    found = next(one for one in framework().worked_examples if one.id == name)
    return found.answers(framework().statements)


def everywhere(given):
    return {statement.slug: given for statement in framework().statements}


def sayings(answers, *, by="Ann Example", at=SUBMITTED, evidence="It is on page 4 of our plan."):
    return {
        slug: Saying(
            given=given,
            reason="We share one with our neighbours." if given == "not_applicable" else "",
            evidence=evidence,
            by=by,
            at=at,
        )
        for slug, given in answers.items()
    }


@cache
def offers():
    return {
        (theme, tier): tuple(OfferLine(one["title"], one["provided_by"], one["amount"], "") for one in lines)
        for theme, tiers in raw_document()["support_structure"]["offers"].items()
        for tier, lines in tiers.items()
    }


def source(answers, *, state=AuditState.SUBMITTED, agreed=None, **fields):
    """What the report of one audit is made from. With `agreed` answers a submitted audit becomes an agreed one."""
    if agreed is not None and state == AuditState.SUBMITTED:
        state = AuditState.AGREED
    is_draft = state == AuditState.DRAFT
    given = {
        "audit_pk": 12,
        "school": "Bun-sgoil Àrd",
        "session": "2026/27",
        "state": state,
        "framework": framework(),
        "version_number": 3,
        "version_digest": "0123456789abcdef" * 4,
        "submitted_at": None if is_draft else SUBMITTED,
        "submitted_by": "" if is_draft else "Ann Example",
        "agreed_at": AGREED if agreed is not None else None,
        "agreed_by": "Olu Officer" if agreed is not None else "",
        "said": sayings(answers),
        "agreed": sayings(agreed or {}, by="Olu Officer", at=AGREED, evidence=""),
        "offers": offers(),
        "previous": None,
        "now": SUBMITTED,
    }
    return Source(**{**given, **fields})

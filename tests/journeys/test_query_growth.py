"""No page of an audit asks the database more when there is more to show."""

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from readiness import actions
from readiness.domain.document import digest
from readiness.domain.said import Said
from readiness.models import FrameworkVersion
from tests.factories import MembershipFactory, SchoolFactory
from tests.readiness.factories import AuditFactory

PAGES = ["", "leadership-and-purpose/", "check/", "results/"]


def _answered(school, head, now, *, share=1.0):
    audit = actions.start_audit(school=school, by=head, now=now)
    statements = audit.framework.statements
    typed = [
        actions.Typed(one.slug, Said(3, "", "Notes"), Said().seen_as(0))
        for one in statements[: round(len(statements) * share)]
    ]
    actions.save_answers(audit=audit, typed=typed, by=head, now=now)
    return audit


def _queries(client, address):
    client.get(address)  # warm
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return len(made)


def _longer(version):
    text = copy.deepcopy(version.document)
    theme = text["themes"][0]
    theme["statements"] += [{**one, "slug": f"{one['slug']}-again"} for one in theme["statements"]]
    return FrameworkVersion.objects.create(
        framework=version.framework, number=2, document=text, digest=digest(text), published_at=version.published_at
    )


@pytest.mark.parametrize("page", PAGES)
def test_not_with_answers(page, version, school, session_2026, head, now, as_user):
    few = _answered(school, head, now, share=0.1)
    other = MembershipFactory(head=True)
    many = _answered(other.school, other.user, now)
    assert _queries(as_user(other.user), f"/audits/{many.pk}/{page}") == _queries(
        as_user(head), f"/audits/{few.pk}/{page}"
    )


@pytest.mark.parametrize("page", PAGES)
def test_not_with_statements(page, version, school, session_2026, head, now, as_user):
    short = _answered(school, head, now)
    _longer(version)
    other = MembershipFactory(head=True)
    long = _answered(other.school, other.user, now)
    assert len(long.framework.statements) > len(short.framework.statements)
    assert _queries(as_user(other.user), f"/audits/{long.pk}/{page}") == _queries(
        as_user(head), f"/audits/{short.pk}/{page}"
    )


def test_a_review_not_with_statements_nor_with_words(version, school, locality, session_2026, officer, as_user):
    short = AuditFactory(school=school, in_review=True)
    _longer(version)
    long = AuditFactory(school__locality=locality, in_review=True)
    assert len(long.framework.statements) > len(short.framework.statements)
    client, given = as_user(officer), {"by": officer, "now": long.started_at}
    wordless = _queries(client, f"/reviews/{short.pk}/")
    for number, statement in enumerate(long.framework.statements):
        for _question in range(number % 3):
            actions.ask(audit=long, statement=statement.slug, text="When did this last happen?", **given)
        if number % 2:
            actions.suggest(audit=long, statement=statement.slug, given=2, reason="Not yet.", **given)
    assert _queries(client, f"/reviews/{long.pk}/") == wordless


@pytest.mark.parametrize("page", PAGES)
def test_not_with_schools(page, version, school, locality, session_2026, head, now, as_user):
    audit, client = _answered(school, head, now), as_user(head)
    before = _queries(client, f"/audits/{audit.pk}/{page}")
    for _number in range(4):
        other = SchoolFactory(locality=locality)
        MembershipFactory(head=True, school=other, user=head)
        _answered(other, head, now)
    assert _queries(client, f"/audits/{audit.pk}/{page}") == before

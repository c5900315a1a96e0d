"""How many queries each page of an audit makes: ten at most, however many audits and schools there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from readiness import actions
from readiness.domain.said import Said
from tests.factories import MembershipFactory, SchoolFactory
from tests.readiness.factories import AuditFactory

MOST = 10


@pytest.fixture
def audit(version, school, session_2026, head, now):
    started = actions.start_audit(school=school, by=head, now=now)
    blank = Said().seen_as(0)
    typed = [actions.Typed(one.slug, Said(3, "", "Notes"), blank) for one in started.framework.statements]
    actions.save_answers(audit=started, typed=typed, by=head, now=now)
    return started


@pytest.mark.parametrize("page", ["", "leadership-and-purpose/", "check/", "results/", "history/"])
def test_a_page_of_an_audit(page, audit, head, as_user, django_assert_max_num_queries):
    client = as_user(head)
    client.get(f"/audits/{audit.pk}/{page}")  # warm
    with django_assert_max_num_queries(MOST):
        assert client.get(f"/audits/{audit.pk}/{page}").status_code == 200


@pytest.mark.parametrize("state", ["submitted", "in_review", "returned", "differing", "moderated", "agreed"])
@pytest.mark.parametrize("person", ["officer", "head", "coordinator"])
def test_a_review(person, state, school, officer, coordinator, as_user, request, django_assert_max_num_queries):
    audit = AuditFactory(school=school, **{state: True})
    client = as_user(request.getfixturevalue(person))
    for page in (f"/reviews/{audit.pk}/", f"/audits/{audit.pk}/check/", f"/audits/{audit.pk}/history/"):
        client.get(page)  # warm
        with django_assert_max_num_queries(MOST):
            assert client.get(page).status_code == 200


# Home has the panels of three rooms, and of support those of localities, plans, visits and rounds.
@pytest.mark.parametrize(("address", "most"), [("/home/", MOST + 5), ("/audits/", MOST), ("/reviews/", MOST)])
def test_a_list_does_not_grow_with_schools(address, most, audit, head, officer, locality, now, as_user):
    actions.submit(audit=audit, by=head, now=now)
    client = as_user(officer)
    client.get(address)
    one = _queries(client, address)
    for _number in range(5):
        other = SchoolFactory(locality=locality)
        leader = MembershipFactory(head=True, school=other).user
        draft = actions.start_audit(school=other, by=leader, now=now)
        blank = Said().seen_as(0)
        typed = [actions.Typed(each.slug, Said(3), blank) for each in draft.framework.statements]
        actions.save_answers(audit=draft, typed=typed, by=leader, now=now)
        actions.submit(audit=draft, by=leader, now=now)
    assert _queries(client, address) == one <= most


def _queries(client, address):
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return len(made)

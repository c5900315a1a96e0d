import pytest

from readiness.domain.states import AuditState
from readiness.models import Audit
from readiness.models.visible import is_visible
from tests.factories import MembershipFactory, SchoolFactory
from tests.readiness.factories import AuditFactory

PEOPLE = [
    "head",
    "acting_head",
    "core_member",
    "staff_member",
    "officer",
    "coordinator",
    "stranger",
    "superuser",
    "nobody",
]
STATES = [AuditState.DRAFT, AuditState.SUBMITTED, AuditState.AGREED]


@pytest.fixture
def audits(school, locality):
    """In each state one of the school's own locality, one of elsewhere; the first is the school's own."""
    elsewhere = [AuditFactory(**_trait(state)) for state in STATES]
    near = [AuditFactory(school=SchoolFactory(locality=locality), **_trait(state)) for state in STATES]
    return [AuditFactory(school=school), *near, *elsewhere]


def _trait(state):
    return {} if state == AuditState.DRAFT else {state.value: True}


@pytest.mark.parametrize("who", PEOPLE)
def test_it_says_what_visible_to_says(who, request, audits):
    _agrees(request.getfixturevalue(who))


def test_for_somebody_of_many_roles_too(audits, school, locality, officer):
    MembershipFactory(head=True, school=school, user=officer)
    MembershipFactory(core_team=True, school=audits[-1].school, user=officer)
    MembershipFactory(officer=True, user=officer)

    assert sum(is_visible(audit.pk, officer) for audit in audits) >= 3
    _agrees(officer)


def test_for_two_people_of_the_same_kind_one_after_the_other(audits, head):
    second = MembershipFactory(head=True, school=audits[1].school).user

    assert [is_visible(audit.pk, head) for audit in audits[:2]] == [True, False]
    assert [is_visible(audit.pk, second) for audit in audits[:2]] == [False, True]


def _agrees(user):
    visible = set(Audit.objects.visible_to(user).values_list("pk", flat=True))
    assert {pk for pk in Audit.objects.values_list("pk", flat=True) if is_visible(pk, user)} == visible
    assert not is_visible(10**9, user)

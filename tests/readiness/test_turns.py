"""Whose turn it is, since when and until when, in words for whoever reads."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.conf import settings

from readiness import actions
from readiness.domain.states import Owner
from readiness.models import Audit
from readiness.turns import Reader, turn_of, yours_first
from schools.actions import record_sessions
from schools.models import Session
from schools.permissions import Permission, Role, can
from tests.factories import MembershipFactory
from tests.readiness.factories import AuditFactory

STARTED = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True)
def _calendar(db):
    path = settings.BASE_DIR / "fixtures" / "sessions" / "north-lanarkshire.yaml"
    record_sessions(sessions=yaml.safe_load(path.read_text()))


@pytest.fixture
def turn():
    def read(audit, user, *, days=0):
        audit = Audit.objects.with_context().with_turn().get(pk=audit.pk)
        today = (STARTED + timedelta(days=days)).date()
        return turn_of(audit, Reader.of(user).sides_at(audit.school), calendar=Session.objects.calendar(), today=today)

    return read


WAITING = {
    "submitted": ("officer", "Waiting for the locality support officer, since Friday 20 November."),
    "in_review": ("officer", "Waiting for the locality support officer, since Friday 20 November."),
    "returned": ("head", "Waiting for the school, since Friday 20 November."),
    "differing": ("coordinator", "Waiting for the programme co-ordinator, since Friday 20 November."),
    "moderated": ("officer", "Waiting for the locality support officer, since Friday 20 November."),
}


@pytest.mark.parametrize("state", WAITING)
@pytest.mark.parametrize("person", ["head", "core_member", "officer", "coordinator"])
def test_who_reads_decides_the_words(state, person, school, turn, request):
    request.getfixturevalue("officer")
    who = request.getfixturevalue(person)
    audit = AuditFactory(school=school, started_at=STARTED, **{state: True})
    owner, words = WAITING[state]
    is_theirs = person == owner or (owner == "head" and person == "core_member")

    read = turn(audit, who)

    assert read.is_yours is is_theirs
    assert read.words == ("Waiting for you, since Friday 20 November." if is_theirs else words)


@pytest.mark.parametrize("state", ["agreed", "draft"])
def test_where_nothing_is_hoped_for_by_a_day(state, school, head, turn):
    audit = AuditFactory(school=school, started_at=STARTED, **({state: True} if state != "draft" else {}))
    assert turn(audit, head).hoped_for == ""
    assert bool(turn(audit, head).words) is (state == "draft")


def test_meeting_to_agree_is_theirs_to_arrange(school, officer, turn):
    assert turn(AuditFactory(school=school, started_at=STARTED, moderated=True), officer).hoped_for == ""


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Hoped for by Friday 4 December: 10 school days left."),
        (11, "Hoped for by Friday 4 December: 3 school days left."),
        (13, "Hoped for by Friday 4 December: 1 school day left."),
        (14, "Hoped for by Friday 4 December: no school days left."),
        (17, "Hoped for by Friday 4 December: 1 school day over."),
        (18, "Hoped for by Friday 4 December: 2 school days over."),
    ],
)
def test_ten_school_days_are_shown(days, words, school, head, turn):
    audit = AuditFactory(school=school, started_at=STARTED, returned=True)
    assert turn(audit, head, days=days).hoped_for == words
    assert turn(audit, head, days=days).sentences.endswith(words)


def test_without_the_councils_dates_no_day_is_named(school, head, turn):
    audit = AuditFactory(school=school, started_at=STARTED, returned=True)
    for session in Session.objects.all():
        session.terms.all().delete()
    assert turn(audit, head).hoped_for == ""


def test_a_review_goes_on_in_the_turn_that_began_when_the_school_submitted(school, officer, turn):
    audit = AuditFactory(school=school, started_at=STARTED, submitted=True)
    actions.begin_review(audit=audit, by=officer, now=STARTED + timedelta(days=5))
    assert turn(audit, officer).words == "Waiting for you, since Friday 20 November."


def test_once_the_coordinator_has_recorded_the_level_it_is_the_officers_turn(school, officer, coordinator, turn, now):
    audit = AuditFactory(school=school, started_at=STARTED, differing=True)
    assert turn(audit, officer).owner is Owner.COORDINATOR
    ruling = actions.Ruling(audit.framework.statements[1].slug, 2, "As seen.")
    actions.settle(audit=audit, rulings=[ruling], by=coordinator, now=now)
    assert turn(audit, officer).is_yours


def test_those_that_wait_for_the_reader_come_first_the_longest_waiting_first(locality, officer):
    later = AuditFactory(school__locality=locality, started_at=STARTED + timedelta(days=2), submitted=True)
    first = AuditFactory(school__locality=locality, started_at=STARTED, submitted=True)
    others = AuditFactory(school__locality=locality, started_at=STARTED - timedelta(days=9), returned=True)
    audits = Audit.objects.with_context().with_turn()
    pairs = yours_first(audits, Reader.of(officer), calendar=Session.objects.calendar(), today=STARTED.date())
    assert [audit for audit, _turn in pairs] == [first, later, others]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_a_reader_may_what_the_table_of_permissions_says(role, permission, school, locality):
    target = {"school": school} if role in {"head", "acting_head", "core_team", "staff", "school_officer"} else {}
    target = {"locality": locality} if role == "officer" else target
    user = MembershipFactory(role=role, **target).user
    elsewhere = MembershipFactory(head=True).school
    reader = Reader.of(user)
    for place in (school, elsewhere):
        assert reader.may(permission, place) is can(user, permission, place)
    assert reader.may_somewhere(permission) is can(user, permission, school)


def test_a_role_that_has_ended_is_no_side(school):
    user = MembershipFactory(head=True, school=school, over=True).user
    assert Reader.of(user).sides_at(school) == frozenset()

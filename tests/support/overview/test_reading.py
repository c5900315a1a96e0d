"""What is read of a locality: whose turn it is, since when, and which audit speaks for a school."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from readiness import actions
from readiness.domain.answers import Voice
from readiness.domain.states import AuditState, Owner
from readiness.models import Audit, ThemeScore
from schools.models import Locality, School
from schools.permissions import Permission, can
from support.overview import reading
from tests.factories import ClusterFactory, MembershipFactory, SchoolFactory, SessionFactory
from tests.readiness.factories import AuditFactory
from tests.readiness.framework_texts import published
from tests.support.factories import NudgeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def last_session(db):
    return SessionFactory(year=2025)


def in_spring(now):
    return now - timedelta(days=200)


class TestOneSchool:
    def test_that_has_not_started(self, rows, school):
        row = rows()[school.name]

        assert (row.state, row.owner, row.since, row.shown, row.cells) == (None, Owner.SCHOOL, None, None, None)

    def test_with_a_draft(self, rows, school, now):
        AuditFactory(school=school, started_at=now)

        row = rows()[school.name]
        assert (row.state, row.owner, row.since) == (AuditState.DRAFT, Owner.SCHOOL, now)
        assert row.shown is None

    @pytest.mark.parametrize("state", ["submitted", "in_review"])
    def test_that_waits_for_the_officer_since_it_was_submitted(self, rows, school, now, state):
        audit = AuditFactory(school=school, started_at=now, **{state: True})

        row = rows()[school.name]
        assert (row.state, row.owner, row.since) == (AuditState(state), Owner.OFFICER, audit.submitted_at)
        assert row.shown == (audit.pk, Voice.SCHOOL, audit.submitted_at)

    def test_to_which_it_was_returned(self, rows, school, officer, now):
        audit = AuditFactory(school=school, started_at=now, in_review=True)
        later = now + timedelta(days=2)
        statement = audit.framework.statements[0].slug
        actions.ask(audit=audit, statement=statement, text="When was this?", by=officer, now=later)
        actions.return_to_school(audit=audit, by=officer, now=later, reason="Please look again.")

        row = rows()[school.name]
        assert (row.state, row.owner, row.since) == (AuditState.RETURNED, Owner.SCHOOL, later)

    def test_with_this_sessions_audit_agreed(self, rows, school, now):
        audit = AuditFactory(school=school, started_at=now, agreed=True)

        row = rows()[school.name]
        assert (row.state, row.owner, row.since) == (AuditState.AGREED, Owner.NOBODY, None)
        assert row.shown == (audit.pk, Voice.AGREED, audit.agreed_at)

    def test_with_last_sessions_audit_agreed_and_none_begun(self, rows, school, now, last_session):
        audit = AuditFactory(school=school, started_at=in_spring(now), agreed=True)

        row = rows()[school.name]
        assert (row.state, row.owner) == (None, Owner.SCHOOL)
        assert row.shown == (audit.pk, Voice.AGREED, audit.agreed_at)

    def test_keeps_its_agreed_tiers_while_the_next_audit_is_a_draft(self, rows, school, now, last_session):
        agreed = AuditFactory(school=school, started_at=in_spring(now), agreed=True)
        draft = AuditFactory(school=school, started_at=now)

        row = rows()[school.name]
        assert (row.shown.audit, row.audit, row.state) == (agreed.pk, draft.pk, AuditState.DRAFT)

    def test_shows_what_it_says_once_the_next_is_submitted(self, rows, school, now, last_session):
        AuditFactory(school=school, started_at=in_spring(now), agreed=True, level=4)
        submitted = AuditFactory(school=school, started_at=now, submitted=True, level=1)

        row = rows()[school.name]
        assert (row.shown.audit, row.shown.voice) == (submitted.pk, Voice.SCHOOL)
        assert {cell.tier for cell in row.cells.values()} == {"intensive"}

    def test_shows_the_agreed_voice_of_an_agreed_audit(self, rows, school, now):
        audit = AuditFactory(school=school, started_at=now, agreed=True)
        ThemeScore.objects.filter(audit=audit, voice=Voice.AGREED, theme="safe-base").update(tier="targeted")

        cells = rows()[school.name].cells
        assert cells["safe-base"].tier == "targeted"
        assert len(cells) == 8

    def test_with_a_theme_that_nobody_could_score(self, rows, school, now):
        audit = AuditFactory(school=school, started_at=now, submitted=True)
        ThemeScore.objects.filter(audit=audit, theme="safe-base").update(band="")

        assert rows()[school.name].cells["safe-base"] == ("universal", False)

    def test_with_what_it_is(self, rows, locality, now):
        cluster = ClusterFactory(name="Rowan cluster")
        campus = SchoolFactory(name="A Campus", locality=locality, cluster=cluster, has_secondary=True)
        NudgeFactory(school=campus, sent_at=now - timedelta(days=20))
        NudgeFactory(school=campus, sent_at=now)

        row = rows()["A Campus"]
        assert (row.sectors, row.cluster, row.cluster_name) == (("primary", "secondary"), cluster.slug, "Rowan cluster")
        assert row.nudged_at == now

    def test_whose_audit_was_withdrawn_has_not_started(self, rows, school, now):
        audit = AuditFactory(school=school, started_at=now)
        Audit.objects.filter(pk=audit.pk).update(state=AuditState.WITHDRAWN)

        assert rows()[school.name].state is None


class TestWhichSchools:
    def test_are_those_of_the_locality_that_run_by_name(self, rows, school, another):
        another("Zion Primary School")
        another("Academy")
        another("Closed School", closed=date(2026, 6, 30))
        SchoolFactory(name="Elsewhere Primary School")

        assert list(rows()) == ["Academy", school.name, "Zion Primary School"]

    def test_are_the_same_as_the_querysets_say(self, rows, locality, school, another, officer):
        another("Second School")

        said = School.objects.where(officer, Permission.SEE_LOCALITY).running().filter(locality=locality).alphabetical()
        assert [row.pk for row in rows().values()] == [each.pk for each in said]


class TestWhoMayAsk:
    @pytest.mark.parametrize("who", ["officer", "coordinator"])
    def test_those_who_see_the_locality(self, request, rows, school, who):
        assert list(rows(request.getfixturevalue(who))) == [school.name]

    @pytest.mark.parametrize("who", ["head", "staff_member", "stranger", "superuser", "nobody"])
    def test_and_nobody_else(self, request, rows, who):
        with pytest.raises(Http404):
            rows(request.getfixturevalue(who))

    def test_nobody_where_there_is_no_such_locality(self, officer, today):
        with pytest.raises(Http404):
            reading.place(slug="nowhere", user=officer, today=today)

    @pytest.mark.parametrize(
        "who", ["head", "core_member", "staff_member", "officer", "coordinator", "stranger", "superuser", "nobody"]
    )
    def test_the_rule_is_that_of_the_querysets(self, request, school, locality, who):
        user = request.getfixturevalue(who)

        may = reading.permissions_in(locality.pk, user)
        for permission in (Permission.SEE_LOCALITY, Permission.REVIEW_AUDIT, Permission.RUN_PROGRAMME):
            seen = Locality.objects.filter(Locality.objects.reached_by(user, permission), pk=locality.pk).exists()
            assert (permission in may) is seen
            if who not in {"head", "core_member", "staff_member", "stranger"}:
                assert seen is can(user, permission, school)
        assert Locality.objects.visible_to(user).contains(locality) is (Permission.SEE_LOCALITY in may)

    def test_not_once_the_role_has_ended(self, rows, officer, locality, now):
        officer.memberships.update(ended=now, ended_by=officer)

        with pytest.raises(Http404):
            rows(officer)


class TestQueries:
    def count(self, officer, locality, today):
        with CaptureQueriesContext(connection) as made:
            reading.rows(of=reading.place(slug=locality.slug, user=officer, today=today))
        return len(made)

    def test_are_as_many_for_many_schools_and_years_as_for_one(
        self, session_2026, last_session, officer, locality, school, another, now, today
    ):
        AuditFactory(school=school, started_at=now, submitted=True)
        self.count(officer, locality, today)  # the framework is parsed once
        one = self.count(officer, locality, today)
        for number in range(3):
            more = another(f"School {number}")
            AuditFactory(school=more, started_at=in_spring(now), agreed=True)
            AuditFactory(school=more, started_at=now, agreed=True)

        assert self.count(officer, locality, today) == one == 4


class TestTheStamp:
    @pytest.fixture
    def stamp(self, session_2026, officer, locality, today):
        return lambda: reading.place(slug=locality.slug, user=officer, today=today).stamp

    def test_stays_while_nothing_changes(self, stamp, school):
        assert stamp() == stamp()

    @pytest.mark.parametrize(
        "what", ["started", "submitted", "reminded", "joined", "left", "closed", "renamed", "moved"]
    )
    def test_changes_with_whatever_the_page_shows(self, stamp, school, another, head, now, what):
        audit = AuditFactory(school=another("Second School"), started_at=now) if what == "submitted" else None
        before = stamp()
        if what == "started":
            AuditFactory(school=school, started_at=now)
        elif what == "submitted":
            Audit.objects.get(pk=audit.pk).moves.create(
                from_state="draft", to_state="submitted", by=head, at=timezone.now()
            )
        elif what == "reminded":
            NudgeFactory(school=school)
        elif what == "joined":
            another("Third School")
        else:
            changes = {
                "left": {"locality": None},
                "closed": {"closed": now.date()},
                "renamed": {"name": "Another name"},
                "moved": {"cluster": ClusterFactory()},
            }
            School.objects.filter(pk=school.pk).update(**changes[what])

        assert stamp() != before

    def test_changes_with_a_new_framework_version(self, stamp, version_two):
        before = stamp()
        version_two()

        assert stamp() != before

    @pytest.fixture
    def version_two(self, now):
        return lambda: published(now)


def test_localities_are_listed_for_those_who_see_them(officer, coordinator, head, locality, school):
    other = SchoolFactory().locality

    assert reading.localities_of(officer) == [locality]
    assert set(reading.localities_of(coordinator)) == {locality, other}
    assert reading.localities_of(head) == []


def test_an_officer_of_two_localities_has_both(officer, locality):
    second = MembershipFactory(officer=True, user=officer).locality

    assert set(reading.localities_of(officer)) == {locality, second}

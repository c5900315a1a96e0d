"""A polite reminder: to whom, when, how often, and what it says."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from readiness.domain.states import AuditState
from schools.models import NonTeachingDay
from support import actions
from support.actions import UnableToNudge
from support.models import Nudge
from tests.factories import MembershipFactory, NonTeachingDayFactory, TermFactory
from tests.readiness.factories import AuditFactory
from tests.support.factories import NudgeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _term(session_2026):
    return TermFactory(session=session_2026, starts=session_2026.starts, ends=session_2026.ends)


@pytest.fixture
def send(school, officer, now, django_capture_on_commit_callbacks):
    def nudge(by=officer, at=now, to=school):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.nudge(school=to, by=by, now=at)

    return nudge


class TestGoesOut:
    def test_to_the_head_and_the_acting_head(self, send, head, acting_head, core_member, staff_member):
        send()

        assert sorted(message.to[0] for message in mail.outbox) == sorted([head.email, acting_head.email])

    def test_says_that_something_waits_and_nothing_of_what(self, send, head, school, officer, settings):
        AuditFactory(school=school)
        send()

        message = mail.outbox[0]
        assert message.subject == "Something is waiting for your school"
        assert f"{settings.SITE_URL}/home/" in message.body
        assert school.name in message.body
        assert str(officer) in message.body
        assert "audit" not in message.body.lower()

    def test_is_a_row_with_who_and_when(self, send, head, school, officer, now):
        send()

        nudge = Nudge.objects.get()
        assert (nudge.school, nudge.sent_by, nudge.sent_at) == (school, officer, now)

    def test_from_the_coordinator_too(self, send, head, coordinator):
        send(by=coordinator)

        assert len(mail.outbox) == 1

    def test_not_to_an_account_that_is_closed(self, send, head, acting_head):
        type(head).objects.filter(pk=acting_head.pk).update(is_active=False)
        send()

        assert [message.to for message in mail.outbox] == [[head.email]]

    def test_when_the_school_has_an_audit_returned_to_it(self, send, head, school, officer, now):
        AuditFactory(school=school, returned=True)
        send()

        assert len(mail.outbox) == 1


class TestIsRefused:
    @pytest.mark.parametrize("who", ["head", "staff_member", "stranger", "superuser"])
    def test_to_those_who_do_not_support_the_school(self, request, send, head, who):
        with pytest.raises(PermissionDenied):
            send(by=request.getfixturevalue(who))

        assert not mail.outbox

    def test_within_a_week_of_the_last(self, send, head, school, now):
        NudgeFactory(school=school, sent_at=now - timedelta(days=6))

        with pytest.raises(UnableToNudge, match="was reminded on 14 November"):
            send()

    def test_but_not_a_week_later(self, send, head, school, now):
        NudgeFactory(school=school, sent_at=now - timedelta(days=7))
        send()

        assert Nudge.objects.count() == 2

    def test_when_two_are_sent_at_the_same_moment(self, send, head, school, now, monkeypatch):
        """What the lock would have kept apart, the database refuses."""
        NudgeFactory(school=school, sent_at=now - timedelta(hours=1))
        monkeypatch.setattr(type(Nudge.objects.all()), "lately", lambda self, now: self.none())

        with pytest.raises(UnableToNudge, match="this week"):
            send()

    @pytest.mark.parametrize("state", ["submitted", "in_review"])
    def test_when_it_is_the_officers_turn(self, send, head, school, state):
        AuditFactory(school=school, **{state: True})

        with pytest.raises(UnableToNudge, match="Nothing is waiting for this school"):
            send()

    def test_when_this_sessions_audit_is_agreed(self, send, head, school):
        assert AuditFactory(school=school, agreed=True).state == AuditState.AGREED

        with pytest.raises(UnableToNudge, match="Nothing is waiting for this school"):
            send()

    def test_on_a_holiday(self, send, head, session_2026, now):
        NonTeachingDayFactory(session=session_2026, date=now.date(), kind=NonTeachingDay.Kind.HOLIDAY)

        with pytest.raises(UnableToNudge, match="on school days only"):
            send()

    def test_on_a_saturday(self, send, head, now):
        with pytest.raises(UnableToNudge, match="on school days only"):
            send(at=now + timedelta(days=1))

    def test_where_nobody_leads_the_school(self, send, school):
        MembershipFactory(head=True, school=school, over=True)

        with pytest.raises(UnableToNudge, match="Nobody leads this school here yet"):
            send()

        assert not Nudge.objects.exists()


def test_a_mail_server_that_does_not_answer_is_noted_and_the_others_are_told(
    send, head, acting_head, monkeypatch, caplog
):
    told = []

    def refuse_the_first(self, fail_silently=False):
        told.append(self.to[0])
        if len(told) == 1:
            raise OSError("no route to host")
        return 1

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse_the_first)
    send()

    assert told == [head.email, acting_head.email]
    assert "A reminder could not be sent" in caplog.text

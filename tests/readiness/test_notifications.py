"""Who is told that something is waiting, when, and in what words."""

from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.conf import settings as product
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from readiness import actions, notifications
from readiness.models import Digest, Waiting
from schools.actions import record_sessions
from tests.factories import MembershipFactory, TieFactory, UserFactory
from tests.readiness.factories import AuditFactory, WaitingFactory

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def calendar(db):
    record_sessions(
        sessions=yaml.safe_load((product.BASE_DIR / "fixtures/sessions/north-lanarkshire.yaml").read_text())
    )


def at(day, hour=10, month=11, year=2026):
    return datetime(year, month, day, hour, tzinfo=LONDON)


def waits_for():
    return {waiting.user for waiting in Waiting.objects.untold()}


class TestForWhomItWaits:
    def test_submitted_for_the_officers_of_its_locality(self, complete, head, officer, locality, coordinator, now):
        colleague = MembershipFactory(officer=True, locality=locality).user
        MembershipFactory(officer=True)  # of another locality
        MembershipFactory(officer=True, locality=locality, over=True)  # not any more
        actions.submit(audit=complete, by=head, now=now)
        assert waits_for() == {officer, colleague}

    def test_for_nobody_once_it_is_taken_back_or_begun_or_ended(self, complete, head, officer, now):
        actions.submit(audit=complete, by=head, now=now)
        actions.withdraw_submission(audit=complete, by=head, now=now)
        assert waits_for() == set()
        actions.submit(audit=complete, by=head, now=now)
        actions.begin_review(audit=complete, by=officer, now=now)
        assert waits_for() == set()
        actions.ask(audit=complete, statement="made-room", text="When?", by=officer, now=now)
        actions.return_to_school(audit=complete, by=officer, now=now)
        actions.withdraw(audit=complete, by=head, now=now)
        assert waits_for() == set()

    def test_returned_for_those_who_answer(self, school, head, acting_head, core_member, staff_member, officer):
        AuditFactory(school=school, returned=True)
        assert waits_for() == {head, acting_head, core_member}

    def test_differing_for_the_coordinator_and_once_settled_for_the_officer(self, school, officer, coordinator, now):
        audit = AuditFactory(school=school, differing=True)
        assert waits_for() == {coordinator}
        ruling = actions.Ruling(audit.framework.statements[1].slug, 2, "As seen.")
        actions.settle(audit=audit, rulings=[ruling], by=coordinator, now=now)
        assert waits_for() == {officer}
        actions.agree(audit=audit, by=officer, now=now)
        assert waits_for() == set()

    def test_never_for_who_did_it(self, school, locality, now):
        both = MembershipFactory(head=True, school=school).user
        MembershipFactory(officer=True, locality=locality, user=both)
        AuditFactory(school=school, submitted=True)
        assert both not in waits_for()

    def test_not_for_an_officer_who_is_too_close_to_the_school(self, complete, head, officer, locality, school, now):
        colleague = MembershipFactory(officer=True, locality=locality).user
        TieFactory(user=officer, school=school)
        actions.submit(audit=complete, by=head, now=now)
        assert waits_for() == {colleague}

    def test_for_nobody_where_a_school_has_no_locality(self, complete, head, officer, school, now):
        school.locality = None
        school.save()
        actions.submit(audit=complete, by=head, now=now)
        assert waits_for() == set()


class TestTheEmail:
    def test_says_that_something_is_waiting_with_a_link_and_nothing_else(self, calendar, mailoutbox, settings):
        settings.SITE_URL = "https://pathway.example"
        waiting = WaitingFactory()
        assert notifications.send_digests(now=at(20)) == 1
        (mail,) = mailoutbox
        assert mail.to == [waiting.user.email]
        assert mail.subject == "Something is waiting for you"
        assert mail.body.split("\n\n") == [
            "Something is waiting for you on the nurture pathway. Sign in to see what it is:",
            "https://pathway.example/home/",
            "We write at most once a day, and not in the school holidays.",
            "",
        ]

    def test_several_things_are_one_email(self, calendar, mailoutbox):
        person = UserFactory()
        for _thing in range(3):
            WaitingFactory(user=person)
        notifications.send_digests(now=at(20))
        (mail,) = mailoutbox
        assert mail.subject == "3 things are waiting for you"
        assert "3 things are waiting for you" in mail.body

    def test_holds_nothing_of_the_audit(self, calendar, school, officer, head, mailoutbox):
        AuditFactory(school=school, differing=True)
        notifications.send_digests(now=at(20))
        assert mailoutbox == []  # nobody is a co-ordinator yet
        MembershipFactory(coordinator=True)
        AuditFactory(submitted=True)
        AuditFactory(returned=True)
        notifications.send_digests(now=at(23))
        assert mailoutbox
        for mail in mailoutbox:
            assert school.name not in mail.subject + mail.body
            assert "Primary" not in mail.subject + mail.body

    def test_a_move_sends_it_through_the_task(
        self, complete, head, officer, mailoutbox, django_capture_on_commit_callbacks, monkeypatch
    ):
        monkeypatch.setattr("django.utils.timezone.now", lambda: at(20))
        with django_capture_on_commit_callbacks(execute=True):
            actions.submit(audit=complete, by=head, now=at(20))
            assert mailoutbox == []
        assert [mail.to for mail in mailoutbox] == [[officer.email]]


class TestWhen:
    def test_at_most_one_a_day(self, calendar, mailoutbox):
        person = UserFactory()
        for hour in (8, 12, 18):
            WaitingFactory(user=person)
            notifications.send_digests(now=at(19, hour))
        assert len(mailoutbox) == 1
        notifications.send_digests(now=at(20, 8))
        assert [mail.subject for mail in mailoutbox][1:] == ["2 things are waiting for you"]

    def test_not_twice_about_the_same(self, calendar, mailoutbox):
        WaitingFactory()
        notifications.send_digests(now=at(19))
        notifications.send_digests(now=at(20))
        assert len(mailoutbox) == 1

    @pytest.mark.parametrize(
        "moment",
        [
            pytest.param(at(21), id="Saturday"),
            pytest.param(at(16), id="in-service day"),
            pytest.param(at(14, month=10), id="October week"),
            pytest.param(at(24, month=12), id="Christmas"),
            pytest.param(at(15, month=7), id="summer"),
            pytest.param(at(20, hour=6), id="before seven"),
            pytest.param(at(20, hour=19), id="in the evening"),
        ],
    )
    def test_held_until_the_next_school_day(self, moment, calendar, mailoutbox):
        WaitingFactory()
        assert notifications.send_digests(now=moment) == 0
        assert mailoutbox == []
        while not mailoutbox:
            moment += timedelta(hours=1)
            notifications.send_digests(now=moment)
        assert moment.hour in range(7, 19)

    def test_not_to_a_closed_account(self, calendar, mailoutbox):
        WaitingFactory(user=UserFactory(is_active=False))
        assert notifications.send_digests(now=at(20)) == 0
        assert mailoutbox == []

    def test_the_task_tells_its_people_only(self, calendar, mailoutbox, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: at(20))
        mine, _other = WaitingFactory(), WaitingFactory()
        assert notifications.send.call(user_ids=[mine.user.pk], added_in_a_later_version=True) == 1
        assert {mail.to[0] for mail in mailoutbox} == {mine.user.email}

    def test_a_mail_server_that_is_down_loses_nothing(self, calendar, mailoutbox, monkeypatch, caplog):
        WaitingFactory()

        def down(self, messages):
            raise ConnectionRefusedError

        with monkeypatch.context() as patched:
            patched.setattr(EmailBackend, "send_messages", down)
            assert notifications.send_digests(now=at(20)) == 0
        assert "could not be sent" in caplog.text
        assert Waiting.objects.untold().exists()
        assert notifications.send_digests(now=at(20, 11)) == 1

    def test_one_day_is_taken_once(self, db):
        person = UserFactory()
        taken = [Digest.objects.claim(person, day) for day in (at(19).date(), at(19).date(), at(20).date())]
        assert taken == [True, False, True]


def test_the_command_says_how_many(calendar, mailoutbox, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(20))
    WaitingFactory()
    said = StringIO()
    call_command("send_digests", stdout=said)
    assert said.getvalue() == "1 e-mail sent.\n"
    assert len(mailoutbox) == 1

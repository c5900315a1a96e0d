from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from config import tidying
from readiness.models import Answer
from schools.actions import find
from schools.actions.invitations import FORGOTTEN, UnableToInvite, digest
from schools.models import Import, Invitation, School
from tests.factories import HeldPostFactory, ImportFactory, InvitationFactory, SchoolFactory, UserFactory
from tests.readiness.factories import AnswerFactory
from wizards.models import HeldPost

A_MINUTE = timedelta(minutes=1)
A_MONTH = timedelta(days=30)
NOTHING = {"sessions": 0, "posts": 0, "imports": 0, "links": 0, "tasks": 0}

pytestmark = pytest.mark.django_db


def session(ends):
    Session.objects.create(session_key=SessionStore().session_key or str(ends), session_data="x", expire_date=ends)


def task(finished_at):
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="some.task",
        backend_name="default",
        run_after=finished_at,
        status="SUCCESSFUL",
        finished_at=finished_at,
        worker_ids=[],
        exception_class_path="",
        traceback="",
    )


def test_nothing_to_do_is_said(now):
    assert tidying.tidy(now=now) == NOTHING


def test_what_is_over_goes_and_what_is_not_stays(now):
    for ends in (now, now + A_MINUTE):
        session(ends)
        HeldPostFactory(expires_at=ends)
    for at in (now - A_MONTH, now - A_MONTH + A_MINUTE):
        ImportFactory(uploaded_at=at)
    task(now - tidying.TASKS_KEPT)
    task(now - tidying.TASKS_KEPT + A_MINUTE)

    assert tidying.tidy(now=now) == {**NOTHING, "sessions": 1, "posts": 1, "imports": 1, "tasks": 1}
    assert tidying.tidy(now=now) == NOTHING
    assert [model.objects.count() for model in (Session, HeldPost, Import, DBTaskResult)] == [1, 1, 1, 1]


def test_an_applied_file_stays_with_its_schools(now):
    applied = ImportFactory(uploaded_at=now - 2 * A_MONTH, applied_at=now - 2 * A_MONTH)
    SchoolFactory(brought_in_by=applied)

    assert tidying.tidy(now=now) == NOTHING
    assert School.objects.get().brought_in_by == applied


class TestLinks:
    @pytest.mark.parametrize("over", ["accepted", "withdrawn", "run out"])
    def test_one_that_ended_a_month_ago_is_known_to_nobody(self, now, over):
        sent, ended = now - 2 * A_MONTH, now - A_MONTH
        more = {
            "accepted": {"accepted_at": ended, "accepted_by": UserFactory(), "expires_at": now},
            "withdrawn": {"withdrawn_at": ended, "expires_at": now},
            "run out": {"expires_at": ended},
        }[over]
        invitation = InvitationFactory(token_hash=digest("a token"), invited_at=sent, **more)

        assert tidying.tidy(now=now) == {**NOTHING, "links": 1}
        assert tidying.tidy(now=now) == NOTHING
        kept = Invitation.objects.get()
        assert kept.token_hash == f"{FORGOTTEN}{invitation.pk}"
        assert kept.email == invitation.email
        with pytest.raises(UnableToInvite, match="We do not know this link"):
            find(token="a token", now=now)

    def test_one_that_works_goes_on_working(self, now):
        InvitationFactory(token_hash=digest("a token"), invited_at=now - A_MONTH, expires_at=now + A_MINUTE)

        assert tidying.tidy(now=now) == NOTHING
        assert find(token="a token", now=now)


def test_the_command_says_how_many(now):
    AnswerFactory()
    session(now - 300 * A_MONTH)
    said = StringIO()

    call_command("tidy", "--dry-run", stdout=said)
    assert "1 sessions that have ended" in said.getvalue()
    assert "nothing has been removed" in said.getvalue()
    assert Session.objects.count() == 1

    call_command("tidy", stdout=said)
    assert "They are removed." in said.getvalue()
    assert not Session.objects.exists()
    assert Answer.objects.count() == 1

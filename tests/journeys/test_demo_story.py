"""The demo story, told by actions: what visitors and checks from outside rely on."""

from collections import Counter
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from config import demo, groups
from readiness.domain.framework import Framework
from readiness.models import Answer, Audit, FrameworkVersion, Move, ThemeScore
from reflections.models import Entry
from schools.models import Locality, Membership, School, Session
from support import reports
from tests.readiness.framework_texts import document

FIXTURES = settings.BASE_DIR / "fixtures"
EXAMPLES = Framework.from_document(document()).worked_examples


@pytest.fixture
def told(db, now):
    load_what_it_needs()
    assert demo.tell(now=now) is True


def load_what_it_needs():
    call_command("load_sessions", FIXTURES / "sessions" / "north-lanarkshire.yaml", stdout=_Silent())
    call_command("load_framework", FIXTURES / "frameworks" / "nurture-readiness-1.0.yaml", stdout=_Silent())
    groups.ensure()


class _Silent:
    def write(self, *_):
        return None


def counts():
    return [model.objects.count() for model in (User, School, Membership, Audit, Answer, Move, ThemeScore)]


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 8, 12),  # the first day of a session
        date(2027, 7, 15),  # the summer after it
        date(2031, 2, 28),  # long after the last session that anybody has loaded
    ],
    ids=str,
)
def test_it_can_be_told_on_any_day(day, db, now):
    load_what_it_needs()

    assert demo.tell(now=now.replace(year=day.year, month=day.month, day=day.day)) is True

    head = User.objects.get(email="head@demo.example")
    assert Audit.objects.visible_to(head).get().session.label == "2025/26"


def test_telling_it_again_changes_nothing(told, now):
    before = counts()
    assert demo.tell(now=now) is False
    assert counts() == before


def test_there_are_twelve_invented_schools_in_two_localities(told):
    assert School.objects.count() == 12
    assert Locality.objects.count() == 2
    assert all(code.startswith("99") for code in School.objects.values_list("seed_code", flat=True))


def test_every_state_that_exists_so_far_is_there(told):
    states = Counter(Audit.objects.values_list("state", flat=True))
    assert set(states) == {"draft", "submitted", "in_review", "returned", "agreed", "superseded"}


def test_everybody_can_sign_in(told, client):
    for account in demo.ACCOUNTS:
        answer = client.post("/accounts/login/", {"login": account.email, "password": demo.PASSWORD})
        assert (answer.status_code, answer.url) == (302, "/home/"), account.email
        assert client.get("/home/").status_code == 200
        client.post("/accounts/logout/")


def test_the_head_has_last_sessions_agreed_audit_and_may_start(told, client, now):
    client.force_login(User.objects.get(email="head@demo.example"))
    audit = Audit.objects.visible_to(User.objects.get(email="head@demo.example")).get()
    assert (audit.state, audit.session) == ("agreed", Session.objects.get(label="2025/26"))
    assert "Start an audit</button>" in client.get("/audits/").content.decode()


def test_the_other_head_has_one_half_filled_draft(told):
    audit = Audit.objects.visible_to(User.objects.get(email="head2@demo.example")).get()
    assert (audit.state, audit.journey().answered_count) == ("draft", 18)


def test_every_stored_result_can_be_worked_out_again(told):
    scored = Audit.objects.exclude(state="draft")
    assert scored.count() == 9
    assert ThemeScore.objects.count() >= 8 * scored.count()
    for audit in Audit.objects.all():
        assert reports.verify(audit) == ()


def test_a_stored_score_that_is_wrong_is_noticed(told):
    score = ThemeScore.objects.filter(voice="school", total__gt=4).exclude(audit__state="returned").first()
    ThemeScore.objects.filter(pk=score.pk).update(total=score.total - 1)
    assert reports.verify(score.audit) != ()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_worked_examples_are_among_the_audits(example, told, now):
    wanted = example.answers(FrameworkVersion.objects.get().as_framework().statements)
    audits = [a for a in Audit.objects.exclude(state="draft") if _answers_of(a) == wanted]
    assert audits, "no audit of the story gives these answers"
    for audit in audits:
        assert reports.build(audit, now=now).outcome_key == example.outcome


def _answers_of(audit):
    return {slug: row.given for slug, row in audit.school_answers().items()}


def test_the_member_of_staff_keeps_a_log(db, now, client):
    call_command("load_sessions", FIXTURES / "sessions" / "north-lanarkshire.yaml", stdout=_Silent())
    call_command("load_framework", FIXTURES / "frameworks" / "nurture-readiness-1.0.yaml", stdout=_Silent())
    call_command("load_reflection", FIXTURES / "reflection" / "reflective-log-1.0.yaml", stdout=_Silent())
    groups.ensure()
    demo.tell(now=now)
    staff = User.objects.get(email="staff@demo.example")
    mine = Entry.objects.of(staff).newest_first()
    client.force_login(staff)
    page = client.get("/reflections/").content.decode()

    assert Counter(mine.values_list("state", flat=True)) == {"finished": 4, "draft": 1}
    assert {str(entry.term) for entry in mine} == {"2025/26, Term 2", "2025/26, Term 3", "2026/27, Term 1"}
    assert Entry.objects.get(follows__isnull=False).author == staff
    assert "Last term you planned" in page
    assert "Tuesday tea" in client.get("/reflections/groups/").content.decode()

"""The demo story, told by actions: what visitors and checks from outside rely on."""

from collections import Counter

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from config import demo, groups
from readiness.domain.framework import Framework
from readiness.models import Answer, Audit, FrameworkVersion, Move, ThemeScore
from schools.models import Locality, Membership, School, Session
from support import reports
from tests.readiness.framework_texts import document

FIXTURES = settings.BASE_DIR / "fixtures"
EXAMPLES = Framework.from_document(document()).worked_examples


@pytest.fixture
def told(db, now):
    call_command("load_sessions", FIXTURES / "sessions" / "north-lanarkshire.yaml", stdout=_Silent())
    call_command("load_framework", FIXTURES / "frameworks" / "nurture-readiness-1.0.yaml", stdout=_Silent())
    groups.ensure()
    assert demo.tell(now=now) is True


class _Silent:
    def write(self, *_):
        return None


def counts():
    return [model.objects.count() for model in (User, School, Membership, Audit, Answer, Move, ThemeScore)]


def test_telling_it_again_changes_nothing(told, now):
    before = counts()
    assert demo.tell(now=now) is False
    assert counts() == before


def test_there_are_invented_schools_in_two_localities_of_fourteen_and_ten(told):
    assert {each.name: each.schools.count() for each in Locality.objects.all()} == {"Calderbrae": 14, "Strathmoss": 10}
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

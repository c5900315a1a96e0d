import pytest
from django.core.exceptions import PermissionDenied

from readiness import actions
from readiness.domain.answers import Other
from readiness.domain.states import MoveRefused
from readiness.models import Audit, Move, ThemeScore
from tests.factories import MembershipFactory
from tests.readiness.factories import AuditFactory


@pytest.fixture
def submitted(complete, head, now):
    actions.submit(audit=complete, by=head, now=now)
    return Audit.objects.get(pk=complete.pk)


@pytest.fixture
def in_review(submitted, officer, now):
    actions.begin_review(audit=submitted, by=officer, now=now)
    return Audit.objects.get(pk=submitted.pk)


class TestStart:
    def test_starts_a_draft_in_todays_session(self, audit, head, session_2026, version):
        assert (audit.state, audit.session, audit.version, audit.started_by) == ("draft", session_2026, version, head)

    def test_a_second_press_gives_the_open_one(self, audit, school, head, now):
        assert actions.start_audit(school=school, by=head, now=now) == audit

    def test_a_new_head_finds_the_open_audit_as_it_was(self, audit, answer, school, now):
        answer(audit, {"made-room": 3})
        new_head = MembershipFactory(head=True, school=school).user
        found = actions.start_audit(school=school, by=new_head, now=now)
        assert found == audit
        assert found.school_answers()["made-room"].given == 3

    @pytest.mark.parametrize("person", ["core_member", "staff_member", "officer", "coordinator", "stranger", "nobody"])
    def test_only_a_head_starts(self, person, version, school, session_2026, now, request):
        with pytest.raises(PermissionDenied):
            actions.start_audit(school=school, by=request.getfixturevalue(person), now=now)

    def test_nothing_published_is_said(self, school, head, session_2026, now):
        with pytest.raises(actions.UnableToStart, match="nothing to answer yet"):
            actions.start_audit(school=school, by=head, now=now)


class TestSubmit:
    def test_locks_records_and_scores(self, submitted, head, now):
        assert (submitted.state, submitted.submitted_by, submitted.submitted_at) == ("submitted", head, now)
        move = Move.objects.get()
        assert (move.from_state, move.to_state, move.by, move.at) == ("draft", "submitted", head, now)
        scores = ThemeScore.objects.filter(audit=submitted, voice="school")
        assert scores.count() == 8
        leadership = scores.get(theme="leadership-and-purpose")
        assert (leadership.total, leadership.answered, leadership.applicable) == (15, 5, 5)
        assert (leadership.band, leadership.tier) == ("ready", "universal")

    def test_is_refused_while_something_is_blank(self, audit, answer, head, now):
        answer(audit, {one.slug: 3 for one in audit.framework.statements[:-2]})
        with pytest.raises(actions.UnableToSubmit, match="2 statements still need an answer") as refusal:
            actions.submit(audit=audit, by=head, now=now)
        assert refusal.value.missing == audit.framework.statements[-2:]
        assert Audit.objects.get().state == "draft"

    def test_a_note_alone_is_still_blank(self, complete, answer, head, now):
        answer(complete, {"made-room": None}, evidence="Ask Dot")
        with pytest.raises(actions.UnableToSubmit, match="1 statement still needs"):
            actions.submit(audit=complete, by=head, now=now)

    def test_does_not_apply_needs_a_reason(self, complete, answer, head, now):
        answer(complete, {"cover-and-costs": Other.NOT_APPLICABLE})
        with pytest.raises(actions.UnableToSubmit, match="Say why") as refusal:
            actions.submit(audit=complete, by=head, now=now)
        assert [one.slug for one in refusal.value.without_reason] == ["cover-and-costs"]

    def test_twice_is_refused(self, submitted, head, now):
        with pytest.raises(actions.UnableToSubmit):
            actions.submit(audit=submitted, by=head, now=now)
        assert Move.objects.count() == 1

    def test_the_acting_head_submits(self, complete, acting_head, now):
        actions.submit(audit=complete, by=acting_head, now=now)
        assert Audit.objects.get().submitted_by == acting_head

    @pytest.mark.parametrize("person", ["core_member", "staff_member", "officer", "coordinator", "stranger"])
    def test_nobody_else_submits(self, person, complete, now, request):
        with pytest.raises(PermissionDenied):
            actions.submit(audit=complete, by=request.getfixturevalue(person), now=now)


class TestWithdraw:
    def test_makes_it_a_draft_again_with_every_answer(self, submitted, head, now):
        actions.withdraw_submission(audit=submitted, by=head, now=now)
        again = Audit.objects.get()
        assert (again.state, again.submitted_at, again.submitted_by) == ("draft", None, None)
        assert again.answers.count() == 36
        assert not again.theme_scores.exists()

    def test_not_once_the_review_has_begun(self, in_review, head, now):
        with pytest.raises(MoveRefused):
            actions.withdraw_submission(audit=in_review, by=head, now=now)

    def test_not_by_the_core_team(self, submitted, core_member, now):
        with pytest.raises(PermissionDenied):
            actions.withdraw_submission(audit=submitted, by=core_member, now=now)

    def test_a_later_one_that_had_been_returned_is_returned_again(self, school, head, now):
        audit = AuditFactory(school=school, returned=True)
        first, second = (one.slug for one in audit.framework.statements[:2])
        actions.reply(audit=audit, statement=first, text="In October.", by=head, now=now)
        actions.accept(audit=audit, statement=second, by=head, now=now)
        actions.submit(audit=audit, by=head, now=now)
        actions.withdraw_submission(audit=audit, by=head, now=now)
        again = Audit.objects.get()
        assert (again.state, again.submitted_by) == ("returned", head)
        assert again.remarks.count() == 4


class TestEnd:
    @pytest.mark.parametrize("state", ["draft", "submitted", "in_review", "returned", "differing", "moderated"])
    def test_an_open_audit_is_ended_with_its_reason_and_another_may_start(self, state, school, head, now):
        audit = AuditFactory(school=school, **({state: True} if state != "draft" else {}))
        was = audit.state
        actions.withdraw(audit=audit, by=head, now=now, reason="We merge with our neighbours in August.")
        ended = Audit.objects.get()
        move = Move.objects.order_by("pk").last()
        assert ended.state == "withdrawn"
        assert (move.from_state, move.to_state, move.by, move.reason) == (
            was, "withdrawn", head, "We merge with our neighbours in August.",
        )  # fmt: skip
        assert actions.start_audit(school=school, by=head, now=now).pk != ended.pk

    @pytest.mark.parametrize("state", ["agreed", "superseded", "withdrawn"])
    def test_not_what_is_over(self, state, school, head, now):
        audit = AuditFactory(school=school, agreed=True) if state != "withdrawn" else AuditFactory(school=school)
        if state == "superseded":
            AuditFactory(school=school, agreed=True)
        if state == "withdrawn":
            actions.withdraw(audit=audit, by=head, now=now)
        with pytest.raises(MoveRefused):
            actions.withdraw(audit=audit, by=head, now=now)

    @pytest.mark.parametrize("person", ["core_member", "staff_member", "officer", "coordinator", "stranger"])
    def test_only_the_head(self, person, submitted, now, request):
        with pytest.raises(PermissionDenied):
            actions.withdraw(audit=submitted, by=request.getfixturevalue(person), now=now)

    def test_an_officer_still_reads_what_they_had_read(self, submitted, officer, head, now):
        actions.withdraw(audit=submitted, by=head, now=now)
        assert Audit.objects.visible_to(officer).exists()

    def test_an_officer_never_reads_a_draft_that_was_ended(self, audit, officer, head, now):
        actions.withdraw(audit=audit, by=head, now=now)
        assert not Audit.objects.visible_to(officer).exists()

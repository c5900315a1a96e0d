from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import PermissionDenied

from readiness.domain.states import MoveRefused
from readiness.models import Answer, Audit
from support import actions
from support.models import Visit, VisitComment, VisitDraw, VisitLevel
from tests.factories import MembershipFactory
from tests.readiness.factories import AuditFactory
from tests.support.visits.factories import NOTE, VISITED, VisitFactory

pytestmark = pytest.mark.django_db
PLAN = {"kind": "visit", "on": date(2026, 12, 1), "who": "Head teacher and core team"}
LATER = VISITED + timedelta(hours=1)


class Loaded(Random):
    """Lots that fall as the test says."""

    def __init__(self, number):
        super().__init__(0)
        self.number = number

    def randrange(self, *_args):
        return self.number


@pytest.fixture
def audit(school, head, officer):
    return AuditFactory(school=school, in_review=True)


@pytest.fixture
def clear(school, head, officer):
    """An audit on which nothing hangs: every level is 4."""
    return AuditFactory(school=school, in_review=True, level=4)


def planned(audit, **until):
    return VisitFactory(audit=audit, **until)


class TestWhy:
    def test_reads_the_schools_levels_the_officers_and_the_lots(self, clear, officer):
        assert not actions.why(clear).is_offered
        Answer.objects.create(
            audit=clear, statement="calm-places", voice="officer", level=2, reason="No room yet", by=officer, at=VISITED
        )
        actions.draw_visit(audit=clear, by=officer, now=VISITED, chance=Loaded(0))

        found = actions.why(clear)

        assert [gap.statement.slug for gap in found.gaps] == ["calm-places"]
        assert (found.hinges, found.drawn) == ((), True)

    def test_a_single_level_on_which_the_outcome_hangs(self, audit):
        assert {hinge.statement.slug for hinge in actions.why(audit).hinges} == {
            "head-leads-in-person",
            "dates-for-training",
        }


class TestDraw:
    @pytest.mark.parametrize(("number", "drawn"), [(0, True), (1, False), (4, False)])
    def test_is_recorded_with_who_and_when(self, audit, officer, number, drawn):
        lot = actions.draw_visit(audit=audit, by=officer, now=VISITED, chance=Loaded(number))

        assert VisitDraw.objects.get() == lot
        assert (lot.drawn, lot.by, lot.at) == (drawn, officer, VISITED)

    def test_nobody_draws_twice(self, audit, officer):
        first = actions.draw_visit(audit=audit, by=officer, now=VISITED, chance=Loaded(1))

        again = actions.draw_visit(audit=audit, by=officer, now=LATER, chance=Loaded(0))

        assert (again, again.drawn, again.at) == (first, False, VISITED)

    @pytest.mark.parametrize("who", ["head", "core_member", "coordinator", "stranger", "superuser"])
    def test_is_the_officers(self, request, audit, who):
        with pytest.raises(PermissionDenied):
            actions.draw_visit(audit=audit, by=request.getfixturevalue(who), now=VISITED, chance=Loaded(0))

        assert not VisitDraw.objects.exists()

    def test_waits_for_the_review(self, school, officer):
        submitted = AuditFactory(school=school, submitted=True)

        with pytest.raises(actions.UnableToVisit, match="Begin the review first"):
            actions.draw_visit(audit=submitted, by=officer, now=VISITED, chance=Loaded(0))


class TestBegin:
    def test_begins_the_review_and_draws_at_once(self, school, officer):
        submitted = AuditFactory(school=school, submitted=True)

        lot = actions.begin_review(audit=submitted, by=officer, now=VISITED, chance=Loaded(0))

        assert Audit.objects.get(pk=submitted.pk).state == "in_review"
        assert (lot.audit, lot.drawn) == (submitted, True)

    def test_without_a_review_there_are_no_lots(self, audit, officer):
        with pytest.raises(MoveRefused):
            actions.begin_review(audit=audit, by=officer, now=VISITED, chance=Loaded(0))

        assert not VisitDraw.objects.exists()


class TestPlan:
    def test_keeps_why_it_was_offered(self, audit, officer):
        visit = actions.plan_visit(audit=audit, **PLAN, reason="", by=officer, now=VISITED)

        assert Visit.objects.get() == visit
        assert (visit.hangs, visit.far_apart, visit.drawn, visit.reason) == (True, False, False, "")
        assert (visit.planned_by, visit.planned_at) == (officer, VISITED)

    def test_without_a_reason_of_the_rule_asks_for_one(self, clear, officer):
        with pytest.raises(actions.UnableToVisit, match="Say why"):
            actions.plan_visit(audit=clear, **PLAN, reason="", by=officer, now=VISITED)

        assert actions.plan_visit(audit=clear, **PLAN, reason="The head asked.", by=officer, now=VISITED).pk

    def test_again_changes_the_day_of_the_same_visit(self, audit, officer):
        first = planned(audit)
        day = date(2026, 12, 8)

        again = actions.plan_visit(audit=audit, **{**PLAN, "on": day}, reason="", by=officer, now=LATER)

        assert again == first
        assert Visit.objects.get().on == day

    def test_stays_once_the_school_has_been_shown_the_note(self, audit, officer):
        planned(audit, shown=True)

        with pytest.raises(actions.UnableToVisit, match="stays as it is"):
            actions.plan_visit(audit=audit, **PLAN, reason="", by=officer, now=LATER)

    @pytest.mark.parametrize("state", ["submitted", "agreed"])
    def test_belongs_to_a_review_under_way(self, school, officer, state):
        with pytest.raises(actions.UnableToVisit, match="while the audit is under review"):
            actions.plan_visit(
                audit=AuditFactory(school=school, **{state: True}), **PLAN, reason="", by=officer, now=VISITED
            )

    @pytest.mark.parametrize("who", ["head", "core_member", "coordinator", "stranger", "superuser"])
    def test_is_the_officers(self, request, audit, who):
        with pytest.raises(PermissionDenied):
            actions.plan_visit(audit=audit, **PLAN, reason="", by=request.getfixturevalue(who), now=VISITED)


class TestWrite:
    def test_keeps_the_words_and_the_levels(self, audit, officer):
        visit = actions.write_note(visit=planned(audit), note=NOTE, revision=0, by=officer, now=LATER)

        assert actions.note_of(Visit.objects.get()) == NOTE
        assert (visit.revision, visit.written_by, visit.written_at) == (1, officer, LATER)

    def test_takes_levels_away_that_are_no_longer_agreed(self, audit, officer):
        visit = planned(audit, written=True)

        actions.write_note(visit=visit, note=replace(NOTE, levels={}), revision=1, by=officer, now=LATER)

        assert not VisitLevel.objects.exists()

    def test_never_touches_an_answer(self, audit, officer):
        before = list(Answer.objects.values())

        planned(audit, written=True)

        assert list(Answer.objects.values()) == before

    def test_nobody_writes_over_what_they_have_not_seen(self, audit, officer, locality):
        visit = planned(audit, written=True)
        colleague = MembershipFactory(officer=True, locality=locality).user

        with pytest.raises(actions.NoteChanged, match=str(officer)):
            actions.write_note(visit=visit, note=replace(NOTE, seen="Other words"), revision=0, by=colleague, now=LATER)

        assert actions.note_of(Visit.objects.get()) == NOTE

    def test_a_change_is_to_be_read_again(self, audit, officer):
        visit = planned(audit, read=True)

        actions.write_note(visit=visit, note=replace(NOTE, seen="Other words"), revision=1, by=officer, now=LATER)

        visit = Visit.objects.get()
        assert (visit.read_at, visit.read_by, visit.revision) == (None, None, 2)
        assert visit.shown_at

    def test_saving_the_same_words_again_changes_nothing(self, audit, officer):
        visit = planned(audit, read=True)

        actions.write_note(visit=visit, note=NOTE, revision=1, by=officer, now=LATER)

        assert Visit.objects.get().read_at == VISITED

    @pytest.mark.parametrize("levels", [{"no-such-statement": 3}, {"calm-places": 5}, {"calm-places": 0}])
    def test_takes_the_audits_own_statements_and_levels_only(self, audit, officer, levels):
        with pytest.raises(actions.UnableToVisit, match="from the list"):
            actions.write_note(
                visit=planned(audit), note=replace(NOTE, levels=levels), revision=0, by=officer, now=LATER
            )

    def test_a_final_note_stays(self, audit, officer):
        with pytest.raises(actions.UnableToVisit, match="final"):
            actions.write_note(
                visit=planned(audit, final=True), note=replace(NOTE, seen=""), revision=1, by=officer, now=LATER
            )

    @pytest.mark.parametrize("who", ["head", "core_member", "coordinator", "stranger"])
    def test_is_the_officers(self, request, audit, who):
        with pytest.raises(PermissionDenied):
            actions.write_note(visit=planned(audit), note=NOTE, revision=0, by=request.getfixturevalue(who), now=LATER)


class TestShow:
    def test_says_who_and_when_once(self, audit, officer):
        visit = planned(audit, shown=True)

        actions.show_note(visit=visit, by=officer, now=LATER)

        assert (Visit.objects.get().shown_at, Visit.objects.get().shown_by) == (VISITED, officer)

    @pytest.mark.parametrize("missing", ["strengths", "seen"])
    def test_wants_something_to_read(self, audit, officer, missing):
        visit = planned(audit)
        actions.write_note(visit=visit, note=replace(NOTE, **{missing: ""}), revision=0, by=officer, now=VISITED)

        with pytest.raises(actions.UnableToVisit, match="Write the strengths"):
            actions.show_note(visit=visit, by=officer, now=LATER)

    @pytest.mark.parametrize("who", ["head", "coordinator", "stranger"])
    def test_is_the_officers(self, request, audit, who):
        with pytest.raises(PermissionDenied):
            actions.show_note(visit=planned(audit, written=True), by=request.getfixturevalue(who), now=LATER)


class TestRead:
    @pytest.mark.parametrize("who", ["head", "acting_head"])
    def test_says_who_and_when_once(self, request, audit, who):
        user = request.getfixturevalue(who)
        visit = planned(audit, shown=True)

        assert actions.read_note(visit=visit, revision=1, comment="", by=user, now=LATER)
        assert actions.read_note(visit=visit, revision=1, comment="", by=user, now=LATER + timedelta(hours=1))

        visit = Visit.objects.get()
        assert (visit.read_by, visit.read_at) == (user, LATER)
        assert not VisitComment.objects.exists()

    def test_keeps_the_comment(self, audit, head):
        actions.read_note(visit=planned(audit, shown=True), revision=1, comment="In August.", by=head, now=LATER)

        comment = VisitComment.objects.get()
        assert (comment.text, comment.by, comment.at, comment.revision) == ("In August.", head, LATER, 1)

    def test_a_note_that_changed_meanwhile_is_not_read_but_the_comment_is_kept(self, audit, head, officer):
        visit = planned(audit, shown=True)
        actions.write_note(visit=visit, note=replace(NOTE, seen="Other words"), revision=1, by=officer, now=LATER)

        assert not actions.read_note(visit=visit, revision=1, comment="Not so.", by=head, now=LATER)

        assert Visit.objects.get().read_at is None
        assert (VisitComment.objects.get().text, VisitComment.objects.get().revision) == ("Not so.", 1)

    def test_a_comment_may_follow_a_final_note(self, audit, head):
        visit = planned(audit, final=True)

        actions.read_note(visit=visit, revision=1, comment="One more thing.", by=head, now=LATER)

        assert VisitComment.objects.get().text == "One more thing."

    def test_waits_until_it_is_shown(self, audit, head):
        with pytest.raises(actions.UnableToVisit, match="not ready"):
            actions.read_note(visit=planned(audit, written=True), revision=1, comment="", by=head, now=LATER)

    @pytest.mark.parametrize("who", ["officer", "core_member", "staff_member", "coordinator", "stranger"])
    def test_is_the_heads(self, request, audit, who):
        with pytest.raises(PermissionDenied):
            actions.read_note(
                visit=planned(audit, shown=True), revision=1, comment="", by=request.getfixturevalue(who), now=LATER
            )


class TestFinish:
    def test_says_who_and_when(self, audit, officer):
        visit = planned(audit, read=True)

        actions.finish_note(visit=visit, by=officer, now=LATER)

        assert (Visit.objects.get().final_by, Visit.objects.get().final_at) == (officer, LATER)

    @pytest.mark.parametrize("until", ["planned", "written", "shown"])
    def test_waits_for_the_head(self, audit, officer, until):
        with pytest.raises(actions.UnableToVisit, match="has not read"):
            actions.finish_note(visit=planned(audit, until=until), by=officer, now=LATER)

    def test_waits_for_the_head_again_after_a_change(self, audit, officer):
        visit = planned(audit, read=True)
        actions.write_note(visit=visit, note=replace(NOTE, seen="Other words"), revision=1, by=officer, now=LATER)

        with pytest.raises(actions.UnableToVisit, match="has not read the note as it is now"):
            actions.finish_note(visit=visit, by=officer, now=LATER)

    def test_may_come_after_the_agreement(self, audit, officer):
        visit = planned(audit, read=True)
        Audit.objects.filter(pk=audit.pk).update(state="agreed", agreed_at=LATER, agreed_by=officer)

        actions.finish_note(visit=visit, by=officer, now=LATER)

        assert Visit.objects.get().is_final

    @pytest.mark.parametrize("who", ["head", "coordinator", "stranger"])
    def test_is_the_officers(self, request, audit, who):
        with pytest.raises(PermissionDenied):
            actions.finish_note(visit=planned(audit, read=True), by=request.getfixturevalue(who), now=LATER)

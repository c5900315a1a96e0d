"""Working on a plan: steps, help, reviews, and a private calendar address."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from support import actions
from support.domain.draft import DraftStep, Owner
from support.models import CalendarFeed, ChosenOffer, PlanTheme, Review, ReviewedLevel, Step
from tests.factories import MembershipFactory
from tests.support.factories import (
    AGREED,
    TODAY,
    CalendarFeedFactory,
    ChosenOfferFactory,
    OfferFactory,
    PlanFactory,
    ready_to_agree,
    reviewer,
)

pytestmark = pytest.mark.django_db
NOW = AGREED + timedelta(days=30)
ON = NOW.date()
WANTED = DraftStep(Owner.SCHOOL, "Depute", "Ring the cluster.", ON + timedelta(days=20), "made-room", 3)


@pytest.fixture
def plan():
    return PlanFactory()


@pytest.fixture
def head(plan):
    return plan.audit.started_by


@pytest.fixture
def officer(plan):
    return plan.agreed_by


@pytest.fixture
def theme(plan):
    return PlanTheme.objects.get(plan=plan, theme="time-and-fit")


@pytest.fixture
def step(theme):
    return theme.steps.get()


@pytest.fixture
def over(plan):
    """A later plan takes the place of this one."""

    def end():
        later = ready_to_agree(level=3, school=plan.audit.school, started_at=NOW)
        actions.agree(audit=later, by=reviewer(later), now=NOW + timedelta(days=1))

    return end


def finish(step, by, *, outcome="Both are booked.", seen=None):
    given = {"on": ON, "outcome": outcome, "seen": step.revision if seen is None else seen}
    return actions.finish_step(step=step, by=by, now=NOW, **given)


class TestSteps:
    def test_a_step_is_added(self, theme, head):
        actions.add_step(theme=theme, wanted=WANTED, by=head, now=NOW)
        added = theme.steps.latest("pk")
        assert (added.text, added.owner, added.statement, added.level) == (WANTED.text, "school", "made-room", 3)
        assert (added.by, added.at, added.status) == (head, NOW, "to_do")

    def test_it_belongs_to_help_of_its_theme_only(self, theme, head):
        chosen, other = ChosenOfferFactory(theme=theme), OfferFactory()
        added = actions.add_step(theme=theme, wanted=replace(WANTED, offer=chosen.offer.code), by=head, now=NOW)
        assert added.offer == chosen.offer
        assert actions.add_step(theme=theme, wanted=replace(WANTED, offer=other.code), by=head, now=NOW).offer is None

    def test_it_moves_a_statement_of_its_theme_only(self, theme, head):
        with pytest.raises(actions.UnableToChange, match="another theme"):
            actions.add_step(theme=theme, wanted=replace(WANTED, statement="calm-places"), by=head, now=NOW)

    def test_it_is_changed(self, step, head):
        changed = actions.change_step(step=step, wanted=WANTED, seen=1, by=head, now=NOW)
        assert (changed.text, changed.revision, changed.by) == (WANTED.text, 2, head)
        assert actions.change_step(step=step, wanted=WANTED, seen=1, by=head, now=NOW).revision == 2

    def test_two_people_who_change_it_are_told_of_each_other(self, step, head, officer):
        actions.change_step(step=step, wanted=WANTED, seen=1, by=head, now=NOW)
        other = replace(WANTED, text="Something else.")
        with pytest.raises(actions.StepChangedMeanwhile) as clash:
            actions.change_step(step=step, wanted=other, seen=1, by=officer, now=NOW)
        assert (clash.value.theirs.text, clash.value.theirs.by) == (WANTED.text, head)
        assert actions.change_step(step=step, wanted=other, seen=2, by=officer, now=NOW).text == other.text

    def test_it_is_ticked_off_with_what_happened(self, step, head):
        done = finish(step, head)
        assert (done.status, done.done_on, done.outcome) == ("done", ON, "Both are booked.")
        assert finish(step, head, seen=1).revision == done.revision == 2

    def test_nobodys_line_is_written_over_unseen(self, step, head, officer):
        finish(step, head)
        with pytest.raises(actions.StepChangedMeanwhile):
            finish(step, officer, outcome="I did not know.", seen=1)
        step.refresh_from_db()
        assert step.outcome == "Both are booked."

    def test_it_is_dropped_and_stays(self, step, head):
        dropped = actions.drop_step(step=step, outcome="It has moved.", seen=1, by=head, now=NOW)
        assert (dropped.status, dropped.done_on, dropped.outcome) == ("dropped", None, "It has moved.")

    def test_it_is_taken_up_again_and_its_words_stay(self, step, head):
        finish(step, head)
        again = actions.take_up_again(step=step, by=head, now=NOW)
        assert (again.status, again.done_on, again.outcome) == ("to_do", None, "Both are booked.")

    def test_overdue_is_what_is_still_to_do_after_its_day(self, step, head):
        late = step.due_on + timedelta(days=1)
        assert list(Step.objects.overdue(late).filter(pk=step.pk)) == [step]
        assert not Step.objects.overdue(step.due_on).filter(pk=step.pk).exists()
        finish(step, head)
        assert not Step.objects.overdue(late).filter(pk=step.pk).exists()


class TestWhoWorksOnIt:
    def every_action(self, step, by):
        chosen = ChosenOffer.objects.filter(theme=step.theme).first() or ChosenOfferFactory(theme=step.theme)
        given = {"by": by, "now": NOW}
        return [
            lambda: actions.add_step(theme=step.theme, wanted=WANTED, **given),
            lambda: actions.change_step(step=step, wanted=WANTED, seen=step.revision, **given),
            lambda: finish(step, by),
            lambda: actions.drop_step(step=step, outcome="No.", seen=step.revision, **given),
            lambda: actions.take_up_again(step=step, **given),
            lambda: actions.progress_offer(chosen=chosen, begun_on=ON, finished_on=None, **given),
        ]

    @pytest.mark.parametrize("role", ["core_team", "acting_head", "head"])
    def test_the_people_who_answer_for_the_school(self, plan, step, role):
        for action in self.every_action(step, MembershipFactory(school=plan.audit.school, role=role).user):
            action()
            step.refresh_from_db()

    def test_and_its_officer(self, step, officer):
        for action in self.every_action(step, officer):
            action()
            step.refresh_from_db()

    def test_nobody_else(self, plan, step, coordinator, stranger, superuser):
        staff = MembershipFactory(staff=True, school=plan.audit.school).user
        for by in (staff, coordinator, stranger, superuser):
            for action in self.every_action(step, by):
                with pytest.raises(PermissionDenied):
                    action()

    def test_nobody_when_a_later_plan_has_taken_its_place(self, step, head, over):
        over()
        step = Step.objects.select_related("theme__plan__audit").get(pk=step.pk)
        for action in self.every_action(step, head):
            with pytest.raises(actions.UnableToChange, match="later plan"):
                action()


def test_help_begins_and_is_finished(theme, head):
    chosen = ChosenOfferFactory(theme=theme)
    given = {"chosen": chosen, "by": head, "now": NOW}
    actions.progress_offer(begun_on=TODAY, finished_on=None, **given)
    done = actions.progress_offer(begun_on=TODAY, finished_on=ON, **given)
    assert (done.begun_on, done.finished_on) == (TODAY, ON)


def hold(review, by, *, decision="carry_on", now_at=None, on=ON, note="It goes well."):
    given = {"on": on, "note": note, "now_at": now_at or {}, "decision": decision}
    return actions.hold_review(review=review, by=by, now=NOW, **given)


class TestReviews:
    def test_what_it_said_is_kept_and_the_next_is_planned(self, theme, officer):
        held = hold(theme.reviews.get(), officer, now_at={"made-room": 3})
        assert (held.held_on, held.held_by, held.note, held.decision) == (ON, officer, "It goes well.", "carry_on")
        assert ReviewedLevel.objects.get().level == 3
        following = theme.reviews.planned().get()
        assert following.planned_on > max(held.planned_on, ON)

    def test_the_answers_of_the_audit_stay(self, plan, theme, officer):
        before = list(plan.audit.answers.order_by("pk").values_list())
        hold(theme.reviews.get(), officer, now_at={"made-room": 4})
        assert list(plan.audit.answers.order_by("pk").values_list()) == before

    def test_only_once(self, theme, officer):
        review = theme.reviews.get()
        hold(review, officer)
        with pytest.raises(actions.UnableToChange, match="held already"):
            hold(review, officer)

    def test_only_by_the_officer(self, theme, head, coordinator, stranger):
        for by in (head, coordinator, stranger):
            with pytest.raises(PermissionDenied):
                hold(theme.reviews.get(), by)

    def test_not_of_a_plan_that_is_over(self, theme, officer, over):
        over()
        with pytest.raises(actions.UnableToChange, match="later plan"):
            hold(Review.objects.get(theme=theme), officer)

    def test_a_tier_closes_when_the_theme_is_far_enough_on(self, theme, officer):
        at_two_and_a_half = {"dates-for-training": 3, "made-room": 3}
        hold(theme.reviews.get(), officer, decision="far_enough", now_at=at_two_and_a_half)
        theme.refresh_from_db()
        assert (theme.closed_on, theme.closed_by) == (ON, officer)
        assert not theme.reviews.planned().exists()

    @pytest.mark.parametrize(
        ("levels", "sentence"),
        [
            ({"dates-for-training": 2, "made-room": 4, "cover-and-costs": 4}, "essential"),
            ({"dates-for-training": 3}, "below 2.5"),
        ],
    )
    def test_not_while_it_is_not_unless_they_agree_to_it(self, theme, officer, levels, sentence):
        review = theme.reviews.get()
        with pytest.raises(actions.UnableToChange, match=sentence):
            hold(review, officer, decision="far_enough", now_at=levels)
        review.refresh_from_db()
        assert review.held_on is None
        hold(review, officer, decision="by_agreement", now_at=levels, note="The school goes on alone.")
        theme.refresh_from_db()
        assert not theme.is_open

    def test_levels_that_were_found_before_count(self, theme, officer):
        hold(theme.reviews.get(), officer, now_at={"dates-for-training": 3, "made-room": 3})
        hold(theme.reviews.planned().get(), officer, decision="far_enough")
        theme.refresh_from_db()
        assert not theme.is_open

    def test_a_difference_is_looked_at_again_at_the_next_review(self, theme, officer):
        PlanTheme.objects.filter(pk=theme.pk).update(
            tier_agreed="universal", reason="A new head starts.", review_on=date(2026, 12, 1)
        )
        hold(Review.objects.get(theme=theme), officer)
        theme.refresh_from_db()
        assert theme.review_on == theme.reviews.planned().get().planned_on


class TestIntensiveThemes:
    @pytest.fixture
    def plan(self):
        return PlanFactory(audit=ready_to_agree(level=1))

    def test_when_one_closes_the_next_begins(self, plan, officer):
        first, second, third, *rest = plan.themes.in_order()
        hold(first.reviews.get(), officer, decision="by_agreement")
        third.refresh_from_db()
        assert (third.started_on, third.slot, third.is_waiting) == (ON, 1, False)
        assert third.reviews.planned().exists()
        assert all(theme.is_waiting for theme in PlanTheme.objects.filter(pk__in=[one.pk for one in rest]))
        second.refresh_from_db()
        assert second.slot == 2

    def test_there_are_never_more_than_two(self, plan, officer):
        for _turn in range(8):
            theme = plan.themes.active().in_order().first()
            hold(theme.reviews.planned().get(), officer, decision="by_agreement")
            assert plan.themes.active().count() <= 2
        assert not plan.themes.active().exists()
        assert not plan.themes.waiting().exists()


class TestACalendarAddress:
    def test_its_token_opens_it_and_is_not_kept(self, head):
        token = actions.make_calendar_feed(by=head, now=NOW)
        assert actions.person_of(token) == head
        assert token not in str(CalendarFeed.objects.values_list())
        assert len(token) >= 43

    def test_a_new_one_ends_the_old_one(self, head):
        old, new = (actions.make_calendar_feed(by=head, now=NOW) for _each in range(2))
        assert old != new
        assert (actions.person_of(old), actions.person_of(new)) == (None, head)

    def test_it_is_switched_off(self, head):
        token = actions.make_calendar_feed(by=head, now=NOW)
        actions.end_calendar_feed(by=head)
        actions.end_calendar_feed(by=head)
        assert actions.person_of(token) is None

    def test_it_opens_nothing_once_its_person_has_left(self, head):
        token = actions.make_calendar_feed(by=head, now=NOW)
        head.is_active = False
        head.save()
        assert actions.person_of(token) is None

    @pytest.mark.parametrize("token", ["", "no such", "\ud800", "0" * 64])
    def test_nothing_else_opens_it(self, db, token):
        CalendarFeedFactory(token_hash="0" * 64)
        assert actions.person_of(token) is None

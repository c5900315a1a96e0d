"""What the database refuses of a plan, whoever asks it."""

from datetime import timedelta

import pytest

from support.models import Plan, PlanTheme, Review, Step, Tier
from tests.support.factories import (
    TODAY,
    CalendarFeedFactory,
    ChosenOfferFactory,
    OfferFactory,
    PlanDraftFactory,
    PlanFactory,
    PlanThemeFactory,
    ReviewedLevelFactory,
    ReviewFactory,
    StepFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return PlanFactory()


@pytest.fixture
def theme(plan):
    return PlanThemeFactory(plan=plan)


def another(beside, /, **fields):
    """A theme of the same plan, not saved."""
    given = {"plan": beside.plan, "theme": "another", "place": 99, **fields}
    return PlanThemeFactory.build(**given)


class TestAThemeOfAPlan:
    def test_plan_theme_once_per_plan(self, theme, refused):
        refused(another(theme, theme=theme.theme), by="plan_theme_once_per_plan")

    def test_plan_theme_one_in_each_place(self, theme, refused):
        refused(another(theme, place=theme.place), by="plan_theme_one_in_each_place")

    @pytest.mark.parametrize("field", ["tier_calculated", "tier_agreed"])
    def test_plan_theme_tiers_exist(self, theme, refused, field):
        tiers = {"tier_calculated": "some", "tier_agreed": "some", field: "some"}
        refused(another(theme, **tiers), by="plan_theme_tiers_exist")

    @pytest.mark.parametrize("lacking", [{"reason": ""}, {"review_on": None}])
    def test_plan_theme_difference_has_reason_and_review(self, theme, refused, lacking):
        differs = {"tier_calculated": Tier.TARGETED, "tier_agreed": Tier.UNIVERSAL}
        whole = {**differs, "reason": "A new head starts in June.", "review_on": TODAY}
        refused(another(theme, **{**whole, **lacking}), by="plan_theme_difference_has_reason_and_review")
        another(theme, **whole).save()

    @pytest.mark.parametrize("tier", [Tier.UNIVERSAL, Tier.TARGETED])
    def test_plan_theme_only_intensive_waits(self, theme, refused, tier):
        refused(another(theme, tier_calculated=tier, started_on=None), by="plan_theme_only_intensive_waits")
        another(theme, tier_calculated=Tier.INTENSIVE, started_on=None).save()

    def test_plan_theme_closes_after_it_starts(self, theme, refused):
        closed = {"closed_on": TODAY - timedelta(days=1), "closed_by": theme.plan.agreed_by}
        refused(another(theme, **closed), by="plan_theme_closes_after_it_starts")

    def test_plan_theme_closed_on_and_by(self, theme, refused):
        refused(another(theme, closed_on=TODAY), by="plan_theme_closed_on_and_by")
        refused(another(theme, closed_by=theme.plan.agreed_by), by="plan_theme_closed_on_and_by")

    @pytest.mark.parametrize(
        "fields",
        [
            {"tier_calculated": Tier.INTENSIVE},  # began, and holds neither place
            {"tier_calculated": Tier.INTENSIVE, "slot": 3},
            {"tier_calculated": Tier.INTENSIVE, "slot": 1, "started_on": None},
            {"tier_calculated": Tier.TARGETED, "slot": 1},
        ],
    )
    def test_plan_theme_slot_when_intensive_now(self, theme, refused, fields):
        refused(another(theme, **fields), by="plan_theme_slot_when_intensive_now")

    def test_plan_theme_two_intensive_at_most(self, theme, refused):
        for slot in (1, 2):
            PlanThemeFactory(plan=theme.plan, tier_calculated=Tier.INTENSIVE, slot=slot)
        for slot in (1, 2):
            third = another(theme, tier_calculated=Tier.INTENSIVE, slot=slot)
            refused(third, by="plan_theme_two_intensive_at_most")
        another(theme, tier_calculated=Tier.INTENSIVE, started_on=None).save()


class TestAChosenOffer:
    def test_chosen_offer_once_per_theme(self, refused):
        chosen = ChosenOfferFactory()
        again = ChosenOfferFactory.build(theme=chosen.theme, offer=chosen.offer)
        refused(again, by="chosen_offer_once_per_theme")

    @pytest.mark.parametrize("begun", [None, TODAY + timedelta(days=1)])
    def test_chosen_offer_finishes_after_it_begins(self, theme, refused, begun):
        offer = OfferFactory()
        chosen = ChosenOfferFactory.build(theme=theme, offer=offer, begun_on=begun, finished_on=TODAY)
        refused(chosen, by="chosen_offer_finishes_after_it_begins")


class TestAStep:
    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("step_owner_exists", {"owner": "nobody"}),
            ("step_status_exists", {"status": "asleep", "outcome": "It rests."}),
            ("step_says_what_and_who", {"text": ""}),
            ("step_says_what_and_who", {"who": ""}),
            ("step_done_when_done_on", {"status": "done", "outcome": "It is done."}),
            ("step_done_when_done_on", {"status": "to_do", "done_on": TODAY}),
            ("step_done_when_done_on", {"status": "dropped", "done_on": TODAY, "outcome": "It was too much."}),
            ("step_says_what_happened", {"status": "done", "done_on": TODAY}),
            ("step_says_what_happened", {"status": "dropped"}),
            ("step_statement_and_level", {"statement": "made-room"}),
            ("step_statement_and_level", {"level": 3}),
            ("step_level_one_to_four", {"statement": "made-room", "level": 0}),
            ("step_level_one_to_four", {"statement": "made-room", "level": 5}),
        ],
    )
    def test_is_refused_when(self, theme, refused, name, fields):
        refused(StepFactory.build(theme=theme, **fields), by=name)


class TestAReview:
    @pytest.mark.parametrize("lacking", [{"held_by": None}, {"note": ""}, {"decision": ""}, {"held_on": None}])
    def test_review_held_says_who_and_what(self, theme, refused, lacking):
        held = ReviewFactory.build(theme=theme, held=True)
        for name, value in lacking.items():
            setattr(held, name, value)
        refused(held, by="review_held_says_who_and_what")

    def test_review_one_planned_per_theme(self, refused):
        planned = ReviewFactory()
        refused(ReviewFactory.build(theme=planned.theme), by="review_one_planned_per_theme")
        ReviewFactory(theme=planned.theme, held=True)

    def test_reviewed_level_once_per_statement(self, refused):
        level = ReviewedLevelFactory()
        again = ReviewedLevelFactory.build(review=level.review, statement=level.statement)
        refused(again, by="reviewed_level_once_per_statement")

    @pytest.mark.parametrize("level", [0, 5])
    def test_reviewed_level_one_to_four(self, refused, level):
        review = ReviewFactory(held=True)
        refused(ReviewedLevelFactory.build(review=review, level=level), by="reviewed_level_one_to_four")


def test_plan_draft_once_per_theme(refused):
    draft = PlanDraftFactory()
    refused(PlanDraftFactory.build(audit=draft.audit, by=draft.by), by="plan_draft_once_per_theme")


class TestWhoSees:
    def test_the_people_of_the_school_who_answer_and_those_who_support_it(self, plan, coordinator, stranger, superuser):
        audit = plan.audit
        see = [audit.started_by, plan.agreed_by, coordinator]
        for user in see:
            assert Plan.objects.visible_to(user).get() == plan
            assert Step.objects.visible_to(user).count() == Step.objects.count()
            assert Review.objects.visible_to(user).count() == Review.objects.count() > 0
        for user in (stranger, superuser):
            assert not Plan.objects.visible_to(user).exists()
            assert not Step.objects.visible_to(user).exists()
            assert not Review.objects.visible_to(user).exists()

    def test_a_person_has_one_calendar_address(self, refused):
        feed = CalendarFeedFactory()
        assert str(feed) == str(feed.user)


def test_themes_come_in_the_agreed_order(plan):
    places = list(PlanTheme.objects.filter(plan=plan).in_order().values_list("place", flat=True))
    assert places == list(range(1, 9))

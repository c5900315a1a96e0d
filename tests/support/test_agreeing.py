"""Agreeing an audit and its plan: together or not at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from readiness.domain.framework import NotInFramework
from readiness.models import Audit
from support import actions, proposals
from support.domain.draft import DraftStep, DraftTheme, Lack, Owner
from support.models import Plan, PlanDraft, PlanTheme, Review, Step
from tests.readiness.factories import AuditFactory
from tests.support.factories import AGREED, TODAY, OfferFactory, PlanFactory, StepFactory, ready_to_agree, reviewer

pytestmark = pytest.mark.django_db
NOW = AGREED
STEP = DraftStep(Owner.OFFICER, "Locality support officer", "Offer two dates.", date(2026, 12, 4))


def helped_by(offer):
    return DraftTheme("targeted", offers=(offer.code,), steps=(replace(STEP, offer=offer.code),))


def proposal_of(audit):
    return proposals.read(audit, today=TODAY)


def save(audit, theme, chosen, *, seen=0, by=None, now=NOW):
    return actions.save_theme(audit=audit, theme=theme, chosen=chosen, seen=seen, by=by or reviewer(audit), now=now)


def agree(audit, **more):
    return actions.agree(audit=audit, by=more.pop("by", None) or reviewer(audit), now=NOW)


def themes_of(plan):
    return {theme.theme: theme for theme in plan.themes.in_order()}


class TestWhatIsProposed:
    def test_the_calculated_tier_with_all_its_help(self):
        audit = ready_to_agree(level=2)
        for place, tier in enumerate(["universal", "targeted", "targeted", "intensive"], start=1):
            OfferFactory(code=f"{tier}-{place}", framework=audit.version.framework, tier=tier, order=place)
        chosen = proposal_of(audit).chosen["time-and-fit"]
        assert (chosen.tier, chosen.offers) == ("targeted", ("targeted-2", "targeted-3"))

    def test_no_help_is_ticked_where_every_school_gets_it(self):
        audit = ready_to_agree(level=3)
        OfferFactory(framework=audit.version.framework, tier="universal")
        assert proposal_of(audit).chosen["time-and-fit"].offers == ()

    def test_a_step_for_every_essential_that_is_not_met(self):
        steps = proposal_of(ready_to_agree(level=2)).chosen["time-and-fit"].steps
        assert [(step.statement, step.level, step.owner) for step in steps] == [("dates-for-training", 3, "school")]
        assert steps[0].text.startswith("Get to “In place”: ")

    def test_what_the_last_plan_left_open_is_proposed_again(self):
        plan = PlanFactory()
        StepFactory(theme=plan.themes.get(theme="safe-base"), text="Walk the corridors with pupils.")
        reached = {"statement": "calm-places", "level": 2}
        StepFactory(theme=plan.themes.get(theme="safe-base"), text="Choose a calm place.", **reached)
        wanted = {"statement": "calm-places", "level": 4}
        StepFactory(theme=plan.themes.get(theme="safe-base"), text="Furnish it.", **wanted)
        StepFactory(
            theme=plan.themes.get(theme="safe-base"), text="Done.", status="done", done_on=TODAY, outcome="Yes."
        )
        later = ready_to_agree(level=3, school=plan.audit.school, started_at=AGREED + timedelta(days=30))
        steps = proposal_of(later).chosen["safe-base"].steps
        assert [step.text for step in steps] == ["Walk the corridors with pupils.", "Furnish it."]

    def test_what_is_known_too_little_about_is_talked_over_within_four_weeks(self):
        audit = ready_to_agree(level=3)
        for answer in audit.answers.filter(statement__in=["calm-places", "planned-transitions"]):
            answer.level, answer.other = None, "dont_know"
            answer.save()
        draft = proposal_of(audit).chosen["safe-base"]
        assert [(step.owner, step.due_on) for step in draft.steps] == [("officer", date(2026, 12, 18))]

    def test_help_that_has_been_retired_is_not_chosen_any_more(self):
        audit = ready_to_agree(level=2)
        offer = OfferFactory(framework=audit.version.framework)
        save(
            audit,
            "time-and-fit",
            helped_by(offer),
        )
        offer.retired_at = NOW
        offer.save()
        draft = proposal_of(audit).chosen["time-and-fit"]
        assert (draft.offers, draft.steps[0].offer) == ((), "")


class TestSavingWhatIsChosen:
    def test_it_is_kept_and_nothing_is_agreed(self):
        audit = ready_to_agree(level=2)
        chosen = DraftTheme("intensive", steps=(STEP,))
        save(audit, "time-and-fit", chosen)
        assert proposal_of(audit).chosen["time-and-fit"] == chosen
        audit.refresh_from_db()
        assert audit.state != "agreed"
        assert not Plan.objects.exists()

    def test_saving_the_same_again_changes_nothing(self):
        audit = ready_to_agree(level=2)
        first = save(audit, "time-and-fit", DraftTheme("intensive"))
        assert save(audit, "time-and-fit", DraftTheme("intensive"), seen=0).revision == first.revision == 1

    def test_two_people_on_one_theme_are_told_of_each_other(self, officer):
        audit = ready_to_agree(level=2)
        save(audit, "time-and-fit", DraftTheme("intensive", reason="Mine"))
        with pytest.raises(actions.DraftChangedMeanwhile) as clash:
            save(audit, "time-and-fit", DraftTheme("universal", reason="Theirs"), seen=0)
        assert clash.value.theirs.document["reason"] == "Mine"
        assert save(audit, "time-and-fit", DraftTheme("universal"), seen=1).revision == 2

    def test_only_the_officer_of_the_school(self, coordinator, stranger):
        audit = ready_to_agree()
        for user in (audit.started_by, coordinator, stranger):
            with pytest.raises(PermissionDenied):
                save(audit, "safe-base", DraftTheme("universal"), by=user)
        assert not PlanDraft.objects.exists()

    def test_only_a_theme_that_there_is(self):
        with pytest.raises(NotInFramework):
            save(ready_to_agree(), "no-such-theme", DraftTheme("universal"))

    @pytest.mark.parametrize("state", ["submitted", "agreed"])
    def test_only_while_the_audit_is_reviewed(self, state, locality):
        audit = AuditFactory(**{state: True})
        officer = PlanFactory(audit=ready_to_agree(school__locality=audit.school.locality)).agreed_by
        if state == "agreed":
            actions.agree(audit=audit, by=officer, now=NOW)
        with pytest.raises(actions.UnableToAgree, match=r"Nothing was changed"):
            save(audit, "safe-base", DraftTheme("universal"), by=officer)


class TestAgreeing:
    def test_it_agrees_the_audit_and_draws_up_the_plan(self):
        audit = ready_to_agree(level=2)
        offer = OfferFactory(framework=audit.version.framework)
        by = reviewer(audit)
        actions.save_whole(audit=audit, stop_or_pause="The spelling project.", order=[], seen=0, by=by, now=NOW)
        save(
            audit,
            "time-and-fit",
            helped_by(offer),
        )
        plan = agree(audit)
        audit.refresh_from_db()
        assert (audit.state, plan.audit, plan.agreed_at, plan.agreed_by) == ("agreed", audit, NOW, by)
        assert plan.stop_or_pause == "The spelling project."
        themes = themes_of(plan)
        assert len(themes) == 8
        assert {(theme.tier_calculated, theme.tier_agreed) for theme in themes.values()} == {("targeted", "targeted")}
        assert [chosen.offer for chosen in themes["time-and-fit"].chosen.all()] == [offer]
        step = themes["time-and-fit"].steps.get()
        assert (step.text, step.owner, step.offer, step.status) == ("Offer two dates.", "officer", offer, "to_do")
        assert Review.objects.planned().count() == 8
        assert not PlanDraft.objects.exists()

    def test_what_was_left_alone_is_as_proposed(self):
        plan = PlanFactory()
        assert set(Step.objects.values_list("statement", "level")) == {
            ("head-leads-in-person", 3),
            ("dates-for-training", 3),
        }
        assert plan.stop_or_pause == ""

    def test_two_themes_are_intensive_and_the_others_wait_in_the_agreed_order(self):
        audit = ready_to_agree(level=1)
        by, order = reviewer(audit), ["safe-base", "staff-learning"]
        actions.save_whole(audit=audit, stop_or_pause="", order=order, seen=0, by=by, now=NOW)
        themes = list(agree(audit).themes.in_order())
        assert [(theme.theme, theme.slot) for theme in themes[:2]] == [("safe-base", 1), ("staff-learning", 2)]
        assert [theme.theme for theme in themes if theme.is_waiting] == [theme.theme for theme in themes[2:]]
        assert Review.objects.count() == 2

    def test_a_tier_that_differs_says_why_and_when_it_is_looked_at_again(self):
        audit = ready_to_agree(level=2)
        day = date(2027, 2, 1)
        save(audit, "time-and-fit", DraftTheme("intensive", reason=" Much is new. ", review_on=day))
        theme = themes_of(agree(audit))["time-and-fit"]
        assert (theme.tier_calculated, theme.tier_agreed) == ("targeted", "intensive")
        assert (theme.reason, theme.review_on, theme.reviews.get().planned_on) == ("Much is new.", day, day)

    def test_without_a_reason_nothing_is_agreed(self):
        audit = ready_to_agree(level=2)
        save(audit, "time-and-fit", DraftTheme("intensive"))
        with pytest.raises(actions.UnableToAgree) as refusal:
            agree(audit)
        assert {(problem.theme, problem.lack) for problem in refusal.value.problems} == {
            ("time-and-fit", Lack.REASON),
            ("time-and-fit", Lack.REVIEW_ON),
        }
        audit.refresh_from_db()
        assert audit.state != "agreed"
        assert not Plan.objects.exists()
        assert PlanDraft.objects.exists()

    def test_a_starting_point_may_begin_lighter_and_the_plan_says_so(self):
        audit = ready_to_agree(level=2)
        save(audit, "safe-base", DraftTheme("universal"))
        theme = themes_of(agree(audit))["safe-base"]
        assert "starting point" in theme.reason
        assert theme.review_on == theme.reviews.get().planned_on

    def test_nobody_agrees_twice(self):
        audit = ready_to_agree()
        agree(audit)
        with pytest.raises(actions.UnableToAgree, match=r"agreed already"):
            agree(audit)
        assert Plan.objects.count() == 1

    @pytest.mark.parametrize("state", ["submitted", "in_review", "differing"])
    def test_nor_before_everything_is_settled(self, state):
        audit = AuditFactory(**{state: True})
        officer = reviewer(ready_to_agree(school__locality=audit.school.locality))
        with pytest.raises(actions.UnableToAgree):
            actions.agree(audit=audit, by=officer, now=NOW)
        assert Audit.objects.get(pk=audit.pk).state == audit.state
        assert not Plan.objects.exists()

    def test_nor_anybody_but_the_officer_of_the_school(self, coordinator, stranger):
        audit = ready_to_agree()
        for user in (audit.started_by, coordinator, stranger):
            with pytest.raises(PermissionDenied):
                agree(audit, by=user)
        assert not Plan.objects.exists()

    def test_an_audit_that_was_agreed_before_there_were_plans_gets_one(self):
        audit = AuditFactory(agreed=True, level=2)
        plan = actions.agree(audit=audit, by=audit.agreed_by, now=NOW)
        assert (plan.audit, plan.themes.count()) == (audit, 8)

    def test_the_plan_of_the_audit_before_is_kept_and_is_over(self):
        before = PlanFactory()
        later = ready_to_agree(level=3, school=before.audit.school, started_at=AGREED + timedelta(days=30))
        plan = actions.agree(audit=later, by=reviewer(later), now=AGREED + timedelta(days=31))
        assert list(Plan.objects.current()) == [plan]
        assert not Plan.objects.get(pk=before.pk).is_current

    def test_when_the_plan_cannot_be_written_the_audit_is_not_agreed(self, monkeypatch):
        audit = ready_to_agree()

        def fail(*_args):
            raise RuntimeError("The power went.")

        monkeypatch.setattr("support.actions.agreement._steps", fail)
        with pytest.raises(RuntimeError):
            agree(audit)
        assert Audit.objects.get(pk=audit.pk).state != "agreed"
        assert not PlanTheme.objects.exists()
        assert connection.is_usable()

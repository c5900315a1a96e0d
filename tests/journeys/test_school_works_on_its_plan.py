"""A school and its officer work on the plan that they agreed, and the next audit looks back at it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from support import actions
from support.models import PlanTheme, Step
from tests.journeys.by_hand import fields_of, main_of, page, press, words
from tests.support.factories import ready_to_agree, reviewer


@pytest.fixture
def plan(offers):
    """Everything is getting started: eight targeted themes, two essentials not met."""
    audit = ready_to_agree(level=2, started_at=timezone.now() - timedelta(days=10))
    return actions.agree(audit=audit, by=reviewer(audit), now=timezone.now())


@pytest.fixture
def head(plan, as_user):
    return as_user(plan.audit.started_by)


@pytest.fixture
def officer(plan, as_user):
    return as_user(plan.agreed_by)


@pytest.fixture
def step(plan):
    return Step.objects.get(theme__plan=plan, statement="dates-for-training")


def test_a_step_is_ticked_off_with_what_happened(plan, head, step):
    address = f"/plans/{plan.pk}/steps/{step.pk}/"
    assert "Say in a line what happened." in words(main_of(press(head, f"{address}done/")))
    future = (timezone.localdate() + timedelta(days=1)).isoformat()
    refused = press(head, f"{address}done/", outcome="Booked.", done_on=future)
    assert "still to come" in words(main_of(refused))
    answer = press(head, f"{address}done/", outcome="Booked.")
    assert answer.url == f"/plans/{plan.pk}/#step-{step.pk}"
    said = words(page(head, f"/plans/{plan.pk}/"))
    assert "What happened: Booked." in said
    again = head.post(f"{address}again/")
    assert again.url == answer.url
    step.refresh_from_db()
    assert (step.status, step.outcome) == ("to_do", "Booked.")


def test_a_step_is_added_changed_and_dropped(plan, head, step):
    added = press(head, f"/plans/{plan.pk}/steps/new/safe-base/", text="Walk the corridors.")
    assert added.url == f"/plans/{plan.pk}/#safe-base"
    address = f"/plans/{plan.pk}/steps/{step.pk}/"
    press(head, address, text="Both days in the calendar.", who="Depute")
    press(head, f"{address}drop/", outcome="The dates have moved to next session.")
    said = words(page(head, f"/plans/{plan.pk}/"))
    for each in ("Walk the corridors.", "Both days in the calendar.", "Dropped", "moved to next session"):
        assert each in said


def test_two_people_on_one_step_are_shown_both_texts(plan, head, step, as_user):
    for where, name in (("", "text"), ("done/", "outcome")):
        address = f"/plans/{plan.pk}/steps/{step.pk}/{where}"
        opened = fields_of(page(head, address))
        press(as_user(plan.agreed_by), address, **{name: "Theirs."})
        answer = head.post(address, {**opened, name: "Mine."})
        assert answer.status_code == 409
        assert {"Theirs.", "Mine."} <= {one.get_text().strip() for one in main_of(answer).find_all(["p", "textarea"])}
        assert head.post(address, fields_of(main_of(answer))).status_code == 302
        step.refresh_from_db()
        assert getattr(step, name) == "Mine."


def test_help_gets_on(plan, head):
    chosen = plan.themes.get(theme="time-and-fit").chosen.first()
    address = f"/plans/{plan.pk}/help/{chosen.pk}/"
    today = timezone.localdate().isoformat()
    assert "Say when it began, too." in words(main_of(press(head, address, finished_on=today)))
    earlier = (timezone.localdate() - timedelta(days=3)).isoformat()
    wrong = press(head, address, begun_on=today, finished_on=earlier)
    assert "Check the two days." in words(main_of(wrong))
    assert press(head, address, begun_on=earlier, finished_on=today).status_code == 302
    assert "finished on" in words(page(head, f"/plans/{plan.pk}/"))


def test_the_officer_holds_a_review(plan, officer):
    theme = plan.themes.get(theme="time-and-fit")
    address = f"/plans/{plan.pk}/reviews/{theme.reviews.get().pk}/"
    levels = {"now-dates-for-training": "3", "now-made-room": "3"}
    early = press(officer, address, note="Not yet.", decision="far_enough")
    assert "Carry on, or close it by agreement." in words(main_of(early))
    assert fields_of(main_of(early))["note"] == "Not yet."
    answer = press(officer, address, note="Both are booked.", decision="far_enough", **levels)
    assert answer.url == f"/plans/{plan.pk}/#time-and-fit"
    said = words(page(officer, f"/plans/{plan.pk}/"))
    for each in ("Closed", "Both are booked.", "the theme is far enough on"):
        assert each in said
    assert officer.get(address).url == f"/plans/{plan.pk}/#reviews"


def test_support_that_every_school_gets_is_never_closed(plan, officer):
    theme = plan.themes.first()
    PlanTheme.objects.filter(pk=theme.pk).update(
        tier_agreed="universal", reason="By wish.", review_on=timezone.localdate()
    )
    main = page(officer, f"/plans/{plan.pk}/reviews/{theme.reviews.get().pk}/")
    assert [one["value"] for one in main.find_all("input", type="radio")] == ["carry_on"]


def test_a_plan_that_is_over_is_worked_on_no_more(plan, head, step):
    later = ready_to_agree(level=3, school=plan.audit.school, started_at=timezone.now())
    actions.agree(audit=later, by=reviewer(later), now=timezone.now())
    for where in (f"steps/{step.pk}/done/", f"steps/{step.pk}/", "steps/new/safe-base/"):
        assert head.get(f"/plans/{plan.pk}/{where}").url == f"/plans/{plan.pk}/"
        assert head.post(f"/plans/{plan.pk}/{where}", {"text": "x", "outcome": "y"}).url == f"/plans/{plan.pk}/"
    step.refresh_from_db()
    assert step.status == "to_do"


def test_the_next_audit_says_whether_its_statement_moved(plan, head, step):
    press(head, f"/plans/{plan.pk}/steps/{step.pk}/done/", outcome="Booked.")
    later = ready_to_agree(level=3, school=plan.audit.school, started_at=timezone.now())
    address = f"/audits/{later.pk}/results/"
    main = page(head, address)
    said = words(main)
    assert "The steps of the last plan" in said
    assert "Moved up, from “Getting started” to “In place”. That is what was hoped for." in said
    picture = main.find_all("img")[-1]
    assert "Further on" in picture["alt"]
    drawn = head.get(picture["src"])
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/svg+xml")
    old = head.get(f"/audits/{later.pk}/results/change-over-time-{'0' * 64}.svg")
    assert old.url == picture["src"]


def test_without_an_earlier_audit_there_is_no_such_picture(plan, head):
    address = f"/audits/{plan.audit_id}/results/change-over-time-{'0' * 64}.svg"
    assert head.get(address).status_code == 404


def test_the_results_lead_to_the_plan(plan, head):
    assert page(head, f"/audits/{plan.audit_id}/results/").find("a", href=f"/plans/{plan.pk}/")

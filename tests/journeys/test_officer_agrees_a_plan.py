"""An officer and a head teacher agree an audit and its plan through the pages, and the school works on it."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from support import actions
from support.models import Plan, PlanDraft, PlanTheme
from tests.factories import MembershipFactory
from tests.journeys.by_hand import fields_of, main_of, page, press, words
from tests.readiness.factories import AuditFactory
from tests.support.factories import ready_to_agree, reviewer

MOST = 13
SCRIPT = {"headers": {"X-Requested-With": "fetch"}}


@pytest.fixture
def audit(offers):
    """Everything is getting started: eight targeted themes, two essentials not met."""
    return ready_to_agree(level=2, started_at=timezone.now() - timedelta(days=10))


@pytest.fixture
def client(audit):
    browser = Client()
    browser.force_login(reviewer(audit))
    return browser


@pytest.fixture
def agree(audit):
    return f"/reviews/{audit.pk}/agree/"


class TestWithoutScripts:
    def test_a_tired_officer_agrees_what_is_proposed(self, client, audit, agree):
        said = words(page(client, agree))
        assert "“What can we stop?” workshop with the core team" in said
        assert "Get to “In place”: Dates for both days" in said
        refused = press(client, agree, "Agree the audit and the plan")
        assert "Tick the box to say that you both agree." in words(main_of(refused))
        answer = press(client, agree, "Agree the audit and the plan", declaration="on")
        plan = Plan.objects.get()
        assert answer.url == f"/plans/{plan.pk}/"
        audit.refresh_from_db()
        assert audit.state == "agreed"
        said = words(page(client, answer.url))
        assert "The audit and the plan are agreed." in said
        assert plan.themes.filter(chosen__isnull=False).distinct().count() == 8

    def test_a_theme_is_changed_step_by_step(self, client, agree):
        theme = f"{agree}time-and-fit/"
        said = words(page(client, theme))
        assert "The answers give Targeted. The score is 2.0, below 2.5. One essential is not met yet:" in said

        lacking = press(client, theme, tier="intensive")
        assert "you have chosen another tier. Say why." in words(main_of(lacking))
        assert PlanDraft.objects.get().document["tier"] == "intensive", "it is saved all the same"
        assert "Say why another tier is agreed." in words(page(client, agree))

        day = timezone.localdate() + timedelta(days=40)
        step = press(client, theme, "Add a step", reason="Much is new.", review_on=day.isoformat())
        assert step.url == f"{theme}steps/new/"
        back = press(
            client, step.url, text="Ask the cluster for cover.", owner="officer", who="Isla", due_on=day.isoformat()
        )
        assert back.url == f"{theme}#steps"
        main = page(client, theme)
        assert "Ask the cluster for cover." in words(main)
        assert "Help to agree cover with the cluster or service manager" in words(main)
        ticked = [box["value"] for box in main.find_all("input", type="checkbox", checked=True)]
        assert ticked == ["tf-i1", "tf-i2"], "the help of the tier that was chosen"

        assert press(client, theme, "Change").url == f"{theme}steps/0/"
        answer = press(client, f"{theme}steps/0/", text="Put both days in the calendar.", who="Depute")
        assert answer.url == f"{theme}#steps"
        assert press(client, theme, "Take out", remove="1").url == f"{theme}#steps"
        assert press(client, theme, "Save and continue").url == f"{agree}staff-learning/"

        press(client, agree, "Agree the audit and the plan", declaration="on", stop_or_pause="The bulletin.")
        agreed = PlanTheme.objects.get(theme="time-and-fit")
        assert (agreed.tier_calculated, agreed.tier_agreed, agreed.reason) == ("targeted", "intensive", "Much is new.")
        assert (agreed.review_on, agreed.plan.stop_or_pause) == (day, "The bulletin.")
        step = agreed.steps.get()
        assert (step.text, step.who, step.statement, step.level) == (
            "Put both days in the calendar.",
            "Depute",
            "dates-for-training",
            3,
        )

    def test_a_starting_point_begins_lighter_without_a_word(self, client, agree):
        theme = f"{agree}safe-base/"
        assert press(client, theme, tier="universal").status_code == 302
        assert "the school chose to begin with a lighter tier" in words(page(client, agree))

    def test_help_that_was_ticked_by_hand_stays(self, client, agree):
        theme = f"{agree}safe-base/"
        press(client, theme, tier="intensive", offers=["sb-t1", "sb-u1"])
        assert set(PlanDraft.objects.get().document["offers"]) == {"sb-t1", "sb-u1"}

    def test_which_of_many_intensive_themes_begin(self, offers, as_user):
        audit = ready_to_agree(level=1)
        client, agree = as_user(reviewer(audit)), f"/reviews/{audit.pk}/agree/"
        main = page(client, agree)
        assert "Which begin first?" in words(main)
        assert len(main.find_all("select")) == 8
        last = {f"place-{one}": "8" for one in ("leadership-and-purpose", "time-and-fit")}
        press(client, agree, "Save and come back later", **last)
        press(client, agree, "Agree the audit and the plan", declaration="on")
        first = [theme.theme for theme in Plan.objects.get().themes.in_order()[:2]]
        assert first == ["staff-learning", "caring-for-the-adults"]

    def test_saved_and_nothing_agreed(self, client, audit, agree):
        answer = press(client, agree, "Save and come back later", stop_or_pause="The spelling project.")
        assert answer.url == agree
        main = page(client, agree)
        assert "Saved. Nothing is agreed yet." in words(main)
        assert main.find("textarea").get_text().strip() == "The spelling project."
        audit.refresh_from_db()
        assert audit.state != "agreed"

    def test_the_enter_key_saves_a_theme_and_opens_no_step(self, client, agree):
        first = page(client, f"{agree}time-and-fit/").form.find("button")
        assert first.get_text() == "Save and continue"
        assert not first.has_attr("name")

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"text": ""}, "Say what is to be done."),
            ({"text": "x" * 501}, "This is too long by 1 characters."),
            ({"who": ""}, "Say who does it."),
            ({"due_on": ""}, "Choose by when it is done."),
            ({"due_on": "soon"}, "Write the day as in 12/3/2027."),
            ({"due_on": "2020-01-01"}, "Choose a day that is still to come."),
            ({"level": ""}, "Choose the level that the statement should reach."),
            ({"statement": ""}, "Choose the statement that should reach this level."),
            ({"statement": "made-room", "level": "2"}, "It is at “Getting started” already."),
            ({"owner": "nobody"}, "Choose whose step it is."),
        ],
    )
    def test_what_a_step_lacks_is_said_and_nothing_typed_is_lost(self, client, agree, typed, sentence):
        filled = {"text": "Ring.", "statement": "dates-for-training", "level": "3", **typed}
        answer = press(client, f"{agree}time-and-fit/steps/new/", **filled)
        main = main_of(answer)
        assert sentence in words(main)
        assert fields_of(main)["text"] == filled["text"]
        assert not PlanDraft.objects.exists()

    def test_a_day_may_be_written_as_people_write_it(self, client, agree):
        day = timezone.localdate() + timedelta(days=40)
        press(client, f"{agree}time-and-fit/steps/new/", text="Ring.", due_on=f"{day.day}/{day.month}/{day.year}")
        assert PlanDraft.objects.get().document["steps"][-1]["due_on"] == day.isoformat()


class TestNothingIsLost:
    def test_it_is_saved_as_you_go(self, client, agree):
        fields = fields_of(page(client, agree))
        answer = client.post(agree, {**fields, "stop_or_pause": "The bulletin."}, **SCRIPT)
        assert answer.status_code == 204
        assert json.loads(answer["X-Seen"]) == {"seen": "1"}
        assert not Plan.objects.exists()
        theme = f"{agree}time-and-fit/"
        answer = client.post(theme, {**fields_of(page(client, theme)), "tier": "intensive"}, **SCRIPT)
        assert answer.status_code == 204
        assert client.post(theme, {"tier": "none of these"}, **SCRIPT).status_code == 422

    @pytest.mark.parametrize("where", ["", "time-and-fit/", "time-and-fit/steps/0/"])
    def test_two_people_are_shown_both_texts(self, client, audit, agree, where):
        colleague = Client()
        colleague.force_login(MembershipFactory(officer=True, locality=audit.school.locality).user)
        address = agree + where
        name = {"": "stop_or_pause", "time-and-fit/": "reason", "time-and-fit/steps/0/": "text"}[where]
        again = fields_of(page(client, address))
        press(colleague, address, **{name: "Theirs, first."})
        # The first save of a part has nothing to clash with, so they save twice.
        press(colleague, address, **{name: "Theirs, at last."})
        if where.startswith("time"):
            colleague.post(
                agree + "time-and-fit/", {**fields_of(page(colleague, agree + "time-and-fit/")), "reason": "?"}
            )
        answer = client.post(address, {**again, name: "Mine."})
        assert answer.status_code == 409
        main = main_of(answer)
        assert "while you had it open" in words(main)
        assert fields_of(main)[name] == "Mine."
        assert client.post(address, {**again, name: "Mine."}, **SCRIPT).status_code == 409
        kept = client.post(address, fields_of(main))
        assert kept.status_code == 302 or "Mine." in words(main_of(kept))
        assert "Mine." in json.dumps([draft.document for draft in PlanDraft.objects.all()])

    def test_what_was_typed_when_the_session_had_ended(self, client, audit, agree):
        fields = {**fields_of(page(client, agree)), "stop_or_pause": "Typed in vain?"}
        key = client.cookies["sessionid"].value
        client.cookies["sessionid"] = "gone"
        answer = client.post(agree, fields)
        assert answer.url.startswith("/accounts/login/")
        client.cookies["sessionid"] = key
        main = page(client, agree)
        assert "Here is what you typed before you were signed out." in words(main)
        assert fields_of(main)["stop_or_pause"] == "Typed in vain?"
        assert not PlanDraft.objects.exists()


class TestWhen:
    def test_too_early(self, offers, as_user):
        audit = AuditFactory(submitted=True)
        officer = MembershipFactory(officer=True, locality=audit.school.locality).user
        for answer in (
            as_user(officer).get(f"/reviews/{audit.pk}/agree/"),
            as_user(officer).post(f"/reviews/{audit.pk}/agree/", {"do": "agree", "declaration": "on"}),
        ):
            assert "This audit is not ready to be agreed" in words(main_of(answer))
        assert not Plan.objects.exists()

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [
            ("in_review", "The review is not finished yet."),
            ("differing", "On one statement you and the school still differ."),
        ],
    )
    def test_prepared_before_everything_is_settled(self, offers, as_user, state, sentence):
        audit = AuditFactory(**{state: True})
        client, agree = as_user(reviewer(audit)), f"/reviews/{audit.pk}/agree/"
        main = page(client, agree)
        assert sentence in words(main)
        assert "Agree the audit and the plan" not in [button.get_text() for button in main.find_all("button")]
        press(client, agree, "Save and come back later", stop_or_pause="The bulletin.")
        refused = press(client, agree, do="agree", declaration="on")
        assert refused.status_code == 200
        assert main_of(refused).find(class_="ds_error-summary")
        audit.refresh_from_db()
        assert (audit.state, Plan.objects.count()) == ("moderated" if state == "differing" else state, 0)
        assert PlanDraft.objects.get().document["stop_or_pause"] == "The bulletin."

    def test_too_late(self, client, audit, agree):
        fields = {**fields_of(page(client, agree), button="Agree"), "declaration": "on"}
        plan = actions.agree(audit=audit, by=reviewer(audit), now=timezone.now())
        answer = client.post(agree, fields, follow=True)
        assert answer.request["PATH_INFO"] == f"/plans/{plan.pk}/"
        assert "This plan has been agreed already. Nothing was changed." in words(main_of(answer))
        assert client.get(f"{agree}safe-base/").url == f"/plans/{plan.pk}/"

    def test_an_audit_agreed_before_there_were_plans(self, offers, as_user):
        audit = AuditFactory(agreed=True, level=2)
        press(as_user(audit.agreed_by), f"/reviews/{audit.pk}/agree/", "Agree the audit", declaration="on")
        assert Plan.objects.get().audit == audit

    @pytest.mark.parametrize("where", ["no-such-theme/", "time-and-fit/steps/7/", "no-such-theme/steps/new/"])
    def test_what_there_is_not(self, client, agree, where):
        assert client.get(agree + where).status_code == 404


@pytest.mark.parametrize("where", ["", "time-and-fit/", "time-and-fit/steps/new/", "time-and-fit/steps/0/"])
def test_the_queries_do_not_grow_with_steps(client, audit, agree, where):
    def queries():
        page(client, agree + where)  # warm
        with CaptureQueriesContext(connection) as made:
            page(client, agree + where)
        return len(made)

    before = queries()
    for each in range(6):
        press(client, f"{agree}time-and-fit/steps/new/", text=f"Step {each}.")
        press(client, f"{agree}safe-base/steps/new/", text=f"Step {each}.")
    assert queries() == before <= MOST

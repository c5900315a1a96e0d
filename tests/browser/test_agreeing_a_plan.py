"""An officer agrees an audit and its plan with the head teacher at the table, and the plan is worked on."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.site import sign_in
from tests.browser.test_every_page import problems_of

OFFICER = "officer@demo.example"
HEAD = "head@demo.example"
IN_REVIEW = "9900045"  # one essential is at “Not yet”: one theme is intensive, seven are universal
FINISH = f"""
from django.utils import timezone
from accounts.models import User
from readiness import actions
from readiness.models import Audit
audit = Audit.objects.get(school__seed_code={IN_REVIEW!r}, state="in_review")
done = dict(audit=audit, by=User.objects.get(email={OFFICER!r}), now=timezone.now())
for statement in audit.framework.statements:
    actions.agree_with(statement=statement.slug, **done)
actions.finish_review(**done)
print(audit.pk)
"""


@pytest.fixture
def agree(fresh_site):
    """Where the audit is agreed: its review is finished, by what test_officer_reviews_an_audit.py does by hand."""
    return f"/reviews/{json.loads(fresh_site.manage(FINISH))}/agree/"


@pytest.fixture
def without_scripts(browser):
    """Somebody on a phone whose browser runs no scripts."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def press(page, name):
    page.locator("main").get_by_role("button", name=name).first.click()


def agree_all(page):
    page.locator("label", has_text="The head teacher and I have talked this over").click()
    press(page, "Agree the audit and the plan")
    expect(page.get_by_role("heading", name="Support plan", exact=True)).to_be_visible()


def test_it_is_saved_as_it_is_talked_over_and_agreed_by_one_button(fresh_site, page, agree):
    sign_in(page, fresh_site, OFFICER, to=agree)
    page.get_by_label("What will the school stop or pause, to make room?").fill("The spelling project.")
    expect(page.get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()

    page.goto(f"{fresh_site.url}{agree}time-and-fit/")
    page.locator("label", has_text="Extra help in this area").click()
    expect(page.get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()
    press(page, "Save and continue")
    expect(page.get_by_text("you have chosen another tier. Say why.").first).to_be_visible()
    page.get_by_label("If you choose another tier: why?").fill("The cluster has offered cover.")
    page.get_by_label("And when do you look at it again?").fill("2030-01-15")
    press(page, "Add a step")
    page.get_by_label("What is to be done?").fill("Ring the cluster’s head teachers.")
    page.get_by_label("Who does it?").fill("Isla Munro")
    page.locator("label", has_text="The locality support officer’s").click()
    press(page, "Save the step")
    expect(page.locator(".card")).to_contain_text(["We have listed", "Ring the cluster’s head teachers."])
    press(page, "Save and go to the whole plan")
    expect(page.locator("#time-and-fit")).to_contain_text("(the answers give Intensive)")
    expect(page.locator("#time-and-fit")).to_contain_text("“What can we stop?” workshop")
    expect(page.get_by_label("What will the school stop or pause, to make room?")).to_have_value(
        "The spelling project."
    )

    press(page, "Agree the audit and the plan")
    expect(page.get_by_role("alert")).to_contain_text("Tick the box to say that you both agree.")
    agree_all(page)
    expect(page.get_by_text("The audit and the plan are agreed.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("The answers gave Intensive. Targeted was agreed")
    expect(page.locator("main")).to_contain_text("The spelling project.")
    page.goto(fresh_site.url + agree)
    expect(page.get_by_role("heading", name="Support plan")).to_be_visible()


def test_on_a_phone_without_scripts(fresh_site, without_scripts, agree):
    page = without_scripts
    sign_in(page, fresh_site, OFFICER, to=agree)
    agree_all(page)
    expect(page.get_by_text("The audit and the plan are agreed.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Tick off")).first.click()
    page.get_by_label("What happened?").fill("The list is made.")
    press(page, "Tick it off")
    expect(page.get_by_text("The step is ticked off.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("The list is made.")


def test_the_head_ticks_off_what_was_overdue_by_keyboard(fresh_site, page):
    sign_in(page, fresh_site, HEAD)
    page.get_by_role("link", name="Put both training days in the school calendar").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 step is overdue.")).to_be_visible()
    overdue = page.locator(".step", has_text="3 weeks overdue")
    overdue.get_by_role("link", name=re.compile("^Tick off")).focus()
    page.keyboard.press("Enter")
    page.get_by_label("What happened?").focus()
    page.keyboard.type("Both days are in the calendar.")
    page.get_by_role("button", name="Tick it off").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The step is ticked off.")).to_be_visible()
    expect(page.get_by_text("1 step is overdue.")).to_have_count(0)
    assert problems_of(page) == []


def test_a_calendar_address_is_made_and_read_elsewhere(fresh_site, page, browser):
    sign_in(page, fresh_site, HEAD, to="/calendar/")
    press(page, "Make my calendar address")
    address = page.get_by_label("Your calendar address").input_value()
    assert problems_of(page) == []
    elsewhere = browser.new_context()
    answer = elsewhere.request.get(address)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert "Step due: Rowanlea Primary School" in answer.text()
    page.goto(f"{fresh_site.url}/calendar/")
    press(page, "Switch it off")
    expect(page.get_by_text("Your calendar address is switched off.")).to_be_visible()
    assert elsewhere.request.get(address).status == 404
    elsewhere.close()

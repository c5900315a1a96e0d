"""An officer visits a school, and the head teacher has a word on the note. Without scripts too."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.site import PASSWORD, sign_in

HEAD = "leanne.docherty@people.demo.example"
MAY_SIGN_IN = f"""
from allauth.account.models import EmailAddress
from accounts.models import User
head = User.objects.get(email="{HEAD}")
head.set_password("{PASSWORD}")
head.save()
EmailAddress.objects.update_or_create(user=head, email=head.email, defaults=dict(verified=True, primary=True))
from readiness.models import Audit
print(Audit.objects.get(school__name="Birchmuir School", state="in_review").pk)
"""
BEFORE_THE_VISIT = """
from support.models import Visit
Visit.objects.all().delete()
"""


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def two_browsers(browser, request):
    """The officer's and the head teacher's."""
    contexts = [browser.new_context(java_script_enabled=request.param) for _who in range(2)]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_a_visit_from_its_plan_to_its_final_note(fresh_site, two_browsers):
    visit = f"/reviews/{fresh_site.manage(MAY_SIGN_IN)}/visit/"
    fresh_site.manage(BEFORE_THE_VISIT)
    officer, head = two_browsers

    sign_in(officer, fresh_site, "officer@demo.example", to=visit)
    plan(officer)
    write(officer)

    sign_in(head, fresh_site, HEAD, to=visit)
    expect(head.locator("main")).to_contain_text("1 December 2026")
    expect(head.locator("main")).not_to_contain_text("Four pupils")

    officer.get_by_role("button", name="Show it to the head teacher").click()
    expect(officer.locator("main")).to_contain_text("Waiting for the head teacher")
    expect(officer.get_by_role("button", name="Make the note final")).to_have_count(0)

    head.goto(f"{fresh_site.url}/home/")
    read_and_comment(head)

    officer.goto(f"{fresh_site.url}{visit}")
    officer.get_by_role("button", name="Make the note final").click()
    expect(officer.locator("main")).to_contain_text("Nothing of it changes any more.")
    expect(officer.locator("main")).to_contain_text("The room has been open since August.")
    expect(officer.get_by_role("link", name="Change the note")).to_have_count(0)


def plan(officer):
    officer.get_by_role("link", name="Plan a visit").click()
    officer.get_by_label("On which day?").fill("2026-12-01")
    officer.get_by_label("Who will be there?").fill("Head teacher and two of the core team")
    officer.get_by_role("button", name="Save the plan").click()
    expect(officer.locator("main")).to_contain_text("The visit is planned.")


def write(officer):
    officer.get_by_role("link", name="Write the note").click()
    expect(officer.locator("main")).to_contain_text("Freedom of Information (Scotland) Act 2002")
    officer.get_by_label("Strengths").fill("Each child was greeted by name.")
    officer.get_by_label("What we saw, heard and read").fill("Four pupils showed us the calm room.")
    officer.get_by_text("A safe base").click()
    officer.get_by_label("There are calm places that children can use when they need to").select_option("3")
    officer.get_by_role("button", name="Save the note").click()
    expect(officer.locator("main")).to_contain_text("The note is saved.")


def read_and_comment(head):
    head.get_by_role("link", name=re.compile("Birchmuir School, 1 December")).click()
    expect(head.locator("main")).to_contain_text("Four pupils showed us the calm room.")
    head.get_by_label("Your comment").fill("The room has been open since August.")
    head.get_by_role("button", name="Say that I have read the note").click()
    expect(head.locator("main")).to_contain_text("Your comment is attached to the note.")

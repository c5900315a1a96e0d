"""Invited, made welcome, working in two places, handing over, leaving: people as a school really has them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.site import PASSWORD, sign_in
from tests.browser.test_pages_on_the_way import look  # noqa: F401 - a fixture

HEAD = "head@demo.example"
STAFF = "staff@demo.example"
COORDINATOR = "coordinator@demo.example"
NEWCOMER = "ishbel.grant@people.demo.example"
THREE_WORDS = "kettle lantern harbour"


@pytest.fixture
def newcomer(browser):
    """Somebody on a phone of their own."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def press(page, name):
    page.locator("main").get_by_role("button", name=name).first.click()


def link_in_the_newest_mail(site, to="invitations"):
    newest = max((site.var / "mail").iterdir(), key=lambda mail: mail.stat().st_mtime_ns)
    return re.search(rf"http\S+/{to}/\S+/", newest.read_text().replace("=\n", "")).group()


def invite(page, site, address, role):
    page.goto(f"{site.url}{address}")
    page.get_by_label("E-mail address").fill(NEWCOMER)
    page.get_by_label("First name").fill("Ishbel")
    page.get_by_label("Last name").fill("Grant")
    page.get_by_role("group", name="As what?").locator("label", has_text=role).click()


def accept(page, site):
    page.goto(link_in_the_newest_mail(site))
    page.get_by_label("Password", exact=True).fill(THREE_WORDS)
    page.get_by_label("Password again").fill(THREE_WORDS)
    press(page, "Accept the invitation")
    page.wait_for_url("**/home/")


def test_a_head_invites_a_colleague_who_comes_by_phone(fresh_site, page, newcomer):
    sign_in(page, fresh_site, HEAD)
    school = page.get_by_role("link", name="Who answers with you: the core team").get_attribute("href")
    invite(page, fresh_site, f"{school}invite/", "Core team")
    press(page, "Send the invitation")
    expect(page.get_by_text(f"An invitation is on its way to {NEWCOMER}")).to_be_visible()

    accept(newcomer, fresh_site)
    expect(newcomer.get_by_role("heading", name="Hello, Ishbel Grant")).to_be_visible()

    page.goto(fresh_site.url + school)
    expect(page.locator(".card", has_text=NEWCOMER)).to_contain_text("Core team")
    newcomer.goto(link_in_the_newest_mail(fresh_site))
    expect(newcomer.get_by_text("This invitation has been used.")).to_be_visible()


def test_a_head_leaves_and_the_next_one_finds_the_audit_as_it_was(fresh_site, page, newcomer):
    sign_in(page, fresh_site, HEAD, to="/audits/")
    press(page, "Start an audit")
    page.wait_for_url("**/audits/*/")
    audit = page.url
    page.goto(f"{audit}time-and-fit/")
    page.locator("fieldset").first.get_by_label("How do we know?").fill("Left for the next head teacher")
    page.get_by_role("button", name="Save and go to the list").click()
    page.wait_for_url(audit)
    page.goto(f"{fresh_site.url}/home/")
    page.get_by_role("link", name="Who answers with you: the core team").click()
    page.get_by_role("link", name="Leaving? Hand the school over").click()
    page.get_by_label("Who leads the school after you?").select_option(label="Callum Reid")
    press(page, "Hand over and leave")
    expect(page.get_by_text("Callum Reid leads Rowanlea Primary School now.")).to_be_visible()
    assert page.goto(audit).status == 404

    sign_in(newcomer, fresh_site, STAFF, to=audit.removeprefix(fresh_site.url))
    newcomer.goto(f"{audit}time-and-fit/")
    expect(newcomer.locator("fieldset").first.get_by_label("How do we know?")).to_have_value(
        "Left for the next head teacher"
    )


def test_the_coordinator_invites_an_officer_and_gives_them_schools(fresh_site, page, newcomer):
    sign_in(page, fresh_site, COORDINATOR)
    invite(page, fresh_site, "/people/", "Locality support officer")
    press(page, "Send the invitation")
    expect(page.get_by_text("Choose the locality whose schools this officer supports.").first).to_be_visible()
    page.get_by_label("Locality, for a support officer").select_option(label="Strathmoss")
    press(page, "Send the invitation")
    expect(page.get_by_text("An invitation is on its way")).to_be_visible()
    accept(newcomer, fresh_site)

    page.goto(f"{fresh_site.url}/people/give-schools/")
    page.get_by_label("Whose schools?").select_option(label="Isla Munro")
    page.get_by_label("Who supports them from now on?").select_option(label="Ishbel Grant")
    press(page, "Give the schools")
    expect(page.get_by_text("Ishbel Grant supports the schools of Isla Munro from now on.")).to_be_visible()

    newcomer.goto(f"{fresh_site.url}/home/")
    newcomer.get_by_label("You work in several places. Show:").select_option(label="Calderbrae")
    newcomer.get_by_role("button", name="Show this place").click()
    expect(newcomer.locator("main")).to_contain_text("Thornbrae Academy")
    expect(newcomer.locator("main")).not_to_contain_text("Kestrel Moor High School")


def test_schools_are_ticked_and_moved(fresh_site, page):
    sign_in(page, fresh_site, COORDINATOR, to="/schools/")
    page.get_by_label("Name or SEED code").fill("Harebell")
    page.get_by_role("button", name="Show these schools").click()
    page.wait_for_url("**name=Harebell**")
    page.locator("label", has_text="Harebell Primary School").click()
    page.get_by_label("Move to locality").select_option(label="Calderbrae")
    press(page, "Move the ticked schools")
    expect(page.get_by_text("1 school has moved.")).to_be_visible()
    expect(page.locator("label", has_text="Harebell Primary School")).to_contain_text("Calderbrae")


def test_a_new_address_to_sign_in_with(fresh_site, newcomer):
    """On a phone without scripts, after the session has ended."""
    page, new = newcomer, "callum@new.demo.example"
    sign_in(page, fresh_site, STAFF, to="/accounts/me/")
    page.get_by_role("link", name="E-mail address").click()
    page.get_by_label("New e-mail address").fill(new)
    page.get_by_label("Your password").fill(PASSWORD)
    press(page, "Send the link")
    expect(page.get_by_text(f"We have sent a link to {new}")).to_be_visible()
    page.context.clear_cookies()
    page.goto(link_in_the_newest_mail(fresh_site, "confirm-email"))
    expect(page.get_by_text("Sign in with the address that you have had until now.")).to_be_visible()
    page.get_by_label("E-mail address").fill(STAFF)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    press(page, "Yes, it is mine")
    expect(page.get_by_text(f"you sign in with {new} from now on")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, fresh_site, new)
    expect(page.get_by_role("heading", name="Hello, Callum Reid")).to_be_visible()
    newest = max((fresh_site.var / "mail").iterdir(), key=lambda mail: mail.stat().st_mtime_ns).read_text()
    assert f"To: {STAFF}" in newest


def test_somebody_closes_their_account(fresh_site, page):
    sign_in(page, fresh_site, STAFF, to="/accounts/me/data/")
    expect(page.get_by_text("Rowanlea Primary School").first).to_be_visible()
    page.goto(f"{fresh_site.url}/accounts/me/close/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.locator("label", has_text="Close my account for good").click()
    press(page, "Close my account")
    expect(page.get_by_text("Your account is closed.")).to_be_visible()
    page.get_by_label("E-mail address").fill(STAFF)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_text("do not go together").first).to_be_visible()


def test_how_it_looks_on_the_way(fresh_site, page, look):  # noqa: F811 - the fixture above
    sign_in(page, fresh_site, COORDINATOR)
    invite(page, fresh_site, "/people/", "Head teacher")
    page.get_by_label("School, for a head teacher").select_option(index=1)
    press(page, "Send the invitation")
    expect(page.get_by_text("An invitation is on its way")).to_be_visible()
    look("people-invited")
    page.context.clear_cookies()
    link = link_in_the_newest_mail(fresh_site)
    page.goto(link)
    look("invitation")
    press(page, "Accept the invitation")
    page.locator(".ds_error-summary").wait_for()
    look("invitation-refused")
    page.goto(f"{fresh_site.url}/invitations/no-such-link/")
    look("invitation-over")

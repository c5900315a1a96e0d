"""The pages between the pages: refusals, clashes, warnings, words given back. Each through axe, at both widths."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.draft import COLLEAGUE, HEAD, NEXT_THEME, ROOM, THEME, address_of, choose, note, save, says
from tests.browser.site import PASSWORD, sign_in
from tests.browser.test_every_page import WIDTHS, look_at

OTHER_HEAD = "head@demo.example"  # may start an audit, and has last session's to compare with


@pytest.fixture
def look(page):
    """Look at the page as it is now, on a phone and on a laptop: `look("clash")`."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))

    def at_both_widths(name):
        wrong = [each for each in heard if not re.search(r"status of 4\d\d|ERR_INTERNET_DISCONNECTED", each)]
        for width, (across, down) in WIDTHS.items():
            page.set_viewport_size({"width": across, "height": down})
            look_at(page, wrong, role="on the way", name=name, width=width)

    return at_both_widths


@pytest.fixture
def somebody_else(browser):
    """Another person's page, elsewhere."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_signing_in_goes_wrong(site, page, look):
    page.goto(f"{site.url}/accounts/login/")
    page.get_by_label("E-mail address").fill("nobody@demo.example")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.locator(".ds_error-summary").wait_for()
    look("sign-in-refused")
    page.context.clear_cookies(name="csrftoken")
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", level=1).wait_for()
    look("sign-in-with-an-old-form")


def test_a_forgotten_password(fresh_site, page, look):
    page.goto(f"{fresh_site.url}/accounts/password/reset/")
    page.get_by_label("E-mail address").fill("staff@demo.example")
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url("**/password/reset/done/")
    look("password-asked-for")
    mails = "".join(mail.read_text() for mail in (fresh_site.var / "mail").iterdir())  # the demo's own are there too
    link = re.search(r"http\S+/password/reset/key/\S+", mails).group()
    page.goto(link)
    page.get_by_label("New password", exact=True).wait_for()
    look("password-new")
    for field in page.locator("main input[type=password]").all():
        field.fill("short")
    page.locator("main form button").first.click()
    page.locator(".ds_error-summary").wait_for()
    look("password-new-refused")
    for field in page.locator("main input[type=password]").all():
        field.fill("a lantern by the harbour wall")
    page.locator("main form button").first.click()
    page.wait_for_url("**/password/reset/key/done/")
    look("password-changed")
    page.goto(link)
    look("password-link-used-up")


def test_what_a_person_may_not_do(site, page, look):
    sign_in(page, site, "staff@demo.example")
    page.evaluate("form => { form.action = '/audits/'; form.requestSubmit(); }", page.query_selector("#sign-out"))
    page.wait_for_url("**/audits/")
    page.get_by_role("heading", level=1, name="You cannot do this").wait_for()
    look("may-not")
    page.goto(f"{site.url}/audits/999999/")
    look("not-found")


def test_a_new_audit_has_nothing_in_it_yet(fresh_site, page, look):
    sign_in(page, fresh_site, OTHER_HEAD, to="/audits/")
    page.get_by_role("button", name="Start an audit").click()
    page.wait_for_url("**/audits/*/")
    audit = page.url
    look("new-task-list")
    for name in ("check", "results", "history", THEME):
        page.goto(f"{audit}{name}/")
        look(f"new-{name}")
    expect(page.get_by_text("Last time (2025/26): Getting started").first).to_be_visible()
    page.goto(f"{audit}check/")
    page.get_by_role("button", name="Submit the audit").click()
    page.locator(".ds_error-summary").wait_for()
    look("new-check-refused")
    page.goto(audit)
    page.get_by_role("link", name="Change the core team").click()
    page.get_by_role("button", name="Add to the team").click()
    page.locator(".ds_error-summary").wait_for()
    look("team-refused")


def test_saving_is_said(fresh_site, page, look):
    address = address_of(fresh_site)
    sign_in(page, fresh_site, HEAD, to=f"{address}{THEME}/")
    note(page, ROOM).fill("One project paused")
    says(page, "Saved ")
    look("theme-saved")
    page.context.set_offline(True)
    note(page, ROOM).fill("Two projects paused")
    says(page, "Not saved yet: no connection")
    look("theme-not-saved")
    page.context.set_offline(False)
    says(page, "Saved ")
    note(page, ROOM).fill("word " * 250)
    save(page)
    page.locator(".ds_error-summary").wait_for()
    look("theme-too-long")


def test_a_clash(fresh_site, page, somebody_else, look):
    address = f"{address_of(fresh_site)}{THEME}/"
    sign_in(page, fresh_site, HEAD, to=address)
    sign_in(somebody_else, fresh_site, COLLEAGUE, to=address)
    note(somebody_else, ROOM).fill("Hers, in a line that is long enough to go on to the next")
    save(somebody_else)
    somebody_else.wait_for_url(f"**/{NEXT_THEME}/")
    choose(page, ROOM, "Part of how we work")
    note(page, ROOM).fill("Mine")
    says(page, "Someone else has changed")
    look("theme-changed-meanwhile")
    save(page)
    page.locator(".conflict").wait_for()
    look("theme-clash")


def test_the_session_is_about_to_end_and_has_ended(fresh_site, page, look):
    address = f"{address_of(fresh_site)}{THEME}/"
    sign_in(page, fresh_site, HEAD, to=address)
    page.clock.install()
    page.reload()
    page.clock.fast_forward("58:30")
    page.get_by_role("dialog", name="You will be signed out soon").wait_for()
    look("signed-out-soon")
    page.context.clear_cookies(name="sessionid")
    page.clock.fast_forward("02:00")
    page.get_by_role("dialog", name="You have been signed out").wait_for()
    look("signed-out")
    page.get_by_role("button", name="Go back to the page").click()
    note(page, ROOM).fill("Nearly lost")
    save(page)
    page.wait_for_url("**/accounts/login/**")
    look("sign-in-to-go-on")
    page.get_by_label("E-mail address").fill(HEAD)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{address}")
    expect(note(page, ROOM)).to_have_value("Nearly lost")
    look("theme-given-back")


def test_submitted_while_a_colleague_was_still_typing(fresh_site, page, somebody_else, look):
    address = address_of(fresh_site, filled=True)
    sign_in(somebody_else, fresh_site, HEAD, to=f"{address}check/")
    sign_in(page, fresh_site, COLLEAGUE, to=f"{address}{THEME}/")
    page.goto(f"{fresh_site.url}{address}check/")
    look("check-of-a-colleague")
    page.goto(f"{fresh_site.url}{address}{THEME}/")
    somebody_else.locator("label", has_text="We have answered for how things are today").click()
    somebody_else.get_by_role("button", name="Submit the audit").click()
    somebody_else.wait_for_url("**/results/")
    note(page, ROOM).fill("A moment too late")
    save(page)
    page.get_by_text("What you typed is below, so that you can copy it").wait_for()
    expect(note(page, ROOM)).to_have_value("A moment too late")
    look("theme-locked")
    page.goto(f"{fresh_site.url}{address}check/")
    look("check-of-a-colleague-submitted")


def test_submitted_and_taken_back(fresh_site, page, look):
    address = address_of(fresh_site, filled=True)
    sign_in(page, fresh_site, HEAD, to=f"{address}check/")
    page.get_by_role("button", name="Submit the audit").click()
    page.locator(".ds_error-summary").wait_for()
    look("check-not-declared")
    page.locator("label", has_text="We have answered for how things are today").click()
    page.get_by_role("button", name="Submit the audit").click()
    page.wait_for_url("**/results/")
    look("results-just-submitted")
    page.goto(f"{fresh_site.url}{address}check/")
    look("check-submitted")
    page.get_by_role("button", name="Take the audit back").click()
    page.wait_for_url(f"**{address}")
    look("task-list-taken-back")


def test_signing_out(fresh_site, page, look):
    sign_in(page, fresh_site, "officer@demo.example")
    page.locator("#sign-out button").click()
    page.get_by_role("link", name="Sign in").first.wait_for()
    look("signed-out-by-choice")
    sign_in(page, fresh_site, "officer@demo.example", to="/accounts/me/")
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_text("signed out on every device").wait_for()
    look("signed-out-everywhere")

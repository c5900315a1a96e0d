"""What a person types is never lost: without scripts, off the network, after the session has ended, in a crash."""

import re

import pytest
from django.db import connection
from playwright.sync_api import expect

from tests.browser.draft import COLLEAGUE, HEAD, choose, chosen, note, save, says
from tests.browser.site import PASSWORD, AfterTheKill, kill, pressed_twice, sign_in

SAVED = re.compile(r"^\s*Saved \d\d:\d\d")
NOT_SAVED = re.compile("^Not saved yet: no connection")
DRAFT = "from readiness.models import Audit; print(Audit.objects.get(school__seed_code='9900029').pk)"


@pytest.fixture
def draft(fresh_site):
    """The address of the half-filled draft, and its server."""
    return f"{fresh_site.url}/audits/{fresh_site.manage(DRAFT)}/", fresh_site


@pytest.fixture
def open_theme(draft, browser):
    """The head teacher with a theme open: `open_theme("time-and-fit", java_script_enabled=False)`."""
    contexts = []

    def opened(theme, **options):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        address, running = draft
        sign_in(page, running, HEAD, to=f"{address.removeprefix(running.url)}{theme}/")
        return page

    yield opened
    for context in contexts:
        context.close()


def new_tab(page, address):
    """The theme as the server has it. A reload would not show that: browsers fill in again what was typed."""
    tab = page.context.new_page()
    tab.goto(address)
    return tab


def fill_in_the_sign_in_page(page, email):
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()


def test_it_saves_as_you_go(open_theme):
    page = open_theme("leadership-and-purpose")
    choose(page, 0, "Getting started")
    says(page, SAVED)
    page.reload()
    assert chosen(page, 0) == "2"
    note(page, 0).fill("Typed, and never pressed Save")
    says(page, SAVED)
    kept = new_tab(page, page.url)
    assert (chosen(kept, 0), note(kept, 0).input_value()) == ("2", "Typed, and never pressed Save")


def test_a_lost_connection_is_said_and_loses_nothing(open_theme):
    page = open_theme("time-and-fit")
    page.context.set_offline(True)
    note(page, 0).fill("Typed in a tunnel")
    choose(page, 1, "Not yet")
    says(page, NOT_SAVED)
    expect(note(page, 0)).to_have_value("Typed in a tunnel")
    page.context.set_offline(False)
    says(page, SAVED)
    elsewhere = open_theme("time-and-fit")  # another browser knows only what the database holds
    assert (note(elsewhere, 0).input_value(), chosen(elsewhere, 1)) == ("Typed in a tunnel", "1")


@pytest.mark.parametrize(
    ("scripts", "theme", "following"),
    [
        (True, "staff-learning", "caring-for-the-adults"),
        (False, "caring-for-the-adults", "relationships-and-behaviour"),
    ],
    ids=["with scripts", "without scripts"],
)
def test_back_refresh_and_a_double_click_do_no_harm(scripts, theme, following, open_theme):
    page = open_theme(theme, java_script_enabled=scripts)
    choose(page, 0, "Getting started")
    page.get_by_role("button", name="Save and continue").dblclick()
    pressed_twice(page, f"/{following}/$")
    page.go_back()
    page.wait_for_url(f"**/{theme}/")
    choose(page, 1, "Not yet")
    note(page, 1).fill("After going back")
    save(page)
    page.wait_for_url(f"**/{following}/")
    page.reload()
    expect(page.locator(".conflict, .ds_error-summary")).to_have_count(0)
    kept = open_theme(theme)
    assert (chosen(kept, 0), chosen(kept, 1)) == ("2", "1")
    expect(note(kept, 1)).to_have_value("After going back")


@pytest.mark.parametrize(
    ("scripts", "theme"),
    [(True, "relationships-and-behaviour"), (False, "safe-base")],
    ids=["with scripts", "without scripts"],
)
def test_what_was_typed_when_the_session_ended_is_given_back(scripts, theme, open_theme):
    page = open_theme(theme, java_script_enabled=scripts)
    address = page.url
    page.context.clear_cookies(name="sessionid")
    note(page, 0).fill("Nearly lost")
    choose(page, 1, "Getting started")
    save(page)
    page.wait_for_url("**/accounts/login/**")
    fill_in_the_sign_in_page(page, HEAD)
    page.wait_for_url(f"**/{theme}/")
    assert (note(page, 0).input_value(), chosen(page, 1)) == ("Nearly lost", "2")
    expect(page.get_by_text("It is not saved yet")).to_be_visible()
    save(page)
    page.wait_for_url(lambda url: theme not in url)
    kept = new_tab(page, address)
    assert (note(kept, 0).input_value(), chosen(kept, 1)) == ("Nearly lost", "2")
    expect(kept.get_by_text("It is not saved yet")).to_have_count(0)


def test_saving_as_you_go_says_that_the_session_has_ended(open_theme):
    page = open_theme("relationships-and-behaviour")
    page.context.clear_cookies(name="sessionid")
    note(page, 3).fill("Still on the page")
    says(page, "You have been signed out")
    expect(note(page, 3)).to_have_value("Still on the page")


def test_another_person_on_the_same_laptop_does_not_see_it(open_theme, draft):
    page = open_theme("children-families-partners")
    address, running = page.url, draft[1]
    running.manage(
        "from accounts.models import User\n"
        f"dot = User.objects.get(email='{COLLEAGUE}'); dot.set_password('{PASSWORD}'); dot.save()"
    )
    page.context.clear_cookies(name="sessionid")
    note(page, 0).fill("For nobody else")
    save(page)
    page.wait_for_url("**/accounts/login/**")
    fill_in_the_sign_in_page(page, COLLEAGUE)
    page.wait_for_url(address)
    expect(note(page, 0)).to_have_value("")
    expect(page.get_by_text("It is not saved yet")).to_have_count(0)

    page.context.clear_cookies(name="sessionid")
    sign_in(page, running, HEAD, to=address.removeprefix(running.url))
    expect(note(page, 0)).to_have_value("For nobody else")


def test_the_warning_before_sign_out_can_be_answered_without_losing_text(open_theme):
    page = open_theme("evidence-and-improvement")
    page.clock.install()
    page.reload()
    page.context.set_offline(True)  # so that only the page itself holds the text
    note(page, 0).fill("Still here")
    page.clock.fast_forward("58:30")
    warning = page.get_by_role("dialog", name="You will be signed out soon")
    warning.wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Stay signed in").click()
    warning.wait_for(state="hidden")
    expect(note(page, 0)).to_have_value("Still here")
    page.clock.fast_forward("01:10")
    says(page, SAVED)
    expect(warning).to_be_hidden()


def test_what_was_answered_with_saved_outlives_a_killed_server(own_site, page):
    sign_in(page, own_site, HEAD, to=f"/audits/{own_site.manage(DRAFT)}/time-and-fit/")
    choose(page, 0, "Not yet")
    note(page, 0).fill("Before the lights went out")
    says(page, SAVED)
    with page.expect_response(
        lambda answer: answer.status == 204 and "Just before" in (answer.request.post_data or "")
    ):
        note(page, 1).fill("Just before the lights went out")
    kill(own_site)
    note(page, 2).fill("In the dark")
    says(page, NOT_SAVED)

    with AfterTheKill(own_site) as again:
        elsewhere = new_tab(page, page.url)
        expect(note(elsewhere, 0)).to_have_value("Before the lights went out")
        expect(note(elsewhere, 1)).to_have_value("Just before the lights went out")
        assert chosen(elsewhere, 0) == "1"
        page.evaluate("dispatchEvent(new Event('online'))")  # it tries again by itself, but takes its time
        says(page, SAVED)
        elsewhere.reload()
        expect(note(elsewhere, 2)).to_have_value("In the dark")
        if connection.vendor == "sqlite":  # PostgreSQL looks its files over by itself when it starts
            assert "ok" in again.manage(
                "from django.db import connection as c; print(*c.cursor().execute('pragma quick_check').fetchone())"
            )

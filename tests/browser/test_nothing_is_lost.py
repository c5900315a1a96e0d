"""What a person types is never lost: without scripts, in two tabs, off the network, after the session has ended."""

import os
import signal
import subprocess

import pytest

from tests.browser.site import Site, sign_in

HEAD = "head2@demo.example"
ROOM = "We have made room for this"
FITS = "Staff can see how this fits"


@pytest.fixture
def theme_address(fresh_site):
    """The address of one theme of the half-filled draft."""
    code = "from readiness.models import Audit; print(Audit.objects.get(school__seed_code='9900029').pk)"
    return f"/audits/{fresh_site.manage(code)}/time-and-fit/"


@pytest.fixture
def somebody(browser, fresh_site, theme_address):
    """A person with the theme's page open: `somebody()`, `somebody(java_script_enabled=False)`."""
    contexts = []

    def open_theirs(**options):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, fresh_site, HEAD, to=theme_address)
        return page

    yield open_theirs
    for context in contexts:
        context.close()


def statement(page, words):
    return page.locator("fieldset", has_text=words)


def choose(page, words, level):
    statement(page, words).locator("label", has_text=level).first.click()


def chosen(page, words):
    return statement(page, words).locator("input[type=radio]:checked").get_attribute("value")


def note(page, words):
    return statement(page, words).locator("textarea").last


def save(page):
    page.get_by_role("button", name="Save and continue").click()


def says(page, words):
    page.locator("[data-save-status]", has_text=words).wait_for()


def test_it_saves_as_you_go_and_through_a_lost_connection(somebody):
    page = somebody()
    choose(page, ROOM, "Getting started")
    says(page, "Saved")
    page.context.set_offline(True)
    note(page, ROOM).fill("Typed in a tunnel")
    says(page, "no connection")
    page.context.set_offline(False)
    says(page, "Saved")
    page.reload()
    assert chosen(page, ROOM) == "2"
    assert note(page, ROOM).input_value() == "Typed in a tunnel"


@pytest.mark.parametrize(
    ("choice", "level", "text"),
    [
        ("Keep mine", "4", "Mine"),
        ("Take theirs", "1", "Theirs"),
        ("Join both texts", "4", "Theirs\nMine"),
    ],
)
def test_two_people_see_both_texts(choice, level, text, somebody, theme_address, fresh_site):
    first, second = somebody(java_script_enabled=False), somebody(java_script_enabled=False)
    choose(first, ROOM, "Not yet")
    note(first, ROOM).fill("Theirs")
    save(first)
    choose(second, ROOM, "Part of how we work")
    note(second, ROOM).fill("Mine")
    choose(second, FITS, "Getting started")
    save(second)
    both = second.locator(".conflict").inner_text()
    assert "Theirs" in both
    assert "Mine" in both
    second.locator(".conflict label", has_text=choice).click()
    save(second)
    second.goto(fresh_site.url + theme_address)
    assert (chosen(second, ROOM), note(second, ROOM).input_value()) == (level, text)
    assert chosen(second, FITS) == "2"


def test_back_refresh_and_a_double_click_do_no_harm(somebody):
    page = somebody(java_script_enabled=False)
    choose(page, ROOM, "Getting started")
    page.get_by_role("button", name="Save and continue").dblclick()
    page.wait_for_url("**/staff-learning/")
    page.go_back()
    choose(page, FITS, "Not yet")
    note(page, FITS).fill("After going back")
    save(page)
    page.wait_for_url("**/staff-learning/")
    page.reload()
    page.go_back()
    page.reload()
    assert (chosen(page, ROOM), chosen(page, FITS)) == ("2", "1")
    assert note(page, FITS).input_value() == "After going back"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_was_typed_when_the_session_ended_is_there_again(scripts, somebody, fresh_site, theme_address, browser):
    page = somebody(java_script_enabled=scripts)
    page.context.clear_cookies(name="sessionid")
    note(page, ROOM).fill("Nearly lost")
    save(page)
    page.wait_for_url("**/accounts/login/**")
    page.get_by_label("E-mail address").fill(HEAD)
    page.get_by_label("Password", exact=True).fill("nurture-demo")
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{theme_address}")
    assert note(page, ROOM).input_value() == "Nearly lost"
    assert page.get_by_text("It is not saved yet").is_visible()
    save(page)
    page.wait_for_url("**/staff-learning/")
    page.goto(fresh_site.url + theme_address)
    assert note(page, ROOM).input_value() == "Nearly lost"


def test_the_warning_before_sign_out_can_be_answered_without_losing_text(somebody):
    page = somebody()
    page.clock.install()
    page.reload()
    page.context.set_offline(True)  # so that only the page itself holds the text
    note(page, ROOM).fill("Still here")
    page.clock.fast_forward("57:30")
    page.locator("dialog[open]").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Stay signed in").click()
    page.locator("dialog[open]").wait_for(state="hidden")
    assert note(page, ROOM).input_value() == "Still here"


def test_what_was_answered_with_saved_outlives_a_killed_server(somebody, fresh_site, theme_address, browser):
    page = somebody()
    choose(page, ROOM, "Not yet")
    note(page, ROOM).fill("Before the lights went out")
    says(page, "Saved")
    children = subprocess.run(
        ["ps", "--ppid", str(fresh_site.process.pid), "-o", "pid="], capture_output=True, text=True, check=True
    )
    for pid in [fresh_site.process.pid, *map(int, children.stdout.split())]:
        os.kill(pid, signal.SIGKILL)
    fresh_site.process.wait()

    with Site(fresh_site.var, fresh_site.var.parent / "after-the-kill") as again:
        other = browser.new_context().new_page()
        sign_in(other, again, HEAD, to=theme_address)
        assert (chosen(other, ROOM), note(other, ROOM).input_value()) == ("1", "Before the lights went out")
        other.context.close()

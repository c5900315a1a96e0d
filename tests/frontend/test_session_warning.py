import pytest
from playwright.sync_api import expect

from tests.frontend.pretend_site import PretendSite

pytestmark = pytest.mark.browser

WARNED_AFTER = 3600 - 120


@pytest.fixture
def site(page):
    site = PretendSite(page, session_seconds=3600)
    page.clock.install()
    site.open()
    yield site
    assert site.problems == []


def after(page, seconds):
    page.clock.fast_forward(seconds * 1000)


def warning(page):
    return page.get_by_role("dialog", name="You will be signed out soon")


def ended(page):
    return page.get_by_role("dialog", name="You have been signed out")


def test_warns_two_minutes_before_and_not_earlier(page, site):
    after(page, WARNED_AFTER - 30)
    expect(warning(page)).to_be_hidden()

    after(page, 40)
    expect(warning(page)).to_be_visible()
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()


def test_staying_tells_the_server_and_starts_the_hour_again(page, site):
    page.get_by_label("How do we know?").focus()
    after(page, WARNED_AFTER + 5)
    page.get_by_role("button", name="Stay signed in").click()

    expect(warning(page)).to_be_hidden()
    (post,) = site.posts
    assert (post.path, post.headers["x-csrftoken"]) == ("/accounts/keep-alive/", "token")
    expect(page.get_by_label("How do we know?")).to_be_focused()
    after(page, WARNED_AFTER - 30)
    expect(warning(page)).to_be_hidden()
    after(page, 40)
    expect(warning(page)).to_be_visible()


def test_escape_counts_as_staying(page, site):
    after(page, WARNED_AFTER + 5)
    expect(warning(page)).to_be_visible()
    page.keyboard.press("Escape")

    expect(warning(page)).to_be_hidden()
    assert [post.path for post in site.posts] == ["/accounts/keep-alive/"]


def test_signing_out_is_the_form_of_the_menu(page, site):
    site.answers(204)
    after(page, WARNED_AFTER + 5)
    with page.expect_request(lambda request: request.url.endswith("/accounts/logout/")):
        page.get_by_role("button", name="Sign out now").click()

    assert "csrfmiddlewaretoken=token" in site.posts[0].body


def test_a_save_counts_as_activity(page, site):
    after(page, WARNED_AFTER - 60)
    page.evaluate("() => document.dispatchEvent(new CustomEvent('nurture:saved'))")
    after(page, 120)

    expect(warning(page)).to_be_hidden()


def test_work_in_another_tab_takes_the_warning_away(page, site):
    after(page, WARNED_AFTER + 5)
    expect(warning(page)).to_be_visible()
    page.evaluate("() => localStorage.setItem('nurture:last-request', String(Date.now()))")
    after(page, 5)

    expect(warning(page)).to_be_hidden()


def test_when_time_is_up_it_says_that_the_text_is_kept(page, site):
    page.get_by_label("How do we know?").fill("One")
    after(page, 3700)

    expect(ended(page)).to_contain_text("Choose Save and continue: we keep it while you sign in again.")
    page.get_by_role("button", name="Go back to the page").click()
    expect(page.get_by_label("How do we know?")).to_have_value("One")


def test_a_page_whose_words_are_not_kept_does_not_promise_it(page, site):
    page.evaluate("() => document.querySelector('form[data-autosave]').removeAttribute('data-autosave')")
    after(page, 3700)

    expect(ended(page)).to_contain_text("If you were typing, copy your words, then sign in again.")
    expect(ended(page).get_by_text("we keep it while you sign in again")).to_be_hidden()


def test_staying_too_late_says_that_the_session_has_ended(page, site):
    site.answers(403)
    after(page, WARNED_AFTER + 5)
    page.get_by_role("button", name="Stay signed in").click()

    expect(ended(page)).to_be_visible()
    site.problems.clear()  # the browser itself notes refused requests


def test_without_a_connection_it_says_so_and_may_be_pressed_again(page, site):
    site.answer = lambda route: route.abort()
    after(page, WARNED_AFTER + 5)
    page.get_by_role("button", name="Stay signed in").click()
    expect(warning(page)).to_contain_text("We could not reach the site.")

    site.answers(204)
    page.get_by_role("button", name="Stay signed in").click()
    expect(warning(page)).to_be_hidden()
    site.problems.clear()


def test_words_are_counted_and_said_to_screen_readers_only_near_the_limit(page, site):
    note = page.get_by_label("How do we know?")
    seen, heard = page.locator(".word-count"), page.locator(".word-count + [role=status]")
    expect(seen).to_have_text("0 words of about 5")

    note.fill("One")
    page.clock.run_for(2000)
    expect(seen).to_have_text("1 word of about 5")
    expect(heard).to_have_text("")

    note.fill("One two  three\nfour five six")
    page.clock.run_for(1000)
    expect(heard).to_have_text("")
    page.clock.run_for(1000)
    expect(heard).to_have_text("6 words of about 5")

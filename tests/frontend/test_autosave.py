import re

import pytest
from playwright.sync_api import expect

from tests.frontend.pretend_site import PretendSite

pytestmark = pytest.mark.browser


@pytest.fixture
def site(page):
    site = PretendSite(page)
    page.clock.install()
    site.open()
    yield site
    assert site.problems == []


@pytest.fixture
def status(page):
    return page.locator("[data-save-status]")


@pytest.fixture
def note(page):
    return page.get_by_label("How do we know?")


def choose(page, name):
    page.get_by_label(name).check()
    page.clock.run_for(500)


class TestSaving:
    def test_a_choice_is_saved_and_said_without_moving_the_focus(self, page, site, status):
        choose(page, "Starting")

        expect(status).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
        assert len(site.saves) == 1
        assert 'name="a-level"\r\n\r\n2' in site.saves[0].body
        assert 'name="then"' not in site.saves[0].body
        expect(page.get_by_label("Starting")).to_be_focused()

    def test_typing_is_saved_two_seconds_after_the_last_key(self, page, site, status, note):
        note.press_sequentially("One")
        page.clock.run_for(1900)
        assert site.saves == []

        page.clock.run_for(200)
        expect(status).to_contain_text("Saved")
        assert 'name="a-note"\r\n\r\nOne' in site.saves[0].body

    def test_leaving_a_field_saves_it_soon(self, page, site, status, note):
        note.fill("One")
        note.blur()
        page.clock.run_for(500)

        expect(status).to_contain_text("Saved")

    def test_nothing_is_sent_when_nothing_has_changed(self, page, site, note):
        note.fill("One")
        note.fill("")
        page.clock.run_for(10_000)

        assert site.posts == []

    def test_the_page_learns_what_it_has_now_seen(self, page, site, status):
        site.answers(204, X_Seen='{"seen-a": "2", "unknown": "7"}')
        choose(page, "Starting")
        expect(status).to_contain_text("Saved")
        choose(page, "Not yet")

        expect(page.locator("[name=seen-a]")).to_have_value("2")
        assert 'name="seen-a"\r\n\r\n2' in site.saves[1].body

    def test_one_request_at_a_time_and_one_more_for_what_came_meanwhile(self, page, site, note):
        held = []
        site.answer = held.append
        with page.expect_request("**/form/"):
            choose(page, "Starting")
        note.fill("One")
        page.clock.run_for(3000)
        note.fill("Two")
        page.clock.run_for(3000)
        assert len(site.saves) == 1

        site.answers(204)
        with page.expect_response(lambda response: "Two" in (response.request.post_data or "")):
            held[0].fulfill(status=204)
        assert [("Two" in save.body) for save in site.saves] == [False, True]

    def test_nothing_that_was_typed_goes_into_the_browsers_storage(self, page, site, status, note):
        note.fill("A sentence about our school")
        page.clock.run_for(3000)
        expect(status).to_contain_text("Saved")

        stored = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert "sentence" not in stored


class TestTrouble:
    @pytest.mark.parametrize(
        ("code", "words"),
        [
            (409, "Someone else has changed an answer on this page. Choose Save and continue to see both."),
            (401, "You have been signed out. Choose Save and continue: we keep what you typed while you sign in."),
            (302, "You have been signed out. Choose Save and continue: we keep what you typed while you sign in."),
            (400, "Not saved yet. Choose Save and continue to see what needs a look."),
            (500, "Not saved yet: our side did not answer as it should. What you typed is still on this page."),
        ],
    )
    def test_is_said_in_a_sentence_and_the_text_stays(self, page, site, status, note, code, words):
        site.answers(code, Location="/accounts/login/")
        note.fill("One")
        page.clock.run_for(3000)

        expect(status).to_have_text(words)
        expect(note).to_have_value("One")
        assert site.unsaved
        site.problems.clear()  # the browser itself notes refused requests

    def test_without_a_connection_it_tries_again_later_and_later(self, page, site, status, note):
        site.answer = lambda route: route.abort()
        note.fill("One")
        tries = []
        for wait in (2100, 5100, 15_100, 30_100, 60_100, 60_100):
            with page.expect_event("requestfailed"):
                page.clock.run_for(wait)
            expect(status).to_have_text("Not saved yet: no connection. What you typed is still on this page.")
            tries.append(len(site.saves))
        assert tries == [1, 2, 3, 4, 5, 6]

        site.answers(204)
        page.clock.run_for(60_100)
        expect(status).to_contain_text("Saved")
        assert not site.unsaved
        site.problems.clear()

    def test_it_tries_at_once_when_the_connection_comes_back(self, page, site, status, note):
        site.answer = lambda route: route.abort()
        note.fill("One")
        page.clock.run_for(2100)
        expect(status).to_contain_text("no connection")

        site.answers(204)
        page.evaluate("() => window.dispatchEvent(new Event('online'))")
        expect(status).to_contain_text("Saved")
        site.problems.clear()

    def test_after_signing_out_elsewhere_it_stops_asking(self, page, site, status, note):
        site.answers(401)
        note.fill("One")
        page.clock.run_for(3000)
        expect(status).to_contain_text("signed out")
        note.fill("Two")
        page.clock.run_for(10_000)

        assert len(site.saves) == 1
        site.problems.clear()


class TestLeaving:
    def test_the_browser_asks_only_while_something_is_unsaved(self, page, site, status, note):
        assert not site.unsaved
        note.fill("One")
        assert site.unsaved

        page.clock.run_for(3000)
        expect(status).to_contain_text("Saved")
        assert not site.unsaved

    def test_the_button_drops_what_was_waiting_and_brings_it_all_itself(self, page, site, note):
        note.fill("One")
        with page.expect_response(lambda response: response.request.method == "POST"):
            page.get_by_role("button", name="Save and continue").click()

        assert [post.headers.get("x-requested-with") for post in site.posts] == [None]
        assert "a-note=One" in site.posts[0].body
        assert "then=next" in site.posts[0].body

    def test_the_button_waits_for_a_save_under_way_so_that_it_knows_what_was_seen(self, page, site):
        held = []
        site.answer = held.append
        with page.expect_request("**/form/"):
            choose(page, "Starting")
        page.get_by_role("button", name="Save and continue").click(no_wait_after=True)
        assert len(site.posts) == 1

        site.answers(204)
        with page.expect_response(lambda response: "then=next" in (response.request.post_data or "")):
            held[0].fulfill(status=204, headers={"X-Seen": '{"seen-a": "2"}'})
        assert "seen-a=2" in site.posts[1].body
        assert "then=next" in site.posts[1].body

    def test_the_button_does_not_wait_for_ever(self, page, site):
        site.answer = lambda route: None
        with page.expect_request("**/form/"):
            choose(page, "Starting")
        page.get_by_role("button", name="Save and continue").click(no_wait_after=True)
        site.answers(204)
        with page.expect_response(lambda response: "then=next" in (response.request.post_data or "")):
            page.clock.run_for(3100)

        assert [post.headers.get("x-requested-with") for post in site.posts] == ["fetch", None]

"""A member of staff writes the whole log on a phone: without scripts, and with the network cut in the middle."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.site import Site, sign_in

STAFF = "staff@demo.example"
COLLEAGUE = "priya.nair@people.demo.example"
PHONE = {"width": 320, "height": 640}
SAVED = re.compile(r"^\s*Saved \d\d:\d\d")
NOT_SAVED = re.compile("^Not saved yet: no connection")

WORDS = {
    "What happened?": "Two children shared one umbrella and would not let go of it.",
    "How did it feel?": "Warm, and a little in a hurry.",
    "What was going on between people?": "They looked at each other before they looked at me.",
    "What might the behaviour have been saying?": "We are all right as we are.",
    "So what?": "I do not need to sort out everything.",
    "Now what?": "Wait for a count of ten before I step in.",
}


@pytest.fixture(scope="module")
def log(prepared):
    """A server for this file."""
    with Site(prepared, prepared.parent / "writing") as running:
        yield running


@pytest.fixture
def phone(browser, log):
    """Somebody's telephone, signed in: `phone(java_script_enabled=False)`."""
    contexts = []

    def opened(email=STAFF, *, to="/reflections/", **options):
        context = browser.new_context(viewport=PHONE, has_touch=True, **options)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, log, email, to=to)
        return page

    yield opened
    for context in contexts:
        context.close()


def begin(page, form="The full form"):
    page.get_by_role("link", name="Write a new entry").click()
    page.locator("label", has_text=form).click()
    page.locator("main").get_by_role("button", name="Start writing").click()


def save(page):
    page.get_by_role("button", name="Save and continue").click()


def title(page, words):
    """Wait for the step of this title."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def write(page, heading):
    title(page, heading)
    page.locator("main textarea").first.fill(WORDS[heading])


def finish(page):
    title(page, "Tags and sharing")
    page.get_by_text("A safe base", exact=True).click()
    page.locator("label", has_text="I have checked that nobody can be identified").click()
    save(page)
    expect(page).to_have_url(re.compile(r"/reflections/\d+/$"))


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_the_whole_log_without_scripts_on_the_narrowest_phone(phone):
    page = phone(java_script_enabled=False)
    begin(page)
    title(page, "Setting the scene")
    page.locator("label", has_text="A surprise").click()
    page.locator("label", has_text="Playground").click()
    page.get_by_label("When was it?").fill("2026-11-10")
    save(page)
    for heading in WORDS:
        write(page, heading)
        save(page)
    title(page, "How confident are you?")
    for item in range(3):
        for moment, value in ((0, "2"), (1, "4")):
            page.locator(".rated").nth(item).locator(".scale").nth(moment).get_by_role("radio", name=value).check()
    save(page)
    finish(page)

    for words in WORDS.values():
        expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("Going in: a little").first).to_be_visible()
    expect(page.get_by_text("Now: very").first).to_be_visible()
    expect(page.get_by_text("Only you can read it")).to_be_visible()
    expect(page.locator("main form[method=post]")).to_have_count(0)


def test_the_whole_log_with_the_network_cut_in_the_middle_and_back(phone):
    page = phone()
    begin(page)
    title(page, "Setting the scene")
    save(page)
    for heading in list(WORDS)[:2]:
        write(page, heading)
        save(page)
    third = list(WORDS)[2]
    title(page, third)
    page.context.set_offline(True)
    page.locator("main textarea").first.fill(WORDS[third])
    page.locator("[data-save-status]", has_text=NOT_SAVED).wait_for()
    page.locator("main textarea").first.press("End")
    page.locator("main textarea").first.press_sequentially(" And on.")
    expect(page.locator("main textarea").first).to_have_value(f"{WORDS[third]} And on.")
    page.context.set_offline(False)
    page.locator("[data-save-status]", has_text=SAVED).wait_for()

    elsewhere = phone()  # another telephone knows only what the database holds
    elsewhere.goto(page.url)
    expect(elsewhere.locator("main textarea").first).to_have_value(f"{WORDS[third]} And on.")
    save(page)
    for heading in list(WORDS)[3:]:
        write(page, heading)
        save(page)
    title(page, "How confident are you?")
    save(page)
    finish(page)
    for heading, words in WORDS.items():
        expect(page.get_by_text(f"{words} And on." if heading == third else words)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_draft_waits_and_steps_come_in_any_order(scripts, phone):
    page = phone(java_script_enabled=scripts)
    begin(page, "The short form")
    title(page, "Setting the scene")
    page.get_by_role("link", name="Now what?").click()
    write(page, "Now what?")
    page.get_by_role("button", name="Save and come back later").click()
    title(page, "Time to reflect")
    page.locator(".card", has_text=WORDS["Now what?"]).get_by_role("link", name=re.compile("^Carry on with")).click()
    title(page, "What happened?")
    write(page, "What happened?")
    save(page)
    title(page, "So what?")
    page.get_by_role("link", name="Tags and sharing").click()
    finish(page)


def test_gentle_checks_ask_once_and_let_the_author_go_on(phone):
    page = phone()
    begin(page, "The short form")
    save(page)
    title(page, "What happened?")
    page.locator("main textarea").fill("The boy Jack held the door for Mrs May.")
    save(page)
    expect(page.get_by_role("heading", name="Saved. One look before you go on")).to_be_visible()
    assert sideways(page) == 0
    page.locator("label", has_text="Change “boy Jack” to “boy”").click()
    save(page)
    title(page, "So what?")
    page.go_back()
    title(page, "What happened?")
    expect(page.locator("main textarea")).to_have_value("The boy held the door for Mrs May.")


def test_what_stops_says_why_and_keeps_what_was_typed(phone):
    page = phone(java_script_enabled=False)
    begin(page, "The short form")
    save(page)
    title(page, "What happened?")
    page.locator("main textarea").fill("They have moved to ML1 1AA.")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Take out the postcode “ML1 1AA”")
    expect(page.locator("main textarea")).to_have_value("They have moved to ML1 1AA.")
    page.locator("main textarea").fill("They have moved.")
    save(page)
    title(page, "So what?")


def test_what_was_typed_when_the_session_ended_is_given_back(phone, log):
    page = phone(java_script_enabled=False)
    begin(page, "The short form")
    save(page)
    title(page, "What happened?")
    address = page.url
    page.context.clear_cookies(name="sessionid")
    page.locator("main textarea").fill("Nearly lost in the dinner hall.")
    save(page)
    page.wait_for_url("**/accounts/login/**")
    sign_in(page, log, STAFF, to=address.removeprefix(log.url))
    expect(page.get_by_text("It is not saved yet")).to_be_visible()
    expect(page.locator("main textarea")).to_have_value("Nearly lost in the dinner hall.")
    save(page)
    title(page, "So what?")


def test_sharing_with_a_group_and_taking_it_back(phone, log):
    log.manage(
        "from accounts.models import User\n"
        f"u = User.objects.get(email='{COLLEAGUE}'); u.set_password('nurture-demo'); u.save()"
    )
    page = phone()
    page.locator(".entries__link", has_text="I have been at the door").click()
    address = page.url
    page.get_by_role("link", name="Share some of it").click()
    page.get_by_role("link", name="With my reflective group").click()
    expect(page.get_by_text("Priya Nair")).to_be_visible()
    page.get_by_role("button", name="Share it with this group").click()
    expect(page).to_have_url(address)

    theirs = phone(COLLEAGUE, to=address.removeprefix(log.url))
    expect(theirs.get_by_text("has shared this with your group")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Priya Nair opened the entry")).to_be_visible()
    page.get_by_role("link", name="See what is shared, and take it back").click()
    page.get_by_role("button", name="Make it private again").click()
    expect(page.get_by_text("Only you can read this entry now")).to_be_visible()
    assert theirs.goto(address).status == 404

"""Two people answer the same statement at the same time: both texts are shown, and they choose."""

import pytest
from playwright.sync_api import expect

from tests.browser.draft import COLLEAGUE, HEAD, address_of, choose, kept, note, save, signed_in_as

LEVELS = ("Not yet", "Getting started", "In place", "Part of how we work")
CHOICES = {
    "Keep mine": ("4", "{mine}"),
    "Take theirs": ("1", "{theirs}"),
    "Join both texts": ("4", "{theirs}\n{mine}"),
}


@pytest.fixture
def draft(fresh_site):
    """A server with a half-filled draft that two people may answer, and the draft's address."""
    return fresh_site, address_of(fresh_site)


@pytest.fixture
def signed_in(draft, browser):
    """What each person's browser holds once they have signed in: `signed_in[HEAD]`."""
    return signed_in_as(browser, draft[0], HEAD, COLLEAGUE)


@pytest.fixture
def open_theme(draft, signed_in, browser):
    """A person with a theme open: `open_theme(HEAD, "time-and-fit")`."""
    contexts = []

    def opened(email, theme, **options):
        context = browser.new_context(storage_state=signed_in[email], **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{draft[0].url}{draft[1]}{theme}/")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_second_to_save_sees_both_and_chooses(scripts, choice, open_theme):
    theme = "time-and-fit"
    theirs, mine = (f"{who}, {choice}, {scripts}" for who in ("Hers", "Mine"))
    head = open_theme(HEAD, theme, java_script_enabled=scripts)
    dot = open_theme(COLLEAGUE, theme, java_script_enabled=scripts)
    choose(dot, 0, LEVELS[0])
    note(dot, 0).fill(theirs)
    save(dot)
    dot.wait_for_url("**/staff-learning/")

    choose(head, 0, LEVELS[3])
    note(head, 0).fill(mine)
    note(head, 1).fill(f"Beside it: {mine}")
    save(head)
    both = head.locator(".conflict")
    both.wait_for()
    expect(both.locator(".conflict__side").first).to_contain_text(mine)
    expect(both.locator(".conflict__side--theirs")).to_contain_text(theirs)
    expect(both).to_contain_text("What Dot Laird saved")

    other = open_theme(COLLEAGUE, theme)
    assert kept(other, 0) == ("1", theirs)
    expect(note(other, 1)).to_have_value(f"Beside it: {mine}")

    both.locator("label", has_text=choice).click()
    save(head)
    head.wait_for_url("**/staff-learning/")
    other.reload()
    level, text = CHOICES[choice]
    assert kept(other, 0) == (level, text.format(mine=mine, theirs=theirs))


def test_saving_as_you_go_says_that_somebody_else_was_quicker(open_theme):
    head, dot = open_theme(HEAD, "staff-learning"), open_theme(COLLEAGUE, "staff-learning")
    note(dot, 0).fill("Quicker")
    save(dot)
    dot.wait_for_url(lambda url: "staff-learning" not in url)
    note(head, 0).fill("Slower")
    head.locator("[data-save-status]", has_text="Someone else has changed an answer").wait_for()
    expect(note(head, 0)).to_have_value("Slower")
    other = open_theme(COLLEAGUE, "staff-learning")
    expect(note(other, 0)).to_have_value("Quicker")
    save(head)
    expect(head.locator(".conflict__side--theirs")).to_contain_text("Quicker")


def test_different_statements_of_one_page_do_not_meet(open_theme):
    head, dot = open_theme(HEAD, "leadership-and-purpose"), open_theme(COLLEAGUE, "leadership-and-purpose")
    note(dot, 0).fill("Hers alone")
    save(dot)
    dot.wait_for_url("**/time-and-fit/")
    note(head, 1).fill("Mine alone")
    save(head)
    head.wait_for_url("**/time-and-fit/")
    other = open_theme(HEAD, "leadership-and-purpose")
    assert [note(other, place).input_value() for place in (0, 1)] == ["Hers alone", "Mine alone"]

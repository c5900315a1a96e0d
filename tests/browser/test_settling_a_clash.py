"""Settling a clash takes a person time: pausing, looking at each choice and pressing twice lose nobody's words."""

import pytest

from tests.browser.draft import (
    COLLEAGUE,
    HEAD,
    NEXT_THEME,
    ROOM,
    THEME,
    address_of,
    choose,
    kept,
    note,
    save,
    signed_in_as,
)
from tests.browser.site import pressed_twice

AS_YOU_GO = 5000  # milliseconds: far longer than a page waits before it saves by itself
SETTLED = {
    "Keep mine": ("4", "Mine, {0}"),
    "Take theirs": ("1", "Hers, {0}"),
    "Join both texts": ("4", "Hers, {0}\nMine, {0}"),
}


@pytest.fixture
def theme_address(fresh_site):
    """The server, and the address of one theme of its draft."""
    return fresh_site, f"{address_of(fresh_site)}{THEME}/"


@pytest.fixture
def signed_in(theme_address, browser):
    """What the browser of each person holds once they have signed in."""
    return signed_in_as(browser, theme_address[0], HEAD, COLLEAGUE)


@pytest.fixture
def somebody(theme_address, signed_in, browser):
    """A person with the theme open: `somebody(HEAD, java_script_enabled=False)`."""
    contexts = []

    def opened(email, **options):
        contexts.append(browser.new_context(storage_state=signed_in[email], **options))
        page = contexts[-1].new_page()
        if options.get("java_script_enabled", True):
            page.clock.install()
        page.goto(theme_address[0].url + theme_address[1])
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def words(request):
    """Words of this test alone: the draft is the same for all of them."""
    return request.node.name


@pytest.fixture
def clash(somebody, words):
    """The head's page on which both texts stand: `clash(scripts=True)`."""

    def met(*, scripts):
        head, dot = somebody(HEAD, java_script_enabled=scripts), somebody(COLLEAGUE, java_script_enabled=False)
        choose(dot, ROOM, "Not yet")
        note(dot, ROOM).fill(f"Hers, {words}")
        save(dot)
        dot.wait_for_url(f"**/{NEXT_THEME}/")
        choose(head, ROOM, "Part of how we work")
        note(head, ROOM).fill(f"Mine, {words}")
        save(head)
        head.locator(".conflict").wait_for()
        return head

    return met


@pytest.fixture
def is_kept(somebody, words):
    """Whether somebody who opens the page afresh finds what this choice promises."""

    def look(choice):
        level, text = SETTLED[choice]
        return kept(somebody(HEAD, java_script_enabled=False), ROOM) == (level, text.format(words))

    return look


def settle(page, choice):
    page.locator(".conflict label", has_text=choice).click()


def pause(page):
    """Let the time pass after which a page saves by itself, and what it then sends come back."""
    page.clock.run_for(AS_YOU_GO)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("choice", SETTLED)
def test_a_pause_before_saving(choice, clash, is_kept):
    page = clash(scripts=True)
    settle(page, choice)
    pause(page)
    save(page)
    page.wait_for_url(f"**/{NEXT_THEME}/")
    assert is_kept(choice)


@pytest.mark.parametrize(
    ("first", "then"),
    [("Keep mine", "Take theirs"), ("Keep mine", "Join both texts"), ("Join both texts", "Take theirs")],
)
def test_another_choice_after_a_pause(first, then, clash, is_kept):
    """Somebody who listens to the choices with a screen reader stops at each of them."""
    page = clash(scripts=True)
    settle(page, first)
    pause(page)
    settle(page, then)
    pause(page)
    save(page)
    page.wait_for_url(f"**/{NEXT_THEME}/")
    assert is_kept(then)


@pytest.mark.parametrize("choice", SETTLED)
def test_pressing_twice_without_scripts(choice, clash, is_kept):
    page = clash(scripts=False)
    settle(page, choice)
    save(page, click_count=2)
    pressed_twice(page, f"/{NEXT_THEME}/$")
    assert is_kept(choice)

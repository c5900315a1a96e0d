"""A head submits, an officer suggests two changes, the head accepts one and explains one, the officer takes both."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.draft import HEAD, SCHOOL, address_of
from tests.browser.site import sign_in
from tests.browser.test_every_page import problems_of

OFFICER = "officer@demo.example"
ROOM, DATES = "made-room", "dates-for-training"
ANSWERS = f"""
from readiness.models import Answer, Audit, Move, ThemeScore
audit = Audit.objects.get(school__seed_code='{SCHOOL}')
for statement in ('{ROOM}', '{DATES}'):
    rows = {{row.voice: row.level for row in Answer.objects.filter(audit=audit, statement=statement)}}
    print(statement, rows['school'], rows['officer'], rows.get('agreed'))
print(*Move.objects.filter(audit=audit).order_by('pk').values_list('to_state', flat=True))
print(ThemeScore.objects.filter(audit=audit, voice='agreed').count())
"""


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, browser, site, email, **options):
        self.page, self.site = browser.new_context(**options).new_page(), site
        sign_in(self.page, site, email)

    def press(self, name, **where):
        self.page.locator("main").get_by_role("button", name=name, **where).first.click()

    def follow(self, name):
        self.page.locator("main").get_by_role("link", name=name).first.click()

    def home(self):
        self.page.goto(f"{self.site.url}/home/")

    def statement(self, slug):
        return self.page.locator(f"article#{slug}")

    def choose(self, slug, words):
        self.statement(slug).locator("label", has_text=words).first.click()

    def write(self, slug, words):
        self.statement(slug).locator(f"#{slug}-text").fill(words)

    def reads(self, words):
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()

    def looks_at_it(self):
        """What is on the screen is accessible, and in one column."""
        assert problems_of(self.page) == []
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(sideways) == 0


WAYS = {
    "with scripts": {"viewport": {"width": 1280, "height": 800}},
    "without scripts": {"viewport": {"width": 1280, "height": 800}, "java_script_enabled": False},
    "on a phone": {"viewport": {"width": 320, "height": 640}},
}


@pytest.mark.parametrize("way", WAYS)
def test_from_submitting_to_a_finished_review(way, fresh_site, browser):
    options = WAYS[way]
    audit = address_of(fresh_site, filled=True)
    head = Person(browser, fresh_site, HEAD, **options)
    officer = Person(browser, fresh_site, OFFICER, **options)
    _submit(head, audit)
    _suggests_two_changes(officer, look=way != "without scripts")
    _accepts_one_and_explains_one(head, look=way != "without scripts")
    officer.page.goto(f"{fresh_site.url}{audit.replace('audits', 'reviews')}")
    _takes_both(officer)
    _agrees(officer)

    assert fresh_site.manage(ANSWERS).splitlines() == [
        f"{ROOM} 3 1 1",
        f"{DATES} 3 2 3",
        "submitted in_review returned submitted in_review moderated agreed",
        "8",
    ]
    head.page.goto(f"{fresh_site.url}{audit}history/")
    expect(head.page.locator(".history li")).to_have_count(8)  # started, and seven moves


def _suggests_two_changes(officer, *, look):
    officer.home()
    officer.follow("Whinnyknowe Primary School")
    officer.press("Begin the review")
    officer.reads("0 of 36 finished")
    expect(officer.statement(ROOM).locator(f"#{ROOM}-text")).to_be_hidden()
    for slug, level, words in ((ROOM, "Not yet", "Nothing was paused."), (DATES, "Getting started", "Two have moved.")):
        officer.choose(slug, "I suggest another level")
        officer.statement(slug).locator(".say__levels label", has_text=level).first.click()
        officer.write(slug, words)
    officer.press("Save and continue")
    officer.reads("2 statements have something for the school, not sent yet.")
    if look:
        officer.looks_at_it()
    officer.press("Agree all the rest (34)")
    officer.press("Agree on 34 statements")
    officer.reads("You agree on 34 more statements.")
    officer.press("Send to the school")
    officer.reads("Nothing was paused.")
    officer.page.get_by_label("A note for the school").fill("Two things to look at together.")
    officer.press("Send to the school")
    officer.reads("Waiting for the school, since")


def _accepts_one_and_explains_one(head, *, look):
    head.home()
    head.reads("2 statements wait for your reply.")
    head.follow("Read and reply")
    head.reads("Two things to look at together.")
    head.choose(ROOM, "We accept “Not yet”")
    head.choose(DATES, "and explain")
    head.write(DATES, "They are fixed again, both in May.")
    if look:
        head.looks_at_it()
    head.press("Save your replies")
    head.reads("You have replied to everything")
    head.follow("Check your answers and submit")
    head.reads("Returned to the school")
    _declare(head)


def _takes_both(officer):
    officer.press("Begin the review")
    officer.reads("The school has answered on 2 statements:")
    officer.reads("They are fixed again, both in May.")
    officer.choose(ROOM, "which the school accepts")
    officer.choose(DATES, "I agree with the school")
    officer.press("Save and continue")
    officer.reads("36 of 36 finished")
    officer.press("Finish the review")
    officer.reads("You and the school agree on every statement.")
    officer.press("Finish the review")
    officer.reads("Every statement has an agreed level.")


def _agrees(officer):
    officer.follow("Agree the audit")
    officer.reads("Support for each theme")
    officer.press("Agree the audit and the plan")
    expect(officer.page).to_have_url(re.compile(r"/plans/\d+/$"))


def _submit(person, audit):
    person.page.goto(f"{person.site.url}{audit}check/")
    _declare(person)


def _declare(person):
    person.page.locator("label", has_text="We have answered for how things are today").click()
    person.press("Submit the audit")
    person.page.wait_for_url("**/results/")


def test_by_keyboard_alone(fresh_site, browser):
    """A question is asked without a mouse: the words open up when the choice is made."""
    code = "from readiness.models import Audit; print(Audit.objects.get(school__seed_code='9900045').pk)"
    officer = Person(browser, fresh_site, OFFICER)
    page = officer.page
    page.goto(f"{fresh_site.url}/reviews/{fresh_site.manage(code)}/")
    page.locator("#staff-want-this-say-agree").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#staff-want-this-say-ask")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("#staff-want-this-text")).to_be_focused()
    page.keyboard.type("How many were asked?")
    page.locator("section.review-section").first.get_by_role("button", name="Save and continue").focus()
    page.keyboard.press("Enter")
    expect(officer.statement("staff-want-this")).to_contain_text("Isla Munro asked")
    expect(officer.statement("staff-want-this")).to_contain_text("How many were asked?")

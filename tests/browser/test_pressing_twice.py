"""Buttons that do something once, pressed twice, and a page that has been left open too long."""

import pytest
from playwright.sync_api import expect

from tests.browser.draft import HEAD, SCHOOL, address_of
from tests.browser.site import pressed_twice, sign_in

BEGIN_REVIEW = f"""
from django.utils import timezone
from accounts.models import User
from readiness import actions
from readiness.models import Audit
officer = User.objects.get(email='officer@demo.example')
actions.begin_review(audit=Audit.objects.get(school__seed_code='{SCHOOL}'), by=officer, now=timezone.now())
"""


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def their_page(request, browser):
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def test_starting_twice_starts_one_audit(fresh_site, their_page):
    page = their_page
    sign_in(page, fresh_site, "head@demo.example", to="/audits/")
    page.get_by_role("button", name="Start an audit").dblclick()
    pressed_twice(page, r"/audits/\d+/$")
    page.reload()
    expect(page.get_by_text("0 of 36 answered")).to_be_visible()
    page.goto(f"{fresh_site.url}/audits/")
    expect(page.get_by_role("link", name="Rowanlea Primary School, 2026/27")).to_have_count(1)


def test_submitting_twice_submits_once(fresh_site, their_page):
    page, address = their_page, address_of(fresh_site, filled=True)
    sign_in(page, fresh_site, HEAD, to=f"{address}check/")
    page.locator("label", has_text="We have answered for how things are today").click()
    page.get_by_role("button", name="Submit the audit").dblclick()
    pressed_twice(page, "/results/$")
    page.reload()
    page.goto(f"{fresh_site.url}{address}history/")
    expect(page.locator(".history li")).to_have_count(2)  # started, and submitted once


def test_taking_back_too_late_is_refused_in_words(fresh_site, page):
    address = address_of(fresh_site, filled=True)
    sign_in(page, fresh_site, HEAD, to=f"{address}check/")
    page.locator("label", has_text="We have answered for how things are today").click()
    page.get_by_role("button", name="Submit the audit").click()
    page.wait_for_url("**/results/")
    page.goto(f"{fresh_site.url}{address}check/")
    fresh_site.manage(BEGIN_REVIEW)
    page.get_by_role("button", name="Take the audit back").click()
    page.wait_for_url(fresh_site.url + address)
    expect(page.get_by_text("In review with the locality support officer")).to_be_visible()
    said = page.locator(".ds_notification-message").inner_text()
    assert "This audit is in review" in said
    assert "Nothing was changed." in said

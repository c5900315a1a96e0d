"""Submitting: refused with a list while something is blank, taken back until the review begins."""

import pytest
from playwright.sync_api import expect

from tests.browser.site import sign_in

HEAD = "head2@demo.example"
FILL = """
from django.utils import timezone
from readiness import actions
from readiness.domain.said import Said
from readiness.models import Audit
audit = Audit.objects.get(school__seed_code='9900029')
head = audit.started_by
kept = audit.school_answers()
blank = Said().seen_as(0)
given = lambda slug: 4 if slug == 'small-tests-first' else 3
typed = [actions.Typed(s.slug, Said(given(s.slug)), blank) for s in audit.framework.statements if s.slug not in kept]
actions.save_answers(audit=audit, typed=typed[:-1] if LEAVE_ONE else typed, by=head, now=timezone.now())
print(audit.pk)
"""


@pytest.fixture
def submit(page):
    def press():
        page.locator("label", has_text="We have answered for how things are today").click()
        page.get_by_role("button", name="Submit the audit").click()

    return press


def test_a_blank_is_named_and_linked(fresh_site, page, submit):
    audit = fresh_site.manage(FILL.replace("LEAVE_ONE", "True"))
    sign_in(page, fresh_site, HEAD, to=f"/audits/{audit}/check/")
    submit()
    expect(page.get_by_text("1 statement still needs an answer.")).to_be_visible()
    page.get_by_role("link", name="We share what we learn with other schools").first.click()
    page.wait_for_url("**/evidence-and-improvement/?from=check#share-what-we-learn")
    page.locator("#share-what-we-learn label", has_text="In place").first.click()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/check/#evidence-and-improvement")
    submit()
    page.wait_for_url("**/results/**")


def test_many_blanks_are_counted_and_each_is_linked(fresh_site, page, submit):
    code = "from readiness.models import Audit; print(Audit.objects.get(school__seed_code='9900029').pk)"
    sign_in(page, fresh_site, HEAD, to=f"/audits/{fresh_site.manage(code)}/check/")
    submit()
    expect(page.locator(".ds_error-summary").get_by_text("18 statements still need an answer.")).to_be_visible()
    expect(page.locator(".still-to-do a")).to_have_count(18)


def test_a_reason_is_asked_for_and_a_level_4_without_evidence_only_flagged(fresh_site, page, submit):
    audit = fresh_site.manage(FILL.replace("LEAVE_ONE", "False"))
    sign_in(page, fresh_site, HEAD, to=f"/audits/{audit}/time-and-fit/")
    cover = page.locator("#cover-and-costs")
    cover.locator("label", has_text="Does not apply to us").click()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/staff-learning/")
    page.goto(f"{fresh_site.url}/audits/{audit}/check/")
    expect(page.locator("#small-tests-first").get_by_text("Not yet evidenced")).to_be_visible()
    submit()
    expect(page.get_by_text("Say why a statement does not apply to your school.")).to_be_visible()
    page.goto(f"{fresh_site.url}/audits/{audit}/time-and-fit/?from=check")
    cover.get_by_label("If it does not apply, say why").fill("The council arranges it")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/check/**")
    submit()
    page.wait_for_url("**/results/**")


def test_it_can_be_taken_back_until_the_review_begins(fresh_site, page, submit):
    audit = fresh_site.manage(FILL.replace("LEAVE_ONE", "False"))
    check = f"/audits/{audit}/check/"
    sign_in(page, fresh_site, HEAD, to=check)
    submit()
    page.wait_for_url("**/results/**")
    page.goto(fresh_site.url + check)
    page.get_by_role("button", name="Take the audit back").click()
    expect(page.get_by_text("The audit is yours again")).to_be_visible()
    expect(page.get_by_text("36 of 36 answered")).to_be_visible()
    expect(page.get_by_text("Draft: only your school sees it")).to_be_visible()
    page.goto(fresh_site.url + check)
    expect(page.locator("dd strong", has_text="In place")).to_have_count(35)
    expect(page.locator("#small-tests-first dd strong")).to_have_text("Part of how we work")
    submit()
    page.wait_for_url("**/results/**")
    fresh_site.manage(
        "from django.utils import timezone\n"
        "from accounts.models import User\n"
        "from readiness import actions\n"
        "from readiness.models import Audit\n"
        f"actions.begin_review(audit=Audit.objects.get(pk={audit}),"
        " by=User.objects.get(email='officer@demo.example'), now=timezone.now())"
    )
    page.goto(fresh_site.url + check)
    expect(page.get_by_text("In review with the locality support officer")).to_be_visible()
    expect(page.get_by_role("button", name="Take the audit back")).to_have_count(0)

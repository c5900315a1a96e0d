"""Who reads a school's audit, by every address that it has: its own people, and once it is submitted its officer."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.site import sign_in

PAGES = ("", "time-and-fit/", "check/", "results/", "history/", "report.pdf", "answers.xlsx")
FOUND, NO_SUCH_PAGE = {200}, {404}

# The draft is of Calderbrae, as is the audit that has been submitted. head2@ is the draft's own head teacher.
MAY_READ = {
    "head@demo.example": {"draft": False, "submitted": False},
    "staff@demo.example": {"draft": False, "submitted": False},
    "head2@demo.example": {"draft": True, "submitted": False},
    "officer@demo.example": {"draft": False, "submitted": True},
    "officer2@demo.example": {"draft": False, "submitted": False},
    "coordinator@demo.example": {"draft": False, "submitted": True},
    "editor@demo.example": {"draft": False, "submitted": False},
}


@pytest.fixture(scope="module")
def audits(site):
    site.put_back()  # made before the story is told again for the first test
    code = """
import json
from readiness.models import Audit
print(json.dumps({
    'draft': Audit.objects.get(school__seed_code='9900029').pk,
    'submitted': Audit.objects.get(school__seed_code='9900037').pk,
}))
"""
    return json.loads(site.manage(code))


def answers(page, site, number):
    return {each: page.request.get(f"{site.url}/audits/{number}/{each}").status for each in PAGES}


@pytest.mark.parametrize("email", MAY_READ)
def test_by_every_address(email, page, site, audits):
    sign_in(page, site, email)
    for state, may_read in MAY_READ[email].items():
        expected = FOUND if may_read else NO_SUCH_PAGE
        assert set(answers(page, site, audits[state]).values()) == expected, state


def test_somebody_without_a_name_is_asked_to_sign_in_first(page, site, audits):
    for each in PAGES:
        page.goto(f"{site.url}/audits/{audits['draft']}/{each}")
        expect(page).to_have_url(f"{site.url}/accounts/login/?next=/audits/{audits['draft']}/{each}")

"""Printed, the task list, the check page and the results are only what belongs on paper, and nothing is cut off."""

import io
import json

import pypdf
import pytest

from tests.browser.conftest import SCREENSHOTS
from tests.browser.site import sign_in

A4_WITHIN_MARGINS = {"width": 680, "height": 1010}  # pixels: 180 mm of text width
NOT_ON_PAPER = "nav, .menu, footer, .ds_skip-links, .ds_back-link, main button, dialog"
CUT_OFF = """() => [...document.querySelectorAll('main *')]
  .filter(each => each.getClientRects().length && !each.closest('.visually-hidden'))
  .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(each => each.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def addresses(site):
    code = """
import json
from readiness.models import Audit
from support.models import Plan
draft, plan = Audit.objects.get(school__seed_code="9900029"), Plan.objects.get(audit__school__seed_code="9900011")
print(json.dumps({"draft": f"/audits/{draft.pk}/", "plan": f"/plans/{plan.pk}/"}))
"""
    return json.loads(site.manage(code))


@pytest.mark.parametrize(
    ("who", "address", "words"),
    [
        ("head2", "{draft}", ["18 of 36 answered", "Leadership and purpose", "Not started"]),
        (
            "head2",
            "{draft}check/",
            ["Joining the nurture pathway is part of our school improvement plan", "Not answered yet"],
        ),
        (
            "head2",
            "{draft}results/",
            ["Not enough information yet", "This has not been submitted", "The same as a table"],
        ),
        ("head", "{plan}", ["3 weeks overdue", "What the school stops or pauses", "What happened:", "Next review:"]),
    ],
    ids=["task-list", "check", "results", "plan"],
)
def test_only_what_belongs_on_paper(who, address, words, request, page, site, addresses):
    sign_in(page, site, f"{who}@demo.example", to=address.format(**addresses))
    page.set_viewport_size(A4_WITHIN_MARGINS)
    page.emulate_media(media="print")
    folder = SCREENSHOTS / "on paper"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{request.node.callspec.id.removeprefix('chromium-')}.png", full_page=True)
    shown = [
        each.evaluate("e => e.outerHTML.slice(0, 80)") for each in page.locator(NOT_ON_PAPER).all() if each.is_visible()
    ]
    assert shown == []
    assert page.evaluate(CUT_OFF) == []
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in paper.pages)
    for each in words:
        assert each in text

"""Every page, as each role, on a phone and on a laptop: accessible, quiet, in one column, and photographed."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.conftest import SCREENSHOTS
from tests.browser.site import Site, sign_in

AXE = next((Path(settings.BASE_DIR) / "tests" / "browser" / "vendor" / "axe-core").glob("*/axe.min.js")).read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Every rule of those tags runs; only what axe gathers about the elements that passed is left out.
FOUND = """async tags => {
  const options = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']};
  return (await axe.run(options)).violations;
}"""
WIDTHS = {"phone": (320, 640), "laptop": (1280, 800)}

PATHWAY = [
    f"/pathway/{slug}"
    for slug in (
        "",
        "solihull-approach/",
        "audit/",
        "support/",
        "who-decides/",
        "impact/",
        "privacy/",
        "accessibility/",
    )
]
ACCOUNT = [
    "/home/", "/audits/", "/accounts/me/", "/accounts/password/change/", "/accounts/me/name/", "/accounts/me/data/",
    "/accounts/me/close/", "/accounts/me/email/",
]  # fmt: skip
LOG = [
    "/reflections/", "/reflections/new/", "/reflections/groups/", "/reflections/examples/", "/reflections/learning/",
    "/reflections/participation/",
]  # fmt: skip
WRITING = [
    "/reflections/groups/new/{school_pk}/", "{entry}", "{entry}thread/", "{entry}delete/", "{entry}share/",
    "{entry}share/group/", "{entry}share/learning/", "{entry}share/example/", "{shared}", "{shared}comment/",
    "{shared}share/", "{unfinished}", "{group}", "{group}add/", "{group}leave/",
    "{unfinished}edit/setting/", "{unfinished}edit/what-happened/", "{unfinished}edit/how-it-felt/",
    "{unfinished}edit/between-people/", "{unfinished}edit/what-it-was-saying/", "{unfinished}edit/so-what/",
    "{unfinished}edit/now-what/", "{unfinished}edit/confidence/", "{unfinished}edit/tags-and-sharing/",
    "{unfinished}edit/tags-and-sharing/?finish",
]  # fmt: skip
TEAM = ["{school}team/", "{school}team/invite/", "{school}team/history/", "{school}team/hand-over/"]
PROGRAMME = ["/schools/", "/schools/?locality=none", "/schools/import/", "/people/", "/people/give-schools/"]

# "draft", "agreed" and so on stand for the audit of that state that this person can see (or cannot: 404).
PAGES = {
    "": ["/", *PATHWAY, "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"],
    "head@demo.example": [
        *ACCOUNT, *LOG, *TEAM, "{learning}", "{agreed}", "{agreed}check/", "{agreed}results/", "{agreed}history/",
    ],
    "staff@demo.example": [*ACCOUNT, *LOG, *WRITING],
    "head2@demo.example": [
        *ACCOUNT, "{draft}", "{draft}check/", "{draft}results/", "{draft}history/", "{school}team/",
        "{draft}leadership-and-purpose/", "{draft}time-and-fit/", "{draft}staff-learning/",
        "{draft}caring-for-the-adults/", "{draft}relationships-and-behaviour/", "{draft}safe-base/",
        "{draft}children-families-partners/", "{draft}evidence-and-improvement/",
    ],
    "officer@demo.example": [
        *ACCOUNT, *LOG[2:], "/reflections/", "/reflections/exceptional/", "{learning}",
        "{submitted}", "{submitted}check/", "{submitted}results/", "{submitted}history/",
        "{in_review}results/", "{returned}history/", "{returned}results/",
    ],
    "officer2@demo.example": [*ACCOUNT, "{submitted}results/", "{agreed}results/", "{superseded}results/"],
    "coordinator@demo.example": [*ACCOUNT, *PROGRAMME, "{submitted}results/", "{agreed}check/"],
    "editor@demo.example": ACCOUNT,
}  # fmt: skip
NOT_THEIRS = {
    "": ["/no-such-page/"],
    "staff@demo.example": ["{agreed}", "{draft}results/"],
    "head@demo.example": ["{draft}", "{entry}", "{shared}", "{unfinished}edit/so-what/", "{group}"],
    "officer2@demo.example": ["{draft}"],
}


@pytest.fixture(scope="session")
def addresses(site):
    """The addresses of the story's audits and schools by who and what: `addresses["head2@demo.example"]["draft"]`."""
    code = """
import json
from accounts.models import User
from readiness.models import Audit
from reflections.models import Entry, Group, SharedLearning
from schools.models import School
found = {}
staff = Entry.objects.filter(author__email="staff@demo.example").order_by("pk")
written = {
    "entry": f"/reflections/{staff.filter(follows__isnull=False)[0].pk}/",
    "shared": f"/reflections/{staff.get(visibility='my_reflective_group').pk}/",
    "unfinished": f"/reflections/{staff.get(state='draft').pk}/",
    "group": f"/reflections/groups/{Group.objects.get().pk}/",
    "learning": f"/reflections/learning/{SharedLearning.objects.get().pk}/",
}
for user in User.objects.filter(email__endswith="@demo.example").exclude(email__contains="people."):
    mine = {a.state: f"/audits/{a.pk}/" for a in Audit.objects.visible_to(user)}
    school = School.objects.visible_to(user).first()
    place = {"school": f"/schools/{school.pk}/", "school_pk": school.pk} if school else {}
    found[user.email] = {**written, **mine, **place}
print(json.dumps(found))
"""
    return json.loads(site.manage(code))


@pytest.fixture
def listening(page):
    """What a page complains of, and where it reaches out to."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url) if _is_elsewhere(request.url) else None)
    return heard


def _is_elsewhere(url):
    return not url.startswith(("http://127.0.0.1:", "data:", "about:", "blob:"))


def problems_of(page):
    """What axe finds on the page, each with its place."""
    page.evaluate(AXE)
    found = page.evaluate(FOUND, RULES)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def look_at(page, listening, *, role, name, width):
    """Check one page that is open, and keep its picture."""
    folder = SCREENSHOTS / (role.partition("@")[0] or "visitor")
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
    assert problems_of(page) == []
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(sideways) == 0, "the page scrolls sideways"
    assert listening == []
    expect(page.locator("h1")).to_have_count(1)


def _name(address):
    return address.strip("/").replace("/", "-").replace("{", "").replace("}", "-").strip("-") or "front"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", PAGES)
def test_pages_of(role, width, page, site, addresses, listening):
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))
    if role:
        sign_in(page, site, role)
    for address in PAGES[role]:
        listening.clear()
        answer = page.goto(site.url + address.format(**addresses.get(role, {})))
        assert answer.status == 200, address
        look_at(page, listening, role=role, name=_name(address), width=width)


@pytest.mark.parametrize("role", NOT_THEIRS)
def test_pages_that_are_not_theirs_are_not_found(role, page, site, addresses, listening):
    page.set_viewport_size({"width": 320, "height": 640})
    if role:
        sign_in(page, site, role)
    everybodys = {**addresses["head2@demo.example"], "agreed": addresses["officer2@demo.example"]["agreed"]}
    for address in NOT_THEIRS[role]:
        answer = page.goto(site.url + address.format(**everybodys))
        assert answer.status == 404, address
        listening.clear()  # the browser itself notes a 404
        look_at(page, listening, role=role, name=f"not-found-{_name(address)}", width="phone")


def test_the_check_itself_can_fail(page):
    page.set_content("<html><title>No language</title><h1>Hello</h1><img src='data:,'></html>")
    assert {rule for rule, _places in problems_of(page)} >= {"html-has-lang", "image-alt"}


def test_the_gallery_in_development(prepared, page, listening, tmp_path):
    with Site(prepared, tmp_path / "gallery", DEBUG="1") as site:
        for width, (across, down) in WIDTHS.items():
            page.set_viewport_size({"width": across, "height": down})
            page.goto(f"{site.url}/components/")
            look_at(page, listening, role="development@", name="components", width=width)

"""Every page, as each role, on a phone and on a laptop: accessible, quiet, in one column, and photographed."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.conftest import SCREENSHOTS
from tests.browser.site import PASSWORD, Site, sign_in

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
MODERATION = [
    "/consistency/",
    "/decisions/",
    "/decisions/?statement=calm-places",
    "/decisions/new/",
    "/ties/",
    "{over}",
]
PROGRAMME = ["/schools/", "/schools/?locality=none", "/schools/import/", "/people/", "/people/give-schools/"]

PLAN = [
    "/plans/",
    "{plan}",
    "{plan}steps/new/safe-base/",
    "{step}",
    "{step}done/",
    "{step}drop/",
    "{help}",
    "/calendar/",
]
AGREE = [
    "{reviewed}", "{reviewed}time-and-fit/", "{reviewed}safe-base/", "{reviewed}time-and-fit/steps/new/",
    "{reviewed}time-and-fit/steps/0/",
]  # fmt: skip

# Of the school whose audit is back from its officer; the story gives her no password.
RETURNED_TO = "catriona.macleod@people.demo.example"

# "draft", "agreed" and so on stand for the audit of that state that this person can see (or cannot: 404), and
# "review_draft" for its review.
PAGES = {
    "": ["/", *PATHWAY, "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"],
    "head@demo.example": [
        *ACCOUNT, *LOG, *TEAM, "{learning}", "{agreed}", "{agreed}check/", "{agreed}results/", "{agreed}history/",
        *PLAN,
    ],
    "staff@demo.example": [*ACCOUNT, *LOG, *WRITING],
    "head2@demo.example": [
        *ACCOUNT, "{draft}", "{draft}check/", "{draft}results/", "{draft}history/", "{school}team/",
        "{draft}leadership-and-purpose/", "{draft}time-and-fit/", "{draft}staff-learning/",
        "{draft}caring-for-the-adults/", "{draft}relationships-and-behaviour/", "{draft}safe-base/",
        "{draft}children-families-partners/", "{draft}evidence-and-improvement/", "{draft}check/end/",
    ],
    "officer@demo.example": [
        *ACCOUNT, *LOG[2:], "/reflections/", "/reflections/exceptional/", "{learning}",
        "{submitted}", "{submitted}check/", "{submitted}results/", "{submitted}history/",
        "{in_review}results/", "{returned}history/", "{returned}results/", "/reviews/", "{review_submitted}",
        "{review_in_review}", "{review_in_review}rest/", "{review_in_review}send/", "{review_in_review}finish/",
        "{review_returned}", "{review_moderated}", *AGREE, *PLAN, "{review}",
        *MODERATION, "{visit}", "{visit}note/", "{unvisited}", "{unvisited}plan/", "{vignette}",
    ],
    RETURNED_TO: [
        "/home/", "{returned}", "{returned}check/", "{returned}time-and-fit/", "{review_returned}reply/",
        "{review_returned}",
    ],
    "officer2@demo.example": [
        *ACCOUNT, "{submitted}results/", "{agreed}results/", "{superseded}results/", "{moved}results/", "{waits}",
        "{tie}",
    ],
    "coordinator@demo.example": [
        *ACCOUNT, *PROGRAMME, "{submitted}results/", "{agreed}check/", *MODERATION, "{visit}", "{round}",
        "{round}dates/", "/consistency/rounds/new/", "{vignette}edit/", "{school}officer/", "/reviews/",
        "{review_moderated}", "{review_moderated}settle/", "{moderated}history/",
    ],
    "editor@demo.example": ACCOUNT,
}  # fmt: skip
NOT_THEIRS = {
    "": ["/no-such-page/"],
    "head@demo.example": ["{draft}", "{entry}", "{shared}", "{unfinished}edit/so-what/", "{group}"],
    "staff@demo.example": ["{agreed}", "{draft}results/", "{plan}"],
    "officer2@demo.example": ["{draft}", "{plan}", "{reviewed}"],
}


# Run in the site: the addresses that each person sees, by the names that PAGES uses.
FIND = """
import json
from accounts.models import User
from readiness.models import Audit
from schools.models import School
from django.utils import timezone
from schools.models import Tie
from support.models import ChosenOffer, Plan, Review, Round, Step, Visit
from reflections.models import Entry, Group, SharedLearning
found, today = {}, timezone.localdate()
staff = Entry.objects.filter(author__email="staff@demo.example").order_by("pk")
written = {
    "entry": f"/reflections/{staff.filter(follows__isnull=False)[0].pk}/",
    "shared": f"/reflections/{staff.get(visibility='my_reflective_group').pk}/",
    "unfinished": f"/reflections/{staff.get(state='draft').pk}/",
    "group": f"/reflections/groups/{Group.objects.get().pk}/",
    "learning": f"/reflections/learning/{SharedLearning.objects.get().pk}/",
}
others = User.objects.get(email="RETURNED_TO")
others.set_password("PASSWORD")
others.save()
for user in [*User.objects.filter(email__endswith="@demo.example").exclude(email__contains="people."), others]:
    audits = Audit.objects.visible_to(user)
    mine = {a.state: f"/audits/{a.pk}/" for a in audits} | {f"review_{a.state}": f"/reviews/{a.pk}/" for a in audits}
    school = School.objects.visible_to(user).first()
    place = {"school": f"/schools/{school.pk}/", "school_pk": school.pk} if school else {"school": ""}
    found[user.email] = {**written, **mine, **place}
    more = {
        "visit": ("/reviews/{}/visit/", Visit.objects.visible_to(user).values_list("audit", flat=True)),
        "unvisited": (
            "/reviews/{}/visit/",
            Audit.objects.visible_to(user).filter(state="returned").values_list("pk", flat=True),
        ),
        "over": ("/consistency/rounds/{}/", Round.objects.visible_to(user).over(today).values_list("pk", flat=True)),
        "round": ("/consistency/rounds/{}/", Round.objects.visible_to(user).open(today).values_list("pk", flat=True)),
        "vignette": (
            "/consistency/vignettes/{}/",
            Round.objects.visible_to(user).open(today).order_by("vignettes").values_list("vignettes", flat=True),
        ),
        "tie": ("/ties/{}/end/", Tie.objects.visible_to(user).values_list("pk", flat=True)),
    }
    found[user.email].update({name: path.format(pks[0]) for name, (path, pks) in more.items() if pks})
    reviewed = Audit.objects.visible_to(user).filter(school__seed_code="9900045").first()
    if reviewed:
        found[user.email]["reviewed"] = f"/reviews/{reviewed.pk}/agree/"
    later = Plan.objects.visible_to(user).filter(audit__school__seed_code="9900070").current().first()
    if later:
        found[user.email] |= {"moved": f"/audits/{later.audit_id}/", "waits": f"/plans/{later.pk}/"}
    plan = Plan.objects.visible_to(user).filter(audit__school__seed_code="9900011").first()
    if plan:
        address = f"/plans/{plan.pk}/"
        step = Step.objects.to_do().filter(theme__plan=plan).earliest("pk")
        chosen = ChosenOffer.objects.filter(theme__plan=plan).earliest("pk")
        review = Review.objects.planned().filter(theme__plan=plan).earliest("pk")
        found[user.email] |= {"plan": address, "step": f"{address}steps/{step.pk}/"}
        found[user.email] |= {"help": f"{address}help/{chosen.pk}/", "review": f"{address}reviews/{review.pk}/"}
print(json.dumps(found))
"""


@pytest.fixture(scope="session")
def addresses(site):
    """The addresses of the story's audits and schools by who and what: `addresses["head2@demo.example"]["draft"]`."""
    return json.loads(site.manage(FIND.replace("RETURNED_TO", RETURNED_TO).replace("PASSWORD", PASSWORD)))


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
    everybodys = {
        **addresses["officer@demo.example"],
        **addresses["head2@demo.example"],
        "agreed": addresses["officer2@demo.example"]["agreed"],
    }
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

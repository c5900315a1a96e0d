"""The product's forms in Wagtail's admin, with generated posts: never a 500, no answer touched, nobody else let in."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.test.utils.form_data import nested_form_data

from cms.models import ContentPage, HomePage
from readiness.models import Framework, FrameworkVersion
from schools.models import Cluster, Locality, Session
from support.models import Offer
from tests import world as worlds
from tests.cms.factories import ContentPageFactory
from tests.factories import ClusterFactory, NonTeachingDayFactory, TermFactory
from tests.fuzz import outside, typed
from tests.fuzz.test_forms import check_answer
from tests.readiness.framework_texts import document, live_framework
from tests.stream_data import stream_data
from tests.support.factories import OfferFactory

pytestmark = pytest.mark.django_db
PROFILE = settings()

SNIPPETS = {"locality": Locality, "cluster": Cluster, "session": Session, "offer": Offer, "framework": Framework}
PAGES = {"homepage": HomePage, "contentpage": ContentPage}
OF_A_SNIPPET = ("add", "edit", "delete")
OF_A_PAGE = ("add", "edit", "delete", "unpublish", "copy", "move", "set_privacy")
FORMS = [
    *(f"{kind}:{what}" for kind in SNIPPETS for what in OF_A_SNIPPET if (kind, what) != ("framework", "add")),
    "framework:unpublish",
    *(f"{kind}:{what}" for kind in PAGES for what in OF_A_PAGE if (kind, what) != ("homepage", "add")),
]
LET_IN = {
    "locality": {"coordinator", "superuser"},
    "cluster": {"coordinator", "superuser"},
    "session": {"coordinator", "superuser"},
    "offer": {"editor", "superuser"},
    "framework": {"editor", "superuser"},
    "homepage": {"editor", "superuser"},
    "contentpage": {"editor", "superuser"},
}
KEPT_OUT = {302, 403, 404}
MANAGEMENT = ["TOTAL_FORMS", "INITIAL_FORMS", "count", "0-type", "0-order", "0-deleted", "0-id", "0-DELETE", "0-value"]
ACTIONS = ["action-publish", "action-submit", "action-unpublish", "is_overwriting_revision", "go_live_at", "expire_at"]


@pytest.fixture(scope="module")
def things(world):
    """One of each kind that has a form in the admin."""
    home = HomePage.objects.get()
    session = Session.objects.order_by("-starts").first()
    TermFactory(session=session, order=1)
    NonTeachingDayFactory(session=session)
    framework = live_framework(_another())
    return {
        "locality": world.own.locality,
        "cluster": ClusterFactory(),
        "session": session,
        "offer": OfferFactory(framework=FrameworkVersion.objects.latest_published().framework),
        "framework": framework,
        "homepage": home,
        "contentpage": ContentPageFactory(parent=home, title="A page", slug="a-page"),
    }


def _another():
    text = document()
    text["framework"]["slug"] = "another-readiness"
    return text


def address(kind, what, thing):
    if kind in PAGES:
        below = ["cms", kind, thing.pk] if what == "add" else [thing.pk]
        return reverse(f"wagtailadmin_pages:{what}", args=below)
    label = f"{SNIPPETS[kind]._meta.app_label}_{kind}"
    return reverse(f"wagtailsnippets_{label}:{what}", args=[] if what == "add" else [thing.pk])


@pytest.fixture(scope="module")
def asked(world, things):
    """What each form sends when nothing has been changed in it: {form: (address, {name: value})}."""
    found = {}
    for name in FORMS:
        kind, what = name.split(":")
        where = address(kind, what, things[kind])
        with worlds.undone():
            page = world.client("superuser").get(where)
        assert page.status_code == 200, where
        filled = _filled_in(page, where)
        if what in {"add", "edit"}:
            filled |= {key: str(value) for key, value in nested_form_data(stream_data(things[kind])).items()}
        found[name] = (where, filled)
    return found


def _filled_in(page, where):
    html = page.json()["html"] if "json" in page.headers["Content-Type"] else page.content
    forms = BeautifulSoup(html, "html.parser").find_all("form", method=re.compile("post", re.IGNORECASE))
    form = next(each for each in forms if each.get("action", where) in {"", where})
    filled = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name, kind = field.get("name"), field.get("type")
        if (
            not name
            or name == "csrfmiddlewaretoken"
            or (kind in {"checkbox", "radio"} and "checked" not in field.attrs)
        ):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            filled[name] = chosen.get("value", "") if chosen else ""
        else:
            filled[name] = field.text if field.name == "textarea" else field.get("value", "")
    return filled


@st.composite
def posts(draw, world, filled):
    """The form as it is but for a few fields: changed, gone, twice, or never asked for."""
    pairs, names = dict(filled), sorted(filled)
    for name in draw(st.lists(st.sampled_from(names), max_size=4)) if names else ():
        if draw(st.booleans()):
            pairs.pop(name, None)
        else:
            pairs[name] = draw(typed.values(world, (filled[name],)))
    extra = st.one_of(st.sampled_from(typed.INVENTED), st.sampled_from(ACTIONS), typed.text(), _managed(names))
    more = draw(st.lists(st.tuples(extra, typed.values(world)), max_size=3))
    if draw(st.booleans()):
        more.append(("action-publish", "action-publish"))
    return [*pairs.items(), *more]


def _managed(names):
    """A name that Wagtail or Django counts rows by."""
    prefixes = sorted({name.partition("-")[0] for name in names}) or ["x"]
    return st.builds("{}-{}".format, st.sampled_from(prefixes), st.sampled_from(MANAGEMENT))


@pytest.mark.parametrize("name", FORMS)
def test_no_post_breaks_it_or_touches_an_answer(world, asked, name):
    where, filled = asked[name]
    may = LET_IN[name.partition(":")[0]]
    answers = outside.out_of_reach(world, "coordinator")
    everything = outside.digest(world.own, world.other)

    @settings(PROFILE)
    @given(st.data())
    def try_it(data):
        role = data.draw(st.sampled_from([*may, *may, *may, *worlds.ROLES]), "role")
        pairs = data.draw(posts(world, filled), "post")
        with worlds.undone():
            answer = world.client(role).post(
                where, typed.encoded(pairs), content_type="application/x-www-form-urlencoded"
            )
            check_answer(answer)
            if role in may:
                assert outside.out_of_reach(world, "coordinator") == answers
            else:
                assert answer.status_code in KEPT_OUT, role
                assert outside.digest(world.own, world.other) == everything

    try_it()

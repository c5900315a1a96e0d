"""Every page with generated query strings and generated parts of its address: never a 500."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import world as worlds
from tests.architecture.test_urls import ADDRESSES
from tests.fuzz import typed
from tests.fuzz.test_forms import check_answer

pytestmark = pytest.mark.django_db
PROFILE = settings()
# A page has less to be tried than a form, and the report takes long to make.
PROFILE = settings(PROFILE, max_examples=PROFILE.max_examples // 4)
ASKED = ["page", "from", "then", "name", "authority", "locality", "cluster", "closed", "next", "reset", "kind", "\x00"]
PAGES = [address for address in ADDRESSES if not address.is_wagtails and address.name != "gallery"]
PART = re.compile(r"<[^>]+>")
IN_A_PATTERN = re.compile(r"\(\?P<\w+>[^)]*\)")


@pytest.mark.parametrize("address", PAGES, ids=lambda address: address.name)
def test_no_address_breaks_it(world, monkeypatch, address):
    monkeypatch.setattr("support.pdf.render", lambda report: b"%PDF-")  # its texts have tests of their own
    has_parts = "<" in address.route

    @settings(PROFILE)
    @given(st.data())
    def try_it(data):
        role = data.draw(st.sampled_from(["head", "head", "coordinator", *worlds.ROLES]), "role")
        side = data.draw(st.sampled_from([world.own, world.own, world.other]), "side")
        path = worlds.address(world, side, address.name)
        if has_parts and data.draw(st.booleans(), "odd path"):
            path = "/" + filled(address.route, lambda: data.draw(typed.values(world), "part"))
        names, values = st.one_of(st.sampled_from(ASKED), typed.text()), typed.values(world)
        query = typed.encoded(data.draw(st.lists(st.tuples(names, values), max_size=3), "query"))
        with worlds.undone():
            check_answer(world.client(role).get(f"{path}?{query}"))

    try_it()


def filled(route, value):
    """The route with each of its parts replaced, percent-encoded."""
    route = IN_A_PATTERN.sub("<x>", route.replace("^", "").replace("$", ""))
    return PART.sub(lambda part: typed.percent(value()), route)

"""Every form of the product with generated posts: never a 500, never a write outside one's own school."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import world as worlds
from tests.architecture.test_urls import OURS
from tests.fuzz import forms, meanwhile, outside, typed

pytestmark = pytest.mark.django_db
PROFILE = settings()

# The forms on the product's pages, by the address that they go to. A new one is added here, and is then tried below.
FORMS = [
    "account_change_password",
    "account_confirm_email",
    "account_email",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_from_key",
    "account_set_password",
    "add_to_reflective_group",
    "audit_check",
    "audit_list",
    "audit_theme",
    "audit_withdraw",
    "close_account",
    "comment_on_reflection",
    "correct_name",
    "delete_reflection",
    "exceptional_access",
    "exceptional_accesses",
    "forget_new_address",
    "give_schools",
    "import",
    "imports",
    "invitation",
    "invitation_send_again",
    "invitation_withdraw",
    "leave_reflective_group",
    "new_reflection",
    "new_reflective_group",
    "people",
    "people_end_role",
    "practice_example",
    "propose_example",
    "reflection_step",
    "school_change_role",
    "school_end_role",
    "school_hand_over",
    "school_invite",
    "school_list",
    "school_team",
    "share_learning",
    "share_reflection",
    "share_with_group",
    "sign_out_everywhere",
    "switch_place",
]
# What the generated posts of a form must have met, or they do not try what they are for: (status, where it leads to).
AIMED_AT = {
    "audit_theme": {(400, ""), (409, "")},  # another step than the page's; words that somebody else has changed
    "imports": {(302, "/schools/import")},  # a workbook that is read to its end
}
# Their address is the key: it came by e-mail, and whoever holds it may use it, so only its own is tried.
LINKS = {"account_confirm_email", "account_reset_password_from_key"}
# What a script posts, from no form.
WITHOUT_A_FORM = {"keep_alive"}


@pytest.fixture(scope="module")
def found(world):
    return forms.found(world)


def test_the_forms_are_all_known(found):
    assert sorted(found) == FORMS


def test_whatever_takes_a_post_has_a_form():
    ours = [address for address in OURS if not address.is_wagtails]  # pages in the admin have tests of their own
    takes_posts = {address.name for address in ours if address.methods and "post" in address.methods}

    assert takes_posts - set(FORMS) == WITHOUT_A_FORM


@pytest.mark.parametrize("name", FORMS)
def test_no_post_breaks_it_or_writes_elsewhere(world, found, name):
    before = {role: outside.out_of_reach(world, role) for role in [*worlds.ROLES, worlds.WITHOUT_PASSWORD]}
    answered = set()

    @settings(PROFILE)
    @given(st.data())
    def try_it(data):
        form = data.draw(st.sampled_from(found[name]), "form")
        roles = [] if name in LINKS else worlds.ROLES
        role = data.draw(st.sampled_from([form.role, form.role, form.role, *roles]), "role")
        sides = [] if name in LINKS else [world.own, world.other]
        side = data.draw(st.sampled_from([None, None, *sides]), "side")
        address = form.action if side is None else worlds.address(world, side, _target(form))
        pairs = data.draw(typed.posts(world, form), "post")
        script = {"headers": {"X-Requested-With": "fetch"}} if data.draw(st.booleans(), "by a script") else {}
        happened = data.draw(st.sampled_from(meanwhile.before(name)), "meanwhile")
        with worlds.undone():
            client = world.client(role)
            if name == "account_reset_password_from_key":  # the first visit moves the key into the session
                client.get(form.visit)
            if happened is not None:
                happened(world)
            kept = before[role] if happened is None else outside.out_of_reach(world, role)
            answer = send(client, address, form, pairs, script)
            check_answer(answer)
            outside.check_unchanged(world, role, kept)
        answered.add((answer.status_code, answer.headers.get("Location", "").rstrip("0123456789/")))

    try_it()
    assert answered >= AIMED_AT.get(name, set())


def test_a_number_too_large_for_the_database_is_no_school(world):
    address = worlds.address(world, world.own, "school_list")
    with worlds.undone():
        answer = world.client("coordinator").post(address, {"schools": ["9" * 40], "locality": "none"})

    assert answer.status_code == 200
    assert "Tick schools from the list." in answer.text


def _target(form):
    """What `worlds.address` needs for where the form goes: the same state as its page."""
    _page, slash, state = form.page.partition("/")
    return f"{form.name}{slash}{state}" if form.name.startswith("audit_") and form.name != "audit_list" else form.name


def send(client, address, form, pairs, script):
    """Post, as a file form does where the form asks for a file."""
    files = {name for name, _offered, is_file in form.fields if is_file}
    if not files:
        return client.post(address, typed.encoded(pairs), content_type="application/x-www-form-urlencoded", **script)
    given = {}
    for name, value in pairs:
        plain = value if isinstance(value, bytes) else value.encode("utf-8", "replace")
        name = name.encode("utf-8", "replace").decode()
        is_file = name in files
        given.setdefault(name, []).append(SimpleUploadedFile("a.xlsx", plain) if is_file else plain.decode())
    return client.post(address, given, **script)


def check_answer(answer):
    """Raise what the view raised, where it raised; fail on any other 500."""
    if answer.status_code >= 500:
        if exc_info := getattr(answer, "exc_info", None):
            raise exc_info[1]
        raise AssertionError(f"{answer.status_code}")

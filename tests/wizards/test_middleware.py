"""What a person meets whose session ended, or was renewed, while they typed: through the whole middleware."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from wizards import held
from wizards.held_views import csrf_failure
from wizards.models import HeldPost, WizardRecord

PAGE = "/trips/1/begin/"
SIGN_IN = "/accounts/login/?next=/trips/1/begin/"
WORDS = "Rowan waited by the door"
SCRIPT = {"X-Requested-With": "fetch"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _urls():
    with override_settings(ROOT_URLCONF="tests.wizards.shell"):
        yield


@pytest.fixture
def form(ailsa):
    """The form of Ailsa's page, as she filled it in."""
    return {"trip-1-current_step": "begin", "begin-moment": WORDS, held.FIELD: held.token_for(ailsa)}


class TestSessionEnded:
    def test_leads_to_sign_in_and_back_with_every_word(self, client, ailsa, form):
        response = client.post(PAGE, form)
        assert (response.status_code, response.url) == (303, SIGN_IN)
        assert "your words will be there" in client.get(response.url).text
        client.force_login(ailsa)
        page = client.get(PAGE).text
        assert WORDS in page
        assert "Given back" in page
        assert not WizardRecord.objects.exists()

    def test_is_over_once_the_page_is_saved(self, client, ailsa, form):
        client.post(PAGE, form)
        client.force_login(ailsa)
        response = client.post(PAGE, form)
        assert response.url == "/trips/1/finish/"
        assert response.cookies[held.COOKIE].value == ""
        assert not HeldPost.objects.exists()
        assert "Given back" not in client.get(PAGE).text

    def test_shows_nothing_to_the_next_person_on_this_laptop(self, client, bruce, form):
        client.post(PAGE, form)
        client.force_login(bruce)
        page = client.get(PAGE).text
        assert WORDS not in page
        assert "Given back" not in page

    def test_keeps_the_query_of_the_address(self, client, form):
        assert client.post(f"{PAGE}?from=check", form).url == "/accounts/login/?next=/trips/1/begin/%3Ffrom%3Dcheck"

    def test_gives_a_cookie_that_scripts_and_other_sites_cannot_use(self, client, form):
        cookie = client.post(PAGE, form).cookies[held.COOKIE]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["max-age"] == 1800
        assert not cookie["secure"]
        assert len(cookie.value) >= 43

    def test_gives_a_secure_cookie_where_the_session_has_one(self, client, form, settings):
        settings.SESSION_COOKIE_SECURE = True
        assert client.post(PAGE, form).cookies[held.COOKIE]["secure"]

    def test_says_so_when_it_is_too_long_to_keep(self, client, form):
        response = client.post(PAGE, form | {"begin-moment": "a" * held.LARGEST})
        assert (response.status_code, response.url) == (303, SIGN_IN)
        assert held.COOKIE not in response.cookies
        assert "too long for us to keep" in client.get(response.url).text
        assert not HeldPost.objects.exists()

    def test_refuses_a_script_which_still_has_the_words(self, client, form):
        response = client.post(PAGE, form, headers=SCRIPT)
        assert response.status_code == 401
        assert "signed out" in response.text
        assert not HeldPost.objects.exists()

    @pytest.mark.parametrize("token", ["", "forged"])
    def test_keeps_nothing_without_a_valid_token(self, client, form, token):
        response = client.post(PAGE, form | {held.FIELD: token})
        assert (response.status_code, response.url) == (302, SIGN_IN)
        assert not HeldPost.objects.exists()

    def test_leaves_a_signed_in_post_alone(self, client, ailsa, form):
        client.force_login(ailsa)
        assert client.post(PAGE, form).url == "/trips/1/finish/"
        assert not HeldPost.objects.exists()


class TestForgeryCheck:
    """A page from before signing in again holds an old security token."""

    @pytest.fixture
    def client(self):
        return Client(enforce_csrf_checks=True)

    def test_gives_a_signed_in_person_the_page_back_with_their_words(self, client, ailsa, form):
        client.force_login(ailsa)
        response = client.post(PAGE, form)
        assert (response.status_code, response.url) == (303, PAGE)
        page = client.get(PAGE).text
        assert WORDS in page
        assert "This was not saved" in page
        assert not WizardRecord.objects.exists()

    def test_leads_an_anonymous_person_to_sign_in(self, client, form):
        response = client.post(PAGE, form)
        assert (response.status_code, response.url) == (303, SIGN_IN)
        assert HeldPost.objects.live(timezone.now() + timedelta(minutes=29)).exists()

    def test_keeps_nothing_for_another_person(self, client, bruce, form):
        client.force_login(bruce)
        response = client.post(PAGE, form)
        assert response.status_code == 403
        assert not HeldPost.objects.exists()

    @pytest.mark.parametrize("signed_in", [True, False])
    def test_refuses_a_form_without_a_valid_token(self, client, ailsa, form, signed_in):
        if signed_in:
            client.force_login(ailsa)
        response = client.post(PAGE, form | {held.FIELD: "forged"})
        assert response.status_code == 403
        assert not HeldPost.objects.exists()

    def test_refuses_what_is_too_long_so_that_back_still_has_it(self, client, ailsa, form):
        client.force_login(ailsa)
        response = client.post(PAGE, form | {"begin-moment": "a" * held.LARGEST})
        assert response.status_code == 403

    def test_refuses_a_script_which_still_has_the_words(self, client, ailsa, form):
        client.force_login(ailsa)
        assert client.post(PAGE, form, headers=SCRIPT).status_code == 403
        assert not HeldPost.objects.exists()

    def test_never_leads_to_another_site(self, make_request, ailsa, form):
        request = make_request(user=ailsa, data=form)
        request.path = "//elsewhere.example/"
        assert csrf_failure(request).url == "/%2Felsewhere.example/"


class TestHeldToken:
    def test_stands_in_a_signed_in_persons_form(self, client, ailsa, make_request):
        client.force_login(ailsa)
        page = client.get(PAGE)
        [value] = [part.split('"')[0] for part in page.text.split('name="held_for" value="')[1:]]
        assert held.person_named(make_request(data={held.FIELD: value})) == ailsa

    def test_is_absent_where_nobody_is_signed_in(self, client):
        assert "held_for" not in client.get("/accounts/login/").text

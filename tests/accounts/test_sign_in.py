import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import SESSION_KEY
from django.test import Client

from tests.factories import PASSWORD, UserFactory

LOGIN = "/accounts/login/"


@pytest.fixture
def ailsa(db):
    return UserFactory(first_name="Ailsa", last_name="Craig", email="ailsa@school.example")


def sign_in(client, address="ailsa@school.example", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": address, "password": password, **more})


def controls(response):
    form = BeautifulSoup(response.text, "html.parser").main.find("form")
    return {each["name"]: each for each in form.find_all("input")}


class TestPage:
    def test_tells_a_password_manager_what_is_what(self, db, client):
        asked = controls(client.get(LOGIN))

        assert (asked["login"]["type"], asked["login"]["autocomplete"]) == ("email", "username")
        assert (asked["password"]["type"], asked["password"]["autocomplete"]) == ("password", "current-password")

    def test_has_labels_and_no_placeholders(self, db, client):
        page = BeautifulSoup(client.get(LOGIN).text, "html.parser").main

        assert [label.get_text(strip=True) for label in page.find_all("label")] == ["E-mail address", "Password"]
        assert not page.find_all(attrs={"placeholder": True})

    def test_leads_to_a_new_password_and_to_how_accounts_are_had(self, db, client):
        links = {link["href"] for link in BeautifulSoup(client.get(LOGIN).text, "html.parser").main.find_all("a")}

        assert {"/accounts/password/reset/", "/accounts/signup/"} <= links

    def test_somebody_signed_in_goes_home(self, as_user, ailsa):
        assert as_user(ailsa).get(LOGIN).url == "/home/"

    def test_is_never_cached(self, db, client):
        assert "no-store" in client.get(LOGIN)["Cache-Control"]


class TestSigningIn:
    @pytest.mark.parametrize("typed", ["ailsa@school.example", "Ailsa@School.Example", " AILSA@SCHOOL.EXAMPLE "])
    def test_however_the_address_is_typed(self, ailsa, client, typed):
        assert sign_in(client, typed).url == "/home/"
        assert client.session[SESSION_KEY] == str(ailsa.pk)

    def test_ends_when_the_browser_is_closed(self, ailsa, client):
        response = sign_in(client)

        assert response.cookies["sessionid"]["max-age"] == ""
        assert client.session.get_expiry_age() == 60 * 60

    def test_says_nothing_about_it(self, ailsa, client):
        sign_in(client)

        page = BeautifulSoup(client.get("/accounts/me/").text, "html.parser")
        assert not page.find_all(class_="ds_notification-message")

    def test_needs_the_pages_own_token(self, ailsa):
        client = Client(enforce_csrf_checks=True)

        assert sign_in(client).status_code == 403
        assert SESSION_KEY not in client.session

    def test_a_second_tab_that_signs_in_as_well_arrives_too(self, ailsa):
        """Signing in renews the page's token, so the form in the other tab holds an old one."""
        client = Client(enforce_csrf_checks=True)
        client.force_login(ailsa)

        assert sign_in(client, next="/audits/").url == "/audits/"
        assert sign_in(client, next="https://elsewhere.example/").url == "/home/"
        assert client.post("/accounts/me/name/", {"first_name": "A", "last_name": "B"}).status_code == 403


class TestNext:
    def test_a_visitor_of_the_audits_comes_back_to_them(self, ailsa, client):
        turned_away = client.get("/audits/?open=1")
        assert turned_away.url == "/accounts/login/?next=/audits/%3Fopen%3D1"

        hidden = controls(client.get(turned_away.url))["next"]["value"]
        assert sign_in(client, next=hidden).url == "/audits/?open=1"

    def test_survives_a_wrong_password(self, ailsa, client):
        again = sign_in(client, password="wrong", next="/audits/")

        assert controls(again)["next"]["value"] == "/audits/"

    @pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
    def test_never_leads_to_another_site(self, ailsa, client, where):
        assert sign_in(client, next=where).url == "/home/"


class TestRefusal:
    def test_is_the_same_whether_or_not_the_address_is_known(self, ailsa, client):
        def said(response):
            return BeautifulSoup(response.text, "html.parser").find(id="error-summary").get_text()

        known, unknown = sign_in(client, password="wrong"), sign_in(client, "nobody@school.example", "wrong")

        assert said(known) == said(unknown)
        assert "Check both, or choose “Forgotten your password?”." in said(known)

    def test_says_what_is_missing(self, db, client):
        text = sign_in(client, "", "").text

        assert "Enter your e-mail address." in text
        assert "Enter your password." in text
        assert "<title>Error:" in text

    def test_says_how_an_address_looks(self, db, client):
        assert "Enter a whole e-mail address" in sign_in(client, "ailsa").text

    def test_keeps_the_address_and_not_the_password(self, ailsa, client):
        again = controls(sign_in(client, password="wrong"))

        assert again["login"]["value"] == "ailsa@school.example"
        assert "value" not in again["password"].attrs

    def test_a_closed_account_is_told_only_to_its_own_person(self, ailsa, client):
        ailsa.is_active = False
        ailsa.save()

        assert sign_in(client, password="wrong").status_code == 200
        assert sign_in(client).url == "/accounts/inactive/"
        assert SESSION_KEY not in client.session
        assert "Your account is closed" in client.get("/accounts/inactive/").text

    def test_without_a_password_nobody_gets_in(self, db, client):
        UserFactory(email="new@school.example", password=None)

        assert sign_in(client, "new@school.example", "anything").status_code == 200
        assert SESSION_KEY not in client.session


class TestLimits:
    def test_after_five_tries_one_address_waits(self, ailsa, client, limits_on):
        for _ in range(5):
            assert "do not go together" in sign_in(client, password="wrong").text

        right = sign_in(client)

        assert "wait five minutes" in right.text
        assert SESSION_KEY not in client.session

    def test_colleagues_behind_the_same_network_do_not(self, ailsa, client, limits_on):
        UserFactory(email="bruce@school.example")
        for _ in range(6):
            sign_in(client, password="wrong")

        assert sign_in(client, "bruce@school.example").url == "/home/"

    def test_many_from_one_network_get_a_page_that_says_to_wait(self, db, client, limits_on, settings):
        settings.ACCOUNT_RATE_LIMITS = {**limits_on, "login": "1/m/ip"}
        sign_in(client)

        response = sign_in(client)

        assert response.status_code == 429
        assert "Please wait a few minutes" in response.text
        assert "Nothing is wrong." in response.text

    def test_looking_at_the_page_counts_for_nothing(self, db, client, limits_on, settings):
        settings.ACCOUNT_RATE_LIMITS = {**limits_on, "login": "1/m/ip"}

        assert {client.get(LOGIN).status_code for _ in range(3)} == {200}


class TestSigningOut:
    def test_the_button_asks_no_more(self, as_user, ailsa):
        client = as_user(ailsa)
        button = BeautifulSoup(client.get("/accounts/me/").text, "html.parser").find("form", id="sign-out")
        assert (button["method"], button["action"]) == ("post", "/accounts/logout/")

        response = client.post(button["action"])

        assert (response.status_code, response.url) == (302, "/")
        assert SESSION_KEY not in client.session

    def test_says_that_it_is_done(self, as_user, ailsa):
        client = as_user(ailsa)
        client.post("/accounts/logout/")

        assert "You are signed out." in client.get(LOGIN).text

    def test_a_link_asks_first(self, as_user, ailsa):
        client = as_user(ailsa)

        page = BeautifulSoup(client.get("/accounts/logout/").text, "html.parser").main

        assert page.h1.get_text() == "Do you want to sign out?"
        assert (page.form["method"], page.form["action"]) == ("post", "/accounts/logout/")
        assert SESSION_KEY in client.session

    def test_nobody_is_led_to_the_front_page(self, db, client):
        assert client.get("/accounts/logout/").url == "/"

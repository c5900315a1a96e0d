import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import SESSION_KEY, authenticate
from django.core.cache import cache

from tests.factories import PASSWORD, UserFactory

RESET, CHANGE, SET = "/accounts/password/reset/", "/accounts/password/change/", "/accounts/password/set/"
NEW = "quite another password"
TWICE = {"password1": NEW, "password2": NEW}


@pytest.fixture
def ailsa(db):
    return UserFactory(first_name="Ailsa", last_name="Craig", email="ailsa@school.example")


@pytest.fixture
def link(ailsa, client, mailoutbox):
    """The address in the e-mail that Ailsa asked for."""
    client.post(RESET, {"email": "Ailsa@school.example"})
    return re.search(r"http://testserver(/\S+)", mailoutbox[0].body)[1]


def controls(response):
    form = BeautifulSoup(response.text, "html.parser").main.find("form")
    return {each["name"]: each for each in form.find_all("input")}


class TestAskingForALink:
    @pytest.mark.parametrize("address", ["ailsa@school.example", "nobody@school.example"])
    def test_looks_the_same_whether_or_not_the_address_is_known(self, ailsa, client, address):
        response = client.post(RESET, {"email": address}, follow=True)

        assert response.redirect_chain == [("/accounts/password/reset/done/", 302)]
        assert "We have sent an e-mail to the address that you gave." in response.text
        assert address not in response.text

    def test_the_email_is_plain_and_names_nobody(self, link, mailoutbox):
        (email,) = mailoutbox

        assert email.to == ["ailsa@school.example"]
        assert email.subject == "Set a new password for the nurture pathway"
        assert not email.alternatives
        assert not re.search("Ailsa|Craig|ailsa@", email.body)
        assert email.body.startswith("Hello\n")
        assert len(email.body) < 600

    def test_somebody_without_an_account_is_told_what_to_try(self, db, client, mailoutbox):
        client.post(RESET, {"email": "nobody@school.example"})

        (email,) = mailoutbox
        assert email.to == ["nobody@school.example"]
        assert email.subject == "Your request for a new password"
        assert "Nobody signs in there with this e-mail address." in email.body
        assert "http" not in email.body

    def test_a_closed_account_gets_no_link(self, ailsa, client, mailoutbox):
        ailsa.is_active = False
        ailsa.save()

        client.post(RESET, {"email": ailsa.email})

        assert "http" not in mailoutbox[0].body

    def test_says_what_is_missing_and_how_an_address_looks(self, db, client):
        assert "Enter your e-mail address." in client.post(RESET, {"email": ""}).text
        assert "Enter a whole e-mail address" in client.post(RESET, {"email": "ailsa"}).text

    def test_tells_a_password_manager_what_is_what(self, db, client):
        assert controls(client.get(RESET))["email"]["autocomplete"] == "email"

    def test_asking_again_and_again_gets_the_page_that_says_to_wait(self, ailsa, client, limits_on):
        answers = [client.post(RESET, {"email": ailsa.email}).status_code for _ in range(6)]

        assert answers == [302] * 5 + [429]


class TestFollowingTheLink:
    def test_hides_the_key_then_sets_the_password(self, ailsa, client, link):
        page = client.get(link, follow=True)
        (address, status) = page.redirect_chain[0]
        assert status == 302
        assert address.endswith("-set-password/")

        done = client.post(address, TWICE, follow=True)

        assert done.redirect_chain == [("/accounts/password/reset/key/done/", 302)]
        assert "Your new password is set." in done.text
        assert authenticate(username=ailsa.email, password=NEW) == ailsa
        assert SESSION_KEY not in client.session

    def test_gives_a_first_password_too(self, db, client, mailoutbox):
        new = UserFactory(email="new@school.example", password=None)
        client.post(RESET, {"email": new.email})
        link = re.search(r"http://testserver(/\S+)", mailoutbox[0].body)[1]

        client.post(client.get(link).url, TWICE)

        assert authenticate(username=new.email, password=NEW) == new

    def test_tells_a_password_manager_what_is_what(self, client, link):
        asked = controls(client.get(link, follow=True))

        assert {asked[name]["autocomplete"] for name in TWICE} == {"new-password"}

    def test_works_once(self, client, link):
        client.post(client.get(link).url, TWICE)

        assert "This link does not work any more" in client.get(link).text

    def test_works_for_three_days(self, settings):
        assert timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) == timedelta(days=3)  # the texts say so

    @pytest.mark.parametrize("key", ["zzz-nonsense", "1-set-password", "1-abc-def"])
    def test_a_broken_link_says_what_to_do(self, db, client, key):
        text = client.get(f"/accounts/password/reset/key/{key}/").text

        assert "This link does not work any more" in text
        assert f'href="{RESET}"' in text

    def test_two_different_passwords_are_refused_once(self, client, link):
        text = client.post(client.get(link).url, {"password1": NEW, "password2": "something else"}).text

        assert text.count("The two new passwords differ.") == 2  # in the summary and beside the field
        assert "You must type" not in text

    def test_a_short_one_is_refused(self, ailsa, client, link):
        client.post(client.get(link).url, {"password1": "short", "password2": "short"})

        ailsa.refresh_from_db()
        assert ailsa.check_password(PASSWORD)

    def test_opens_an_account_that_had_to_wait(self, ailsa, client, limits_on, mailoutbox):
        for _ in range(6):
            client.post("/accounts/login/", {"login": ailsa.email, "password": "wrong"})
        client.post(RESET, {"email": ailsa.email})
        link = re.search(r"http://testserver(/\S+)", mailoutbox[0].body)[1]
        client.post(client.get(link).url, TWICE)

        assert client.post("/accounts/login/", {"login": ailsa.email, "password": NEW}).url == "/home/"


class TestChanging:
    def test_lands_on_my_account_and_stays_signed_in_here_only(self, as_user, ailsa):
        here, there = as_user(ailsa), as_user(ailsa)

        done = here.post(CHANGE, {"oldpassword": PASSWORD, **TWICE}, follow=True)

        assert done.redirect_chain == [("/accounts/me/", 302)]
        assert "Your new password is set." in done.text
        assert there.get("/accounts/me/").status_code == 302
        assert authenticate(username=ailsa.email, password=NEW) == ailsa

    def test_needs_the_present_one(self, as_user, ailsa):
        text = as_user(ailsa).post(CHANGE, {"oldpassword": "wrong", **TWICE}).text

        assert "This is not the password that you have now. Enter it again." in text
        assert authenticate(username=ailsa.email, password=NEW) is None

    def test_says_what_is_missing(self, as_user, ailsa):
        text = as_user(ailsa).post(CHANGE, {}).text

        for sentence in (
            "Enter the password that you have now.",
            "Choose a new password.",
            "Enter the new password a second time.",
        ):
            assert sentence in text

    def test_tells_a_password_manager_what_is_what(self, as_user, ailsa):
        asked = controls(as_user(ailsa).get(CHANGE))

        kinds = {name: field["autocomplete"] for name, field in asked.items() if field["type"] == "password"}
        assert kinds == {
            "oldpassword": "current-password",
            "password1": "new-password",
            "password2": "new-password",
        }

    def test_somebody_without_one_sets_one(self, as_user, db):
        new = UserFactory(password=None)
        client = as_user(new)
        assert client.get(CHANGE).url == SET

        done = client.post(SET, TWICE, follow=True)

        assert done.redirect_chain[0] == ("/accounts/me/", 302)
        assert "Your password is set." in done.text
        assert authenticate(username=new.email, password=NEW) == new

    def test_somebody_with_one_changes_it(self, as_user, ailsa):
        assert as_user(ailsa).get(SET).url == CHANGE

    @pytest.mark.parametrize("path", [CHANGE, SET])
    def test_nobody_signs_in_first(self, db, client, path):
        assert client.get(path).url == f"/accounts/login/?next={path}"


class TestNotices:
    """Mails after the fact, where the site is set to send them."""

    @pytest.fixture(autouse=True)
    def _on(self, settings):
        settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
        cache.clear()

    def test_after_a_change(self, as_user, ailsa, mailoutbox):
        as_user(ailsa).post(CHANGE, {"oldpassword": PASSWORD, **TWICE})

        (email,) = mailoutbox
        assert email.subject == "Your password for the nurture pathway was changed"
        assert "Was it not you?" in email.body
        assert not re.search(r"127\.0\.0\.1|Ailsa|Craig", email.body)

    def test_after_a_reset(self, client, link, mailoutbox):
        client.post(client.get(link).url, TWICE)

        assert mailoutbox[-1].subject == "Your password for the nurture pathway was changed"

    def test_after_a_first_password(self, as_user, db, mailoutbox):
        as_user(UserFactory(password=None)).post(SET, TWICE)

        assert mailoutbox[-1].subject == "You have a password for the nurture pathway"


class TestEnteringItAgain:
    PATH = "/accounts/reauthenticate/"

    def test_goes_on_where_they_were_going(self, as_user, ailsa):
        response = as_user(ailsa).post(self.PATH, {"password": PASSWORD, "next": "/audits/"})

        assert response.url == "/audits/"

    def test_a_wrong_one_says_what_to_do(self, as_user, ailsa):
        assert "This is not your password. Enter it again." in as_user(ailsa).post(self.PATH, {"password": "x"}).text

    def test_tells_a_password_manager_what_is_what(self, as_user, ailsa):
        assert controls(as_user(ailsa).get(self.PATH))["password"]["autocomplete"] == "current-password"

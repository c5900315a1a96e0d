"""Somebody changes the e-mail address that they sign in with."""

import re
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from accounts import actions
from accounts.models import User
from tests.factories import PASSWORD, UserFactory

NEW = "ailsa@new.example"
PAGE = "/accounts/me/email/"


@pytest.fixture
def ailsa(db, settings):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    return UserFactory(first_name="Ailsa", last_name="Craig", email="ailsa@school.example")


@pytest.fixture
def hers(ailsa, as_user):
    return as_user(ailsa)


@pytest.fixture
def ask(hers):
    def send(email=NEW, password=PASSWORD):
        return hers.post(PAGE, {"email": email, "password": password}, follow=True)

    return send


def link_in(mail):
    return re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.body)[1]


def signs_in_with(client, email):
    client.logout()
    return client.post("/accounts/login/", {"login": email, "password": PASSWORD}).status_code == 302


def test_the_link_makes_the_new_address_the_one_to_sign_in_with(ailsa, hers, ask, mailoutbox, client):
    said = ask(email=" Ailsa@NEW.example ")
    assert f"A link is on its way to {NEW}" in said.text
    assert f"We have sent a link to {NEW}" in said.text
    (to_the_new,) = mailoutbox
    assert to_the_new.to == [NEW]
    assert signs_in_with(client, "ailsa@school.example")

    link = link_in(to_the_new)
    assert NEW in hers.get(link).text
    done = hers.post(link, follow=True)

    assert done.redirect_chain[-1][0] == "/accounts/me/"
    assert f"you sign in with {NEW} from now on" in done.text
    ailsa.refresh_from_db()
    assert ailsa.email == NEW
    (only,) = EmailAddress.objects.filter(user=ailsa)
    assert (only.email, only.verified, only.primary) == (NEW, True, True)
    assert signs_in_with(client, NEW)
    assert not signs_in_with(client, "ailsa@school.example")

    to_the_old = mailoutbox[-1]
    assert to_the_old.to == ["ailsa@school.example"]
    assert to_the_old.subject == "You sign in to the nurture pathway with another address now"
    assert NEW not in to_the_old.body
    assert "This link does not work any more" in hers.get(link).text


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("", PASSWORD, "Enter your e-mail address."),
        ("no address", PASSWORD, "Enter a whole e-mail address"),
        ("AILSA@school.example", PASSWORD, "You sign in with this address already."),
        (NEW, "", "Enter your password"),
        (NEW, "not the password", "This is not your password."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(ailsa, ask, mailoutbox, email, password, said):
    assert said in ask(email, password).text
    assert not mailoutbox
    assert not EmailAddress.objects.filter(user=ailsa, verified=False).exists()


def test_the_password_is_not_shown_again(ask):
    assert PASSWORD not in ask(email="no address").text


def test_a_second_wish_takes_the_place_of_the_first(ailsa, hers, ask, mailoutbox):
    ask("mistyped@new.example")
    ask()
    mistyped, right = map(link_in, mailoutbox)

    assert "This link does not work any more" in hers.get(mistyped).text
    assert NEW in hers.get(right).text


def test_asking_twice_for_the_same_sends_a_link_that_works_both_times(hers, ask, mailoutbox):
    ask()
    ask()

    assert [NEW in hers.get(link_in(mail)).text for mail in mailoutbox] == [True, True]


def test_it_can_be_forgotten(ailsa, hers, ask, mailoutbox):
    ask()
    done = hers.post("/accounts/me/email/forget/", follow=True)

    assert "The new address is forgotten" in done.text
    assert NEW not in hers.get("/accounts/me/").text
    assert "This link does not work any more" in hers.get(link_in(mailoutbox[0])).text
    assert EmailAddress.objects.get(user=ailsa).email == "ailsa@school.example"


class TestAMistypedAddress:
    """Whoever reads mail there must not come by the account."""

    def test_the_link_alone_changes_nothing(self, ailsa, ask, mailoutbox, client):
        ask()
        link = link_in(mailoutbox[0])

        for answer in (client.get(link), client.post(link)):
            assert answer.url == f"/accounts/login/?next={quote(link)}"
        assert "Sign in with the address that you have had until now." in client.get("/accounts/login/").text
        ailsa.refresh_from_db()
        assert ailsa.email == "ailsa@school.example"

    def test_nor_does_another_account(self, ailsa, ask, mailoutbox, as_user):
        ask()
        somebody = as_user(UserFactory())
        for answer in (somebody.get(link_in(mailoutbox[0])), somebody.post(link_in(mailoutbox[0]))):
            assert answer.status_code == 403
            assert "This link belongs to another account" in answer.text
            assert NEW not in answer.text
        assert somebody.get("/home/").status_code == 200  # and is still signed in

    def test_no_password_is_set_by_it(self, ask, mailoutbox, client):
        ask()
        client.post("/accounts/password/reset/", {"email": NEW.upper()})

        assert "Nobody signs in there with this e-mail address" in mailoutbox[-1].body


class TestAnAddressThatSomebodyElseHas:
    def test_the_link_says_so(self, hers, ask, mailoutbox):
        UserFactory(email=NEW)
        ask()

        assert "Somebody else has this address" in hers.get(link_in(mailoutbox[0])).text

    def test_the_button_changes_nothing_at_all(self, ailsa, hers, ask, mailoutbox):
        ask()
        link = link_in(mailoutbox[0])
        User.objects.create_user(NEW)  # by another way, without an EmailAddress of its own

        done = hers.post(link, follow=True)

        assert "Somebody else signs in with this e-mail address already." in done.text
        ailsa.refresh_from_db()
        assert ailsa.email == "ailsa@school.example"
        assert EmailAddress.objects.get(user=ailsa, primary=True).email == "ailsa@school.example"


def test_one_address_gets_few_links(limits_on, ask, mailoutbox):
    for _again in range(5):
        ask()
    assert "We have sent this address several links." in ask().text
    assert len(mailoutbox) == 5


def test_passwords_are_not_guessed_here(limits_on, ask):
    cache.clear()
    answers = [ask(password="guess").status_code for _again in range(11)]
    assert answers == [200] * 10 + [429]


def test_closing_the_account_stops_the_link(ailsa, ask, mailoutbox, client, now):
    ask()
    actions.close_account(user=ailsa, known_as="Staff", now=now)
    assert "This link does not work any more" in client.get(link_in(mailoutbox[0])).text


def test_the_admin_offers_no_second_way(as_user, superuser):
    text = as_user(superuser).get("/cms-admin/account/").text
    assert 'name="name_email-email"' not in text
    assert superuser.first_name in text

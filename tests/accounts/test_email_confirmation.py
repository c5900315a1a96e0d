import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.auth import SESSION_KEY

from tests.factories import PASSWORD, UserFactory


@pytest.fixture
def ailsa(db):
    """Somebody whose address has not been checked."""
    user = UserFactory(first_name="Ailsa", last_name="Craig", email="ailsa@school.example")
    EmailAddress.objects.filter(user=user).update(verified=False)
    return user


@pytest.fixture
def link(ailsa, client, mailoutbox):
    client.post("/accounts/login/", {"login": ailsa.email, "password": PASSWORD})
    return re.search(r"http://testserver(/\S+)", mailoutbox[0].body)[1]


def test_an_address_that_is_not_checked_lets_nobody_in(ailsa, client):
    response = client.post("/accounts/login/", {"login": ailsa.email, "password": PASSWORD}, follow=True)

    assert response.redirect_chain == [("/accounts/confirm-email/", 302)]
    assert "Check your e-mail" in response.text
    assert "ds_notification-message" not in response.text
    assert SESSION_KEY not in client.session


def test_the_email_is_plain_and_names_nobody(link, mailoutbox):
    (email,) = mailoutbox

    assert email.subject == "Is this your e-mail address?"
    assert not re.search("Ailsa|Craig|ailsa@", email.body)


def test_the_link_asks_and_the_button_confirms(ailsa, client, link):
    asked = client.get(link)
    assert "Is this your e-mail address?" in asked.text
    assert not EmailAddress.objects.get(user=ailsa).verified

    done = client.post(link, follow=True)

    assert done.redirect_chain[-1][0] == "/accounts/login/"
    assert "Your e-mail address is confirmed" in done.text
    assert client.post("/accounts/login/", {"login": ailsa.email, "password": PASSWORD}).url == "/home/"


@pytest.mark.parametrize("key", ["nonsense", "a:b:c"])
def test_a_broken_link_says_what_to_do(db, client, key):
    response = client.get(f"/accounts/confirm-email/{key}/")

    assert "This link does not work any more" in response.text
    assert 'href="/accounts/login/"' in response.text


def test_a_link_that_was_used_is_no_way_in(ailsa, client, link):
    client.post(link)

    assert "This link does not work any more" in client.get(link).text


def test_an_address_that_somebody_else_has_meanwhile_is_refused(ailsa, as_user):
    mine = EmailAddress.objects.create(user=ailsa, email="shared@school.example", verified=False)
    key = EmailConfirmationHMAC(mine).key
    UserFactory(email="shared@school.example")

    response = as_user(ailsa).get(f"/accounts/confirm-email/{key}/")

    assert "Somebody else has this address" in response.text
    assert "Yes, it is mine" not in response.text

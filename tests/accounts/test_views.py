from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.middleware import TOUCH_EVERY


class TestMyAccount:
    def test_shows_who_is_signed_in(self, as_user, head):
        text = as_user(head).get("/accounts/me/").text

        assert str(head) in text
        assert head.email in text

    def test_leads_to_a_new_password(self, as_user, head):
        assert 'href="/accounts/password/change/"' in as_user(head).get("/accounts/me/").text


class TestSignOutEverywhere:
    def test_ends_every_session_of_this_person(self, as_user, head):
        here, there = as_user(head), as_user(head)

        response = here.post("/accounts/sign-out-everywhere/", follow=True)

        assert response.redirect_chain == [("/accounts/login/", 302)]
        assert "You are signed out on every device." in response.text
        for client in (here, there):
            assert client.get("/accounts/me/").url == "/accounts/login/?next=/accounts/me/"

    def test_leaves_other_people_signed_in(self, as_user, head, officer):
        other = as_user(officer)

        as_user(head).post("/accounts/sign-out-everywhere/")

        assert other.get("/accounts/me/").status_code == 200

    def test_the_person_may_sign_in_again(self, as_user, head):
        as_user(head).post("/accounts/sign-out-everywhere/")
        head.refresh_from_db()

        assert as_user(head).get("/accounts/me/").status_code == 200

    def test_is_not_done_by_following_a_link(self, as_user, head):
        client = as_user(head)

        assert client.get("/accounts/sign-out-everywhere/").status_code == 405
        assert client.get("/accounts/me/").status_code == 200

    def test_needs_the_pages_own_token(self, head):
        client = Client(enforce_csrf_checks=True)
        client.force_login(head)

        assert client.post("/accounts/sign-out-everywhere/").status_code == 403
        assert client.get("/accounts/me/").status_code == 200


class TestKeepAlive:
    def test_answers_with_nothing_and_lengthens_the_session(self, as_user, head):
        client = as_user(head)
        nearly_over = timezone.now() + timedelta(seconds=90)
        Session.objects.update(expire_date=nearly_over)

        response = client.post("/accounts/keep-alive/")

        assert (response.status_code, response.content) == (204, b"")
        assert Session.objects.get().expire_date > nearly_over + timedelta(minutes=50)

    def test_tells_somebody_whose_session_has_ended(self, db, client):
        response = client.post("/accounts/keep-alive/", headers={"X-Requested-With": "fetch"})

        assert response.status_code == 302  # the script does not follow it, and says that the session has ended

    def test_refuses_get(self, as_user, head):
        assert as_user(head).get("/accounts/keep-alive/").status_code == 405


class TestSessionActivity:
    def test_a_request_lengthens_the_session(self, as_user, head):
        client = as_user(head)
        nearly_over = timezone.now() + timedelta(seconds=90)
        Session.objects.update(expire_date=nearly_over)

        client.get("/accounts/me/")

        assert Session.objects.get().expire_date > nearly_over

    def test_writes_at_most_once_a_minute(self, as_user, head):
        client = as_user(head)
        client.get("/accounts/me/")
        written = client.session["active_at"]

        client.get("/accounts/me/")

        assert client.session["active_at"] == written

    def test_writes_again_after_that(self, as_user, head):
        client = as_user(head)
        client.get("/accounts/me/")
        session = client.session
        session["active_at"] -= TOUCH_EVERY
        session.save()

        client.get("/accounts/me/")

        assert client.session["active_at"] > session["active_at"]

    def test_visitors_get_no_session(self, db, client):
        client.get("/accounts/login/")

        assert not Session.objects.exists()


class TestByInvitation:
    def test_there_is_no_sign_up(self, db, client):
        response = client.get("/accounts/signup/")

        assert response.status_code == 200
        assert "Accounts are by invitation" in response.text
        assert 'name="password1"' not in response.text

    def test_posting_makes_nobody(self, db, client, django_user_model):
        form = {"email": "new@school.example", "password1": "three odd words", "password2": "three odd words"}

        assert client.post("/accounts/signup/", form).status_code == 405
        assert not django_user_model.objects.exists()

    def test_nor_would_allauth_itself(self, rf):
        from allauth.account.adapter import get_adapter

        assert get_adapter().is_open_for_signup(rf.get("/")) is False


NOT_WANTED = ["email/", "login/code/", "login/code/confirm/", "phone/change/", "signup/passkey/"]


@pytest.mark.parametrize("path", NOT_WANTED)
@pytest.mark.parametrize("who", ["head", "nobody"])
def test_what_we_do_not_want_is_not_there(request, as_user, client, db, who, path):
    asking = client if who == "nobody" else as_user(request.getfixturevalue(who))

    assert asking.get(f"/accounts/{path}").status_code == 404


def test_the_bare_address_leads_to_my_account(as_user, head, client):
    assert as_user(head).get("/accounts/").url == "/accounts/me/"
    assert client.get("/accounts/").url == "/accounts/login/?next=/accounts/"

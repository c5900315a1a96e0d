import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.db import IntegrityError

from accounts import actions
from accounts.models import User

AILSA = {"first_name": "Ailsa", "last_name": "Craig"}


class TestCreateUser:
    def test_the_address_counts_as_verified(self, db):
        user = actions.create_user(email=" Ailsa@School.Example", password="three odd words", **AILSA)

        address = EmailAddress.objects.get(user=user)
        assert (address.email, address.verified, address.primary) == ("ailsa@school.example", True, True)
        assert str(user) == "Ailsa Craig"

    def test_the_password_lets_them_in(self, db):
        user = actions.create_user(email="ailsa@school.example", password="three odd words", **AILSA)

        assert authenticate(username="ailsa@school.example", password="three odd words") == user

    def test_without_a_password_nobody_gets_in_yet(self, db):
        user = actions.create_user(email="ailsa@school.example", password=None, **AILSA)

        assert not user.has_usable_password()
        assert authenticate(username="ailsa@school.example", password="") is None

    def test_may_do_nothing_special(self, db):
        user = actions.create_user(email="ailsa@school.example", password=None, **AILSA)

        assert (user.is_staff, user.is_superuser, user.is_active) == (False, False, True)

    def test_a_taken_address_leaves_nothing_behind(self, db):
        actions.create_user(email="ailsa@school.example", password=None, **AILSA)

        with pytest.raises(IntegrityError):
            actions.create_user(email="AILSA@school.example", password=None, **AILSA)

        assert (User.objects.count(), EmailAddress.objects.count()) == (1, 1)


class TestSignOutEverywhere:
    def test_raises_the_generation_of_this_person_only(self, head, officer):
        actions.sign_out_everywhere(by=head)

        assert head.session_generation == 1
        officer.refresh_from_db()
        assert officer.session_generation == 0

    def test_counts_from_what_is_stored(self, head):
        stale = User.objects.get(pk=head.pk)
        actions.sign_out_everywhere(by=head)

        actions.sign_out_everywhere(by=stale)

        assert stale.session_generation == 2

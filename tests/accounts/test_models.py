import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import User
from tests.factories import PASSWORD, UserFactory


def test_user_email_in_small_letters(refused):
    refused(User(email="Ailsa@school.example"), by="user_email_in_small_letters")


@pytest.mark.parametrize("typed", ["ailsa@school.example", "Ailsa@School.Example", "  AILSA@SCHOOL.EXAMPLE "])
class TestAddresses:
    def test_are_kept_in_small_letters(self, db, typed):
        assert User.objects.create_user(typed, PASSWORD).email == "ailsa@school.example"

    def test_are_found_however_they_are_typed(self, db, typed):
        ailsa = UserFactory(email="ailsa@school.example")

        assert User.objects.get_by_natural_key(typed) == ailsa

    def test_sign_in_however_they_are_typed(self, db, typed):
        ailsa = UserFactory(email="ailsa@school.example")

        assert authenticate(username=typed, password=PASSWORD) == ailsa

    def test_are_one_persons_only(self, db, typed):
        UserFactory(email="ailsa@school.example")

        with pytest.raises(IntegrityError):
            User.objects.create_user(typed, PASSWORD)


@pytest.mark.parametrize("typed", ["", None, "nobody@school.example"])
def test_an_address_that_nobody_has_is_nobody(db, typed):
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(typed)


def test_a_taken_address_is_refused_in_words(db):
    UserFactory(email="ailsa@school.example")

    with pytest.raises(ValidationError, match="Somebody already signs in"):
        User(email="ailsa@school.example").validate_unique()


def test_a_superuser_may_do_everything_in_the_admin(db):
    root = User.objects.create_superuser("root@school.example", PASSWORD)

    assert (root.is_staff, root.is_superuser) == (True, True)


class TestName:
    def test_is_the_full_name(self):
        assert str(User(first_name="Ailsa", last_name="Craig", email="a@school.example")) == "Ailsa Craig"

    def test_is_the_address_where_there_is_no_name(self):
        assert str(User(email="a@school.example")) == "a@school.example"


class TestSessionGeneration:
    def test_a_new_generation_changes_the_hash_that_sessions_carry(self, db):
        user = UserFactory()
        before = user.get_session_auth_hash()

        user.session_generation += 1

        assert user.get_session_auth_hash() != before

    def test_a_session_made_under_an_older_key_goes_on(self, db, settings, as_user):
        client = as_user(UserFactory())

        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another"

        assert client.get("/accounts/me/").status_code == 200

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from cryptography.fernet import Fernet
from django.core import signing
from django.db import connection

from wizards import held
from wizards.models import HeldPost, WizardRecord

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
WORDS = "Rowan waited by the door until she was ready — ròn"


@pytest.fixture
def hold(make_request):
    """Post a form made for somebody whose session has ended, and give the key for the cookie."""

    def hold(person, data=None, *, path="/form/", now=NOW, **options):
        data = {"moment": WORDS, held.FIELD: held.token_for(person)} if data is None else data
        return held.hold(make_request("POST", path, data, **options), now=now)

    return hold


@pytest.fixture
def peek(make_request):
    """Open the page again and give what comes back."""

    def peek(user, key, *, path="/form/", now=NOW):
        cookies = {held.COOKIE: key} if key else {}
        return held.peek(make_request("GET", path, user=user, cookies=cookies), now=now)

    return peek


class TestToken:
    def test_names_its_person(self, make_request, ailsa):
        assert held.person_named(make_request(data={held.FIELD: held.token_for(ailsa)})) == ailsa

    def test_names_nobody_when_it_is_missing_or_forged(self, make_request, ailsa):
        forged = signing.dumps(str(ailsa.pk), salt="elsewhere")
        for token in ["", "x", forged, held.token_for(ailsa) + "x"]:
            assert held.person_named(make_request(data={held.FIELD: token})) is None
        assert held.person_named(make_request(data={})) is None

    def test_names_nobody_after_a_day(self, make_request, ailsa):
        request = make_request(data={held.FIELD: held.token_for(ailsa)})
        now = datetime.now(tz=UTC).timestamp()
        with mock.patch("django.core.signing.time.time", return_value=now + 24 * 60 * 60 - 60):
            assert held.person_named(request) == ailsa
        with mock.patch("django.core.signing.time.time", return_value=now + 24 * 60 * 60 + 60):
            assert held.person_named(request) is None

    def test_names_nobody_when_the_person_has_gone(self, make_request, ailsa):
        request = make_request(data={held.FIELD: held.token_for(ailsa)})
        ailsa.delete()
        assert held.person_named(request) is None


class TestHold:
    def test_gives_back_every_word_and_every_choice(self, hold, peek, ailsa):
        data = {"moment": WORDS, "level": ["2", "3"], "empty": "", held.FIELD: held.token_for(ailsa)}
        given_back = peek(ailsa, hold(ailsa, data))
        assert dict(given_back.lists()) == {"moment": [WORDS], "level": ["2", "3"], "empty": [""]}

    def test_leaves_out_passwords_and_the_pages_own_tokens(self, hold, peek, ailsa):
        data = {
            "moment": WORDS,
            held.FIELD: held.token_for(ailsa),
            "csrfmiddlewaretoken": "t0ken",
            "password": "s3cret",
            "begin-Old_Password1": "s3cret",
            "passphrase": "s3cret",
        }
        assert dict(peek(ailsa, hold(ailsa, data)).lists()) == {"moment": [WORDS]}

    def test_keeps_nothing_for_a_form_that_names_nobody(self, hold, ailsa):
        assert hold(ailsa, {"moment": WORDS, held.FIELD: "forged"}) is None
        assert not HeldPost.objects.exists()

    def test_keeps_nothing_for_another_than_who_is_signed_in(self, hold, ailsa, bruce):
        assert hold(ailsa, user=bruce) is None
        assert not HeldPost.objects.exists()

    def test_keeps_64_kilobytes_and_not_a_byte_more(self, hold, ailsa):
        room = 64 * 1024 - len("moment=")
        token = held.token_for(ailsa)
        assert hold(ailsa, {"moment": "a" * (room + 1), held.FIELD: token}) is None
        assert not HeldPost.objects.exists()
        assert hold(ailsa, {"moment": "a" * room, held.FIELD: token})

    def test_keeps_nothing_for_an_address_that_is_too_long(self, hold, ailsa):
        assert hold(ailsa, path="/" + "a" * 500) is None
        assert hold(ailsa, path="/" + "a" * 499)

    def test_keeps_no_more_than_one_person_can_have_open(self, hold, ailsa, bruce, monkeypatch):
        monkeypatch.setattr(held, "MOST_PER_PERSON", 2)
        assert hold(ailsa, path="/1/")
        assert hold(ailsa, path="/2/")
        assert hold(ailsa, path="/3/") is None
        assert hold(bruce, path="/3/")

    def test_deletes_what_has_expired(self, hold, ailsa, bruce):
        hold(ailsa)
        hold(bruce, now=NOW + timedelta(minutes=30))
        assert HeldPost.objects.get().user == bruce

    def test_keeps_two_pages_of_one_browser(self, hold, peek, ailsa):
        token = held.token_for(ailsa)
        key = hold(ailsa, {"moment": "One", held.FIELD: token}, path="/one/")
        same = hold(ailsa, {"moment": "Two", held.FIELD: token}, path="/two/", cookies={held.COOKIE: key})
        assert same == key
        assert peek(ailsa, key, path="/one/")["moment"] == "One"
        assert peek(ailsa, key, path="/two/")["moment"] == "Two"

    def test_keeps_the_last_post_of_a_page(self, hold, peek, ailsa):
        token = held.token_for(ailsa)
        key = hold(ailsa, {"moment": "One", held.FIELD: token})
        hold(ailsa, {"moment": "Two", held.FIELD: token}, cookies={held.COOKIE: key})
        assert peek(ailsa, key)["moment"] == "Two"
        assert HeldPost.objects.count() == 1

    def test_keeps_two_people_of_one_browser_apart(self, hold, peek, ailsa, bruce):
        key = hold(ailsa)
        hold(bruce, {"moment": "Mine", held.FIELD: held.token_for(bruce)}, cookies={held.COOKIE: key})
        assert peek(ailsa, key)["moment"] == WORDS
        assert peek(bruce, key)["moment"] == "Mine"

    def test_takes_no_key_that_it_did_not_make(self, hold, ailsa):
        assert hold(ailsa, cookies={held.COOKIE: "chosen"}) != "chosen"


class TestPeek:
    def test_leaves_it_kept(self, hold, peek, ailsa):
        key = hold(ailsa)
        assert peek(ailsa, key) == peek(ailsa, key)

    def test_gives_nothing_to_another_person(self, hold, peek, ailsa, bruce):
        key = hold(ailsa)
        assert peek(bruce, key) is None
        assert peek(None, key) is None

    def test_gives_nothing_on_another_page(self, hold, peek, ailsa):
        assert peek(ailsa, hold(ailsa), path="/form/2/") is None

    def test_gives_nothing_in_another_browser(self, hold, peek, ailsa):
        hold(ailsa)
        assert peek(ailsa, "guessed") is None
        assert peek(ailsa, None) is None

    def test_gives_nothing_after_half_an_hour(self, hold, peek, ailsa):
        key = hold(ailsa)
        assert peek(ailsa, key, now=NOW + timedelta(minutes=29, seconds=59))
        assert peek(ailsa, key, now=NOW + timedelta(minutes=30)) is None


class TestDiscard:
    def discard(self, make_request, key, **options):
        request = make_request(cookies={held.COOKIE: key} if key else {}, **options)
        held.discard(request)
        return getattr(request, "held_post_discarded", False)

    def test_forgets_this_page_and_then_the_cookie(self, make_request, hold, peek, ailsa):
        key = hold(ailsa, path="/one/")
        hold(ailsa, path="/two/", cookies={held.COOKIE: key})
        assert not self.discard(make_request, key, user=ailsa, path="/one/")
        assert peek(ailsa, key, path="/one/") is None
        assert peek(ailsa, key, path="/two/")
        assert self.discard(make_request, key, user=ailsa, path="/two/")
        assert not HeldPost.objects.exists()

    @pytest.mark.parametrize("who", ["bruce", None])
    def test_forgets_nothing_of_another_person(self, make_request, make_user, hold, peek, ailsa, who):
        key = hold(ailsa)
        self.discard(make_request, key, user=make_user(who) if who else None)
        assert peek(ailsa, key)

    def test_does_nothing_without_a_cookie(self, make_request, ailsa, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert not self.discard(make_request, None, user=ailsa)


class TestKeys:
    def test_the_first_key_encrypts_and_an_older_one_still_opens(self, hold, peek, ailsa, settings):
        old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
        settings.ENCRYPTION_KEYS = [old]
        key = hold(ailsa)
        settings.ENCRYPTION_KEYS = [new, old]
        assert peek(ailsa, key)["moment"] == WORDS
        key = hold(ailsa, path="/later/")
        settings.ENCRYPTION_KEYS = [new]
        assert peek(ailsa, key, path="/later/")["moment"] == WORDS

    def test_gives_nothing_when_its_key_has_been_taken_away(self, hold, peek, ailsa, settings):
        key = hold(ailsa)
        settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
        assert peek(ailsa, key) is None


def everything_in_the_database():
    """The raw values of every row of every table, as one string of bytes."""
    found = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 (names from the database)
            for row in cursor.fetchall():
                for value in row:
                    found += bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    return found


class TestSecrecy:
    def test_no_word_and_no_key_stands_in_the_database(self, hold, ailsa):
        key = hold(ailsa, {"moment": "Marker sentence", held.FIELD: held.token_for(ailsa)})
        found = everything_in_the_database()
        assert b"/form/" in found
        for secret in (b"Marker", b"sentence", b"moment", key.encode()):
            assert secret not in found

    def test_the_search_would_have_found_it(self, ailsa):
        WizardRecord.objects.create(prefix="Marker sentence", owner=ailsa, data={"moment": "Sealed"}, updated_at=NOW)
        found = everything_in_the_database()
        assert b"Marker sentence" in found
        assert b"Sealed" not in found

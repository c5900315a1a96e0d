"""Sealed columns, tried on those that the product has: the data of a wizard, and a held post."""

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.core.serializers import deserialize, serialize
from django.db import connection

from sealed.cipher import Unreadable, seal, unseal
from sealed.fields import SealedText
from sealed.rotation import sealed_columns
from tests.factories import HeldPostFactory, WizardRecordFactory
from wizards.models import HeldPost, WizardRecord

WORDS = "She held my hand — ròn"


@pytest.fixture
def record(db):
    return WizardRecordFactory(data={"moment": WORDS})


def stored(model, column, pk):
    """What the database itself holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} WHERE id = %s", [pk])  # noqa: S608
        return bytes(cursor.fetchone()[0])


def test_what_is_kept_comes_back(record):
    assert WizardRecord.objects.get().data == {"moment": WORDS}
    assert WizardRecord.objects.values_list("data", flat=True).get() == {"moment": WORDS}


def test_the_database_holds_none_of_it(record):
    kept = stored(WizardRecord, "data", record.pk)

    assert b"moment" not in kept
    assert b"moment" in unseal(kept)


def test_the_same_words_are_never_the_same_bytes():
    assert seal(b"twice") != seal(b"twice")


@pytest.mark.parametrize("lookup", ["data", "data__contains", "data__in", "data__exact"])
def test_nobody_searches_it(record, lookup):
    with pytest.raises(FieldError, match="sealed"):
        WizardRecord.objects.filter(**{lookup: "x"}).exists()


def test_a_serializer_writes_it_sealed_and_reads_it_back(record):
    written = serialize("json", [record])

    assert WORDS not in written
    assert "moment" not in written
    assert next(iter(deserialize("json", written))).object.data == {"moment": WORDS}


def test_dumpdata_shows_none_of_it(record):
    said = StringIO()
    call_command("dumpdata", "wizards", stdout=said)

    assert "moment" not in said.getvalue()


def test_words_that_only_look_sealed_stay_as_they_are():
    assert SealedText().to_python("sealed: with a kiss") == "sealed: with a kiss"


def test_no_form_is_made_of_it():
    with pytest.raises(FieldError):
        WizardRecord._meta.get_field("data").formfield()


def test_half_a_character_can_be_kept():
    assert unseal(SealedText().get_prep_value("a\ud800b")) == b"a?b"


def test_with_the_wrong_key_it_says_so_and_nothing_of_what_it_holds(record, settings):
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(Unreadable, match="ENCRYPTION_KEYS") as refusal:
        WizardRecord.objects.get()
    assert refusal.value.__suppress_context__


class TestRotation:
    @pytest.fixture
    def new_key(self):
        return Fernet.generate_key().decode()

    def test_everything_is_sealed_with_the_first_key(self, record, settings, new_key):
        held = HeldPostFactory(body=b"moment=held")
        settings.ENCRYPTION_KEYS = [new_key, *settings.ENCRYPTION_KEYS]
        said = StringIO()

        call_command("rotate_keys", stdout=said)

        settings.ENCRYPTION_KEYS = [new_key]
        assert WizardRecord.objects.get().data == {"moment": WORDS}
        assert HeldPost.objects.get(pk=held.pk).body == b"moment=held"
        assert "wizard records: 1 sealed anew." in said.getvalue()
        assert "held posts: 1 sealed anew." in said.getvalue()

    def test_more_rows_than_are_done_at_a_time(self, settings, new_key, db, monkeypatch):
        monkeypatch.setattr("sealed.rotation.AT_A_TIME", 2)
        for number in range(5):
            WizardRecordFactory(data={"number": number})
        settings.ENCRYPTION_KEYS = [new_key, *settings.ENCRYPTION_KEYS]

        call_command("rotate_keys", stdout=StringIO())

        settings.ENCRYPTION_KEYS = [new_key]
        assert [record.data["number"] for record in WizardRecord.objects.order_by("pk")] == [0, 1, 2, 3, 4]

    def test_a_lost_key_is_said_and_nothing_is_changed(self, record, settings, new_key):
        before = stored(WizardRecord, "data", record.pk)
        settings.ENCRYPTION_KEYS = [new_key]

        with pytest.raises(Exception, match="ENCRYPTION_KEYS"):
            call_command("rotate_keys", stdout=StringIO())
        assert stored(WizardRecord, "data", record.pk) == before

    def test_it_knows_every_sealed_column(self):
        found = {f"{model._meta.label}.{field.name}" for model, fields in sealed_columns() for field in fields}

        assert {"wizards.HeldPost.body", "wizards.WizardRecord.data"} <= found

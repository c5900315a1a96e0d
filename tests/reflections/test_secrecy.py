"""No private text anywhere: not in the database's own files, its copies, logs, e-mails, error reports or the admin."""

import io
import json
import logging
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.views.debug import ExceptionReporter
from wagtail.models import Site

from config import site_copy
from reflections import actions
from reflections.models import EntryText
from sealed.rotation import sealed_columns
from tests.cms.conftest import plant
from tests.cms.factories import HomePageFactory
from tests.reflections.factories import (
    CommentFactory,
    EntryFactory,
    ExampleFactory,
    GroupShareFactory,
    SharedLearningFactory,
    write,
)
from wizards import held
from wizards.models import HeldPost

MARKER = "The swallow waited under the seventh eave"
PARTS = (MARKER, "swallow", "seventh eave")


@pytest.fixture
def everything_written(author, school, now, as_user, client):
    """The marker wherever somebody may write: drafts, finished and shared entries, the post of a lost session."""
    words = dict.fromkeys(("what-happened", "so-what", "now-what", "how-it-felt"), MARKER)
    draft = EntryFactory(author=author, school=school, words=words)
    EntryFactory(author=author, school=school, words=words, finished=True)
    shared = GroupShareFactory(entry=EntryFactory(author=author, school=school, words=words, finished=True))
    CommentFactory(entry=shared.entry, text=MARKER)
    learning = EntryFactory(author=author, school=school, words=words, finished=True)
    SharedLearningFactory(entry=learning, words={"so-what": MARKER})
    ExampleFactory(entry=learning, words=MARKER, published=True)
    token = held.token_for(author)
    client.post(f"/reflections/{draft.pk}/edit/so-what/", {"so-what-so-what": MARKER, held.FIELD: token})
    assert HeldPost.objects.exists()
    return draft


def is_free_of_it(data):
    return not any(part.encode() in data for part in PARTS)


@pytest.mark.django_db(transaction=True)
def test_the_files_of_the_database_hold_none_of_it(everything_written):
    written = _as_it_lies_there()

    assert everything_written.prompts_version.document["reflection"]["title"].encode() in written  # it would be found
    assert is_free_of_it(written)


def _as_it_lies_there():
    """The database's own files, with what is not written back yet. PostgreSQL keeps none of ours: all its rows."""
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        return database.read_bytes() + database.with_name(f"{database.name}-wal").read_bytes()
    found = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                for value in row:
                    found += bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    return found


class TestTheDatabase:
    def test_a_key_is_neither_in_it_nor_in_a_session(self, everything_written, settings):
        said = io.StringIO()
        call_command("dumpdata", stdout=said)

        assert not any(key in said.getvalue() for key in settings.ENCRYPTION_KEYS)
        assert is_free_of_it(said.getvalue().encode())

    def test_every_text_that_somebody_writes_is_a_sealed_column(self):
        sealed = {f"{model._meta.label}.{field.name}" for model, fields in sealed_columns() for field in fields}
        texts = {
            f"{field.model._meta.label}.{field.name}"
            for model in apps.get_app_config("reflections").get_models()
            for field in model._meta.local_concrete_fields
            if field.get_internal_type() in {"TextField", "JSONField"} and model._meta.model_name != "promptset"
        }

        assert {
            "reflections.EntryText.text", "reflections.Comment.text", "reflections.SharedLearning.words",
            "reflections.Example.proposed", "reflections.Example.published", "wizards.HeldPost.body",
            "wizards.WizardRecord.data",
        } == sealed  # fmt: skip
        # The prompts are the editors' words; the reason for exceptional access is the officers'.
        assert texts == {
            "reflections.PromptsVersion.document", "reflections.BreakGlass.reason",
            "reflections.BreakGlass.untold_because",
        }  # fmt: skip

    def test_keys_are_rotated_over_all_of_it(self, everything_written, settings):
        from cryptography.fernet import Fernet

        new = Fernet.generate_key().decode()
        settings.ENCRYPTION_KEYS = [new, *settings.ENCRYPTION_KEYS]
        call_command("rotate_keys", stdout=io.StringIO())
        settings.ENCRYPTION_KEYS = [new]

        assert set(EntryText.objects.values_list("text", flat=True)) == {MARKER}


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_the_whole_site_holds_none_of_it(everything_written, tmp_path, now):
    made = site_copy.save(file=tmp_path / "copy.zip", now=now)
    with zipfile.ZipFile(made.file) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())

    assert b"what-happened" in inside
    assert is_free_of_it(inside)
    assert is_free_of_it(made.file.read_bytes())


class TestWhatLeavesTheSite:
    def test_no_e_mail_and_no_log_line_speaks_of_it(self, everything_written, author, as_user, mailoutbox, caplog, now):
        caplog.set_level(logging.DEBUG)
        as_user(author).post(f"/reflections/{everything_written.pk}/edit/so-what/", {"so-what-so-what": MARKER})
        actions.keep_in_time(now=now + timedelta(days=720))

        assert is_free_of_it(caplog.text.encode())
        assert is_free_of_it("".join(mail.subject + mail.body for mail in mailoutbox).encode())

    def test_an_error_report_hides_what_was_typed_and_what_was_held(self, rf: RequestFactory, settings):
        settings.DEBUG = False
        request = rf.post("/reflections/1/edit/so-what/", {"so-what-so-what": MARKER})
        try:
            typed = request.POST["so-what-so-what"]
            raise RuntimeError(len(typed))
        except RuntimeError as error:
            report = ExceptionReporter(request, type(error), error, error.__traceback__)

        assert is_free_of_it(report.get_traceback_text().encode())
        assert is_free_of_it(report.get_traceback_html().encode())

    def test_what_is_said_about_an_entry_that_breaks_names_nobody(self, draft, author):
        assert str(author) not in repr(draft)
        assert is_free_of_it(repr(EntryText(entry=draft, prompt="so-what", text=MARKER)).encode())


class TestTheAdmin:
    def test_no_model_that_holds_words_is_registered_anywhere(self):
        from django.contrib import admin
        from wagtail.admin.viewsets import viewsets
        from wagtail.search.index import get_indexed_models
        from wagtail.snippets.models import get_snippet_models

        private = {
            model for model in apps.get_app_config("reflections").get_models() if "prompt" not in model._meta.model_name
        }
        private.add(EntryText)
        registered = set(admin.site._registry) | set(get_snippet_models()) | set(get_indexed_models())
        registered |= {viewset.model for viewset in viewsets.viewsets if hasattr(viewset, "model")}

        assert registered
        assert not private & registered

    def test_no_superuser_finds_any_of_it_there(self, everything_written, superuser, as_user):
        home = HomePageFactory(parent=plant())
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
        client = as_user(superuser)
        pages = [
            client.get(reverse("wagtailadmin_home"), follow=True),
            client.get("/cms-admin/pages/search/", {"q": "swallow"}, follow=True),
            client.get("/search/", {"q": "swallow"}, follow=True),
            client.get("/accounts/me/data.json"),
            client.get("/home/"),
        ]

        assert all(is_free_of_it(page.content.replace(b'value="swallow"', b"")) for page in pages[:1] + pages[3:])


class TestMyData:
    def test_holds_all_of_it_for_the_author_alone(self, everything_written, author, head, as_user):
        mine = json.loads(as_user(author).get("/accounts/me/data.json").content)

        assert len(mine["reflections"]) == 4
        assert MARKER in str(mine)
        assert is_free_of_it(as_user(head).get("/accounts/me/data.json").content)

    def test_is_downloaded_in_three_ways(self, everything_written, author, as_user):
        client = as_user(author)
        file = client.get("/reflections/download.json")

        assert MARKER in file.content.decode()
        for name in ("download.pdf", "professional-update.pdf"):
            assert client.get(f"/reflections/{name}").content.startswith(b"%PDF-")

    def test_closing_the_account_deletes_it(self, everything_written, author, now):
        from config import my_data

        my_data.close_account(user=author, now=now)
        assert not EntryText.objects.exists()


def test_writing_again_leaves_no_older_words(draft, author, now):
    write(draft, author, now, so_what="Newer words.")

    assert EntryText.objects.get(entry=draft, prompt="so-what").text == "Newer words."

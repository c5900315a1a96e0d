from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data

from accounts.models import User
from readiness.actions import publish_version
from readiness.models import Framework, FrameworkVersion
from tests.readiness.framework_texts import document, live_framework
from tests.stream_data import stream_data

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EDITOR_MAY = ("access_admin", "change_framework", "publish_framework", "view_framework", "view_frameworkversion")

PLAIN = {"CharField", "TextField", "SlugField", "PositiveSmallIntegerField"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework():
    return live_framework()


@pytest.fixture
def version(framework):
    return publish_version(framework=framework, by=None, now=NOW)


@pytest.fixture
def editor(client):
    person = User.objects.create_user("editor@demo.example")
    person.user_permissions.add(*Permission.objects.filter(codename__in=EDITOR_MAY))
    client.force_login(person)
    return client


@pytest.fixture
def almighty(client):
    client.force_login(User.objects.create_superuser("almighty@demo.example"))
    return client


def form_data(framework):
    """What the editor's form sends when nothing has been changed in it."""
    data = {"worked_examples": "[]", **stream_data(framework)}
    for field in Framework._meta.get_fields():
        if field.concrete and field.editable and field.get_internal_type() in PLAIN:
            data[field.name] = getattr(framework, field.name)
    return nested_form_data(data | {"save_and_return": "on"})


def address(name, thing):
    namespace = "frameworkversion" if isinstance(thing, FrameworkVersion) else "wagtailsnippets_readiness_framework"
    return reverse(f"{namespace}:{name}", args=[thing.pk])


class TestEditing:
    def test_two_themes_in_one_place_are_a_bad_request_and_change_nothing(self, editor, framework):
        sent = form_data(framework) | {"themes-1-order": "0"}
        answer = editor.post(address("edit", framework), sent)
        assert answer.status_code == 400
        framework.refresh_from_db()
        assert framework.to_document() == document()

    def test_the_form_opens_with_help_for_the_editor(self, editor, framework):
        page = editor.get(address("edit", framework)).content.decode()
        assert "Themes and statements" in page
        assert "What you would see in a school that has not started." in page

    def test_a_whole_framework_fits_into_one_form(self, editor, framework):
        data = form_data(framework) | {"title": "A new title", "action-publish": "yes"}
        assert editor.post(address("edit", framework), data).status_code == 302
        framework.refresh_from_db()
        changed = document()
        changed["framework"]["title"] = "A new title"
        changed["scoring"].pop("worked_examples")
        assert framework.to_document() == changed
        assert not FrameworkVersion.objects.exists()

    def test_a_draft_with_problems_is_kept(self, editor, framework):
        data = form_data(framework) | {"themes-0-value-slug": "check", "themes-0-value-title": ""}
        assert editor.post(address("edit", framework), data).status_code == 302
        assert framework.revisions.count() == 2
        framework.refresh_from_db()
        assert framework.has_unpublished_changes
        assert framework.to_document() == document()

    def test_a_text_with_problems_is_not_published(self, editor, framework):
        data = form_data(framework) | {"themes-0-value-slug": "check", "action-publish": "yes"}
        page = editor.post(address("edit", framework), data)
        assert page.status_code == 200
        assert "The slug “check” is the address of a page" in page.content.decode()
        framework.refresh_from_db()
        assert framework.to_document() == document()

    def test_the_preview_draws_themes_and_statements_but_nothing_to_answer(self, editor, framework):
        where = address("preview_on_edit", framework)
        data = form_data(framework) | {"themes-0-value-title": "Leading well"}
        assert editor.post(where, data).json() == {"is_valid": True, "is_available": True}
        page = editor.get(where).content.decode()
        assert "Leading well" in page
        assert "The head teacher is leading this work in person" in page
        assert 'type="radio"' not in page

    def test_nobody_copies_a_framework(self, almighty, framework):
        assert almighty.get(f"/cms-admin/snippets/readiness/framework/copy/{framework.pk}/").status_code == 404

    def test_a_framework_with_versions_is_not_deleted(self, almighty, version):
        almighty.post(address("delete", version.framework))
        assert Framework.objects.exists()


class TestVersionsInTheAdmin:
    def test_an_editor_looks_at_them(self, editor, version):
        assert "version 1" in editor.get(reverse("frameworkversion:index")).content.decode()
        page = editor.get(address("inspect", version)).content.decode()
        assert version.digest in page
        assert "- slug: leadership-and-purpose" in page

    @pytest.mark.parametrize("name", ["edit", "delete"])
    def test_nobody_changes_them(self, almighty, version, name):
        answer = almighty.post(address(name, version), {})
        assert answer.status_code == 302
        assert FrameworkVersion.objects.get().digest == version.digest

    def test_nobody_adds_one_by_hand(self, almighty, version):
        assert almighty.get(reverse("frameworkversion:add")).status_code == 302

    def test_nobody_copies_one(self, almighty, version):
        assert almighty.get(f"/cms-admin/frameworkversion/copy/{version.pk}/").status_code == 404

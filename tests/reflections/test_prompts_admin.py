"""The prompts in the editors' admin: drafts with problems, and a version that only a confirmed post publishes."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from config import groups
from reflections import actions
from reflections.models import PromptSet, PromptsVersion
from tests.factories import UserFactory
from tests.reflections.factories import PromptSetFactory
from tests.reflections.prompt_texts import FILE, document, step_of


@pytest.fixture
def editor(db):
    from django.contrib.auth.models import Group

    groups.ensure()
    user = UserFactory()
    user.groups.set(Group.objects.filter(name=groups.FRAMEWORK_EDITORS))
    return user


@pytest.fixture
def prompt_set(db):
    return PromptSetFactory()


@pytest.fixture
def address(prompt_set):
    return f"/cms-admin/reflections/prompts/{prompt_set.pk}/publish/"


class TestPublishing:
    def test_looking_publishes_nothing(self, editor, address, as_user):
        page = as_user(editor).get(address)

        assert page.status_code == 200
        assert "Publish this version" in page.content.decode()
        assert not PromptsVersion.objects.exists()

    def test_a_confirmed_post_does(self, editor, address, prompt_set, as_user):
        answer = as_user(editor).post(address, follow=True)
        version = PromptsVersion.objects.get()

        assert "Version 1 is published" in answer.content.decode()
        assert (version.number, version.published_by) == (1, editor)
        assert version.document == prompt_set.to_document()

    def test_the_same_words_are_published_once(self, editor, address, as_user):
        client = as_user(editor)
        client.post(address)
        client.post(address)

        assert PromptsVersion.objects.count() == 1

    def test_what_changes_is_shown_before(self, editor, address, prompt_set, as_user, now):
        actions.publish_version(prompt_set=prompt_set, by=None, now=now)
        prompt_set.expected_minutes = 12
        prompt_set.save()

        assert "12" in as_user(editor).get(address).content.decode()

    def test_problems_are_shown_and_nothing_is_published(self, editor, address, prompt_set, as_user):
        PromptSet.objects.filter(pk=prompt_set.pk).update(required_steps="")
        client = as_user(editor)

        assert "which steps are needed" in client.get(address).content.decode()
        assert client.post(address).status_code == 200
        assert not PromptsVersion.objects.exists()

    @pytest.mark.parametrize("who", ["head", "officer", "nobody"])
    def test_nobody_else_gets_there(self, who, request, address, as_user, client):
        user = request.getfixturevalue(who)
        browser = client if not user.is_authenticated else as_user(user)

        assert browser.get(address).status_code in {302, 403}
        assert browser.post(address).status_code in {302, 403}
        assert not PromptsVersion.objects.exists()

    def test_the_coordinator_by_role_alone_does_not(self, prompt_set, coordinator, now):
        with pytest.raises(PermissionDenied):
            actions.publish_version(prompt_set=prompt_set, by=coordinator, now=now)

    def test_a_draft_text_is_not_published(self, now):
        prompt_set = PromptSet(live=False)
        prompt_set.fill_from(document())
        prompt_set.save()
        with pytest.raises(actions.UnableToPublish, match="still a draft"):
            actions.publish_version(prompt_set=prompt_set, by=None, now=now)

    test_a_draft_text_is_not_published = pytest.mark.django_db(test_a_draft_text_is_not_published)


class TestTheAdmin:
    def test_the_list_leads_to_the_page(self, editor, prompt_set, address, as_user):
        page = as_user(editor).get("/cms-admin/snippets/reflections/promptset/")

        assert address in page.content.decode()

    def test_the_text_can_be_opened_and_previewed(self, editor, prompt_set, as_user):
        page = as_user(editor).get(f"/cms-admin/snippets/reflections/promptset/edit/{prompt_set.pk}/")

        assert "What happened?" in page.content.decode()

    def test_a_version_can_only_be_looked_at(self, editor, prompt_set, now, as_user):
        version = actions.publish_version(prompt_set=prompt_set, by=None, now=now)
        client = as_user(editor)
        page = client.get("/cms-admin/promptsversion/")

        assert "version 1" in page.content.decode()
        assert (
            "hard_limit_characters" in client.get(f"/cms-admin/promptsversion/inspect/{version.pk}/").content.decode()
        )
        for place in ("edit", "delete"):
            assert client.get(f"/cms-admin/promptsversion/{place}/{version.pk}/").status_code in {302, 404}

    def test_every_part_of_the_document_has_its_place_in_the_editor(self, prompt_set):
        text = document()
        text["reflection"]["slug"] = prompt_set.slug

        assert prompt_set.to_document() == text


class TestLoading:
    def test_twice_is_once(self, db):
        said = StringIO()
        call_command("load_reflection", FILE, stdout=said)
        call_command("load_reflection", FILE, stdout=said)

        assert PromptsVersion.objects.count() == 1
        assert "already says this" in said.getvalue()

    def test_other_words_need_another_label(self, db, now):
        actions.load_prompts(document=document(), now=now)
        changed = document()
        step_of(changed, "so-what")["prompt"] = "What now?"
        with pytest.raises(actions.UnableToPublish, match="label is still"):
            actions.load_prompts(document=changed, now=now)

        changed["reflection"]["version"] = "1.1"
        version, is_new = actions.load_prompts(document=changed, now=now)
        assert (version.number, is_new) == (2, True)

    def test_a_file_that_is_none_is_said(self, db, tmp_path):
        for name, text in (("a.yaml", "reflection: ["), ("b.yaml", "reflection: {}")):
            (tmp_path / name).write_text(text)
            with pytest.raises(CommandError):
                call_command("load_reflection", tmp_path / name)
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("load_reflection", tmp_path / "none.yaml")

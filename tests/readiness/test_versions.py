from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied

from accounts.models import User
from readiness.actions import UnableToPublish, publish_version
from readiness.domain.document import digest
from readiness.models import Framework, FrameworkVersion
from tests.readiness.framework_texts import document, live_framework, statement_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework():
    return live_framework()


def reword(framework):
    text = framework.to_document()
    statement_of(text, "made-room")["text"] = "We have made room for this by finishing, pausing or joining up work."
    framework.fill_from(text)
    framework.save_revision().publish()
    framework.refresh_from_db()


def test_the_first_version_is_number_one(framework):
    version = publish_version(framework=framework, by=None, now=NOW)
    assert (version.number, version.published_at, version.published_by) == (1, NOW, None)
    assert version.document == document()
    assert version.digest == digest(document())


def test_the_same_text_makes_no_second_version(framework):
    first = publish_version(framework=framework, by=None, now=NOW)
    again = publish_version(framework=framework, by=None, now=LATER)
    assert again == first
    assert FrameworkVersion.objects.get().published_at == NOW


def test_a_new_text_makes_the_next_version_and_leaves_the_first(framework):
    first = publish_version(framework=framework, by=None, now=NOW)
    reword(framework)
    second = publish_version(framework=framework, by=None, now=LATER)
    assert second.number == 2
    assert FrameworkVersion.objects.get(pk=first.pk).document == document()
    assert second.document != first.document


def test_going_back_to_an_old_text_makes_a_version_of_its_own(framework):
    publish_version(framework=framework, by=None, now=NOW)
    reword(framework)
    publish_version(framework=framework, by=None, now=NOW)
    framework.fill_from(document())
    framework.save_revision().publish()
    assert publish_version(framework=framework, by=None, now=LATER).number == 3


def test_the_live_text_is_published_not_what_somebody_holds_in_memory(framework):
    framework.title = "A title nobody saved"
    version = publish_version(framework=framework, by=None, now=NOW)
    assert version.document["framework"]["title"] == document()["framework"]["title"]


def test_a_text_that_is_only_a_draft_is_refused():
    draft = Framework(live=False)
    draft.fill_from(document())
    draft.save()
    with pytest.raises(UnableToPublish, match="still a draft"):
        publish_version(framework=draft, by=None, now=NOW)


def test_a_text_with_problems_is_refused_with_all_of_them(framework):
    text = document()
    statement_of(text, "made-room")["levels"]["2"] = ""
    framework.fill_from(text)
    framework.save()
    with pytest.raises(UnableToPublish, match="no description for level 2") as refused:
        publish_version(framework=framework, by=None, now=NOW)
    assert [problem.path for problem in refused.value.problems] == ["themes/time-and-fit/made-room/levels/2"]
    assert not FrameworkVersion.objects.exists()


def test_who_may_not_publish_frameworks_is_refused(framework):
    stranger = User.objects.create_user("stranger@demo.example")
    with pytest.raises(PermissionDenied, match="may not publish"):
        publish_version(framework=framework, by=stranger, now=NOW)


def test_who_may_publish_frameworks_is_named_in_the_version(framework):
    editor = User.objects.create_user("editor@demo.example")
    editor.user_permissions.add(Permission.objects.get(codename="publish_framework"))
    version = publish_version(framework=framework, by=User.objects.get(pk=editor.pk), now=NOW)
    assert version.published_by == editor

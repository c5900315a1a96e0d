import json
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from readiness.domain.document import digest
from readiness.models import Framework, FrameworkVersion
from readiness.models.framework import FrozenError
from tests.readiness.framework_texts import document, live_framework, statement_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def filled(text=None):
    framework = Framework()
    framework.fill_from(text or document())
    return framework


class TestRoundTrip:
    def test_gives_back_the_whole_file(self):
        assert filled().to_document() == document()

    def test_gives_back_the_whole_file_from_the_database(self, db):
        framework = live_framework()
        assert Framework.objects.get(pk=framework.pk).to_document() == document()

    def test_gives_back_the_whole_file_from_a_revision(self, db):
        framework = live_framework()
        assert framework.get_latest_revision_as_object().to_document() == document()

    def test_keeps_numbers_that_binary_fractions_cannot_hold(self):
        text = document()
        text["scoring"]["bands"][0]["below"] = text["scoring"]["bands"][1]["min"] = 2.1
        assert filled(text).to_document() == text

    def test_takes_words_out_that_the_new_document_lacks(self):
        text = document()
        del text["framework"]["originality"], text["support_structure"]["limits"], text["scoring"]["moderation"]
        framework = filled()
        framework.fill_from(text)
        assert framework.to_document() == text

    def test_keeps_notes_with_their_slug_and_out_of_the_document(self):
        framework = filled()
        framework.themes[0].value["statements"][0]["note"] = "Ask the authors about this one."
        framework.fill_from(document())
        assert framework.themes[0].value["statements"][0]["note"] == "Ask the authors about this one."
        assert framework.to_document() == document()

    def test_drops_a_part_that_no_field_holds(self):
        text = document()
        text["scoring"]["outcomes"][0]["rule"]["phase_of_the_moon"] = "full"
        assert filled(text).to_document() == document()


class TestClean:
    def test_accepts_a_text_without_problems(self):
        assert filled().clean() is None

    def test_lists_every_problem_as_a_sentence(self):
        text = document()
        statement_of(text, "made-room")["levels"]["2"] = ""
        statement_of(text, "staff-want-this")["text"] = ""
        with pytest.raises(ValidationError) as refused:
            filled(text).clean()
        assert len(refused.value.messages) == 2
        assert all(sentence.endswith(".") for sentence in refused.value.messages)

    @pytest.mark.parametrize("slug", ["check", "results", "done", "history", "report"])
    def test_refuses_a_slug_that_is_an_address(self, slug):
        text = document()
        text["themes"][0]["slug"] = slug
        with pytest.raises(ValidationError, match=f"“{slug}” is the address of a page"):
            filled(text).clean()

    def test_lets_an_unfinished_draft_be(self):
        framework = Framework(title="Half a thought")
        framework.may_be_unfinished = True
        assert framework.clean() is None

    def test_finds_the_problems_of_an_empty_text(self):
        assert Framework().problems()

    def test_finds_the_problems_of_half_a_theme(self):
        framework = filled()
        framework.themes.append(("theme", {"slug": None, "statements": []}))
        framework.hgios4_keys.append(("key", {"key": None, "words": None}))
        assert {problem.path for problem in framework.problems()} >= {"themes/8/slug", "themes/8/title"}


class TestWagtail:
    def test_publishing_in_the_editor_makes_no_version(self, db):
        assert live_framework().live
        assert not FrameworkVersion.objects.exists()

    def test_a_draft_leaves_the_live_text_alone(self, db):
        framework = live_framework()
        draft = framework.get_latest_revision_as_object()
        draft.title = "Another title"
        draft.save_revision()
        assert Framework.objects.get().title == document()["framework"]["title"]

    def test_its_mixins_stand_in_the_right_order(self):
        assert Framework.check() == []

    def test_knows_its_theme_slugs(self):
        assert filled().theme_slugs()[:2] == ("leadership-and-purpose", "time-and-fit")


@pytest.fixture
def version(db):
    framework = live_framework()
    return FrameworkVersion.objects.create(
        framework=framework, number=1, document=document(), digest=digest(document()), published_at=NOW
    )


class TestFrozenVersion:
    def test_refuses_to_be_saved_again(self, version):
        version.number = 2
        with pytest.raises(FrozenError, match="Publish the next one"):
            version.save()
        with pytest.raises(FrozenError):
            FrameworkVersion.objects.get().save(update_fields=["number"])

    def test_refuses_to_be_updated(self, version):
        with pytest.raises(FrozenError):
            FrameworkVersion.objects.filter(pk=version.pk).update(number=2)
        with pytest.raises(FrozenError):
            FrameworkVersion.objects.bulk_update([version], ["number"])

    def test_refuses_to_be_deleted(self, version):
        with pytest.raises(FrozenError):
            version.delete()
        with pytest.raises(FrozenError):
            FrameworkVersion.objects.all().delete()

    def test_keeps_its_framework_from_being_deleted(self, version):
        with pytest.raises(ProtectedError):
            version.framework.delete()

    def test_framework_version_number_once(self, version):
        twin = FrameworkVersion(framework=version.framework, number=1, document={}, digest="0" * 64, published_at=NOW)
        with pytest.raises(ValidationError, match="already has a version of this number"):
            twin.validate_constraints()
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()

    def test_is_read_as_the_framework_it_holds(self, version):
        framework = FrameworkVersion.objects.defer("document").get().as_framework()
        assert (framework.label, len(framework.themes), len(framework.statements)) == ("1.0-draft", 8, 36)

    def test_keeps_the_order_of_its_document(self, version):
        version.refresh_from_db()
        assert json.dumps(version.document) == json.dumps(document())

    def test_says_what_it_is(self, version):
        assert str(version) == "Nurture pathway readiness audit, version 1"
        assert version.label == "1.0-draft"

    def test_the_newest_comes_first(self, version):
        second = FrameworkVersion.objects.create(
            framework=version.framework, number=2, document=document(), digest="0" * 64, published_at=NOW
        )
        assert list(FrameworkVersion.objects.newest_first()) == [second, version]
        assert FrameworkVersion.objects.latest_published() == second

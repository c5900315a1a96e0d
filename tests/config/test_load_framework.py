import io
from datetime import UTC, datetime

import pytest
import yaml
from django.core.management import CommandError, call_command

from config.framework_file import UnableToLoad, read, understood
from config.loading import load
from readiness.actions import publish_version
from readiness.models import Framework, FrameworkVersion
from support.models import Offer
from tests.readiness.framework_texts import FILE, document, raw_document, statement_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)


@pytest.fixture
def written(tmp_path):
    def write(raw):
        path = tmp_path / "framework.yaml"
        path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return path

    return write


@pytest.fixture
def loaded(db):
    """Loads a document as YAML would give it, and says what that did."""

    def load_it(raw, now=NOW):
        return load(file=understood(raw), now=now)

    return load_it


def run(path):
    said = io.StringIO()
    call_command("load_framework", path, stdout=said)
    return said.getvalue()


def offers_of(raw, theme="safe-base", tier="targeted"):
    return raw["support_structure"]["offers"][theme][tier]


def codes(theme="safe-base", tier="targeted"):
    return [offer.code for offer in Offer.objects.current().for_theme_and_tier(theme, tier).in_order()]


@pytest.mark.django_db
class TestCommand:
    def test_loads_text_version_and_offers(self):
        said = run(FILE)
        framework, version = Framework.objects.get(), FrameworkVersion.objects.get()
        assert framework.live
        assert not framework.has_unpublished_changes
        assert version.number == 1
        assert version.document == framework.to_document() == document()
        assert Offer.objects.current().of_framework("nurture-readiness").count() == 48
        assert "Version 1 of “Nurture pathway readiness audit” (1.0-draft) is published." in said
        assert "Offers: 48 added, 0 changed, 0 retired." in said

    def test_running_it_again_changes_nothing_and_says_so(self):
        run(FILE)
        before = list(Framework.objects.values()), list(FrameworkVersion.objects.values()), list(Offer.objects.values())
        said = run(FILE)
        after = list(Framework.objects.values()), list(FrameworkVersion.objects.values()), list(Offer.objects.values())
        assert after == before
        assert "No wording was changed." in said
        assert "No offer was changed." in said

    def test_refuses_changed_wording_under_the_same_label_with_the_differences(self, written):
        run(FILE)
        raw = raw_document()
        statement_of(raw, "made-room")["text"] = "We have made room."
        with pytest.raises(CommandError) as refused:
            run(written(raw))
        said = str(refused.value)
        assert "still “1.0-draft”" in said
        assert "Statement “made-room”, text" in said
        assert "“We have made room.”" in said
        assert refused.value.returncode == 1
        assert Framework.objects.get().to_document() == document()

    def test_says_when_editors_work_was_replaced(self, written):
        run(FILE)
        draft = Framework.objects.get()
        draft.title = "An editor’s title"
        draft.save_revision()
        raw = raw_document()
        raw["framework"]["version"] = "1.1"
        assert "Their words are kept in its history." in run(written(raw))


class TestVersions:
    def test_a_new_label_makes_the_next_version(self, loaded):
        loaded(raw_document())
        raw = raw_document()
        raw["framework"]["version"] = "1.1"
        statement_of(raw, "made-room")["text"] = "We have made room."
        done = loaded(raw, now=LATER)
        assert (done.is_new_version, done.edits_replaced) == (True, False)
        assert (done.version.number, done.version.label, done.version.published_at) == (2, "1.1", LATER)
        assert Framework.objects.get().version_label == "1.1"

    def test_a_file_that_was_loaded_leaves_what_editors_wrote_since(self, loaded):
        loaded(raw_document())
        framework = Framework.objects.get()
        framework.title = "An editor’s title"
        framework.save_revision().publish()
        publish_version(framework=framework, by=None, now=LATER)
        done = loaded(raw_document())
        assert (done.is_new_version, done.version.number) == (False, 1)
        assert Framework.objects.get().title == "An editor’s title"

    def test_replaced_work_of_editors_stays_in_the_history(self, loaded):
        loaded(raw_document())
        draft = Framework.objects.get()
        draft.title = "An editor’s title"
        draft.themes[0].value["statements"][0]["note"] = "A note to colleagues"
        draft.save_revision()
        raw = raw_document()
        raw["framework"]["version"] = "1.1"
        assert loaded(raw).edits_replaced
        framework = Framework.objects.get()
        assert "An editor’s title" in {revision.as_object().title for revision in framework.revisions.all()}
        assert framework.themes[0].value["statements"][0]["note"] == "A note to colleagues"

    def test_a_framework_that_editors_began_is_published_from_the_file(self, loaded):
        Framework.objects.create(slug="nurture-readiness", title="Begun by hand", live=False)
        assert loaded(raw_document()).version.number == 1
        assert Framework.objects.get().title == "Nurture pathway readiness audit"

    def test_a_part_that_the_editor_cannot_hold_is_refused(self, loaded):
        raw = raw_document()
        raw["scoring"]["phase_of_the_moon"] = "full"
        with pytest.raises(UnableToLoad, match="“full” was taken out"):
            loaded(raw)
        assert not Framework.objects.exists()

    def test_words_too_long_for_their_field_are_refused(self, loaded):
        raw = raw_document()
        raw["framework"]["title"] = "long " * 50
        with pytest.raises(UnableToLoad, match="at most 200 characters"):
            loaded(raw)
        assert not Framework.objects.exists()


class TestOffers:
    def test_an_offer_takes_what_the_file_says(self, loaded):
        loaded(raw_document())
        offer = Offer.objects.get(code="sb-t2")
        assert (offer.theme, offer.tier, offer.order) == ("safe-base", "targeted", 2)
        assert (offer.title, offer.provided_by, offer.amount) == (
            "Transition planning session with cluster schools",
            "cluster",
            "1 meeting",
        )

    def test_an_offer_with_new_words_is_changed_and_the_rest_left_alone(self, loaded):
        loaded(raw_document())
        Offer.objects.filter(code="sb-t2").update(amount="as an editor put it")
        raw = raw_document()
        offers_of(raw)[0]["title"] = "A walk round the school with pupils"
        done = loaded(raw)
        assert (done.offers_added, done.offers_changed, done.offers_retired) == (0, 1, 0)
        assert Offer.objects.get(code="sb-t1").title == "A walk round the school with pupils"
        assert Offer.objects.get(code="sb-t2").amount == "as an editor put it"

    def test_an_offer_that_vanished_is_retired_not_deleted(self, loaded):
        loaded(raw_document())
        raw = raw_document()
        del offers_of(raw)[0]
        done = loaded(raw, now=LATER)
        assert done.offers_retired == 1
        assert Offer.objects.get(code="sb-t1").retired_at == LATER
        assert codes() == ["sb-t2"]
        assert Offer.objects.get(code="sb-t2").order == 1

    def test_an_offer_that_comes_back_is_offered_again(self, loaded):
        loaded(raw_document())
        raw = raw_document()
        del offers_of(raw)[0]
        loaded(raw)
        loaded(raw_document())
        assert codes() == ["sb-t1", "sb-t2"]

    def test_an_offer_that_an_editor_retired_stays_retired(self, loaded):
        loaded(raw_document())
        Offer.objects.filter(code="sb-t1").update(retired_at=NOW)
        raw = raw_document()
        offers_of(raw)[0]["title"] = "A walk round the school with pupils"
        loaded(raw)
        assert codes() == ["sb-t2"]

    def test_a_new_order_in_the_file_is_followed_and_editors_own_offers_come_last(self, loaded):
        loaded(raw_document())
        theirs = Offer.objects.get(code="sb-t1")
        theirs.pk, theirs.code, theirs.order, theirs.loaded_digest = None, "sb-own", 3, ""
        theirs.save()
        raw = raw_document()
        offers_of(raw).reverse()
        done = loaded(raw)
        assert (done.offers_changed, done.offers_retired) == (2, 0)
        assert codes() == ["sb-t2", "sb-t1", "sb-own"]

    def test_a_file_without_offers_leaves_them_alone(self, loaded):
        loaded(raw_document())
        raw = raw_document()
        del raw["support_structure"]["offers"]
        done = loaded(raw)
        assert (done.offers_added, done.offers_changed, done.offers_retired) == (0, 0, 0)
        assert Offer.objects.current().count() == 48

    def test_a_code_of_another_framework_is_refused(self, loaded):
        loaded(raw_document())
        raw = raw_document()
        raw["framework"]["slug"] = "another-framework"
        with pytest.raises(UnableToLoad, match="Another framework already has offers"):
            loaded(raw)
        assert Framework.objects.count() == 1


class TestRead:
    def refusal(self, path):
        with pytest.raises(UnableToLoad) as refused:
            read(path)
        return refused.value.sentences

    def test_says_when_there_is_no_such_file(self, tmp_path):
        assert "cannot be read" in self.refusal(tmp_path / "nowhere.yaml")[0]

    def test_names_the_line_where_a_file_is_not_yaml(self, tmp_path):
        path = tmp_path / "framework.yaml"
        path.write_text("framework:\n  title: [half a list\nthemes: []\n")
        assert self.refusal(path) == (f"The file {path} is not YAML. Look at line 3.",)

    def test_says_when_a_file_is_not_text(self, tmp_path):
        path = tmp_path / "framework.yaml"
        path.write_bytes(b"title: \xff\xfe")
        assert "Save it as UTF-8 text." in self.refusal(path)[0]

    def test_gives_text_and_offers(self, written):
        file = read(written(raw_document()))
        assert (file.slug, file.label, file.document) == ("nurture-readiness", "1.0-draft", document())
        assert len(file.offers) == 48


class TestUnderstood:
    def refusal(self, raw):
        with pytest.raises(UnableToLoad) as refused:
            understood(raw)
        return refused.value.sentences

    @pytest.mark.parametrize("name", ["framework", "keys", "scale", "themes", "scoring", "support_structure"])
    def test_says_which_part_is_missing(self, name):
        raw = raw_document()
        del raw[name]
        assert f"“{name}” is missing" in self.refusal(raw)[0]

    def test_says_when_a_file_holds_something_else(self):
        assert "no framework" in self.refusal("a single line")[0]

    def test_lists_every_problem_of_the_text(self):
        raw = raw_document()
        raw["themes"][0]["slug"] = "check"
        statement_of(raw, "made-room")["levels"][2] = ""
        assert len(self.refusal(raw)) >= 2

    def test_lists_every_problem_of_the_offers(self):
        raw = raw_document()
        offers = raw["support_structure"]["offers"]
        offers["gardening"] = {"universal": [{"id": "g-1", "title": "Seeds", "provided_by": "us", "amount": "a bag"}]}
        offers["safe-base"]["enormous"] = []
        offers["time-and-fit"]["targeted"] = "a workshop"
        offers["staff-learning"] = ["a course"]
        offers_of(raw)[0]["title"] = ""
        offers_of(raw)[1]["id"] = "lp-u1"
        said = self.refusal(raw)
        for words in (
            "no such theme",
            "tier “enormous”",
            "“time-and-fit”, targeted must be a list",
            "“staff-learning” must stand under their tier",
            "Offer 1 for “safe-base”, targeted has no title",
            "share the id “lp-u1”",
        ):
            assert any(words in sentence for sentence in said), words
        assert len(said) == 6

    def test_says_when_offers_stand_in_the_wrong_place(self):
        raw = raw_document()
        raw["support_structure"]["offers"] = ["a workshop"]
        assert "under their theme and their tier" in self.refusal(raw)[0]

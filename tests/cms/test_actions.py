import pytest
import yaml
from django.core.management import CommandError, call_command
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page, Revision, Site

from cms.actions import UnableToLoad, content_digest, load_pages
from cms.blocks import TEXT_FEATURES
from cms.domain import Outcome, PageFile
from cms.models import ContentPage, HomePage, LoadedPage
from tests.cms.conftest import FOLDER
from tests.cms.factories import ContentPageFactory


def document(key, **changes):
    """A small page file's content: a home page called “home”, otherwise a page under it."""
    kind = {"kind": "home", "hero_title": "Hello"} if key == "home" else {"kind": "content", "parent": "home"}
    words = {"title": key.title(), "lead": f"About {key}.", "body": [{"heading": "One"}, {"text": "<p>Words</p>"}]}
    return {"key": key, "slug": f"the-{key}", "last_reviewed": "2026-11-20", **kind, **words, **changes}


@pytest.fixture
def pathway(root, now):
    """The pathway's own pages, as a new installation has them."""
    return load_pages(folder=FOLDER, now=now)


@pytest.fixture
def folder(root, tmp_path):
    return tmp_path


@pytest.fixture
def write(folder):
    def put(key, **changes):
        text = yaml.safe_dump(document(key, **changes), sort_keys=False).replace("'2026-11-20'", "2026-11-20")
        (folder / f"{key}.yaml").write_text(text, encoding="utf-8")

    return put


@pytest.fixture
def load(folder, now):
    return lambda: load_pages(folder=folder, now=now)


@pytest.fixture
def about(write, load):
    """A loaded page called “about”, whose file has changed since."""
    write("home")
    write("about", body=[{"heading": "First words"}])
    load()
    write("about", body=[{"heading": "Second words"}])
    return ContentPage.objects.get(slug="the-about")


def words(page):
    return [child.value for child in ContentPage.objects.get(pk=page.pk).body]


def edit(page, heading):
    """What happens when an editor changes the heading and publishes."""
    page = ContentPage.objects.get(pk=page.pk)
    page.body[0].value = heading
    page.save_revision().publish()


class TestThePathway:
    def test_is_made_from_its_files(self, pathway, client):
        assert pathway.keys(Outcome.CREATED)[:2] == ["home", "pathway"]
        assert len(pathway.keys(Outcome.CREATED)) == len(list(FOLDER.glob("*.yaml")))
        assert client.get("/").status_code == 200

    def test_does_not_change_when_it_is_loaded_again(self, pathway, now):
        before = list(Page.objects.order_by("path").values_list("pk", "path", "latest_revision"))
        again = load_pages(folder=FOLDER, now=now)
        assert again.lines() == [f"unchanged: {len(before) - 1}"]
        assert list(Page.objects.order_by("path").values_list("pk", "path", "latest_revision")) == before
        assert Revision.objects.count() == len(before) - 1

    def test_takes_the_place_of_wagtails_welcome_page(self, pathway):
        assert list(Page.get_first_root_node().get_children().values_list("title", flat=True)) == ["Home"]

    def test_answers_at_the_address_of_the_settings(self, root, now, settings):
        settings.SITE_URL = "https://pathway.example"
        load_pages(folder=FOLDER, now=now)
        site = Site.objects.get(is_default_site=True)
        assert (site.hostname, site.port, site.root_page.specific) == ("pathway.example", 443, HomePage.objects.get())
        assert site.site_name == settings.WAGTAIL_SITE_NAME

    def test_stays_as_it_is_when_an_editor_opens_and_publishes_a_page_without_a_change(self, pathway, now):
        page = ContentPage.objects.get(slug="audit")
        file = PageFile.from_document("", yaml.safe_load((FOLDER / "04-audit.yaml").read_text(encoding="utf-8")))
        before = content_digest(page, file)
        editor = ContentstateConverter(TEXT_FEATURES)
        for child in page.body:
            if child.block_type == "text":
                child.value.source = editor.to_database_format(editor.from_database_format(child.value.source))
        page.save_revision().publish()
        page = ContentPage.objects.get(slug="audit")
        assert "data-block-key" in str(list(page.body.raw_data))
        assert content_digest(page, file) == before


class TestLoadingAgain:
    def test_writes_what_the_file_changed(self, about, load):
        assert load().keys(Outcome.UPDATED) == ["about"]
        assert words(about) == ["Second words"]

    def test_keeps_what_an_editor_changed(self, about, load):
        edit(about, "Better words")
        assert "kept about: an editor has changed it" in load().lines()
        assert words(about) == ["Better words"]

    def test_goes_on_once_an_editor_wrote_the_same(self, about, write, load):
        edit(about, "Second words")
        assert load().keys(Outcome.UNCHANGED) == ["home", "about"]
        write("about", body=[{"heading": "Third words"}])
        assert load().keys(Outcome.UPDATED) == ["about"]

    def test_keeps_what_an_editor_took_back_to_an_older_revision(self, about, write, load):
        older = about.latest_revision
        load()
        older.publish()
        write("about", body=[{"heading": "Third words"}])
        assert load().keys(Outcome.KEPT) == ["about"]
        assert words(about) == ["First words"]

    def test_keeps_a_page_that_an_editor_is_drafting(self, about, load):
        draft = ContentPage.objects.get(pk=about.pk)
        draft.body[0].value = "Half a thought"
        draft.save_revision()
        assert "kept about: an editor has a draft of it" in load().lines()
        assert words(about) == ["First words"]

    def test_keeps_a_page_unpublished(self, about, load):
        about.unpublish()
        assert "kept about: an editor has unpublished it" in load().lines()

    def test_keeps_a_page_deleted(self, about, load):
        about.delete()
        assert "kept about: an editor has deleted it" in load().lines()
        assert not ContentPage.objects.filter(slug="the-about").exists()

    def test_keeps_a_page_where_an_editor_moved_it(self, about, write, load):
        write("other")
        load()
        ContentPage.objects.get(pk=about.pk).move(ContentPage.objects.get(slug="the-other"), pos="last-child")
        write("about", body=[{"heading": "Third words"}])
        assert load().keys(Outcome.UPDATED) == ["about"]
        assert ContentPage.objects.get(pk=about.pk).url == "/the-other/the-about/"

    def test_does_not_mistake_a_copy_for_the_page(self, about, load):
        copy = about.copy(update_attrs={"slug": "copy", "title": "Copy"})
        load()
        assert words(copy) == ["First words"]

    def test_makes_nothing_under_a_page_that_was_deleted(self, about, write, load):
        about.delete()
        write("child", parent="about")
        assert "kept child: the page above it is not there" in load().lines()

    def test_leaves_a_page_alone_that_would_lead_to_a_deleted_one(self, about, write, load):
        about.delete()
        write("home", body=[{"call_to_action": {"words": "Go", "page": "page:about"}}])
        assert "kept home: it leads to “about”, which is not there" in load().lines()

    def test_makes_a_page_later_once_what_it_leads_to_is_there(self, about, write, load):
        about.delete()
        write("new", body=[{"call_to_action": {"words": "Go", "page": "page:about"}}])
        assert "kept new: it leads to “about”, which is not there" in load().lines()
        write("new", body=[{"call_to_action": {"words": "Go", "page": "page:home"}}])
        assert load().keys(Outcome.CREATED) == ["new"]

    def test_makes_no_second_page_at_an_address_in_use(self, write, load):
        write("home")
        load()
        ContentPageFactory(parent=HomePage.objects.get(), slug="the-about")
        write("about")
        assert "kept about: another page has its address" in load().lines()

    def test_points_the_site_at_a_new_address_only(self, about, load, settings):
        load()
        settings.SITE_URL = "http://127.0.0.1:8123"
        load()
        site = Site.objects.get()
        assert (site.hostname, site.port) == ("127.0.0.1", 8123)

    def test_remembers_when_each_page_was_written(self, about, load, now):
        load()
        assert set(LoadedPage.objects.values_list("loaded_at", flat=True)) == {now}


class TestABadFile:
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"body": [{"hedaing": "One"}]}, "there is no block called hedaing"),
            ({"body": [{"call_to_action": {"words": "Go"}}]}, "one of the two"),
            ({"body": [{"text": '<p><a href="page:nowhere">Go</a></p>'}]}, "No file has that key"),
            ({"lead": ""}, "about: "),
            ({"title": "Long " * 60}, "about: "),
            ({"kind": "story"}, "about.yaml: the kind is"),
        ],
    )
    def test_changes_nothing_and_says_what_to_do(self, write, load, changes, sentence):
        before = Page.objects.count()
        write("home")
        write("about", **changes)
        with pytest.raises(UnableToLoad) as refusal:
            load()
        assert sentence in str(refusal.value)
        assert Page.objects.count() == before

    def test_may_not_even_be_yaml(self, folder, load):
        (folder / "odd.yaml").write_text("key: [", encoding="utf-8")
        with pytest.raises(UnableToLoad, match=r"odd\.yaml: this is not YAML"):
            load()

    def test_is_missed_where_the_folder_is_empty(self, load):
        with pytest.raises(UnableToLoad, match="no page files"):
            load()


class TestTheCommand:
    def test_tells_what_happened(self, root, capsys):
        call_command("load_pages")
        call_command("load_pages")
        told = capsys.readouterr().out.splitlines()
        assert told[0] == "created home"
        assert told[-1] == f"unchanged: {len(list(FOLDER.glob('*.yaml')))}"

    def test_says_in_a_sentence_what_is_wrong(self, root, tmp_path):
        with pytest.raises(CommandError, match="no page files"):
            call_command("load_pages", folder=tmp_path)

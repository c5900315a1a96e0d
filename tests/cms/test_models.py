import pytest
from wagtail.models import Page, PageViewRestriction

from cms.models import ContentPage, HomePage, LoadedPage
from tests.cms.factories import ContentPageFactory, HomePageFactory, LoadedPageFactory


@pytest.fixture
def section(home):
    return ContentPageFactory(parent=home, title="Section", slug="section")


@pytest.fixture
def topic(section):
    return ContentPageFactory(parent=section, title="Topic", slug="topic")


class TestHomePage:
    def test_stands_under_the_root(self, root):
        assert HomePage.can_create_at(root)

    def test_stands_nowhere_else(self, root, home):
        plain = root.add_child(instance=Page(title="Plain", slug="plain"))
        HomePage.objects.get().delete()
        assert not HomePage.can_create_at(plain)

    def test_is_the_only_one(self, root, home):
        assert not HomePage.can_create_at(root)

    def test_holds_content_pages_only(self, home):
        assert home.allowed_subpage_models() == [ContentPage]

    def test_answers_with_404_where_there_is_no_page(self, home, client):
        assert client.get("/nothing-here/").status_code == 404

    def test_answers_with_404_for_a_page_that_is_not_live(self, section, topic, client):
        topic.unpublish()
        assert client.get("/section/topic/").status_code == 404

    def test_does_not_find_a_page_under_the_wrong_parent(self, section, topic, client):
        assert client.get("/topic/").status_code == 404
        assert client.get("/section/topic/").status_code == 200


class TestContentPage:
    def test_stands_under_the_home_page_and_under_a_section(self, home, section):
        assert ContentPage.can_create_at(home)
        assert ContentPage.can_create_at(section)

    def test_never_lies_three_levels_deep(self, topic):
        assert not ContentPage.can_create_at(topic)

    def test_never_stands_at_the_root(self, root):
        assert not ContentPage.can_create_at(root)

    def test_moves_into_another_section(self, home, topic):
        assert topic.can_move_to(ContentPageFactory(parent=home))

    def test_does_not_move_below_a_topic(self, home, topic):
        assert not ContentPageFactory(parent=home).can_move_to(topic)

    def test_does_not_take_its_own_pages_a_level_too_deep(self, home, section, topic):
        section.refresh_from_db()
        assert not section.can_move_to(ContentPageFactory(parent=home))

    def test_says_where_it_is(self, topic, read):
        crumbs = read("/section/topic/").find("nav", attrs={"aria-label": "Breadcrumb"}).find_all("li")
        assert [crumb.get_text(strip=True) for crumb in crumbs] == ["Home", "Section", "Topic"]
        assert [crumb.a and crumb.a["href"] for crumb in crumbs] == ["/", "/section/", None]

    def test_lists_its_section_in_order_and_marks_itself(self, section, topic, read):
        ContentPageFactory(parent=section, title="Another")
        listed = read("/section/topic/").find("nav", attrs={"aria-labelledby": "in-this-section"}).find_all("li")
        assert [item.get_text(strip=True) for item in listed] == ["Section", "Topic", "Another"]
        assert [item.find(attrs={"aria-current": "page"}) is not None for item in listed] == [False, True, False]

    def test_lists_no_section_where_it_is_the_only_page(self, section, read):
        assert read("/section/").find(id="in-this-section") is None

    def test_leaves_pages_out_of_the_list_that_are_not_live_or_not_public(self, section, topic, read):
        ContentPageFactory(parent=section, title="Not live", live=False)
        private = ContentPageFactory(parent=section, title="Staff only")
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
        assert "Not live" not in read("/section/").main.get_text()
        assert "Staff only" not in read("/section/").main.get_text()

    def test_lists_itself_even_where_it_is_private(self, section, topic, as_user, head, read):
        PageViewRestriction.objects.create(page=topic, restriction_type=PageViewRestriction.LOGIN)
        assert read("/section/topic/", by=as_user(head)).find(id="in-this-section") is not None

    def test_shows_when_it_was_last_reviewed(self, section, today, read):
        section.last_reviewed = today
        section.save()
        assert read("/section/").find("time")["datetime"] == "2026-11-20"

    def test_describes_itself_to_search_engines_by_its_lead(self, section, read):
        assert read("/section/").find("meta", attrs={"name": "description"})["content"] == "What this page is for."

    def test_can_be_previewed(self, topic):
        assert topic.make_preview_request().status_code == 200


class TestLoadedPage:
    def test_is_told_apart_by_its_key(self, root):
        assert str(LoadedPageFactory(key="support")) == "support"

    def test_outlives_its_page(self, home, section):
        LoadedPageFactory(key="section", page=section)
        section.delete()
        assert LoadedPage.objects.get(key="section").page is None


def test_every_factory_makes_a_page_that_saves(root):
    home = HomePageFactory(parent=root)
    assert ContentPageFactory(parent=home).pk
    assert LoadedPageFactory().pk

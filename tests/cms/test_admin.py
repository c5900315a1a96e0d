"""The pages in Wagtail's admin, as an editor meets them."""

import pytest
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import ContentPage
from tests.cms.factories import ContentPageFactory


@pytest.fixture
def editor(as_user, superuser):
    return as_user(superuser)


def form(**changes):
    return nested_form_data(
        {
            "title": "Our story",
            "slug": "our-story",
            "lead": "How it began.",
            "body": streamfield([("heading", "First"), ("text", rich_text("<p>Words</p>")), ("start", "")]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "action-publish": "1",
            **changes,
        }
    )


def test_an_editor_makes_a_page(editor, home):
    editor.post(f"/cms-admin/pages/add/cms/contentpage/{home.pk}/", form())
    page = ContentPage.objects.get(slug="our-story")
    assert page.live
    assert [child.block_type for child in page.body] == ["heading", "text", "start"]


def test_an_editor_is_told_about_a_smaller_heading_that_stands_alone(editor, home):
    lonely = streamfield([("text", rich_text("<h3>Small</h3>", features=["h3"]))])
    response = editor.post(f"/cms-admin/pages/add/cms/contentpage/{home.pk}/", form(body=lonely))
    assert "Put a Heading above this" in response.content.decode()
    assert not ContentPage.objects.exists()


def test_an_editor_opens_and_previews_each_kind_of_page(editor, home):
    for page in (home, ContentPageFactory(parent=home)):
        assert editor.get(f"/cms-admin/pages/{page.pk}/edit/").status_code == 200
        assert page.make_preview_request().status_code == 200


def test_no_page_is_offered_where_it_may_not_stand(editor, home):
    section = ContentPageFactory(parent=home)
    topic = ContentPageFactory(parent=section)
    assert editor.get(f"/cms-admin/pages/add/cms/contentpage/{section.pk}/").status_code == 200
    assert editor.get(f"/cms-admin/pages/add/cms/contentpage/{topic.pk}/").status_code == 302
    assert editor.get(f"/cms-admin/pages/add/cms/homepage/{home.pk}/").status_code == 302

"""Pages for tests."""

from datetime import UTC, datetime

import factory
import wagtail_factories
from factory.django import DjangoModelFactory

from cms.models import ContentPage, HomePage, LoadedPage


class HomePageFactory(wagtail_factories.PageFactory):
    """A home page. Give `parent=root` to put it where it belongs."""

    class Meta:
        model = HomePage

    title = "Home"
    slug = "front"  # a new database has Wagtail's own page at “home”
    hero_title = "Is your school ready to take part?"
    lead = "Start here."


class ContentPageFactory(wagtail_factories.PageFactory):
    """A page of words. Give `parent=` a home page or a content page."""

    class Meta:
        model = ContentPage

    title = factory.Sequence(lambda n: f"Page {n}")
    lead = "What this page is for."


class LoadedPageFactory(DjangoModelFactory):
    class Meta:
        model = LoadedPage

    key = factory.Sequence(lambda n: f"page-{n}")
    page = factory.SubFactory(ContentPageFactory)
    digest = "0" * 64
    loaded_at = datetime(2026, 8, 12, 9, 0, tzinfo=UTC)

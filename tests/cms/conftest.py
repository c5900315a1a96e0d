import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from wagtail.models import Locale, Page, Site

from tests.cms.factories import HomePageFactory

FOLDER = settings.BASE_DIR / "fixtures" / "pages"


def plant():
    """The root of the page tree; made again where a test that empties the database has taken it away."""
    Locale.objects.get_or_create(language_code="en-gb")
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))


@pytest.fixture
def root(db):
    return plant()


@pytest.fixture
def home(root):
    """A home page that answers at /."""
    page = HomePageFactory(parent=root)
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": page})
    return page


@pytest.fixture
def read(client):
    """Fetch a page that must be there, and read it: `read("/pathway/").h1`."""

    def fetch(address, by=client):
        response = by.get(address)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        return BeautifulSoup(response.content, "html.parser")

    return fetch

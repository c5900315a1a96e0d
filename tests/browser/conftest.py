from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.site import Site

SCREENSHOTS = Path(settings.BASE_DIR) / "var" / "screenshots"

# A click comes back before the page that it leads to is there, so what a page says is waited for, never looked up
# once; a machine that is busy with other tests may take its time.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def site(prepared):
    """A server for pages that are only read."""
    with Site(prepared, prepared.parent / "read") as running:
        yield running

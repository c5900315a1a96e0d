from pathlib import Path

from django.conf import settings
from playwright.sync_api import expect

SCREENSHOTS = Path(settings.BASE_DIR) / "var" / "screenshots"

# A click comes back before the page that it leads to is there, so what a page says is waited for, never looked up
# once; a machine that is busy with other tests may take its time.
expect.set_options(timeout=30_000)

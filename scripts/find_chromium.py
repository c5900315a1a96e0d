"""Print the path of a Chromium for the browser tests, installing one where that is possible."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WAIT = ["-o", "DPkg::Lock::Timeout=300"]  # another apt-get may be at work
SENTENCE = (
    "The browser tests need Chromium. Install it (on Debian: apt-get install chromium), "
    "or set CHROMIUM to the path of one, and run this again."
)


def on_this_machine() -> str | None:
    """Give the browser that $CHROMIUM names, that is on the path, or that Playwright manages."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    return next(filter(None, map(shutil.which, NAMES)), None) or playwrights_own()


def playwrights_own() -> str | None:
    """Give the browser that Playwright has installed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def install() -> None:
    """Install one: from Debian for root, otherwise Playwright's own. What they say goes to the error stream."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        packages = ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"]
        for words in (["update", "-qq"], packages):
            subprocess.run(["apt-get", *WAIT, *words], stdout=sys.stderr, env=environment, check=False)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr, check=False)


if __name__ == "__main__":
    found = on_this_machine()
    if found is None and not os.environ.get("CHROMIUM"):
        install()
        found = on_this_machine()
    if found is None:
        sys.exit(SENTENCE)
    print(found)

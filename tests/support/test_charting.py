import subprocess
import sys

import pytest

from charts.theme_profile import digest
from support import charting
from support.reports.composing import compose
from tests.support.examples import everywhere, source


@pytest.fixture
def chart():
    return compose(source(everywhere(3))).chart


@pytest.fixture
def kept_in(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "charts"


def test_a_picture_is_drawn_once_and_kept(chart, kept_in, monkeypatch):
    drawn = []
    monkeypatch.setattr(charting, "theme_profile", lambda profile: drawn.append(profile) or "<svg/>")
    assert charting.picture(chart) == charting.picture(chart) == b"<svg/>"
    assert drawn == [chart]
    assert [path.name for path in kept_in.iterdir()] == [f"{digest(chart)}.svg"]


def test_the_picture_says_what_it_shows_and_its_size_can_be_told(chart, kept_in):
    assert charting.pixels(digest(chart)) is None
    svg = charting.picture(chart).decode()
    assert 'role="img"' in svg
    assert "Ready to start. Support for the eight themes: universal for all of them." in svg
    width, height = charting.pixels(digest(chart))
    assert 288 <= width < height


def test_a_picture_of_unknown_size_has_none(chart, kept_in, monkeypatch):
    monkeypatch.setattr(charting, "theme_profile", lambda profile: "<svg/>")
    charting.picture(chart)
    assert charting.pixels(digest(chart)) is None


def test_a_key_fits_its_own_audit_and_picture_only(settings):
    key = charting.key(1, "a" * 64)

    assert charting.fits(key, 1, "a" * 64)
    assert not charting.fits(key, 2, "a" * 64)
    assert not charting.fits(key, 1, "b" * 64)
    assert not charting.fits("", 1, "a" * 64)
    assert not charting.fits("é", 1, "a" * 64)


WARM = """
import os, sys
os.environ["NURTURE_VAR"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from config import urls
from support import charting, pdf
from support.reports.composing import compose
from tests.support.examples import everywhere, source
report = compose(source(everywhere(3)))
assert charting.picture(report.chart) == b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
assert pdf.render(report).startswith(b"%PDF")
assert "matplotlib" not in sys.modules, "matplotlib was imported though the picture was there"
"""


def test_matplotlib_stays_out_while_the_picture_is_there(chart, kept_in):
    kept_in.mkdir()
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    (kept_in / f"{digest(chart)}.svg").write_text(svg)
    done = subprocess.run(
        [sys.executable, "-c", WARM, str(kept_in.parent)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr

import subprocess
import sys

import pytest
from django.utils.module_loading import import_string
from django_tasks.base import Task

from charts.theme_profile import digest
from readiness.domain.states import AuditState
from support import charting
from support.reports import build
from support.reports.composing import compose
from support.tasks import draw_chart
from tests.readiness.factories import AuditFactory
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
from support.tasks import draw_chart
from tests.readiness.factories import AuditFactory
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


class TestDrawnOnceSubmitted:
    def test_by_a_task_when_the_submission_is_committed(
        self, kept_in, db, now, monkeypatch, django_capture_on_commit_callbacks
    ):
        monkeypatch.setattr(charting, "theme_profile", lambda profile: "<svg/>")
        with django_capture_on_commit_callbacks(execute=True):
            audit = AuditFactory(submitted=True)
            assert not kept_in.exists()

        shown = build(audit, now=now)
        assert [path.name for path in kept_in.iterdir()] == [f"{shown.chart_digest}.svg"]

    def test_an_audit_that_is_not_there_any_more_is_passed_over(self, db, kept_in):
        draw_chart.call(audit_id=999_999)
        assert not kept_in.exists()

    def test_a_queue_that_fails_does_not_undo_a_submission(
        self, db, monkeypatch, caplog, django_capture_on_commit_callbacks
    ):
        monkeypatch.setattr("readiness.actions.listeners.import_string", lambda path: 1 / 0)
        with django_capture_on_commit_callbacks(execute=True):
            audit = AuditFactory(submitted=True)

        audit.refresh_from_db()
        assert audit.state == AuditState.SUBMITTED
        assert "Error calling" in caplog.text

    def test_every_task_that_is_named_is_one(self, settings):
        for path in settings.AFTER_SUBMISSION:
            assert isinstance(import_string(path), Task), path

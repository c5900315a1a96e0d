import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from charts.change_over_time import ChangeLegend, change_over_time, digest
from charts.svg import Sheet
from tests.charts.changes import FOUR_THEMES, HIGHER, LOWER, SAME, UNKNOWN, one_row

ROOT = Path(__file__).parents[2]
PRINT = "from charts.change_over_time import *; from tests.charts.changes import *; import sys; sys.stdout.write("


@pytest.fixture(scope="module")
def svg():
    return change_over_time(FOUR_THEMES)


def words_drawn(svg):
    """The text of every text object, which matplotlib writes as a comment before its outlines."""
    return [comment.strip() for comment in re.findall(r"<!--(.*?)-->", svg, re.DOTALL)]


def shapes(svg):
    return re.findall(r'<path d="([^"]*)"([^>]*)/>', svg, re.DOTALL)


def rings(svg):
    return [d for d, look in shapes(svg) if "C" in d and 'stroke="#1a1a1a"' in look and 'stroke-width="2"' in look]


def discs(svg):
    return [d for d, look in shapes(svg) if "C" in d and 'fill="#0065bd"' in look]


def bars(svg):
    return [d for d, look in shapes(svg) if 'stroke-width="8"' in look]


def in_a_new_process(expression, **environment):
    done = subprocess.run(
        [sys.executable, "-c", f"{PRINT}{expression})"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_importing_the_dataclasses_does_not_import_matplotlib():
    assert in_a_new_process("str('matplotlib' in sys.modules)") == "False"


def test_drawing_does_not_import_pyplot():
    drawn = "str(bool(change_over_time(one_row(SAME))) and 'matplotlib.pyplot' in sys.modules)"
    assert in_a_new_process(drawn) == "False"


def test_another_process_draws_the_same_bytes(svg):
    drawn = in_a_new_process(
        "hashlib.sha256(change_over_time(FOUR_THEMES).encode()).hexdigest() + ' ' + digest(FOUR_THEMES)",
        PYTHONHASHSEED="4242",
        SOURCE_DATE_EPOCH="86400",
    )
    assert drawn == f"{hashlib.sha256(svg.encode()).hexdigest()} {digest(FOUR_THEMES)}"


def test_threads_draw_the_same_bytes():
    charts = [one_row(row) for row in (HIGHER, LOWER, SAME, UNKNOWN)]
    expected = [change_over_time(chart) for chart in charts]
    with ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(lambda _: [change_over_time(chart) for chart in charts], range(8)))
    assert drawn == [expected] * 8


def test_every_word_is_drawn(svg):
    drawn = " ".join(words_drawn(svg))
    rows = [part for row in FOUR_THEMES.rows for part in (row.title, row.then_text, row.now_text, row.verdict)]
    scale = [name for _, name in FOUR_THEMES.ticks]
    for words in [
        FOUR_THEMES.title,
        "2025/26",
        "2026/27",
        *rows,
        *scale,
        *(heading for _, heading in FOUR_THEMES.groups),
    ]:
        assert words in drawn


def test_it_says_what_it_shows_to_people_who_hear_it(svg):
    assert 'role="img"' in svg
    description = re.search(r'<desc id="chart-description">(.*?)</desc>', svg, re.DOTALL)[1].splitlines()
    assert description[0] == FOUR_THEMES.summary
    assert description[1] == "Leadership and purpose: 2025/26: 2.8; 2026/27: 3.0; About the same."
    assert description[3].endswith("2025/26: not enough information; 2026/27: 2.5; Cannot be compared.")
    assert len(description) == 1 + len(FOUR_THEMES.rows)


@pytest.mark.parametrize("row", [HIGHER, LOWER], ids=["higher", "lower"])
def test_a_change_is_joined_by_a_bar(row):
    assert len(bars(change_over_time(one_row(row)))) == 1


@pytest.mark.parametrize("row", [SAME, UNKNOWN], ids=["same", "unknown"])
def test_what_is_about_the_same_is_not_joined(row):
    assert bars(change_over_time(one_row(row))) == []


def test_a_missing_score_has_no_mark_and_says_so():
    known, missing = change_over_time(one_row(SAME)), change_over_time(one_row(UNKNOWN))
    assert (len(rings(known)), len(discs(known))) == (2, 2), "one of each is in the legend"
    assert (len(rings(missing)), len(discs(missing))) == (1, 2)
    assert "2025/26: not enough information" in words_drawn(missing)


def test_two_marks_in_one_place_can_both_be_seen():
    svg = change_over_time(one_row(replace(SAME, now=SAME.then)))
    assert (len(rings(svg)), len(discs(svg))) == (2, 2)


def test_long_words_from_a_translation_stay_on_the_sheet():
    row = replace(
        SAME, title="A name that is a good deal longer than any theme has now", verdict="About " * 20 + "x" * 60
    )
    svg = change_over_time(one_row(row, legend=ChangeLegend("When it was first looked at, a year ago", "At present")))
    numbers = [float(x) for d, _ in shapes(svg) for x in re.findall(r"[ML] (-?[\d.]+) ", d)]
    line = r"<!-- (.*?) -->\s*<g [^>]*translate\((\S+) \S+\) scale\((\S+) .*?#DejaVuSans(-Bold)?-"
    lines = re.findall(line, svg, re.DOTALL)
    ends = [float(x) + Sheet(0).measure(words, float(size) * 100, bold=bool(bold)) for words, x, size, bold in lines]
    assert min(numbers + [float(x) for _, x, _, _ in lines]) >= 0
    assert max(numbers + ends) <= 340


def test_the_drawing_is_small_and_has_no_date(svg):
    assert len(svg.encode()) < 150_000
    assert not re.search(r"\b20\d\d-\d\d", svg)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another"},
        {"summary": "Another."},
        {"rows": FOUR_THEMES.rows[:-1]},
        {"rows": (replace(SAME, direction="higher"),)},
        {"rows": (replace(SAME, verdict="Much the same"),)},
        {"groups": FOUR_THEMES.groups[::-1]},
        {"legend": ChangeLegend("a", "b")},
        {"language": "gd"},
    ],
    ids=str,
)
def test_digest_changes_with_anything_that_may_be_drawn(changes):
    assert digest(replace(FOUR_THEMES, **changes)) != digest(FOUR_THEMES)


def test_digest_is_the_same_for_equal_charts_and_another_for_another_drawing(monkeypatch):
    again = replace(FOUR_THEMES, rows=(replace(SAME, now=3.0), *FOUR_THEMES.rows[1:]))
    assert digest(again) == digest(FOUR_THEMES)
    before = digest(FOUR_THEMES)
    monkeypatch.setattr("charts.change_over_time.DRAWING_VERSION", 10_000)
    assert digest(FOUR_THEMES) != before


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ticks": ((5, "Off the end"),)}, "Every tick"),
        ({"groups": FOUR_THEMES.groups[:1]}, "which has no heading"),
        ({"rows": (replace(SAME, now=Fraction(1, 2)),)}, "not on the scale"),
        ({"rows": (replace(SAME, then=None),)}, "cannot be compared"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_parts_that_do_not_fit_together_are_refused(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        replace(FOUR_THEMES, **changes)

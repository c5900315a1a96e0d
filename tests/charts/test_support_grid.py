import html
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from charts.support_grid import PATTERNS, GridRow, SupportGrid, Tier, sheets, support_grid, swatch

ROOT = Path(__file__).parents[2]
TIERS = (
    Tier("universal", "Universal", "open"),
    Tier("targeted", "Targeted", "striped"),
    Tier("intensive", "Intensive", "solid"),
)
GRID = SupportGrid(
    title="Northbank: schools and themes",
    summary="Three schools and three themes.",
    columns=("Leadership and purpose", "Time, people and fit", "A safe base"),
    tiers=TIERS,
    rows=(
        GridRow("Ash Primary School", "Agreed 12 June", ("universal", "targeted", "intensive")),
        GridRow("Birch School", "As the school said, 3 May", ("universal", "universal", "targeted"), frozenset({0})),
        GridRow("Cedar Academy <1>", "", ("", "", "")),
    ),
    nothing="no audit yet",
    not_enough_information="not enough information yet",
)


@pytest.fixture(scope="module")
def svg():
    return support_grid(GRID)


def words(svg):
    return [comment.strip() for comment in re.findall(r"<!--(.*?)-->", svg, re.DOTALL)]


def test_every_cell_is_a_pattern_and_a_letter_that_the_legend_explains(svg):
    drawn = words(svg)

    for tier in TIERS:
        assert f"{tier.word[0]} = {tier.word}" in drawn
    assert [word for word in drawn if re.fullmatch(r"[UTI]\??|–", word)] == [
        "U",
        "T",
        "I",
        "U?",
        "U",
        "T",
        "–",
        "–",
        "–",
    ]


def test_what_it_shows_is_said_in_words_as_well(svg):
    description = html.unescape(re.search(r"<desc[^>]*>(.*?)</desc>", svg, re.DOTALL)[1])

    assert description.splitlines() == [
        "Three schools and three themes.",
        "Ash Primary School (Agreed 12 June): Leadership and purpose: Universal; Time, people and fit: Targeted; "
        "A safe base: Intensive.",
        "Birch School (As the school said, 3 May): Leadership and purpose: Universal (not enough information yet); "
        "Time, people and fit: Universal; A safe base: Targeted.",
        "Cedar Academy <1>: Leadership and purpose: no audit yet; Time, people and fit: no audit yet; "
        "A safe base: no audit yet.",
    ]


def test_the_same_grid_gives_the_same_bytes(svg):
    assert support_grid(GRID) == svg


def test_an_empty_grid_can_be_drawn():
    assert "Three schools" in support_grid(replace(GRID, rows=(), columns=()))


def test_long_lists_are_cut_into_sheets():
    many = replace(GRID, rows=GRID.rows[:1] * 100)

    assert [len(sheet.rows) for sheet in sheets(many)] == [45, 45, 10]
    assert [len(sheet.rows) for sheet in sheets(replace(GRID, rows=()))] == [0]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (GridRow("Ash", "", ("universal",)), "“Ash” has 1 cells, not 3."),
        (GridRow("Ash", "", ("universal", "huge", "")), "“Ash” has a tier that is not explained: huge."),
    ],
)
def test_what_does_not_fit_is_refused(row, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        replace(GRID, rows=(row,))


def test_patterns_differ_without_colour():
    assert len({swatch(pattern) for pattern in PATTERNS}) == 3
    assert {colour for pattern in PATTERNS for colour in re.findall(r"#\w+", swatch(pattern))} == {"#1a1a1a", "#fff"}


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.key)
def test_the_style_sheets_pictures_are_these_patterns(tier):
    assert (ROOT / "static" / "site" / "tiers" / f"{tier.key}.svg").read_text() == swatch(tier.pattern)


def test_neither_the_dataclasses_nor_the_patterns_import_matplotlib():
    code = "import sys; from charts.support_grid import swatch; swatch('solid'); print('matplotlib' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

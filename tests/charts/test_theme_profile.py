import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pypdf
import pytest
import typst

from charts.svg import Sheet
from charts.theme_profile import Legend, ThemeRow, Zone, digest, theme_profile
from tests.charts.examples import EIGHT_THEMES, PLAIN, RAISED, UNKNOWN, one_row

ROOT = Path(__file__).parents[2]
PRINT_DRAWING = "from charts.theme_profile import *; from tests.charts.examples import *; import sys; sys.stdout.write("


@pytest.fixture(scope="module")
def svg():
    return theme_profile(EIGHT_THEMES)


def words_drawn(svg):
    """The text of every text object, which matplotlib writes as a comment before its outlines."""
    return [comment.strip() for comment in re.findall(r"<!--(.*?)-->", svg, re.DOTALL)]


def shapes(svg):
    """The outlines drawn with a fill or a line, as they are written."""
    return re.findall(r'<path d="([^"]*)"([^>]*)/>', svg, re.DOTALL)


def diamonds(svg):
    return [d for d, look in shapes(svg) if d.count("L") == 3 and 'stroke-width="2"' in look]


def dots(svg):
    return [d for d, look in shapes(svg) if "C" in d and 'fill="#1a1a1a"' in look]


def in_a_new_process(expression, **environment):
    command = [sys.executable, "-c", f"{PRINT_DRAWING}{expression})"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_importing_the_dataclasses_does_not_import_matplotlib():
    assert in_a_new_process("str('matplotlib' in sys.modules)") == "False"


def test_drawing_does_not_import_pyplot():
    assert (
        in_a_new_process("str(bool(theme_profile(one_row(PLAIN))) and 'matplotlib.pyplot' in sys.modules)") == "False"
    )


def test_another_process_draws_the_same_bytes(svg):
    drawn = in_a_new_process(
        "hashlib.sha256(theme_profile(EIGHT_THEMES).encode()).hexdigest() + ' ' + digest(EIGHT_THEMES)",
        PYTHONHASHSEED="4242",
        SOURCE_DATE_EPOCH="86400",
    )
    assert drawn == f"{hashlib.sha256(svg.encode()).hexdigest()} {digest(EIGHT_THEMES)}"


def test_sixteen_threads_draw_the_same_bytes():
    profiles = [one_row(PLAIN, title=f"Picture {number}", ticks=()) for number in range(4)] + [one_row(UNKNOWN)]
    expected = [theme_profile(profile) for profile in profiles]
    with ThreadPoolExecutor(16) as threads:
        drawn = list(threads.map(lambda _: [theme_profile(profile) for profile in profiles], range(16)))
    assert drawn == [expected] * 16


def test_every_word_of_the_profile_is_drawn(svg):
    drawn = " ".join(words_drawn(svg))
    rows = [part for row in EIGHT_THEMES.rows for part in (row.title, row.score_text, row.band, row.tier, row.note)]
    scale = [name for _, name in EIGHT_THEMES.ticks] + [zone.label for zone in EIGHT_THEMES.zones]
    headings = [heading for _, heading in EIGHT_THEMES.groups]
    legend = ["Essential in place", "Essential not in place yet", "Not enough information yet"]
    for words in [EIGHT_THEMES.title, *rows, *scale, *headings, *legend]:
        assert words in drawn


def test_nothing_is_drawn_that_the_caller_did_not_say(svg):
    said = str(EIGHT_THEMES)
    for words in words_drawn(svg):
        assert words in said


def test_the_groups_stand_apart_under_their_headings(svg):
    drawn = words_drawn(svg)
    second = drawn.index("These guide support only")
    assert drawn.index("These count towards readiness") < drawn.index("Evidence and improvement") < second
    assert second < drawn.index("Relationships and behaviour")


def test_a_group_without_rows_is_left_out():
    assert "These guide support only" not in words_drawn(theme_profile(one_row(UNKNOWN)))


def test_it_says_what_it_shows_to_people_who_hear_it(svg):
    assert '<title id="chart-title">Themes against the structure of support</title>' in svg
    description = re.search(r'<desc id="chart-description">(.*?)</desc>', svg, re.DOTALL)[1].splitlines()
    assert description[0] == EIGHT_THEMES.summary
    assert description[2] == (
        "Time, people and fit: 3.3; A strength; Intensive; One is at “Not yet”; "
        "Essential in place: 1; Essential not in place yet: 1."
    )
    assert description[4].startswith("Caring for the adults: Not enough information yet; Universal;")
    assert len(description) == 1 + len(EIGHT_THEMES.rows)


def test_essentials_differ_by_shape_and_not_only_by_colour():
    row = replace(PLAIN, essentials_met=3, essentials_unmet=2)
    svg = theme_profile(one_row(row))
    assert (len(dots(svg)), len(diamonds(svg))) == (3 + 1, 2 + 1), "one more of each is in the legend"


def test_marks_that_are_not_used_are_not_explained():
    svg = theme_profile(one_row(PLAIN))
    assert (dots(svg), diamonds(svg)) == ([], [])
    assert not {"Essential in place", "Essential not in place yet"} & set(words_drawn(svg))


def test_a_missing_score_is_a_dashed_box_with_words_and_no_bar():
    missing, lowest = theme_profile(one_row(UNKNOWN)), theme_profile(one_row(replace(UNKNOWN, score=Fraction(1))))
    assert "stroke-dasharray" in missing
    assert "stroke-dasharray" not in lowest
    assert "#0065bd" not in missing
    assert "#0065bd" in lowest
    assert words_drawn(missing).count("Not enough information yet") == 1


def test_a_band_that_repeats_the_missing_words_is_drawn_once():
    svg = theme_profile(one_row(replace(UNKNOWN, band="Not enough information yet")))
    assert words_drawn(svg).count("Not enough information yet") == 1


def test_long_words_from_a_translation_stay_on_the_sheet():
    row = ThemeRow(
        "A name that is a good deal longer than any theme has now",
        "condition",
        Fraction(39, 10),
        "3.9 out of 4",
        "Nearly ready to take part in the work",
        "Targeted support that is agreed with the officer of the school",
        4,
        3,
    )
    zones = (Zone("Support with overlong-unbreakable-word", 1, Fraction(7, 4)), Zone("The rest", Fraction(7, 4), 4))
    svg = theme_profile(one_row(row, zones=zones))
    numbers = [float(x) for d, _ in shapes(svg) for x in re.findall(r"[ML] (-?[\d.]+) ", d)]
    line = r"<!-- (.*?) -->\s*<g [^>]*translate\((\S+) \S+\) scale\((\S+) .*?#DejaVuSans(-Bold)?-"
    lines = re.findall(line, svg, re.DOTALL)
    assert len(lines) == len(words_drawn(svg))
    ends = [float(x) + Sheet(0).measure(words, float(size) * 100, bold=bool(bold)) for words, x, size, bold in lines]
    assert min(numbers + [float(x) for _, x, _, _ in lines]) >= 0
    assert max(numbers + ends) <= 340


def test_two_columns_are_wider_and_less_tall(svg):
    def size(drawn):
        return [float(number) for number in re.search(r'viewBox="0 0 (\S+) (\S+)"', drawn).groups()]

    (width, height), (wide, low) = size(svg), size(theme_profile(EIGHT_THEMES, columns=2))
    assert (width, wide) == (340, 680)
    assert low < wide < height


def test_the_drawing_is_small_and_has_no_date(svg):
    assert len(svg.encode()) < 150_000
    assert "date" not in svg.lower()
    assert not re.search(r"\b20\d\d-\d\d", svg)


@pytest.mark.parametrize("columns", [1, 2])
def test_typst_puts_it_in_an_accessible_pdf(tmp_path, columns):
    (tmp_path / "chart.svg").write_text(theme_profile(EIGHT_THEMES, columns=columns), encoding="utf-8")
    page = tmp_path / "page.typ"
    page.write_text(
        '#set document(title: "A profile")\n#set text(lang: "en")\n#title()\n'
        '#image("chart.svg", alt: "Eight themes", height: 90%)\n',
        encoding="utf-8",
    )
    pdf, warnings = typst.compile_with_warnings(page, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True)
    (tmp_path / "page.pdf").write_bytes(pdf)
    assert len(pypdf.PdfReader(tmp_path / "page.pdf").pages) == 1
    assert warnings == []


def test_digest_is_the_same_for_equal_profiles():
    again = replace(EIGHT_THEMES, zones=(Zone("Intensive", 1.0, 1.75), *EIGHT_THEMES.zones[1:]))
    assert again == EIGHT_THEMES
    assert digest(again) == digest(EIGHT_THEMES)
    assert re.fullmatch("[0-9a-f]{64}", digest(again))


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another"},
        {"summary": "Another."},
        {"rows": EIGHT_THEMES.rows[:-1]},
        {"rows": (replace(RAISED, score=None),)},
        {"rows": (replace(RAISED, note=""),)},
        {"groups": EIGHT_THEMES.groups[::-1]},
        {"legend": Legend("a", "b", "c")},
        {"language": "gd"},
    ],
    ids=str,
)
def test_digest_changes_with_anything_that_may_be_drawn(changes):
    assert digest(replace(EIGHT_THEMES, **changes)) != digest(EIGHT_THEMES)


def test_digest_tells_the_layouts_and_the_drawing_versions_apart(monkeypatch):
    known = {digest(EIGHT_THEMES), digest(EIGHT_THEMES, columns=2)}
    monkeypatch.setattr("charts.theme_profile.DRAWING_VERSION", 10_000)
    known |= {digest(EIGHT_THEMES), digest(EIGHT_THEMES, columns=2)}
    assert len(known) == 4


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"zones": ()}, "one to three parts"),
        ({"zones": EIGHT_THEMES.zones[:2]}, "cover the scale"),
        ({"zones": (Zone("Low", 1, 2), Zone("High", 3, 4))}, "start where the one before"),
        ({"ticks": ((5, "Off the end"),)}, "Every tick"),
        ({"groups": EIGHT_THEMES.groups[:1]}, "which has no heading"),
        ({"rows": (replace(PLAIN, score=Fraction(1, 2)),)}, "not on the scale"),
        ({"rows": (replace(PLAIN, essentials_unmet=-1),)}, "fewer than no essentials"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_parts_that_do_not_fit_together_are_refused(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        replace(EIGHT_THEMES, **changes)

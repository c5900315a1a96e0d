import itertools
import re
from xml.etree import ElementTree

import pytest

from charts import style
from charts.svg import Sheet, without_styles

NAMESPACE = "{http://www.w3.org/2000/svg}"


def drawn(sheet=None, title="A title", description="What it shows."):
    return (sheet or Sheet(100)).to_svg(50, title=title, description=description, language="en-GB")


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314  (it reads only what this test drew)


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", [style.PAPER, *style.ZONES])
def test_colours_can_be_told_from_every_ground(ground):
    assert contrast(style.INK, ground) >= 4.5
    assert contrast(style.BAR, ground) >= 3
    assert contrast(style.LINE, ground) >= 3


def test_zones_grow_darker_towards_more_support_also_in_grey():
    greys = [luminance(colour) for colour in style.ZONES]
    assert greys == sorted(greys)
    assert all(contrast(*pair) > 1.1 for pair in itertools.pairwise(style.ZONES))


def test_the_document_is_an_image_with_a_name_and_a_description():
    root = parsed(drawn(title="Ready & <willing>", description='Two "things".\nOne more.'))
    assert root.get("role") == "img"
    assert root.get("lang") == "en-GB"
    assert root.get("aria-labelledby").split() == [root[0].get("id"), root[1].get("id")]
    assert [root[0].tag, root[0].text] == [f"{NAMESPACE}title", "Ready & <willing>"]
    assert [root[1].tag, root[1].text] == [f"{NAMESPACE}desc", 'Two "things".\nOne more.']


def test_the_document_stands_up_to_a_strict_content_security_policy():
    sheet = Sheet(100)
    sheet.box(5, 5, 20, 10, fill="#bfd1e1", line="#1a1a1a", dashes=(3, 2), radius=2)
    svg = drawn(sheet)
    assert 'stroke-dasharray="3,2"' in svg
    assert 'fill="#bfd1e1"' in svg
    assert not re.search(r"style|<script|<!DOCTYPE|metadata|\son\w+=", svg)
    assert set(re.findall(r"https?://[^\"]*", svg)) == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_styles_become_attributes():
    style_element = '<style type="text/css">*{stroke-linejoin: round}</style>'
    before = f'<svg x="1"><defs>{style_element}</defs><g style="fill: #fff; stroke: none"/></svg>'
    after = '<svg stroke-linejoin="round" stroke-linecap="butt" x="1"><defs></defs><g fill="#fff" stroke="none"/></svg>'
    assert without_styles(before) == after


@pytest.mark.parametrize("words", ["$x^2$", "a -- b", "& < > ]]>", "line\nbreak", "bell\a\0", "Fàilte, Łódź"])
def test_any_words_can_be_drawn_as_they_are(words):
    sheet = Sheet(100)
    sheet.text(5, 20, words, 10)
    root = parsed(drawn(sheet, title=words))
    glyphs = list(root.iter(f"{NAMESPACE}use"))
    printed = re.sub(r"[\a\0]", "", words).replace("\n", " ")
    assert len(glyphs) == len(printed)


def test_text_is_broken_at_spaces_to_fit():
    sheet = Sheet(100)
    lines = sheet.wrap("Children, families and partners", 10, 80)
    assert " ".join(lines) == "Children, families and partners"
    assert len(lines) > 1
    assert all(sheet.measure(line, 10) <= 80 for line in lines)


def test_a_word_too_long_for_the_line_stays_whole():
    assert Sheet(100).wrap("an immeasurably-long-word here", 10, 40) == ["an", "immeasurably-long-word", "here"]


def test_no_text_is_no_line():
    assert Sheet(100).wrap(" \n ", 10, 40) == []
    assert Sheet(100).measure("", 10) == 0


def test_bold_is_wider():
    assert Sheet(100).measure("Universal", 10, bold=True) > Sheet(100).measure("Universal", 10)


def test_what_is_behind_is_drawn_first():
    sheet = Sheet(100)
    sheet.circle(20, 20, 5, fill="#111111", line="none")
    sheet.box(0, 0, 50, 50, fill="#222222", behind=True)
    svg = drawn(sheet)
    assert svg.index("#222222") < svg.index("#111111")


def test_the_sheet_is_measured_from_its_top_left_corner():
    sheet = Sheet(100)
    sheet.line(10, 5, 90, 5, colour="#333333", thick=2)
    assert re.search(r'd="M 10 5\s+L 90 5\s*"[^>]*stroke="#333333"', drawn(sheet))

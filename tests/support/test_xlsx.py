import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from readiness.domain.states import AuditState
from support import xlsx
from support.reports.composing import compose
from tests.support.examples import everywhere, example, framework, source

DANGEROUS = [
    "=1+1",
    "+44",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    '=HYPERLINK("http://example.com")',
    "<r><t>&bad</t></r>",
]


def report(answers, **fields):
    return compose(source(answers, **fields))


def opened(found):
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(found)))


def rows(sheet):
    return list(sheet.iter_rows(min_row=2, values_only=True))


def with_evidence(found, texts):
    """The report with these texts as the first evidence lines."""
    lines = [replace(line, evidence=text) for line, text in zip(found.statements, texts, strict=False)]
    return replace(found, statements=(*lines, *found.statements[len(lines) :]))


def test_has_a_row_for_every_statement_with_its_rubric():
    book = opened(report(example("does-not-apply-and-one-unmet")))
    assert book.sheetnames == ["Answers", "Themes", "About"]
    found = rows(book["Answers"])
    assert [row[1] for row in found] == [one.text for one in framework().statements]
    first = framework().statements[0]
    assert found[0] == (
        "Leadership and purpose",
        first.text,
        "In place",
        "In place",
        None,
        first.rubric(3),
        "It is on page 4 of our plan.",
        None,
        None,
        "Ann Example",
        datetime(2026, 11, 20, 10, 42),
    )
    other = next(row for row in found if row[1].startswith("We know what cover"))
    assert other[3:6] == (None, "Does not apply to us", None)
    assert other[7] == "We share one with our neighbours."


def test_blanks_of_a_draft_stay_blank():
    first = rows(opened(report({}, state=AuditState.DRAFT))["Answers"])[0]
    assert first[3:] == (None,) * 8


def test_an_agreed_answer_shows_the_schools_beside_it():
    found = rows(opened(report(everywhere(3), agreed=everywhere(3) | {"made-room": 1}))["Answers"])
    said = {row[1]: (row[3], row[8]) for row in found}
    assert said[framework().statement("made-room").text] == ("Not yet", "In place")
    assert said[framework().statements[0].text] == ("In place", None)


def test_themes_are_the_table_of_the_page():
    found = report(example("early-days"))
    sheet = opened(found)["Themes"]
    assert [cell.value for cell in sheet[1]] == list(found.table_head)
    assert rows(sheet) == [line.cells for line in found.themes]


def test_about_says_what_and_when_and_by_which_version():
    found = dict(rows(opened(report(everywhere(3)))["About"]))
    assert found["School"] == "Bun-sgoil Àrd"
    assert found["Session"] == "2026/27"
    assert found["Outcome"] == "Ready to start"
    assert found["Digest of the version"] == "0123456789abcdef" * 4
    assert found["Where it has got to"].startswith("Waiting for review. Submitted on 20 November 2026")


def test_the_head_row_stays_in_sight_and_long_text_is_wrapped():
    for sheet in opened(report(everywhere(3))):
        assert sheet.freeze_panes == "A2"
        assert sheet["A2"].alignment.wrap_text
        assert all(width.width >= 16 for width in sheet.column_dimensions.values())


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_is_made_plain_text(text):
    cell = opened(with_evidence(report(everywhere(3)), [text]))["Answers"]["G2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")
    assert "".join(cell.value[1:].split()) == "".join(text.replace("\r", "_x000D_").split())


@pytest.mark.parametrize("text", ["3 of 4 staff", "https://example.com", "12345", "'quoted'", "naïve – “yes”"])
def test_other_text_is_left_as_it_was(text):
    cell = opened(with_evidence(report(everywhere(3)), [text]))["Answers"]["G2"]
    assert (cell.data_type, cell.value) == ("s", text)


def test_a_school_whose_name_looks_like_a_formula():
    assert dict(rows(opened(report(everywhere(3), school="=1+1"))["About"]))["School"] == "'=1+1"


def test_text_longer_than_a_cell_is_cut_and_the_file_still_opens():
    assert len(opened(with_evidence(report(everywhere(3)), ["x" * 40_000]))["Answers"]["G2"].value) == 32_767


def test_the_same_report_gives_the_same_file():
    found = report(everywhere(3))
    assert xlsx.render(found) == xlsx.render(found)

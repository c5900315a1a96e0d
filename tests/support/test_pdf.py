import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdf
import pytest

from readiness.domain.states import AuditState
from support import pdf
from support.reports.composing import compose
from support.reports.parts import OfferLine
from tests.support.examples import everywhere, example, framework, offers, source

WORKED = [one.id for one in framework().worked_examples]


def report(answers, **fields):
    return compose(source(answers, **fields))


def opened(found):
    return pypdf.PdfReader(io.BytesIO(pdf.render(found)))


def text_of(reader):
    """All the words, without the line breaks that the paper made."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags(reader):
    """The names of all structure elements, and their alternative texts."""
    found, todo = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((node["/S"], str(node.get("/Alt", ""))))
            if "/K" in node:
                todo.append(node["/K"])
    return found


@pytest.mark.parametrize("name", WORKED)
def test_every_worked_example_makes_an_accessible_pdf_with_its_outcome(name):
    found = report(example(name))
    reader = opened(found)
    words = text_of(reader)
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert reader.metadata.title == "Results: Bun-sgoil Àrd, 2026/27"
    assert found.outcome in words
    assert found.summary in words
    for part in found.change:
        assert part.lead in words
    assert f"Page 1 of {len(reader.pages)}" in words
    assert 4 <= len(reader.pages) <= 10


def test_is_on_a4():
    page = opened(report(everywhere(3))).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_the_chart_has_its_sentence_and_the_table_its_headings():
    found = report(example("early-days"))
    seen = tags(opened(found))
    assert ("/Figure", found.summary) in seen
    names = [name for name, _alt in seen]
    assert names.count("/TH") >= len(found.table_head)
    assert names.count("/TR") == 1 + len(found.themes)
    assert {"/H1", "/H2", "/Table", "/THead", "/L"} <= set(names)


def test_every_statement_is_there_with_answer_rubric_and_evidence():
    words = text_of(opened(report(example("does-not-apply-and-one-unmet"))))
    for statement in framework().statements:
        assert statement.text in words
    assert framework().statements[0].rubric(3) in words
    assert "How do we know? It is on page 4 of our plan." in words
    assert "Does not apply to us" in words
    assert "Why: We share one with our neighbours." in words
    assert "(Essential: needs at least In place)" in words


def test_a_draft_is_marked_on_every_page():
    answers = dict(list(everywhere(3).items())[:20])
    reader = opened(report(answers, state=AuditState.DRAFT))
    for page in reader.pages:
        assert "Not submitted" in page.extract_text()
    words = text_of(reader)
    assert "What this would say today" in words
    assert "16 statements still need an answer:" in words
    assert "Not answered" in words


def test_an_agreed_report_shows_where_the_school_said_otherwise():
    words = text_of(opened(report(everywhere(3), agreed=everywhere(3) | {"made-room": 1})))
    assert "Where the agreed answers differ" in words
    assert "The school said: In place" in words


def test_what_a_person_typed_is_never_markup():
    typed = '#panic("x") *bold* _it_ $x^2$ <label> @ref \\ // = heading `raw` [link](x) #{1+1} "quoted"'
    found = report(everywhere(3), school=typed)
    found = replace(found, statements=tuple(replace(line, evidence=typed, reason=typed) for line in found.statements))
    reader = opened(found)
    assert text_of(reader).count(typed) >= 2 * len(found.statements)
    assert reader.metadata.title == f"Results: {typed}, 2026/27"


@pytest.mark.parametrize(
    "typed",
    [
        "nul\x00 bell\x07 private\ue000 none\ufffe half\ud800",
        "👍🏽 🧑‍🏫 中文 עברית العربية",
        "soft\u00adhyphen \u200b\u2028\u202e",
    ],
)
def test_signs_that_the_font_or_the_standard_does_not_know_do_no_harm(typed):
    found = report(everywhere(3))
    lines = (replace(found.statements[0], evidence=typed), *found.statements[1:])
    assert opened(replace(found, school=typed, statements=lines)).pages


def test_lines_that_a_person_broke_stay_broken():
    found = report(everywhere(3))
    lines = (replace(found.statements[0], evidence="first line\nsecond line"), *found.statements[1:])
    page = next(page for page in opened(replace(found, statements=lines)).pages if "second line" in page.extract_text())
    assert "first line\nsecond line" in page.extract_text()


def test_an_answer_longer_than_a_page_goes_on_on_the_next():
    found = report(everywhere(3))
    long = replace(found.statements[0], evidence="word " * 3000 + "end")
    words = text_of(opened(replace(found, statements=(long, *found.statements[1:]))))
    assert "word end" in words


def test_an_offer_with_a_page_links_to_it(settings):
    settings.SITE_URL = "https://nurture.example"
    place = ("leadership-and-purpose", "universal")
    linked = {**offers(), place: (OfferLine("Starter pack", "online", "self-guided", "/pathway/starter/"),)}
    links = [
        annotation.get_object()["/A"]["/URI"]
        for page in opened(report(everywhere(3), offers=linked)).pages
        for annotation in page.get("/Annots", ())
    ]
    assert links == ["https://nurture.example/pathway/starter/"]


def test_the_same_report_gives_the_same_bytes_dated_by_its_answers():
    found = report(everywhere(3))
    first = pdf.render(found)
    assert first == pdf.render(found)
    assert pypdf.PdfReader(io.BytesIO(first)).metadata.creation_date == found.scored_at


def test_several_people_may_ask_at_once():
    one, other = report(everywhere(3)), report(everywhere(3), school="Another School")
    asked = [one, other] * 4
    with ThreadPoolExecutor(4) as people:
        given = list(people.map(pdf.render, asked))
    assert given[::2] == [pdf.render(one)] * 4
    assert given[1::2] == [pdf.render(other)] * 4

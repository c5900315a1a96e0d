"""A statement drawn once and filled is what its template would have drawn."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from readiness import statements
from readiness.domain.framework import Framework
from readiness.forms import EVIDENCE_WORDS, LastSaved, Row
from tests.readiness.framework_texts import document

NASTY = '<b>"it\'s" & {{ more }}\n\ufdd0evidence\ufdd1</b>'
ANSWERS = ["", "1", "4", "dont_know", "not_applicable"]


@pytest.fixture(scope="module")
def framework():
    return Framework.from_document(document())


def row_of(framework, slug, **changed):
    row = Row(
        framework=framework,
        statement=framework.statement(slug),
        name=f"time-and-fit-{slug}",
        said={"answer": "3", "reason": "", "evidence": ""},
        seen="0.abc",
        last="",
        saved=None,
        errors={},
        conflict=None,
    )
    return replace(row, **changed)


def as_its_template(row):
    return statements.render_to_string(statements.TEMPLATE, {"row": row, "evidence_words": EVIDENCE_WORDS})


@pytest.mark.parametrize("slug", ["made-room", "cover-and-costs"])  # an essential; one that may not apply
@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("last", ["", NASTY])
@pytest.mark.parametrize("saved", [None, LastSaved(NASTY, "20 November, 10:42")])
def test_it_is_what_the_template_says(framework, slug, answer, last, saved):
    for texts in ("", "first", NASTY):
        said = {"answer": answer, "reason": texts, "evidence": texts}
        row = row_of(framework, slug, said=said, last=last, saved=saved, seen=f"1.{texts[:3]}")
        assert statements.draw(row, version_digest="d1") == as_its_template(row)


def test_what_a_person_typed_is_escaped(framework):
    said = {"answer": "2", "reason": "", "evidence": "<script>alert(1)</script>"}
    html = statements.draw(row_of(framework, "made-room", said=said), version_digest="d1")
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_template_is_used_once_for_two_people(framework, monkeypatch):
    rendered = []
    draw = statements.render_to_string
    monkeypatch.setattr(statements, "render_to_string", lambda *given: rendered.append(given) or draw(*given))
    for evidence in ("Ours", "Theirs"):
        said = {"answer": "2", "reason": "", "evidence": evidence}
        assert evidence in statements.draw(row_of(framework, "made-room", said=said), version_digest="once")
    assert len(rendered) == 1


def test_another_version_or_language_is_drawn_by_itself(framework):
    first = statements.draw(row_of(framework, "made-room"), version_digest="d1")
    statement = replace(framework.statement("made-room"), text="Something else.")
    other = statements.draw(row_of(framework, "made-room", statement=statement), version_digest="d2")
    assert "Something else." in other
    assert "Something else." not in first
    with override("cy"):
        assert "Something else." in statements.draw(
            row_of(framework, "made-room", statement=statement), version_digest="d1"
        )


def test_an_answer_that_does_not_exist_is_not_kept(framework, monkeypatch):
    said = {"answer": "9" * 1000, "reason": "", "evidence": ""}
    row = row_of(framework, "made-room", said=said)
    monkeypatch.setattr(statements._DRAWN, "of", None)
    assert statements.draw(row, version_digest="d1") == as_its_template(row)

import json

import pytest

from readiness.domain.score_line import BadLine, score_line

from .frameworks import framework
from .test_scoring import answers


def scored(given):
    return score_line(framework(), json.dumps(given))


@pytest.mark.parametrize("example", framework().worked_examples, ids=lambda example: example.id)
def test_the_worked_examples(example):
    result = scored(example.answers(framework().statements))
    assert list(result) == ["outcome", "unmet", "tiers", "way_up"]
    assert result["outcome"] == example.outcome
    assert result["unmet"] == list(example.essentials_unmet)
    assert list(result["tiers"]) == [theme.slug for theme in framework().themes]
    not_universal = {slug: key for slug, key in result["tiers"].items() if key != "universal"}
    assert not_universal == example.tiers_not_universal
    assert (result["way_up"] is None) is (example.outcome in ("ready", "not_enough_information"))


def test_the_way_up_is_a_level_for_each_statement():
    assert scored(answers(4, made_room=1))["way_up"] == {"made-room": 2}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "This is not JSON: write one object of answers on the line."),
        ("{", "This is not JSON: write one object of answers on the line."),
        ("[" * 100_000, "This is not JSON: write one object of answers on the line."),
        ("[]", "This is not an object: write the answers as one JSON object, from statement to answer."),
        ('{"made-room": 1, "made-room": 2}', "A statement is answered twice: give each statement one answer."),
        ('{"x": 1}', "The framework does not hold “x”: take it out or correct the spelling."),
        (
            "{}",
            "There is no answer for “head-leads-in-person”, “lead-and-core-team”, “in-the-improvement-plan” "
            "and 33 more: every statement needs one.",
        ),
    ],
)
def test_a_bad_line_is_one_sentence(line, sentence):
    with pytest.raises(BadLine) as refusal:
        score_line(framework(), line)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("given", [0, 5, "3", 3.0, True, None, "", [1], float("nan")])
def test_an_answer_that_is_none_is_refused(given):
    with pytest.raises(BadLine) as refusal:
        scored(answers(3, made_room=given))
    assert str(refusal.value) == (
        "The answer for “made-room” cannot be used: give 1, 2, 3, 4, “dont_know” or “not_applicable”."
    )


def test_does_not_apply_only_where_it_is_offered():
    assert scored(answers(3, cover_and_costs="not_applicable"))["outcome"] == "ready"
    with pytest.raises(BadLine) as refusal:
        scored(answers(3, calm_places="not_applicable"))
    assert str(refusal.value) == (
        "The answer “not_applicable” is not offered for “calm-places”: give a level or “dont_know”."
    )


def test_one_answer_too_few():
    given = answers(3)
    del given["calm-places"]
    with pytest.raises(BadLine, match="no answer for “calm-places”"):
        scored(given)

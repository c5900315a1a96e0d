import json
from decimal import Decimal

import pytest

from readiness.domain.framework import canonical, differences, digest

from .frameworks import document, small_document


def test_the_canonical_form_is_plain_json_and_stays_as_it_is():
    plain = canonical(document())
    assert json.loads(json.dumps(plain)) == plain
    assert canonical(plain) == plain


def test_level_keys_become_text_and_the_label_is_text():
    loose = document()
    loose["framework"]["version"] = 1.0
    plain = canonical(loose)
    assert list(plain["themes"][0]["statements"][0]["levels"]) == ["1", "2", "3", "4"]
    assert plain["framework"]["version"] == "1.0"


def test_offers_are_not_part_of_it():
    plain = canonical(document())
    assert "offers" not in plain["support_structure"]
    assert "tiers" in plain["support_structure"]


@pytest.mark.parametrize(
    ("number", "plain"),
    [
        (1.0, 1),
        (2.5, 2.5),
        (Decimal("2.50"), 2.5),
        (Decimal("4"), 4),
        (Decimal("1.1000000000000000000001"), "1.1000000000000000000001"),
        (float("nan"), "nan"),
        (True, True),
        (None, None),
    ],
)
def test_numbers_keep_their_value(number, plain):
    assert canonical({"number": number}) == {"number": plain}


def test_what_is_no_document_is_an_empty_one():
    assert canonical([]) == {}


def test_the_digest_is_of_the_wording():
    other = document()
    assert digest(other) == digest(canonical(document()))
    assert len(digest(other)) == 64
    other["support_structure"]["offers"] = {}
    assert digest(other) == digest(document())
    other["themes"][0]["statements"][0]["text"] += " "
    assert digest(other) != digest(document())


def test_the_order_of_keys_does_not_change_the_digest():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_equal_documents_have_no_differences():
    assert differences(document(), canonical(document())) == ()


def _small():
    return small_document(("condition", [2, None]), ("starting_point", [None]))


def _first(changed):
    return changed["themes"][0]["statements"][0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda new: new["framework"].update(title="New"),
            "The framework, title: “Nurture pathway readiness audit” is now “New”.",
        ),
        (lambda new: new["themes"][0].update(title="New"), "Theme “theme-a”, title: “Theme a” is now “New”."),
        (lambda new: _first(new).update(text="New."), "Statement “a1”, text: “Text of a1.” is now “New.”."),
        (
            lambda new: _first(new)["levels"].update({2: "New."}),
            "Statement “a1”, levels, 2: “Level 2 of a1.” is now “New.”.",
        ),
        (
            lambda new: _first(new).update(essential_minimum_level=3),
            "Statement “a1”, essential minimum level: “2” is now “3”.",
        ),
        (lambda new: _first(new).update(help="Help."), "Statement “a1”, help: “Help.” was added."),
        (
            lambda new: _first(new).pop("not_applicable_allowed"),
            "Statement “a1”, not applicable allowed: no was taken out.",
        ),
        (lambda new: _first(new).update(essential=False), "Statement “a1”, essential: yes is now no."),
        (lambda new: new["themes"][0]["statements"].pop(), "Statement “a2” was taken out."),
        (
            lambda new: new["themes"][0]["statements"].reverse(),
            "Theme “theme-a”, statements, the order: “a1, a2” is now “a2, a1”.",
        ),
        (
            lambda new: new["themes"][1]["statements"].append(new["themes"][0]["statements"].pop()),
            "Statement “a2”, theme: “theme-a” is now “theme-b”.",
        ),
        (lambda new: new["scoring"]["bands"][0].update(below=1.5), "Band “foundations”, below: “1.75” is now “1.5”."),
        (
            lambda new: new["scoring"]["outcomes"][0]["rule"].update(essentials_unmet_max=1),
            "Outcome “ready”, rule, essentials unmet max: “0” is now “1”.",
        ),
        (lambda new: new["scale"]["levels"][0].update(label="No"), "Level “1”, label: “Not yet” is now “No”."),
        (
            lambda new: new["themes"].reverse(),
            "The framework, themes, the order: “theme-a, theme-b” is now “theme-b, theme-a”.",
        ),
        (lambda new: new["framework"].update(reminder=""), None),
    ],
)
def test_a_change_is_told_in_one_sentence(change, sentence):
    new = _small()
    change(new)
    told = differences(_small(), new)
    assert len(told) == 1
    assert told[0] == sentence or (sentence is None and told[0].endswith("is now an empty text."))


def test_a_new_statement_and_a_theme_taken_out():
    old = _small()
    new = small_document(("condition", [2, None, None]))
    assert differences(old, new) == (
        "Theme “theme-b” was taken out.",
        "Statement “b1” was taken out.",
        "Statement “a3” was added.",
    )

import json
from fractions import Fraction

import pytest

from readiness.domain.framework import Framework, FrameworkError, NotInFramework, ThemeKind, canonical

from .frameworks import document, framework


def test_the_shipped_framework_is_whole():
    shipped = framework()
    assert (len(shipped.themes), len(shipped.statements), len(shipped.essentials)) == (8, 36, 8)
    assert len(shipped.condition_themes) == 5
    assert all(len(statement.levels) == 4 for statement in shipped.statements)
    assert shipped.expected_minutes == 40
    assert shipped.label == "1.0-draft"


def test_a_statement_carries_all_that_is_shown_with_it():
    statement = framework().statement("cover-and-costs")
    assert statement.may_not_apply
    assert not statement.is_essential
    assert statement.not_applicable_when.startswith("Cover and costs are fully met")
    assert statement.rubric(1) == "We have not worked this out."
    assert statement.evidence_might_include == ("A simple costing", "Agreement from the budget holder")
    assert statement.hgios4 == ("1.5",)
    assert statement.shanarri == ("included",)
    assert statement.readiness_construct == "resources"
    assert framework().statement("lead-and-core-team").help.startswith("In a very small school")


def test_an_essential_is_met_only_by_a_level_at_its_minimum_or_above():
    statement = framework().statement("head-leads-in-person")
    assert statement.essential_minimum == 3
    assert [statement.is_met_by(given) for given in (None, 1, 2, 3, 4)] == [False, False, False, True, True]


def test_limits_are_exact():
    bands = framework().bands
    assert [band.minimum for band in bands] == [1, Fraction(7, 4), Fraction(5, 2), Fraction(13, 4)]
    assert bands[-1].below is None
    assert framework().outcome("ready").rule.condition_theme_mean_min == Fraction(5, 2)


@pytest.mark.parametrize(
    ("mean", "key"),
    [
        (Fraction(1), "foundations"),
        (Fraction(7, 4), "getting_ready"),
        (Fraction(5, 2), "ready"),
        (Fraction(4), "strength"),
    ],
)
def test_the_band_of_a_mean(mean, key):
    assert framework().band_of(mean) == framework().band(key)


def test_a_mean_off_the_scale_has_no_band():
    with pytest.raises(NotInFramework, match="no band for a mean of 1/2"):
        framework().band_of(Fraction(1, 2))


def test_outcomes_from_best_to_last_apart_from_too_little_information():
    assert [outcome.key for outcome in framework().ladder] == ["ready", "ready_with_support", "getting_ready"]
    assert framework().not_enough_information.key == "not_enough_information"


def test_looking_things_up():
    shipped = framework()
    assert shipped.theme("safe-base").kind is ThemeKind.STARTING_POINT
    assert not shipped.theme("safe-base").is_condition
    assert shipped.theme_of("calm-places") == shipped.theme("safe-base")
    assert shipped.level_label(3) == "In place"
    assert shipped.other_label("dont_know") == "We do not know yet"
    assert shipped.tier("targeted").label == "Targeted"
    assert shipped.keys["nurture_principles"]["np2"] == "The environment offers a safe base"
    assert shipped.keys["shanarri"]["safe"] == "Safe"
    assert shipped.positions["head-leads-in-person"] == 0


@pytest.mark.parametrize(
    ("look_up", "sentence"),
    [
        (lambda shipped: shipped.theme("x"), "This framework has no theme “x”."),
        (lambda shipped: shipped.statement("x"), "This framework has no statement “x”."),
        (lambda shipped: shipped.theme_of("x"), "This framework has no statement “x”."),
        (lambda shipped: shipped.level_label(5), "This framework has no level 5."),
        (lambda shipped: shipped.other_label("x"), "This framework has no answer “x”."),
        (lambda shipped: shipped.outcome("x"), "This framework has no outcome “x”."),
        (lambda shipped: shipped.tier("x"), "This framework has no tier “x”."),
        (lambda shipped: shipped.band("x"), "This framework has no band “x”."),
        (lambda shipped: shipped.statements[0].rubric(5), "There is no level 5: levels go from 1 to 4."),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(look_up, sentence):
    with pytest.raises(KeyError) as refusal:
        look_up(framework())
    assert str(refusal.value) == sentence


def test_a_stored_version_reads_back_as_the_same_framework():
    stored = json.loads(json.dumps(canonical(document())))
    assert Framework.from_document(stored) == framework()


def test_offers_make_no_difference():
    without = document()
    del without["support_structure"]["offers"]
    assert Framework.from_document(without) == framework()


def test_a_framework_can_be_kept_in_a_set():
    assert len({framework(), Framework.from_document(document())}) == 1


def test_a_document_with_problems_is_refused_with_all_of_them():
    broken = document()
    broken["framework"]["title"] = ""
    broken["themes"][0]["statements"][0]["text"] = " "
    with pytest.raises(FrameworkError) as refusal:
        Framework.from_document(broken)
    assert len(refusal.value.problems) == 2
    assert str(refusal.value) == (
        "The framework has no title. Write one. Statement “head-leads-in-person” has no text. Write one."
    )

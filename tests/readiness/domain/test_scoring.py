from fractions import Fraction

import pytest

from readiness.domain.answers import Other
from readiness.domain.framework import NotInFramework
from readiness.domain.scoring import ReasonKind, evidence_wanted, profile
from readiness.domain.tiers import tiers

from .frameworks import framework

DK, NA = Other.DONT_KNOW, Other.NOT_APPLICABLE


def answers(base=3, **overrides):
    given = {statement.slug: base for statement in framework().statements}
    return given | {slug.replace("_", "-"): value for slug, value in overrides.items()}


def in_theme(slug, *given, base=3):
    statements = framework().theme(slug).statements
    return answers(base) | {statement.slug: value for statement, value in zip(statements, given, strict=True)}


def slugs(things):
    return [thing.slug for thing in things]


@pytest.mark.parametrize("example", framework().worked_examples, ids=lambda example: example.id)
def test_the_worked_examples_of_the_framework(example):
    result = profile(framework(), example.answers(framework().statements))
    assert result.outcome.key == example.outcome
    assert tuple(slugs(result.unmet)) == example.essentials_unmet
    not_universal = {tier.theme.slug: tier.tier.key for tier in tiers(result) if tier.tier.key != "universal"}
    assert not_universal == example.tiers_not_universal


def test_there_are_six_worked_examples():
    assert len(framework().worked_examples) == 6


@pytest.mark.parametrize(
    ("given", "display", "band", "tier"),
    [
        ((2, 2, 3, 3), "2.5", "ready", "universal"),
        ((1, 2, 2, 2), "1.8", "getting_ready", "targeted"),
        ((3, 3, 3, 4), "3.3", "strength", "universal"),
        ((1, 1, 2, 2), "1.5", "foundations", "intensive"),
        ((4, 4, 4, 4), "4.0", "strength", "universal"),
    ],
)
def test_boundaries_of_bands(given, display, band, tier):
    result = profile(framework(), in_theme("safe-base", *given))
    theme = result.theme("safe-base")
    assert theme.mean == Fraction(sum(given), 4)
    assert (theme.display, theme.band.key) == (display, band)
    assert next(found for found in tiers(result) if found.theme == theme.theme).tier.key == tier


@pytest.mark.parametrize(
    ("theme", "given", "has_score", "applicable"),
    [
        ("safe-base", (3, 3, 3, DK), True, 4),
        ("safe-base", (3, 3, DK, DK), False, 4),
        ("relationships-and-behaviour", (3, 3, 3, 3, DK), True, 5),
        ("relationships-and-behaviour", (3, 3, 3, DK, DK), False, 5),
        ("children-families-partners", (3, 3, 3, NA, DK), True, 4),
        ("children-families-partners", (3, 3, DK, NA, DK), False, 4),
        ("children-families-partners", (3, 3, 3, NA, 3), True, 4),
    ],
)
def test_three_quarters_of_what_applies_must_have_a_level(theme, given, has_score, applicable):
    result = profile(framework(), in_theme(theme, *given)).theme(theme)
    assert result.has_score is has_score
    assert result.applicable == applicable
    assert result.answered == sum(isinstance(level, int) for level in given)
    assert slugs(result.dont_know) == [
        item.slug for item, level in zip(result.theme.statements, given, strict=True) if level is DK
    ]


def test_without_a_score_there_is_no_mean_no_band_and_nothing_to_show():
    result = profile(framework(), in_theme("safe-base", 3, 3, DK, DK)).theme("safe-base")
    assert (result.mean, result.band, result.display) == (None, None, "")
    assert not result.is_below(Fraction(4))


@pytest.mark.parametrize(
    ("given", "display"),
    [((3, 3, 3, 2, 2), "2.6"), ((1, 1, 1, 1, 2), "1.2"), ((2, 2, 2, DK, 3), "2.3"), ((1, 1, 1, 2, DK), "1.3")],
)
def test_one_decimal_place_and_a_half_goes_up(given, display):
    assert profile(framework(), in_theme("relationships-and-behaviour", *given)).themes[4].display == display


def test_a_theme_where_nothing_was_answered_has_no_score():
    assert not profile(framework(), {}).theme("safe-base").has_score


def test_unknown_theme():
    with pytest.raises(NotInFramework, match="no theme “x”"):
        profile(framework(), answers()).theme("x")


def test_each_essential_has_its_own_minimum_and_dont_know_never_meets_it():
    result = profile(framework(), answers(2, made_room=DK))
    assert slugs(result.unmet) == ["head-leads-in-person", "dates-for-training", "made-room"]
    assert slugs(result.unknown) == ["made-room"]
    found = {essential.statement.slug: essential for essential in result.essentials}
    assert found["made-room"].given is DK
    assert found["made-room"].theme.slug == "time-and-fit"
    assert found["lead-and-core-team"].is_met


def test_condition_themes_count_once_each_and_starting_points_not_at_all():
    low = profile(framework(), in_theme("safe-base", 1, 1, 1, 1))
    assert low.condition_mean == 3
    mixed = profile(framework(), in_theme("time-and-fit", 4, 4, 4, 4))
    assert mixed.condition_mean == Fraction(16, 5)
    assert slugs(result.theme for result in mixed.condition_results) == slugs(framework().condition_themes)


def reasons(result):
    return [(reason.kind, reason.outcome.key) for reason in result.reasons]


def test_ready_says_that_everything_is_in_place():
    assert reasons(profile(framework(), answers(3))) == [(ReasonKind.EVERYTHING_IN_PLACE, "ready")]


def test_reasons_name_what_keeps_a_school_from_the_next_outcome():
    result = profile(framework(), answers(2))
    unmet, mean = result.reasons
    assert result.outcome.key == "ready_with_support"
    assert (unmet.kind, unmet.outcome.key, unmet.limit, unmet.value) == (ReasonKind.ESSENTIALS_UNMET, "ready", 0, 2)
    assert slugs(unmet.statements) == ["head-leads-in-person", "dates-for-training"]
    assert (mean.kind, mean.limit, mean.value) == (ReasonKind.CONDITION_MEAN_BELOW, Fraction(5, 2), 2)


def test_reasons_when_a_theme_is_too_low():
    result = profile(framework(), in_theme("caring-for-the-adults", 1, 2, 1, 1))
    assert result.outcome.key == "getting_ready"
    assert reasons(result) == [(ReasonKind.CONDITION_THEME_BELOW, "ready_with_support")]
    assert slugs(result.reasons[0].themes) == ["caring-for-the-adults"]
    assert result.reasons[0].limit == Fraction(3, 2)


def test_an_essential_at_level_1_holds_the_start():
    result = profile(framework(), answers(4, made_room=1))
    assert result.outcome.key == "getting_ready"
    assert reasons(result) == [(ReasonKind.ESSENTIALS_AT_LEVEL_1, "ready_with_support")]


def test_too_little_information_is_looked_at_first():
    result = profile(framework(), answers(4, made_room=DK, cover_and_costs=DK, staff_want_this=DK, time_to_reflect=DK))
    assert result.is_not_enough_information
    without, unknown = result.reasons
    assert (without.kind, slugs(without.themes)) == (ReasonKind.THEME_WITHOUT_SCORE, ["time-and-fit"])
    assert (unknown.kind, unknown.limit, unknown.value) == (ReasonKind.TOO_MANY_ESSENTIALS_UNKNOWN, 2, 3)
    assert slugs(unknown.statements) == ["made-room", "staff-want-this", "time-to-reflect"]
    assert result.condition_mean is None


def test_two_unknown_essentials_are_not_too_many():
    result = profile(framework(), answers(4, staff_want_this=DK, time_to_reflect=DK))
    assert result.outcome.key == "ready_with_support"


def test_a_starting_point_without_a_score_does_not_hold_anything_up():
    result = profile(framework(), in_theme("safe-base", DK, DK, DK, DK))
    assert result.outcome.key == "ready"


def test_a_blank_counts_as_applicable_but_not_answered():
    draft = answers(3)
    del draft["made-room"]
    result = profile(framework(), draft)
    theme = result.theme("time-and-fit")
    assert (theme.answered, theme.applicable) == (3, 4)
    assert slugs(result.unmet) == ["made-room"]
    assert result.unknown == ()
    assert profile(framework(), {}).outcome.key == "not_enough_information"


def test_blank_essentials_are_as_unknown_as_dont_know():
    draft = answers(3)
    for slug in ("made-room", "staff-want-this", "time-to-reflect"):
        del draft[slug]
    assert profile(framework(), draft).outcome.key == "not_enough_information"


def test_answers_of_another_version_are_left_out():
    assert profile(framework(), answers(3) | {"retired": 1}) == profile(framework(), answers(3))


def test_a_level_4_or_a_met_essential_wants_a_line_on_how_we_know():
    result = profile(framework(), answers(2, calm_places=4, head_leads_in_person=3))
    wanted = slugs(evidence_wanted(result, frozenset()))
    assert "calm-places" in wanted
    assert "head-leads-in-person" in wanted
    assert "dates-for-training" not in wanted
    assert "shared-reason-for-joining" not in wanted
    assert slugs(evidence_wanted(result, set(wanted) - {"calm-places"})) == ["calm-places"]


def test_dont_know_wants_no_line():
    everything_unknown = dict.fromkeys(framework().positions, DK)
    assert evidence_wanted(profile(framework(), everything_unknown), frozenset()) == ()

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.domain.answers import Other
from readiness.domain.framework import Framework
from readiness.domain.scoring import profile
from readiness.domain.way_up import way_up

from . import reference
from .frameworks import framework, small_document
from .test_scoring_properties import AUDITS, DRAFTS, FRAMEWORK, RANK

DK = Other.DONT_KNOW


def found(framework, answers):
    way = way_up(profile(framework, answers))
    return {change.statement.slug: change.to_level for change in way.changes} if way else None


def answers(base, **overrides):
    given = {statement.slug: base for statement in framework().statements}
    return given | {slug.replace("_", "-"): value for slug, value in overrides.items()}


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        (answers(3), None),
        (answers(3, shared_reason_for_joining=DK, would_outlast_one_person=DK), None),
        (answers(4, made_room=1), {"made-room": 2}),
        (
            answers(3, cover_and_costs=Other.NOT_APPLICABLE, made_room=2, dates_for_training=2),
            {"dates-for-training": 3},
        ),
        (answers(4, made_room=DK), {"made-room": 2}),
        (answers(4, made_room=1, staff_want_this=1), {"made-room": 2, "staff-want-this": 2}),
    ],
)
def test_the_way_up_by_hand(given, changes):
    assert found(framework(), given) == changes


def test_the_way_up_says_what_was_given_and_where_it_leads():
    way = way_up(profile(framework(), answers(4, made_room=DK)))
    [change] = way.changes
    assert (change.statement.slug, change.theme.slug, change.given, change.to_level) == (
        "made-room",
        "time-and-fit",
        DK,
        2,
    )
    assert way.outcome.key == "ready"


def test_the_outcome_is_what_the_changed_answers_give_and_may_be_higher_than_the_next():
    way = way_up(profile(framework(), answers(4, made_room=1)))
    assert way.outcome.key == "ready"


def test_blanks_are_never_filled_in():
    draft = answers(4, dates_for_training=2)
    del draft["made-room"]
    assert profile(framework(), draft).outcome.key == "ready_with_support"
    assert found(framework(), draft) is None


def test_the_earliest_statement_is_changed_when_several_would_do():
    small = Framework.from_document(small_document(("condition", [None, None, None, None])))
    assert found(small, {"a1": 2, "a2": 2, "a3": 3, "a4": 2}) == {"a1": 3}


def test_fewer_statements_come_before_fewer_steps():
    rules = {
        "ready": {"condition_theme_mean_min": 2.5, "any_condition_theme_min": 2},
        "ready_with_support": {"condition_theme_mean_min": 2.25},
    }
    small = Framework.from_document(small_document(("condition", [None] * 4), rules=rules))
    assert found(small, {"a1": 4, "a2": 1, "a3": 1, "a4": 1}) == {"a2": 3}


def test_starting_points_are_never_changed_even_when_they_hold_a_gate():
    small = Framework.from_document(small_document(("condition", [None, None]), ("starting_point", [3, None])))
    assert found(small, {"a1": 3, "a2": 3, "b1": 2, "b2": 1}) is None
    assert found(small, {"a1": 3, "a2": 3, "b1": 1, "b2": 1}) is None
    assert found(small, {"a1": 3, "a2": 2, "b1": 3, "b2": 1}) is None
    assert found(small, {"a1": 2, "a2": 1, "b1": 3, "b2": 1}) == {"a1": 3}


SMALL = [
    small_document(("condition", [3, None, 2]), ("condition", [2, None])),
    small_document(("condition", [4, 3, None]), ("starting_point", [2]), ("condition", [None, None, 2])),
    small_document(
        ("condition", [2, 3]),
        ("condition", [None, 4, None, None]),
        rules={
            "ready": {"condition_theme_mean_min": 3, "any_condition_theme_min": 2, "essentials_unmet_max": 1},
            "ready_with_support": {"any_condition_theme_min": 1.5, "essentials_unmet_max": 2},
        },
    ),
    small_document(
        ("condition", [2, 2, 2]),
        ("condition", [3, None]),
        rules={
            "ready": {"condition_theme_mean_min": 3.25, "essentials_at_level_1_max": 0},
            "ready_with_support": {"condition_theme_mean_min": 2.2, "essentials_at_level_1_max": 1},
        },
    ),
    small_document(
        ("condition", [None]),
        ("condition", [2]),
        ("condition", [None, 3]),
        rules={
            "ready": {"any_condition_theme_min": 3, "condition_theme_mean_min": 2.5},
            "ready_with_support": {"condition_theme_mean_min": 2.1},
        },
    ),
]
SMALL_FRAMEWORKS = [Framework.from_document(document) for document in SMALL]


@settings(max_examples=250)
@given(st.sampled_from(SMALL_FRAMEWORKS), st.data())
def test_no_smaller_way_up_exists_in_small_frameworks(small, data):
    given_answer = st.sampled_from([1, 1, 2, 2, 3, 4, DK, Other.NOT_APPLICABLE, None])
    drawn = {statement.slug: data.draw(given_answer) for statement in small.statements}
    drawn = {
        slug: None if small.statement(slug).is_essential and given == "not_applicable" else given
        for slug, given in drawn.items()
    }
    answers = {slug: given for slug, given in drawn.items() if given is not None}
    assert found(small, answers) == reference.way_up(small, answers)


NEAR = st.fixed_dictionaries(
    {
        statement.slug: st.sampled_from([2, 3, 3, 3, 4, 1 if not statement.is_essential else 2])
        for statement in FRAMEWORK.statements
    }
)


@settings(max_examples=25)
@given(NEAR)
def test_no_smaller_way_up_exists_in_the_shipped_framework(answers):
    real, plain = found(FRAMEWORK, answers), reference.way_up(FRAMEWORK, answers, most=2)
    if plain is not None:
        assert real == plain
    else:
        assert real is None or len(real) > 2


@settings(max_examples=200)
@given(st.one_of(AUDITS, DRAFTS))
def test_a_way_up_works_and_every_bit_of_it_is_needed(answers):
    before = profile(FRAMEWORK, answers)
    way = way_up(before)
    if way is None:
        return
    changes = {change.statement.slug: change.to_level for change in way.changes}
    assert reference.outcome(FRAMEWORK, answers | changes) == way.outcome
    assert RANK[way.outcome] > RANK[before.outcome]
    for slug, level in changes.items():
        lower = answers[slug] if isinstance(answers[slug], int) else 0
        for less in range(max(lower, 1), level):
            short = reference.outcome(FRAMEWORK, answers | changes | {slug: less})
            assert RANK[short] <= RANK[before.outcome]


@settings(max_examples=100)
@given(AUDITS)
def test_only_the_best_outcome_and_too_little_information_have_no_way_up(answers):
    result = profile(FRAMEWORK, answers)
    assert (way_up(result) is None) is (result.outcome.key in ("ready", "not_enough_information"))


@pytest.mark.parametrize("levels", [(1,), (1, 2), (1, 2, 3, 4), (1, 2, 3, 4, DK)])
def test_a_hundred_audits_take_a_blink(levels):
    slugs = [statement.slug for statement in FRAMEWORK.statements]
    audits = [
        {slug: levels[(place * step + place // 3) % len(levels)] for place, slug in enumerate(slugs)}
        for step in range(100)
    ]
    began = time.process_time()
    for audit in audits:
        way_up(profile(FRAMEWORK, audit))
    assert time.process_time() - began < 1

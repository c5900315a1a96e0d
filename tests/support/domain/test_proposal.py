import pytest

from readiness.domain.scoring import profile
from support.domain.proposal import FEW, Why, proposed_steps
from tests.support.examples import everywhere, example, framework


def proposed(answers, **more):
    return [
        (one.why, one.theme, one.statement.slug if one.statement else "", one.level)
        for one in proposed_steps(profile(framework(), answers), **more)
    ]


def test_nothing_where_everything_is_in_place():
    assert proposed(example("all-in-place")) == []


def test_every_essential_that_is_not_met_is_to_reach_its_minimum():
    assert proposed(example("strong-but-no-room")) == [(Why.ESSENTIAL, "time-and-fit", "made-room", 2)]


def test_a_long_way_up_is_not_proposed():
    found = proposed(example("early-days"))
    assert [slug for _why, _theme, slug, _level in found] == ["head-leads-in-person", "dates-for-training"]


def test_a_short_way_up_is_proposed_beside_the_essentials():
    low = everywhere(3) | {
        "someone-to-turn-to": 1,
        "time-to-reflect": 2,
        "after-an-incident": 1,
        "support-for-leaders": 3,
    }
    found = proposed(low)
    assert 0 < len(found) <= FEW
    assert {why for why, *_rest in found} == {Why.WAY_UP}


def test_an_essential_on_the_way_up_is_to_reach_the_higher_of_the_two():
    lowest = everywhere(3) | {
        "agreed-starting-point": 1,
        "small-tests-first": 1,
        "look-over-time": 2,
        "share-what-we-learn": 1,
    }
    level = {slug: level for _why, _theme, slug, level in proposed(lowest)}
    assert level["agreed-starting-point"] >= 2
    assert len(level) == len(proposed(lowest))


def test_a_theme_about_which_too_little_is_known_is_talked_over():
    assert (Why.FACT_FINDING, "leadership-and-purpose", "", None) in proposed(example("two-unknown-in-one-theme"))


def test_a_statement_that_has_a_step_already_gets_no_second_one():
    assert proposed(example("strong-but-no-room"), already=["made-room"]) == []


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_no_statement_is_proposed_twice_or_to_where_it_is(level):
    answers = everywhere(level)
    slugs = [slug for _why, _theme, slug, _level in proposed(answers) if slug]
    assert len(slugs) == len(set(slugs))
    assert all(to > answers[slug] for _why, _theme, slug, to in proposed(answers) if slug)

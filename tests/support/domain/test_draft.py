from datetime import date

import pytest

from readiness.domain.scoring import profile
from readiness.domain.tiers import tiers
from support.domain.draft import DraftStep, DraftTheme, Lack, Owner, Problem, agreed_order, problems
from tests.support.examples import everywhere, example, framework

DAY = date(2026, 12, 11)
STEP = DraftStep(Owner.SCHOOL, "Depute", "Book both days", DAY, "dates-for-training", 3, "tf-t1")
WHOLE = DraftTheme("universal", "A new head", DAY, ("tf-u1",), (STEP, DraftStep(Owner.OFFICER, "Officer", "Ring", DAY)))


def test_what_is_kept_reads_back_as_it_was():
    assert DraftTheme.from_document(WHOLE.to_document()) == WHOLE
    assert DraftTheme.from_document(DraftTheme("targeted").to_document()) == DraftTheme("targeted")


def test_steps_are_added_changed_and_taken_out():
    added = WHOLE.with_step(None, STEP)
    assert added.steps == (*WHOLE.steps, STEP)
    assert WHOLE.with_step(1, STEP).steps == (STEP, STEP)
    assert added.without_step(0).steps == (WHOLE.steps[1], STEP)


def scored(answers):
    found = profile(framework(), answers)
    return found, tiers(found)


def as_calculated(results):
    return {result.theme.slug: DraftTheme(result.tier.key) for result in results}


class TestWhatIsLacking:
    def test_nothing_where_every_tier_is_the_calculated_one(self):
        _profile, results = scored(example("early-days"))
        assert problems(as_calculated(results), results) == ()

    def test_a_reason_and_a_day_where_a_tier_differs(self):
        _profile, results = scored(example("early-days"))
        chosen = as_calculated(results) | {"time-and-fit": DraftTheme("intensive", reason="  ")}
        assert problems(chosen, results) == (
            Problem("time-and-fit", Lack.REASON),
            Problem("time-and-fit", Lack.REVIEW_ON),
        )
        chosen["time-and-fit"] = DraftTheme("intensive", reason="Much is new.", review_on=DAY)
        assert problems(chosen, results) == ()

    def test_a_starting_point_may_begin_lighter_without_more_words(self):
        _profile, results = scored(example("early-days"))
        assert problems(as_calculated(results) | {"safe-base": DraftTheme("universal")}, results) == ()
        heavier = problems(as_calculated(results) | {"safe-base": DraftTheme("intensive")}, results)
        assert {problem.theme for problem in heavier} == {"safe-base"}


class TestTheOrderOfIntensiveThemes:
    def test_is_the_published_one_unless_they_prefer_another(self):
        found, results = scored(everywhere(1))
        agreed = {result.theme.slug: result.tier.key for result in results}
        first, then = agreed_order(agreed, results, found)
        assert first == ("leadership-and-purpose", "time-and-fit")
        assert len(then) == 6
        first, then = agreed_order(agreed, results, found, ["safe-base", "time-and-fit", "safe-base", "gone"])
        assert first == ("safe-base", "time-and-fit")
        assert then[0] == "leadership-and-purpose"
        assert sorted([*first, *then]) == sorted(agreed)

    def test_counts_the_agreed_tiers_not_the_calculated_ones(self):
        found, results = scored(everywhere(1))
        agreed = {result.theme.slug: "targeted" for result in results} | {"safe-base": "intensive"}
        assert agreed_order(agreed, results, found) == (("safe-base",), ())

    @pytest.mark.parametrize("answers", [everywhere(2), everywhere(3)])
    def test_is_empty_where_nothing_is_intensive(self, answers):
        found, results = scored(answers)
        agreed = {result.theme.slug: result.tier.key for result in results}
        assert agreed_order(agreed, results, found) == ((), ())

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.domain.answers import Other
from readiness.domain.scoring import profile
from readiness.domain.tiers import tiers

from . import reference
from .frameworks import framework

FRAMEWORK = framework()
LEVELS = st.integers(1, 4)


def any_answer(statement):
    others = [Other.DONT_KNOW, Other.NOT_APPLICABLE] if statement.may_not_apply else [Other.DONT_KNOW]
    return st.one_of(LEVELS, LEVELS, LEVELS, st.sampled_from(others))


AUDITS = st.fixed_dictionaries({statement.slug: any_answer(statement) for statement in FRAMEWORK.statements})
DRAFTS = st.fixed_dictionaries({}, optional={item.slug: any_answer(item) for item in FRAMEWORK.statements})
RANK = {outcome: rank for rank, outcome in enumerate(reversed(FRAMEWORK.ladder))}
quick = settings(max_examples=150)


@quick
@given(AUDITS)
def test_the_outcome_is_what_the_plain_rules_say(answers):
    assert profile(FRAMEWORK, answers).outcome == reference.outcome(FRAMEWORK, answers)


@quick
@given(DRAFTS)
def test_the_outcome_of_a_draft_is_what_the_plain_rules_say(answers):
    assert profile(FRAMEWORK, answers).outcome == reference.outcome(FRAMEWORK, answers)


@quick
@given(AUDITS, st.data())
def test_raising_a_level_never_worsens_the_outcome(answers, data):
    low = [slug for slug, level in answers.items() if level in (1, 2, 3)]
    slug = data.draw(st.sampled_from(low or ["calm-places"]))
    raised = answers | {slug: data.draw(st.integers(answers[slug] + 1, 4)) if low else 4}
    before, after = profile(FRAMEWORK, answers).outcome, profile(FRAMEWORK, raised).outcome
    assert RANK.get(after, -1) >= RANK.get(before, -1)


@quick
@given(AUDITS, st.sampled_from([statement.slug for statement in FRAMEWORK.statements if statement.may_not_apply]))
def test_turning_dont_know_into_does_not_apply_changes_no_mean(answers, slug):
    before = profile(FRAMEWORK, answers | {slug: Other.DONT_KNOW})
    after = profile(FRAMEWORK, answers | {slug: Other.NOT_APPLICABLE})
    for then, now in zip(before.themes, after.themes, strict=True):
        assert (then.total, then.answered) == (now.total, now.answered)
        assert then.mean in (None, now.mean)


@quick
@given(AUDITS, st.randoms(use_true_random=False))
def test_the_order_of_answers_never_matters(answers, shuffle: random.Random):
    items = list(answers.items())
    shuffle.shuffle(items)
    before, after = profile(FRAMEWORK, answers), profile(FRAMEWORK, dict(items))
    assert before == after
    assert list(before.answers) == list(after.answers)
    assert tiers(before) == tiers(after)


@quick
@given(AUDITS)
def test_an_unmet_essential_is_named_and_never_made_up_for(answers):
    result = profile(FRAMEWORK, answers)
    assert [essential.statement for essential in result.essentials if not essential.is_met] == list(result.unmet)
    if result.unmet:
        assert result.outcome.key != "ready"


@quick
@given(AUDITS)
def test_what_is_shown_is_the_mean_to_a_twentieth(answers):
    for result in profile(FRAMEWORK, answers).themes:
        if result.mean is not None:
            whole, tenth = result.display.split(".")
            assert -1 <= 20 * (result.mean - int(whole)) - 2 * int(tenth) < 1

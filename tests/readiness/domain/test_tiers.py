import pytest

from readiness.domain.answers import Other
from readiness.domain.scoring import profile
from readiness.domain.tiers import INTENSIVE_AT_ONE_TIME, TierReason, intensive_order, tiers

from .frameworks import framework
from .test_scoring import answers, in_theme, slugs

DK = Other.DONT_KNOW


def tier_of(theme, given):
    return next(found for found in tiers(profile(framework(), given)) if found.theme.slug == theme)


@pytest.mark.parametrize(
    ("theme", "given", "key", "kind"),
    [
        ("safe-base", (1, 2, 2, 2), "targeted", TierReason.BELOW_TARGETED_LIMIT),
        ("safe-base", (1, 1, 2, 2), "intensive", TierReason.BELOW_INTENSIVE_LIMIT),
        ("safe-base", (2, 2, 3, 3), "universal", TierReason.AT_OR_ABOVE_LIMIT),
        ("safe-base", (2, 2, 2, 3), "targeted", TierReason.BELOW_TARGETED_LIMIT),
        ("safe-base", (1, 1, DK, DK), "universal", TierReason.NO_SCORE),
        ("time-and-fit", (2, 4, 4, 4), "targeted", TierReason.ESSENTIAL_UNMET),
        ("time-and-fit", (2, 2, 2, 2), "targeted", TierReason.BELOW_TARGETED_LIMIT),
        ("time-and-fit", (4, 4, DK, 4), "targeted", TierReason.ESSENTIAL_UNMET),
        ("time-and-fit", (1, 4, 4, 4), "intensive", TierReason.ESSENTIAL_AT_LEVEL_1),
        ("time-and-fit", (2, 4, DK, 4), "intensive", TierReason.ESSENTIALS_UNMET),
        ("time-and-fit", (1, 1, 1, 1), "intensive", TierReason.BELOW_INTENSIVE_LIMIT),
        ("time-and-fit", (1, DK, DK, 1), "universal", TierReason.NO_SCORE),
        ("leadership-and-purpose", (2, DK, 4, 4, 4), "intensive", TierReason.ESSENTIALS_UNMET),
    ],
)
def test_the_published_rule(theme, given, key, kind):
    found = tier_of(theme, in_theme(theme, *given))
    assert (found.tier.key, found.kind) == (key, kind)
    assert found.fact_finding is (kind is TierReason.NO_SCORE)


def test_unmet_essentials_go_with_the_tier():
    assert slugs(tier_of("time-and-fit", in_theme("time-and-fit", 2, 4, DK, 4)).unmet) == [
        "dates-for-training",
        "made-room",
    ]


@pytest.mark.parametrize(
    ("theme", "given", "may"),
    [
        ("safe-base", (1, 1, 1, 1), True),
        ("safe-base", (3, 3, 3, 3), False),
        ("caring-for-the-adults", (1, 2, 1, 1), False),
    ],
)
def test_a_school_may_begin_lighter_where_a_starting_point_has_more_than_universal(theme, given, may):
    assert tier_of(theme, in_theme(theme, *given)).may_choose_lighter is may


def test_every_theme_has_a_tier_in_framework_order():
    assert slugs(found.theme for found in tiers(profile(framework(), answers(2)))) == slugs(framework().themes)


def ordered(given):
    result = profile(framework(), given)
    return tuple(slugs(found.theme for found in part) for part in intensive_order(tiers(result), result))


def test_at_most_two_are_intensive_at_one_time():
    now, later = ordered(answers(1))
    assert len(now) == INTENSIVE_AT_ONE_TIME == 2
    assert now == ["leadership-and-purpose", "time-and-fit"]
    assert later == [
        "staff-learning",
        "caring-for-the-adults",
        "evidence-and-improvement",
        "relationships-and-behaviour",
        "safe-base",
        "children-families-partners",
    ]


def test_condition_themes_come_first_then_the_lowest_mean():
    given = in_theme("safe-base", 1, 1, 1, 1) | {
        statement.slug: level
        for slug, levels in {"evidence-and-improvement": (2, 1, 1, 1), "caring-for-the-adults": (2, 2, 1, 1)}.items()
        for statement, level in zip(framework().theme(slug).statements, levels, strict=True)
    }
    assert ordered(given) == (["evidence-and-improvement", "caring-for-the-adults"], ["safe-base"])


def test_the_limit_changes_the_order_and_never_a_tier():
    result = profile(framework(), answers(1))
    before = tiers(result)
    now, later = intensive_order(before, result)
    assert {found.tier.key for found in (*now, *later)} == {"intensive"}
    assert set(now) | set(later) == set(before)


def test_nothing_is_intensive():
    assert ordered(answers(3)) == ([], [])

import pytest

from readiness.domain.answers import Other
from readiness.domain.comparison import Direction, compare
from readiness.domain.framework import Framework
from readiness.domain.scoring import profile

from .frameworks import document, framework
from .test_scoring import answers, in_theme

DK = Other.DONT_KNOW


def between(before, after, slug="safe-base"):
    compared = compare(profile(framework(), before), profile(framework(), after))
    return next(change for change in compared.themes if change.theme.slug == slug)


def base(*given):
    return in_theme("safe-base", *given)


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (2, 3, Direction.HIGHER),
        (4, 1, Direction.LOWER),
        (3, 3, Direction.ABOUT_THE_SAME),
        (DK, 3, Direction.OTHER_ANSWER),
        (3, DK, Direction.OTHER_ANSWER),
        (DK, DK, Direction.ABOUT_THE_SAME),
    ],
)
def test_a_statement_moves_by_a_whole_level(before, after, direction):
    compared = compare(
        profile(framework(), answers(3, calm_places=before)), profile(framework(), answers(3, calm_places=after))
    )
    change = next(change for change in compared.statements if change.statement.slug == "calm-places")
    assert (change.before, change.after, change.direction) == (before, after, direction)
    assert change.has_moved is (direction in (Direction.HIGHER, Direction.LOWER))
    assert not change.is_reworded


def test_a_blank_cannot_be_compared():
    draft = answers(3)
    del draft["calm-places"]
    compared = compare(profile(framework(), answers(3)), profile(framework(), draft))
    change = next(change for change in compared.statements if change.statement.slug == "calm-places")
    assert change.direction is Direction.NOT_ANSWERED


@pytest.mark.parametrize(
    ("before", "after", "direction", "moved"),
    [
        ((2, 2, 3, 3), (3, 3, 3, 3), Direction.HIGHER, 2),
        ((3, 3, 3, 3), (2, 2, 3, 3), Direction.LOWER, 2),
        ((3, 3, 3, 3), (3, 3, 3, 4), Direction.ABOUT_THE_SAME, 1),
        ((2, 2, 2, 3), (2, 2, 3, 3), Direction.ABOUT_THE_SAME, 1),
        ((2, 2, 2, 3), (2, 3, 3, 2), Direction.HIGHER, 3),
        ((2, 3, 3, 2), (2, 2, 2, 3), Direction.LOWER, 3),
        ((2, 2, 3, 4), (3, 3, 3, 2), Direction.ABOUT_THE_SAME, 3),
        ((1, 3, 3, 3), (3, 3, 3, 3), Direction.HIGHER, 1),
        ((3, 3, 3, 3), (3, 3, DK, DK), Direction.NO_SCORE, 0),
        ((3, 3, 2, DK), (3, 3, 2, 2), Direction.ABOUT_THE_SAME, 0),
    ],
)
def test_a_theme_moves_by_half_a_level_or_across_a_band_with_two_statements(before, after, direction, moved):
    change = between(base(*before), base(*after))
    assert (change.direction, len(change.moved)) == (direction, moved)
    assert change.has_moved is (direction in (Direction.HIGHER, Direction.LOWER))


def test_nothing_moved():
    compared = compare(profile(framework(), answers(3)), profile(framework(), answers(3)))
    assert not compared.has_moved
    assert {change.direction for change in compared.themes} == {Direction.ABOUT_THE_SAME}
    assert compare(profile(framework(), answers(3)), profile(framework(), answers(4))).has_moved


def later_version():
    later = document()
    later["scoring"]["worked_examples"] = []
    statements = later["themes"][5]["statements"]
    statements[0]["text"] = "New words."
    statements[1] |= {"slug": "quiet-places"}
    later["themes"].append(later["themes"][4] | {"slug": "new-theme", "statements": [statements.pop()]})
    del later["themes"][4]
    return Framework.from_document(later)


def test_versions_are_compared_by_slug():
    later = later_version()
    compared = compare(profile(framework(), answers(2)), profile(later, dict.fromkeys(later.positions, 3)))
    found = {change.statement.slug: change for change in compared.statements}
    assert found["welcome-and-predictability"].is_reworded
    assert found["welcome-and-predictability"].direction is Direction.HIGHER
    assert found["quiet-places"].direction is Direction.ADDED
    assert found["calm-places"].direction is Direction.RETIRED
    assert found["an-adult-who-knows-me"].direction is Direction.HIGHER
    themes = {change.theme.slug: change for change in compared.themes}
    assert themes["new-theme"].direction is Direction.ADDED
    assert themes["relationships-and-behaviour"].direction is Direction.RETIRED
    assert themes["relationships-and-behaviour"].after is None
    assert themes["safe-base"].direction is Direction.HIGHER


def test_moving_a_limit_is_not_the_school_moving():
    moved = document()
    moved["scoring"]["bands"][1]["below"] = moved["scoring"]["bands"][2]["min"] = 2.25
    later = Framework.from_document(moved)
    compared = compare(profile(framework(), base(2, 2, 2, 3)), profile(later, base(3, 2, 2, 2)))
    change = next(change for change in compared.themes if change.theme.slug == "safe-base")
    assert change.direction is Direction.ABOUT_THE_SAME

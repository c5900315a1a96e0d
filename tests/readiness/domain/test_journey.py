from readiness.domain.journey import Journey, Progress

from .frameworks import framework


def journey(*slugs):
    return Journey(framework(), frozenset(slugs))


def slugs_of(theme):
    return [statement.slug for statement in theme.statements]


def test_an_empty_audit():
    start = journey()
    assert {start.progress(theme) for theme in framework().themes} == {Progress.NOT_STARTED}
    assert (start.answered_count, start.total) == (0, 36)
    assert start.next_unfinished() == framework().themes[0]
    assert start.missing() == framework().statements
    assert not start.is_complete


def test_a_theme_is_in_progress_until_each_statement_has_an_answer():
    theme = framework().theme("time-and-fit")
    slugs = slugs_of(theme)
    some = journey(*slugs[:3])
    assert some.progress(theme) is Progress.IN_PROGRESS
    assert some.answered_in(theme) == 3
    assert journey(*slugs).progress(theme) is Progress.COMPLETED


def test_what_is_missing_comes_in_framework_order():
    slugs = slugs_of(framework().themes[0])
    rest = [statement.slug for statement in framework().statements if statement.slug not in (slugs[0], "calm-places")]
    assert [statement.slug for statement in journey(*rest).missing()] == [slugs[0], "calm-places"]


def test_after_goes_on_in_order_and_ends():
    themes = framework().themes
    assert journey().after(themes[0]) == themes[1]
    assert journey().after(themes[-1]) is None


def test_next_unfinished_skips_what_is_completed():
    themes = framework().themes
    assert journey(*slugs_of(themes[0]), *slugs_of(themes[2])).next_unfinished() == themes[1]


def test_a_complete_audit():
    whole = journey(*(statement.slug for statement in framework().statements))
    assert whole.is_complete
    assert whole.next_unfinished() is None
    assert whole.missing() == ()
    assert whole.answered_count == 36


def test_slugs_of_another_version_do_not_count():
    assert journey("retired-long-ago").answered_count == 0

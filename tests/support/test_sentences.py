from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.utils import translation

from support import sentences


@pytest.mark.parametrize(("count", "words"), [(0, "none"), (1, "one"), (2, "two"), (10, "ten"), (11, "11"), (36, "36")])
def test_numbers_up_to_ten_are_words(count, words):
    assert sentences.number_words(count) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["one"], "one"), (["one", "two"], "one and two"), (["one", "two", "three"], "one, two and three")],
)
def test_listed(names, words):
    assert sentences.listed(names) == words


def test_titles_are_quoted_because_they_hold_commas():
    assert sentences.titled(["Time, people and fit", "A safe base"]) == "“Time, people and fit” and “A safe base”"


def test_capital():
    assert sentences.capital("two things") == "Two things"
    assert sentences.capital("") == ""


@pytest.mark.parametrize(("text", "words"), [("We ask.", "We ask"), ("We ask. ", "We ask"), ("Why? ", "Why?")])
def test_statements_lose_their_last_stop(text, words):
    assert sentences.without_stop(text) == words


@pytest.mark.parametrize(("limit", "words"), [(Fraction(5, 2), "2.5"), (Fraction(2), "2"), (Fraction(7, 4), "1.75")])
def test_limits_are_short(limit, words):
    assert sentences.limit_words(limit) == words


def test_moments_are_on_the_clocks_of_scotland():
    summer = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert sentences.day_words(summer) == "1 July 2026"
    assert sentences.moment_words(summer) == "1 July 2026 at 00:30"


@pytest.mark.parametrize(("language", "tag"), [("en-gb", "en-GB"), ("gd", "gd")])
def test_the_language_is_named_as_documents_name_it(language, tag):
    with translation.override(language):
        assert sentences.language_tag() == tag

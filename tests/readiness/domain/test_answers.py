import pytest

from readiness.domain.answers import BadAnswer, Other, Voice, parse_given


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_level_is_read_as_it_is(level):
    assert parse_given(level) == level


@pytest.mark.parametrize("other", list(Other))
def test_other_answers_are_read_from_their_key_and_from_themselves(other):
    assert parse_given(str(other)) is other
    assert parse_given(other) is other


@pytest.mark.parametrize("raw", [True, False, 0, 5, -1, 3.0, "3", "", "DONT_KNOW", "blank", None, [3], {"level": 3}])
def test_anything_else_is_refused_with_a_sentence(raw):
    with pytest.raises(BadAnswer, match=r"is not an answer\. Give a level from 1 to 4"):
        parse_given(raw)


def test_a_long_answer_is_shortened_in_the_sentence():
    with pytest.raises(BadAnswer) as refusal:
        parse_given("x" * 5000)
    assert len(str(refusal.value)) < 200


def test_three_voices():
    assert [str(voice) for voice in Voice] == ["school", "officer", "agreed"]

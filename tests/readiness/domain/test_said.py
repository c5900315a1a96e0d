import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.answers import Other
from readiness.domain.said import Clash, Said, Settle, decide

BLANK = Said()
THEIRS = Said(given=3, evidence="Minutes of the meeting")
MINE = Said(given=2, evidence="I asked at the gate")

saids = st.builds(
    Said,
    given=st.one_of(st.none(), st.integers(1, 4), st.sampled_from(list(Other))),
    reason=st.text(max_size=8),
    evidence=st.text(max_size=8),
)


def test_a_first_answer_is_written():
    assert decide(stored=BLANK, revision=0, typed=MINE, seen=BLANK.seen_as(0)) == MINE


def test_the_same_answer_twice_writes_once():
    # The second press of a double click still carries what the page showed before the first.
    assert decide(stored=MINE, revision=1, typed=MINE, seen=BLANK.seen_as(0)) is None


def test_what_was_left_alone_is_not_written_over_somebody_elses_words():
    assert decide(stored=THEIRS, revision=5, typed=BLANK, seen=BLANK.seen_as(0)) is None


def test_changing_what_was_shown_is_written():
    assert decide(stored=THEIRS, revision=5, typed=MINE, seen=THEIRS.seen_as(5)) == MINE


def test_emptying_a_text_is_a_change():
    assert decide(stored=THEIRS, revision=5, typed=BLANK, seen=THEIRS.seen_as(5)) == BLANK


def test_two_different_changes_clash():
    with pytest.raises(Clash):
        decide(stored=THEIRS, revision=1, typed=MINE, seen=BLANK.seen_as(0))


def test_going_back_to_old_words_over_newer_ones_clashes():
    # Tab A went from blank to 3 and back to blank (revision 2); tab B shows revision 0 and types 2.
    with pytest.raises(Clash):
        decide(stored=BLANK, revision=2, typed=MINE, seen=BLANK.seen_as(0))


@pytest.mark.parametrize(
    ("settle", "written"),
    [
        (Settle.MINE, MINE),
        (Settle.THEIRS, None),
        (Settle.JOIN, Said(given=2, evidence="Minutes of the meeting\nI asked at the gate")),
    ],
)
def test_a_clash_that_was_shown_is_settled(settle, written):
    seen = THEIRS.seen_as(1)
    assert decide(stored=THEIRS, revision=1, typed=MINE, seen=seen, clash_was_shown=True, settle=settle) == written


def test_joining_twice_joins_once():
    joined = MINE.joined_to(THEIRS)
    seen = THEIRS.seen_as(1)
    assert decide(stored=joined, revision=2, typed=MINE, seen=seen, clash_was_shown=True, settle=Settle.JOIN) is None


def test_a_clash_that_was_shown_and_not_settled_is_asked_again():
    with pytest.raises(Clash):
        decide(stored=THEIRS, revision=1, typed=MINE, seen=THEIRS.seen_as(1), clash_was_shown=True)


@pytest.mark.parametrize("settle", [Settle.MINE, Settle.JOIN])
def test_a_third_change_while_settling_clashes_again(settle):
    with pytest.raises(Clash):
        decide(stored=THEIRS, revision=2, typed=MINE, seen=BLANK.seen_as(1), clash_was_shown=True, settle=settle)


def test_a_page_that_does_not_say_what_it_showed_counts_as_having_shown_nothing():
    assert decide(stored=BLANK, revision=0, typed=MINE, seen=BLANK.seen_as(0)) == MINE
    with pytest.raises(Clash):
        decide(stored=THEIRS, revision=1, typed=MINE, seen="")


@given(stored=saids, typed=saids, seen=saids, revision=st.integers(0, 3), seen_revision=st.integers(0, 3))
def test_nothing_is_ever_written_over_words_that_were_not_shown(stored, typed, seen, revision, seen_revision):
    try:
        written = decide(stored=stored, revision=revision, typed=typed, seen=seen.seen_as(seen_revision))
    except Clash:
        return
    assert written is None or seen_revision == revision


@given(first=saids, second=saids)
def test_joining_loses_no_text(first, second):
    joined = second.joined_to(first)
    for text in (first.reason, first.evidence, second.reason, second.evidence):
        assert text in joined.reason + "\x00" + joined.evidence


@given(said=saids)
def test_joining_with_the_same_words_changes_nothing(said):
    assert said.joined_to(said) == said

import pytest

from readiness.domain.states import (
    EDITABLE,
    OPEN,
    OWNERS,
    PAST_DRAFT,
    TRANSITIONS,
    TURN_BEGINS,
    AuditState,
    MoveRefused,
    Owner,
    check_move,
    may_move,
    owner_of,
    to_mermaid,
)

S = AuditState
MOVES = {
    (S.DRAFT, S.SUBMITTED),
    (S.SUBMITTED, S.DRAFT),
    (S.SUBMITTED, S.IN_REVIEW),
    (S.IN_REVIEW, S.RETURNED),
    (S.RETURNED, S.SUBMITTED),
    (S.SUBMITTED, S.RETURNED),
    (S.IN_REVIEW, S.MODERATED),
    (S.MODERATED, S.AGREED),
    (S.AGREED, S.SUPERSEDED),
    (S.DRAFT, S.WITHDRAWN),
    (S.SUBMITTED, S.WITHDRAWN),
    (S.IN_REVIEW, S.WITHDRAWN),
    (S.RETURNED, S.WITHDRAWN),
    (S.MODERATED, S.WITHDRAWN),
}


def test_the_whole_table_of_moves():
    assert {(move.from_state, move.to_state) for move in TRANSITIONS} == MOVES
    assert len(TRANSITIONS) == len(MOVES)
    assert all(move.name and move.made_by for move in TRANSITIONS)


@pytest.mark.parametrize("here", list(S))
@pytest.mark.parametrize("there", list(S))
def test_only_what_is_in_the_table_may_happen(here, there):
    assert may_move(here, there) is ((here, there) in MOVES)
    if (here, there) in MOVES:
        move = check_move(str(here), str(there))
        assert (move.from_state, move.to_state) == (here, there)
    else:
        with pytest.raises(MoveRefused, match=r"^This audit is .*\. Nothing was changed\.$"):
            check_move(here, there)


@pytest.mark.parametrize(
    ("here", "there", "sentence"),
    [
        (
            S.IN_REVIEW,
            S.SUBMITTED,
            "This audit is in review. "
            "Only an audit that is a draft or returned can move to “submitted”. Nothing was changed.",
        ),
        (
            S.IN_REVIEW,
            S.DRAFT,
            "This audit is in review. Only an audit that is submitted can move to “draft”. Nothing was changed.",
        ),
        (S.SUBMITTED, S.SUBMITTED, "This audit is already submitted. Nothing was changed."),
    ],
)
def test_a_refusal_is_fit_for_the_person_who_asked(here, there, sentence):
    with pytest.raises(MoveRefused) as refusal:
        check_move(here, there)
    assert str(refusal.value) == sentence


def test_what_is_no_state_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="nowhere"):
        check_move("nowhere", S.DRAFT)


def test_every_state_has_an_owner():
    assert set(OWNERS) == set(S)
    assert {OWNERS[state] for state in EDITABLE} == {Owner.SCHOOL}
    assert {state for state in S if OWNERS[state] is Owner.NOBODY} == set(S) - OPEN


def test_while_they_differ_it_is_the_coordinators_turn_once_the_review_is_finished():
    assert owner_of("moderated", they_differ=True) is Owner.COORDINATOR
    assert {state: owner_of(state) for state in S} == OWNERS
    assert all(owner_of(state, they_differ=True) is OWNERS[state] for state in S if state is not S.MODERATED)


def test_a_turn_begins_with_every_state_but_a_review_that_goes_on():
    for move in TRANSITIONS:
        changes_hands = OWNERS[move.from_state] is not OWNERS[move.to_state]
        assert move.to_state in TURN_BEGINS or not changes_hands


def test_groups_of_states():
    assert {S.DRAFT, S.RETURNED} == EDITABLE
    assert EDITABLE < OPEN
    assert not PAST_DRAFT & {S.DRAFT, S.WITHDRAWN}
    assert set(S) == PAST_DRAFT | {S.DRAFT, S.WITHDRAWN}


def test_the_diagram_holds_every_move():
    diagram = to_mermaid()
    assert diagram.startswith("stateDiagram-v2\n    [*] --> draft\n")
    assert all(f"    {move.from_state} --> {move.to_state}: {move.name}\n" in diagram for move in TRANSITIONS)
    assert "    withdrawn --> [*]\n" in diagram

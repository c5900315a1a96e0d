"""The states of an audit, the moves between them, and whose turn it is in each.

"May it be done now?" is answered here. "May this person do it?" is a question for the table of permissions.
"""

from dataclasses import dataclass
from enum import StrEnum


class AuditState(StrEnum):
    """Where an audit has got to."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    MODERATED = "moderated"
    AGREED = "agreed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """The state as it is read in a sentence: "in review"."""
        return self.value.replace("_", " ")


OPEN = frozenset(
    {AuditState.DRAFT, AuditState.SUBMITTED, AuditState.IN_REVIEW, AuditState.RETURNED, AuditState.MODERATED}
)
"""Work still to be done. A school has at most one open audit."""

EDITABLE = frozenset({AuditState.DRAFT, AuditState.RETURNED})
"""The school may change its own answers."""

PAST_DRAFT = frozenset(
    {
        AuditState.SUBMITTED,
        AuditState.IN_REVIEW,
        AuditState.RETURNED,
        AuditState.MODERATED,
        AuditState.AGREED,
        AuditState.SUPERSEDED,
    }
)
"""The audit has been submitted. A withdrawn audit is left out: it may or may not have been submitted before."""


class Owner(StrEnum):
    """Whose turn it is."""

    SCHOOL = "school"
    OFFICER = "officer"
    COORDINATOR = "coordinator"
    NOBODY = "nobody"


OWNERS: dict[AuditState, Owner] = {
    AuditState.DRAFT: Owner.SCHOOL,
    AuditState.SUBMITTED: Owner.OFFICER,
    AuditState.IN_REVIEW: Owner.OFFICER,
    AuditState.RETURNED: Owner.SCHOOL,
    AuditState.MODERATED: Owner.OFFICER,
    AuditState.AGREED: Owner.NOBODY,
    AuditState.SUPERSEDED: Owner.NOBODY,
    AuditState.WITHDRAWN: Owner.NOBODY,
}

WHILE_THEY_DIFFER: dict[AuditState, Owner] = {AuditState.MODERATED: Owner.COORDINATOR}
"""Whose turn it is in place of that, while the agreed level of a statement is still for the co-ordinator to record."""

TURN_BEGINS = frozenset(AuditState) - {AuditState.IN_REVIEW}
"""The states with which a turn begins. A review goes on in the turn that began when the school submitted."""


def owner_of(state: AuditState | str, *, they_differ: bool = False) -> Owner:
    """Whose turn it is in a state. `they_differ`: some statement has no agreed level yet."""
    here = AuditState(state)
    return WHILE_THEY_DIFFER.get(here, OWNERS[here]) if they_differ else OWNERS[here]


@dataclass(frozen=True)
class Transition:
    """One permitted move: from where, to where, its name as an order, and who makes it, in words."""

    from_state: AuditState
    to_state: AuditState
    name: str
    made_by: str


_HEAD = "the head teacher or acting head"
_OFFICER = "the locality support officer"

TRANSITIONS: tuple[Transition, ...] = (
    Transition(AuditState.DRAFT, AuditState.SUBMITTED, "submit", _HEAD),
    Transition(AuditState.SUBMITTED, AuditState.DRAFT, "take the submission back", _HEAD),
    Transition(AuditState.SUBMITTED, AuditState.IN_REVIEW, "begin the review", _OFFICER),
    Transition(AuditState.IN_REVIEW, AuditState.RETURNED, "return to the school", _OFFICER),
    Transition(AuditState.RETURNED, AuditState.SUBMITTED, "submit again", _HEAD),
    Transition(AuditState.SUBMITTED, AuditState.RETURNED, "take the new submission back", _HEAD),
    Transition(AuditState.IN_REVIEW, AuditState.MODERATED, "finish the review", _OFFICER),
    Transition(AuditState.MODERATED, AuditState.AGREED, "agree", "the locality support officer with the head teacher"),
    Transition(AuditState.AGREED, AuditState.SUPERSEDED, "supersede", "nobody: a later audit of the school is agreed"),
    *(Transition(state, AuditState.WITHDRAWN, "withdraw the audit", _HEAD) for state in AuditState if state in OPEN),
)
"""The whole table of moves. What is not in it may not happen."""


class MoveRefused(Exception):
    """The audit cannot make this move from where it is. The message is fit to show to the person who asked."""


def may_move(from_state: AuditState | str, to_state: AuditState | str) -> bool:
    """Whether the table of moves holds this move."""
    return any(move.from_state == from_state and move.to_state == to_state for move in TRANSITIONS)


def check_move(from_state: AuditState | str, to_state: AuditState | str) -> Transition:
    """The move from one state to another.

    Raises:
        MoveRefused: when the table does not hold the move, with a sentence for the person who asked.
        ValueError: when either is not a state at all.
    """
    here, there = AuditState(from_state), AuditState(to_state)
    for move in TRANSITIONS:
        if move.from_state is here and move.to_state is there:
            return move
    raise MoveRefused(_refusal(here, there))


def _refusal(here: AuditState, there: AuditState) -> str:
    if here is there:
        return f"This audit is already {_being(here)}. Nothing was changed."
    sources = [_being(move.from_state) for move in TRANSITIONS if move.to_state is there]
    needed = sources[0] if len(sources) == 1 else f"{', '.join(sources[:-1])} or {sources[-1]}"
    rule = f"Only an audit that is {needed} can move to “{there.words}”."
    return f"This audit is {_being(here)}. {rule} Nothing was changed."


def _being(state: AuditState) -> str:
    return "a draft" if state is AuditState.DRAFT else state.words


def to_mermaid() -> str:
    """The table of moves as a Mermaid state diagram, ending in a line break."""
    lines = ["stateDiagram-v2", f"    [*] --> {AuditState.DRAFT}"]
    lines += [f"    {move.from_state} --> {move.to_state}: {move.name}" for move in TRANSITIONS]
    sources = {move.from_state for move in TRANSITIONS}
    lines += [f"    {state} --> [*]" for state in AuditState if state not in sources]
    return "\n".join(lines) + "\n"


def _owner_words(state: AuditState) -> str:
    other = WHILE_THEY_DIFFER.get(state)
    return f"{OWNERS[state]}; {other} while school and officer still differ" if other else OWNERS[state]


def render_doc() -> str:
    """The whole text of docs/states.md."""
    owners = "".join(f"| {state.words} | {_owner_words(state)} |\n" for state in AuditState)
    moves = "".join(
        f"| {move.from_state.words} | {move.to_state.words} | {move.name} | {move.made_by} |\n" for move in TRANSITIONS
    )
    return (
        "# The states of an audit\n\n"
        "This page is generated from `readiness/domain/states.py` by `manage.py states_doc`. "
        "Change the table there, then run the command.\n\n"
        f"```mermaid\n{to_mermaid()}```\n\n"
        f"## Whose turn it is\n\n| State | Whose turn |\n|---|---|\n{owners}\n"
        f"## Every move\n\n| From | To | Move | Who makes it |\n|---|---|---|---|\n{moves}"
    )

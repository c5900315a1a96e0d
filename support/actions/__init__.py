"""Every change of support is one of these."""

from support.actions.consistency import (
    UnableToModerate,
    agreement_of,
    move_round,
    plan_round,
    rate,
    record_decision,
    require_moderator,
    require_officer,
    write_vignette,
)
from support.actions.visits import (
    Note,
    NoteChanged,
    UnableToVisit,
    draw_visit,
    finish_note,
    note_of,
    plan_visit,
    read_note,
    show_note,
    why,
    write_note,
)

__all__ = [
    "Note",
    "NoteChanged",
    "UnableToModerate",
    "UnableToVisit",
    "agreement_of",
    "draw_visit",
    "finish_note",
    "move_round",
    "note_of",
    "plan_round",
    "plan_visit",
    "rate",
    "read_note",
    "record_decision",
    "require_moderator",
    "require_officer",
    "show_note",
    "why",
    "write_note",
    "write_vignette",
]

"""Every change of support is one of these."""

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
    "UnableToVisit",
    "draw_visit",
    "finish_note",
    "note_of",
    "plan_visit",
    "read_note",
    "show_note",
    "why",
    "write_note",
]

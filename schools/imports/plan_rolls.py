"""What the statistics would change: pupil rolls, and nothing else."""

from collections.abc import Sequence

from schools.imports.plan import Entry, Kind, Known, Plan, by_seed_code, compared, in_order, is_in
from schools.imports.rolls import RollRow, Rolls

NOT_HERE = "No school here has this SEED code. Bring in the list of schools first, if it should be here."
NOT_KNOWN = "The file gives “{code}” for it, which stands for a roll that is not known. What is here stays."
NOT_KNOWN_BLANK = "The file leaves it blank. What is here stays."


def plan_rolls(*, listed: Rolls, known: Sequence[Known], local_authority: str) -> Plan:
    """What the statistics would change here, in one local authority or, where that is empty, in all."""
    schools = by_seed_code(known)
    entries = [
        Entry(Kind.NOT_UNDERSTOOD, (one.row,), one.seed_code, one.name, reason=one.reason)
        for one in listed.not_understood
        if not one.local_authority or is_in(one.local_authority, local_authority)
    ]
    for row in listed.schools:
        before = schools.get(row.seed_code)
        if is_in(row.local_authority, local_authority) or (before and is_in(before.local_authority, local_authority)):
            entries.append(_entry(row, before))
    return in_order(entries)


def _entry(row: RollRow, before: Known | None) -> Entry:
    if before is None:
        return Entry(Kind.NOT_HERE, row.rows, row.seed_code, row.name, reason=NOT_HERE)
    if row.roll is None:
        reason = NOT_KNOWN.format(code=row.code) if row.code else NOT_KNOWN_BLANK
        return Entry(Kind.NOT_KNOWN, row.rows, row.seed_code, before.name, reason=reason)
    changes = compared(before, {"roll": row.roll})
    return Entry(Kind.CHANGED if changes else Kind.UNCHANGED, row.rows, row.seed_code, before.name, changes)

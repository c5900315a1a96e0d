"""The Scottish Government's school-level summary statistics (domain.md F2): how many pupils each school has.

Header positions, note numbers and authority names change by year. A campus may stand in several rows, one for each kind
of school that it holds, and its roll is their sum.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from schools.imports.contact_list import (
    LOCAL_AUTHORITY,
    NAME,
    SEED_CODE,
    NotUnderstood,
    is_a_note,
    refuse,
    said_twice,
    what_is_wrong_with_its_names,
)
from schools.imports.text import quoted, same, seed_code, without_notes
from schools.imports.workbook import Column, Line, opened

PUPIL_ROLL = Column("roll", ("Pupil roll", "Roll", "School roll"))
SCHOOL_TYPE = Column("school_type", ("School Type",), needed=False)
COLUMNS = (SEED_CODE, LOCAL_AUTHORITY, NAME, PUPIL_ROLL, SCHOOL_TYPE)
NOT_KNOWN = {"c", "#", "*", "z", "x", ""}  # suppressed, not collected, not applicable: the year's notes say which
LARGEST_ROLL = 10_000


@dataclass(frozen=True)
class RollRow:
    """The pupil roll of one school. None: the file says that it is not known, by `code`."""

    rows: tuple[int, ...]
    seed_code: str
    name: str
    local_authority: str
    roll: int | None
    code: str = ""


@dataclass(frozen=True)
class Rolls:
    """What a file says, ready to be kept: `as_json` and `from_json` are each other's way back."""

    schools: tuple[RollRow, ...]
    not_understood: tuple[NotUnderstood, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain lists and texts."""
        return {
            "schools": [{**asdict(each), "rows": list(each.rows)} for each in self.schools],
            "not_understood": [asdict(each) for each in self.not_understood],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Rolls":
        """What `as_json` gave."""
        return cls(
            schools=tuple(RollRow(**{**each, "rows": tuple(each["rows"])}) for each in kept.get("schools", ())),
            not_understood=tuple(NotUnderstood(**each) for each in kept.get("not_understood", ())),
        )


def read(file: BinaryIO) -> Rolls:
    """What the statistics say of each school's roll.

    Raises:
        WrongFile: they are not such statistics.
    """
    with opened(file) as book:
        table = book.table(COLUMNS, of="pupil rolls")
    by_code: dict[str, list[Line]] = defaultdict(list)
    refused = []
    for line in table.lines:
        if is_a_note(line):
            continue
        if wrong := what_is_wrong_with_its_names(line) + _what_is_wrong_with_its_roll(line):
            refused.append(refuse(line, wrong[0]))
        else:
            by_code[seed_code(line.cells["seed_code"])].append(line)
    torn = {one.seed_code for one in refused}  # a sum without one of its parts would be wrong
    schools = []
    for code, lines in by_code.items():
        if reason := _why_not_together(code, lines, torn):
            refused.extend(refuse(line, reason) for line in lines)
        else:
            schools.append(_together(code, lines))
    return Rolls(tuple(schools), tuple(sorted(refused, key=lambda one: one.row)))


def _what_is_wrong_with_its_roll(line: Line) -> list[str]:
    text = line.text("roll")
    if text.casefold() in NOT_KNOWN:
        return []
    number = _number(text)
    if number is None:
        return [f"{quoted(text)} is not a pupil roll."]
    return [] if number <= LARGEST_ROLL else [f"{quoted(text)} is more pupils than any school has."]


def _number(text: str) -> int | None:
    digits = text.replace(",", "").replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _why_not_together(code: str, lines: Sequence[Line], torn: set[str]) -> str:
    if code in torn:
        return "Another row of the same school could not be understood, so its whole roll is not known."
    kinds = [same(line.text("school_type")) for line in lines]
    return said_twice(code, lines) if len(set(kinds)) < len(kinds) else ""


def _together(code: str, lines: Sequence[Line]) -> RollRow:
    rolls = [_number(line.text("roll")) for line in lines]
    known = [roll for roll in rolls if roll is not None]
    unknown = next((line.text("roll") for line, roll in zip(lines, rolls, strict=True) if roll is None), "")
    return RollRow(
        rows=tuple(line.number for line in lines),
        seed_code=code,
        name=lines[0].text("name"),
        local_authority=without_notes(lines[0].text("local_authority")),
        roll=sum(known) if len(known) == len(rolls) else None,
        code=unknown,
    )

"""The Scottish Government's list of schools (domain.md F1): what it says of each school, without how to reach it.

E-mail addresses, telephone numbers, addresses and websites are columns that are never read. Where a cell of another
column holds such a thing all the same, its row is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, BinaryIO

from schools.imports.text import Value, day, holds_contact_details, quoted, same, seed_code, tidy, without_notes
from schools.imports.workbook import Column, Line, Table, opened

DEPARTMENTS = {
    "has_pre_school": ("Pre-school Department", "Preschool Department", "Nursery Department"),
    "has_primary": ("Primary Department",),
    "has_secondary": ("Secondary Department",),
    "has_special": ("Special Department",),
}
SEED_CODE = Column("seed_code", ("Seed Code", "SEED"))
LOCAL_AUTHORITY = Column("local_authority", ("LA Name", "Local Authority", "Local Authority Name"))
NAME = Column("name", ("School Name", "Name of school"))
DENOMINATION = Column("denomination", ("Denomination", "Denomination of school"))
FUNDING = Column("funding", ("Centre Type", "School funding type"), needed=False)
MEDIUM = Column("medium", ("Medium of Education",), needed=False)
OPEN_SCHOOLS = (
    SEED_CODE,
    LOCAL_AUTHORITY,
    NAME,
    *(Column(key, headings) for key, headings in DEPARTMENTS.items()),
    DENOMINATION,
    FUNDING,
    MEDIUM,
)
RENAMED = (
    SEED_CODE,
    Column("new_name", ("New school name",)),
    Column("old_name", ("Old school name",)),
    Column("year", ("Year changed",), needed=False),
)
OPENED_OR_CLOSED = (
    SEED_CODE,
    Column("status", ("Status",)),
    Column("opened", ("Date opened",)),
    Column("closed", ("Date closed",)),
    Column("mothballed", ("Date mothballed",), needed=False),
)
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}
LONGEST_TEXTS = {"name": 200, "local_authority": 100, "denomination": 100, "funding": 100}


@dataclass(frozen=True)
class SchoolRow:
    """One school as the list has it. None: the file does not say, so what is known stays."""

    row: int
    seed_code: str
    name: str
    local_authority: str
    has_pre_school: bool
    has_primary: bool
    has_secondary: bool
    has_special: bool
    denomination: str | None = None
    funding: str | None = None
    is_gaelic_medium: bool | None = None


@dataclass(frozen=True)
class NotUnderstood:
    """A row that is left out, and why. What could be read of it protects its school from being taken as gone."""

    row: int
    reason: str
    seed_code: str = ""
    name: str = ""
    local_authority: str = ""


@dataclass(frozen=True)
class Annotation:
    """What the other sheets say of one school: they never bring one in by themselves."""

    seed_code: str
    former_name: str = ""
    opened: date | None = None
    closed: date | None = None
    mothballed: date | None = None


@dataclass(frozen=True)
class ContactList:
    """What a file says, ready to be kept: `as_json` and `from_json` are each other's way back."""

    schools: tuple[SchoolRow, ...]
    not_understood: tuple[NotUnderstood, ...] = ()
    annotations: tuple[Annotation, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain lists and texts."""
        return {
            "schools": [asdict(each) for each in self.schools],
            "not_understood": [asdict(each) for each in self.not_understood],
            "annotations": [
                {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(each).items()}
                for each in self.annotations
            ],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "ContactList":
        """What `as_json` gave."""
        return cls(
            schools=tuple(SchoolRow(**each) for each in kept.get("schools", ())),
            not_understood=tuple(NotUnderstood(**each) for each in kept.get("not_understood", ())),
            annotations=tuple(
                Annotation(
                    seed_code=each["seed_code"],
                    former_name=each["former_name"],
                    **{key: day(each[key]) for key in ("opened", "closed", "mothballed")},
                )
                for each in kept.get("annotations", ())
            ),
        )


def read(file: BinaryIO) -> ContactList:
    """What the list says.

    Raises:
        WrongFile: it is not such a list.
    """
    with opened(file) as book:
        schools = book.table(OPEN_SCHOOLS, of="a list of schools")
        renamed = book.table_if_any(RENAMED)
        opened_or_closed = book.table_if_any(OPENED_OR_CLOSED)
    rows, refused = _schools(schools)
    return ContactList(rows, refused, _annotations(renamed, opened_or_closed))


def _schools(table: Table) -> tuple[tuple[SchoolRow, ...], tuple[NotUnderstood, ...]]:
    by_code: dict[str, list[Line]] = defaultdict(list)
    for line in table.lines:
        by_code[seed_code(line.cells["seed_code"])].append(line)
    schools, refused = [], []
    for line in table.lines:
        if is_a_note(line):
            continue
        code = seed_code(line.cells["seed_code"])
        reason = said_twice(code, by_code[code]) if code else ""
        if reason := reason or "".join(_what_is_wrong(line)[:1]):
            refused.append(refuse(line, reason))
        else:
            schools.append(_school(line, code, table))
    return tuple(schools), tuple(refused)


def is_a_note(line: Line) -> bool:
    """Whether this row is no school but a remark below the table: words in its first column and nothing else."""
    said = [key for key in line.cells if line.text(key)]
    return said == ["seed_code"] and not any(sign.isdigit() for sign in line.text("seed_code")[:1])


def said_twice(code: str, lines: Sequence[Line]) -> str:
    """Why rows with one SEED code are left out; "" for a single one."""
    if len(lines) < 2:
        return ""
    numbers = " and ".join(str(line.number) for line in lines)
    return f"SEED code {code} stands in rows {numbers}. Keep one of them."


def what_is_wrong_with_its_names(line: Line) -> list[str]:
    """What keeps code, name and authority of a row from being understood."""
    wrong = []
    if not line.text("seed_code"):
        wrong.append("The SEED code is missing.")
    elif not seed_code(line.cells["seed_code"]):
        wrong.append(f"{quoted(line.text('seed_code'))} is not a SEED code of seven digits.")
    for key, what in (("name", "The school’s name"), ("local_authority", "The local authority")):
        if not without_notes(line.text(key)):
            wrong.append(f"{what} is missing.")
    for key, longest in LONGEST_TEXTS.items():
        if len(line.text(key)) > longest:
            wrong.append(f"{quoted(line.text(key))} is longer than {longest} letters.")
        if holds_contact_details(line.text(key)):
            wrong.append(f"An e-mail address, web address or telephone number stands where the {_words(key)} belongs.")
    return wrong


def refuse(line: Line, reason: str) -> NotUnderstood:
    """The row as it is kept: with its reason and the names that could be read, and nobody's contact details."""
    name, place = (_safe(line.text(key)) for key in ("name", "local_authority"))
    return NotUnderstood(line.number, reason, seed_code(line.cells["seed_code"]), name[:200], place[:100])


def _safe(text: str) -> str:
    return "" if holds_contact_details(text) else text


def _words(key: str) -> str:
    return key.replace("_", " ")


def _what_is_wrong(line: Line) -> list[str]:
    wrong = what_is_wrong_with_its_names(line)
    said = [line.text(key) for key in DEPARTMENTS]
    for (_key, headings), text in zip(DEPARTMENTS.items(), said, strict=True):
        if text.casefold() not in YES | NO | {""}:
            wrong.append(f"{quoted(text)} is neither Yes nor No under “{headings[0]}”.")
    if not any(said):
        wrong.append("None of the four departments says Yes or No.")
    return wrong


def _school(line: Line, code: str, table: Table) -> SchoolRow:
    """A row in which nothing is wrong. A blank department is one that the school does not have."""
    return SchoolRow(
        row=line.number,
        seed_code=code,
        name=line.text("name"),
        local_authority=without_notes(line.text("local_authority")),
        **{key: line.text(key).casefold() in YES for key in DEPARTMENTS},
        denomination=line.text("denomination") or None,
        funding=line.text("funding") or None if "funding" in table.columns else None,
        is_gaelic_medium=_is_gaelic(line.text("medium")),
    )


def _is_gaelic(medium: str) -> bool | None:
    """Whether a school teaches through Gaelic, wholly or in a stream; None where the file does not say."""
    if not medium:
        return None
    return "gaelicmedium" in same(medium.replace("(", " "))


def _annotations(renamed: Table | None, opened_or_closed: Table | None) -> tuple[Annotation, ...]:
    """What both sheets say together, school by school."""
    formerly = _former_names(renamed.lines if renamed else ())
    dates = _dates(opened_or_closed.lines if opened_or_closed else ())
    return tuple(
        Annotation(code, formerly.get(code, ""), **dates.get(code, {})) for code in sorted(formerly.keys() | dates)
    )


def _former_names(lines: Iterable[Line]) -> dict[str, str]:
    """The name before the latest change of each school. Changes without a year count as the earliest."""
    latest: dict[str, tuple[tuple[int, int], str]] = {}
    for line in lines:
        code, old = seed_code(line.cells["seed_code"]), line.text("old_name")
        if not code or not old or len(old) > LONGEST_TEXTS["name"] or holds_contact_details(old):
            continue
        year = line.text("year")[:4]
        rank = (int(year) if year.isascii() and year.isdigit() else 0, line.number)
        latest[code] = max(latest.get(code, (rank, old)), (rank, old))
    return {code: old for code, (_rank, old) in latest.items()}


def _dates(lines: Iterable[Line]) -> dict[str, dict[str, date | None]]:
    """When each school opened; and when it closed or was mothballed, if that is the last thing that happened to it."""
    rows: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if code := seed_code(line.cells["seed_code"]):
            rows[code].append(line)
    return {code: _dates_of(lines) for code, lines in rows.items()}


def _dates_of(lines: Sequence[Line]) -> dict[str, date | None]:
    last = max(lines, key=lambda line: max(_known(line, "opened", "closed", "mothballed"), default=date.min))
    status = same(tidy(last.cells["status"]))
    return {
        "opened": min((each for line in lines for each in _known(line, "opened")), default=None),
        "closed": day(last.cells["closed"]) if status == "closed" else None,
        "mothballed": day(last.cells.get("mothballed")) if status == "mothballed" else None,
    }


def _known(line: Line, *keys: str) -> list[date]:
    values: list[Value] = [line.cells.get(key) for key in keys]
    return [found for value in values if (found := day(value))]

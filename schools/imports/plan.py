"""What a file would change here: its rows set against the schools that are known.

Every write of an import is one line of such a plan, so what people are shown first is what is then done.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from schools.imports.text import authority, same

Said = str | bool | int | date | None


class Kind(StrEnum):
    """What would become of a school."""

    NOT_UNDERSTOOD = "not_understood"
    NEW = "new"
    CLOSED = "closed"
    REOPENED = "reopened"
    RENAMED = "renamed"
    CHANGED = "changed"
    NOT_KNOWN = "not_known"  # rolls: the file says that the roll is not known
    NOT_HERE = "not_here"  # rolls: nobody has brought this school in
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Known:
    """A school as it is known here."""

    seed_code: str
    name: str
    local_authority: str
    has_pre_school: bool = False
    has_primary: bool = False
    has_secondary: bool = False
    has_special: bool = False
    denomination: str = ""
    is_gaelic_medium: bool = False
    funding: str = ""
    former_name: str = ""
    roll: int | None = None
    opened: date | None = None
    closed: date | None = None
    mothballed: date | None = None
    is_from_a_file: bool = False  # brought in by an earlier import, and not by hand


FIELDS = tuple(field.name for field in fields(Known) if field.name not in {"seed_code", "is_from_a_file"})
_DATES = {"opened", "closed", "mothballed"}


@dataclass(frozen=True)
class Change:
    """One thing that would change."""

    field: str
    before: Said
    after: Said


@dataclass(frozen=True)
class Entry:
    """What would become of one school, with the rows of the file that say so."""

    kind: Kind
    rows: tuple[int, ...]
    seed_code: str
    name: str
    changes: tuple[Change, ...] = ()
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain texts and lists."""
        changes = [[change.field, _plain(change.before), _plain(change.after)] for change in self.changes]
        return {**asdict(self), "rows": list(self.rows), "changes": changes}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Entry":
        """What `as_json` gave."""
        changes = tuple(
            Change(field, _as_said(field, before), _as_said(field, after)) for field, before, after in kept["changes"]
        )
        return cls(**{**kept, "kind": Kind(kept["kind"]), "rows": tuple(kept["rows"]), "changes": changes})


@dataclass(frozen=True)
class Plan:
    """Every school of a file, and every school that has gone from it."""

    entries: tuple[Entry, ...]

    def of(self, kind: Kind) -> tuple[Entry, ...]:
        """Those of one kind, in the order of the file."""
        return tuple(entry for entry in self.entries if entry.kind is kind)

    @property
    def counts(self) -> dict[Kind, int]:
        """How many there are of each kind."""
        found = Counter(entry.kind for entry in self.entries)
        return {kind: found[kind] for kind in Kind}

    @property
    def changes_something(self) -> bool:
        """Whether applying it would write anything."""
        return any(entry.changes for entry in self.entries)


def in_order(entries: Iterable[Entry]) -> Plan:
    """A plan of these lines: by kind, then by row; schools that are in no row by name."""
    places = {kind: place for place, kind in enumerate(Kind)}
    by_row = sorted(entries, key=lambda one: (places[one.kind], one.rows[:1] or (0,), one.name, one.seed_code))
    return Plan(tuple(by_row))


def compared(known: Known, said: Mapping[str, Said]) -> tuple[Change, ...]:
    """Where a file says something else than is known. One authority's many names are the same."""
    return tuple(
        Change(field, getattr(known, field), said[field])
        for field in FIELDS
        if field in said and not _is_same(field, getattr(known, field), said[field])
    )


def is_in(local_authority: str, scope: str) -> bool:
    """Whether a school of this authority is meant by `scope`, the name of one; every school is by an empty one."""
    return not scope or authority(local_authority) == authority(scope)


def another_name(before: str, after: str) -> bool:
    """Whether a name is really another: more than capitals, spaces and punctuation differ."""
    return same(before) != same(after)


def _is_same(field: str, before: Said, after: Said) -> bool:
    if field == "local_authority":
        return authority(str(before)) == authority(str(after))
    return before == after


def _plain(said: Said) -> str | bool | int | None:
    return said.isoformat() if isinstance(said, date) else said


def _as_said(field: str, kept: Any) -> Said:
    return date.fromisoformat(kept) if field in _DATES and kept else kept


def by_seed_code(schools: Sequence[Known]) -> dict[str, Known]:
    """The known schools, to be found by their codes."""
    return {school.seed_code: school for school in schools}

"""A workbook read by what it says: sheet and header row are found by their headings, which move from year to year."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from schools.imports.safety import DAMAGED, WrongFile, check
from schools.imports.text import Value, quoted, same, tidy

HEADER_WITHIN = 40  # rows; the header row of 2024 was the ninth at most
WIDEST = 200  # columns; the widest known file has about 40
LONGEST = 20_000  # rows with something in them; all of Scotland has 2,440 schools
LAST_ROW = 1_048_576  # of any workbook


@dataclass(frozen=True)
class Column:
    """A column that is wanted: our name for it, and what files call it, first as it is said to people."""

    key: str
    headings: tuple[str, ...]
    needed: bool = True

    @property
    def heading(self) -> str:
        """How people know it."""
        return self.headings[0]

    @property
    def names(self) -> frozenset[str]:
        """What its heading may be, when capitals, spaces, notes and line breaks are taken away."""
        return frozenset(same(heading) for heading in self.headings)


@dataclass(frozen=True)
class Line:
    """One row of a table: its number in the sheet, and what each wanted column says in it."""

    number: int
    cells: Mapping[str, Value]

    def text(self, key: str) -> str:
        """What the row says in a column; "" also where the file has no such column."""
        return tidy(self.cells.get(key))


@dataclass(frozen=True)
class Table:
    """The rows below a header row, with the wanted columns that the sheet has."""

    sheet: str
    columns: frozenset[str]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Header:
    sheet: Any
    row: int
    places: Mapping[str, tuple[int, ...]]

    def missing(self, columns: Sequence[Column]) -> list[Column]:
        return [column for column in columns if column.needed and not self.places[column.key]]


class Book:
    """An open workbook."""

    def __init__(self, sheets: Sequence[Any]) -> None:
        self._sheets = sheets

    def table(self, columns: Sequence[Column], *, of: str) -> Table:
        """The one table with these columns; where several sheets have it, that of the latest year in their names.

        Raises:
            WrongFile: there is none, a column is missing or doubled, or a cell that matters holds a formula.
        """
        header = self._header(columns)
        needed = [column for column in columns if column.needed]
        if header is None or len(header.missing(columns)) * 2 >= len(needed):
            headings = ", ".join(f"“{column.heading}”" for column in needed)
            raise WrongFile(
                f"No sheet of this workbook holds {of}: a row with the headings {headings} was looked for. "
                "Choose the file as it was published."
            )
        if missing := header.missing(columns):
            raise WrongFile(
                f"The sheet {quoted(header.sheet.title)} has no column {_either(missing)}. "
                "Choose the file as it was published."
            )
        return self._read(header, columns)

    def table_if_any(self, columns: Sequence[Column]) -> Table | None:
        """The same, or None where no sheet has all the needed columns."""
        header = self._header(columns)
        return None if header is None or header.missing(columns) else self._read(header, columns)

    def _header(self, columns: Sequence[Column]) -> _Header | None:
        """The row that has the most of the needed columns; among equals the latest year's, then the first."""
        found = [header for sheet in self._sheets if (header := _best_row(sheet, columns))]
        return min(found, key=lambda each: (len(each.missing(columns)), -_year(each.sheet.title)), default=None)

    def _read(self, header: _Header, columns: Sequence[Column]) -> Table:
        title = header.sheet.title
        for column in columns:
            if len(found := header.places[column.key]) > 1:
                from openpyxl.utils import get_column_letter  # openpyxl costs every start of the product a second

                letters = " and ".join(get_column_letter(place + 1) for place in found)
                raise WrongFile(
                    f"The sheet {quoted(title)} has the column “{column.heading}” more than once ({letters}). "
                    "Take the wrong one out, or choose the file as it was published."
                )
        places = {key: found[0] for key, found in header.places.items() if found}
        return Table(sheet=title, columns=frozenset(places), lines=tuple(_lines(header, places)))


@contextmanager
def opened(file: BinaryIO) -> Iterator[Book]:
    """Open a workbook for reading, once it has been checked.

    Raises:
        WrongFile: it is no workbook, or cannot be read, here or while it is being read.
    """
    check(file)
    file.seek(0)
    import openpyxl  # as above

    try:
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        yield Book([sheet for sheet in book.worksheets if sheet.sheet_state == "visible"])
    except WrongFile:
        raise
    except Exception as trouble:  # the reader trusts its file, and fails in any way there is on a damaged one
        raise WrongFile(DAMAGED) from trouble


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows that say something, with their numbers."""
    sheet.reset_dimensions()  # what a file claims about its size may be wrong
    kept, nothing = 0, None
    for number, row in enumerate(sheet.iter_rows(max_col=WIDEST), start=1):
        if number > LAST_ROW:
            raise WrongFile(DAMAGED)
        if row is nothing:  # rows that the file leaves out are all this one
            continue
        if all(cell.value in (None, "") for cell in row):
            nothing = row
        else:
            kept += 1
            if kept > LONGEST:
                raise WrongFile(
                    f"The sheet {quoted(sheet.title)} has more than {LONGEST:,} rows. All of Scotland has about 2,500 "
                    "schools. Choose the file as it was published."
                )
            yield number, row


def _best_row(sheet: Any, columns: Sequence[Column]) -> _Header | None:
    best: _Header | None = None
    wanted = [(column.key, column.names) for column in columns]
    for number, row in _rows(sheet):
        if number > HEADER_WITHIN:
            break
        said = [
            (place, same(cell.value))
            for place, cell in enumerate(row)
            if isinstance(cell.value, str) and cell.data_type != "f"
        ]
        places = {key: tuple(place for place, name in said if name in names) for key, names in wanted}
        header = _Header(sheet, number, places)
        if best is None or len(header.missing(columns)) < len(best.missing(columns)):
            best = header
    return best


def _lines(header: _Header, places: Mapping[str, int]) -> Iterator[Line]:
    for number, row in _rows(header.sheet):
        if number <= header.row:
            continue
        cells = {key: row[place] for key, place in places.items()}
        for cell in cells.values():
            if cell.data_type == "f":
                raise WrongFile(
                    f"Cell {cell.coordinate} of the sheet {quoted(header.sheet.title)} holds a formula. In Excel, copy "
                    "the sheet, paste it as values, save, and use that file."
                )
        if any(cell.value not in (None, "") for cell in cells.values()):
            yield Line(number, {key: _plain(cell.value) for key, cell in cells.items()})


def _plain(value: object) -> Value:
    return value if isinstance(value, str | int | float | date) or value is None else str(value)


def _year(title: str) -> int:
    return max((int(found) for found in re.findall(r"(?:19|20)\d\d", title)), default=0)


def _either(columns: Sequence[Column]) -> str:
    return " and no column ".join(f"“{column.heading}”" for column in columns)

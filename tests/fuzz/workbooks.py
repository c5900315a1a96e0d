"""Workbooks that are nearly like the published ones: most are read to the last row, some are damaged on the way."""

import zipfile
from io import BytesIO

from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tests.schools.imports import workbooks as published

NOT_IN_A_TITLE = str.maketrans("", "", "[]:*?/\\")


def _writable(text):
    """What a cell can hold: openpyxl writes no control characters and no halves of a character."""
    return ILLEGAL_CHARACTERS_RE.sub("", text.encode("utf-8", "ignore").decode())


def texts():
    return st.text(st.characters(), max_size=40).map(_writable)


def cells():
    """A cell as it should not be: of another kind, a formula, an error, a code that means "not published"."""
    return st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**18), 10**18),
        st.floats(-1e300, 1e300),
        st.datetimes(),
        st.sampled_from(["=1+1", "#REF!", "c", "#", "*", "z", "x", " ", "Yes", "no", "1,234", "٣", "x" * 2000]),
        texts(),
    )


@st.composite
def rows(draw, row):
    """Some rows like this one, most with one cell or two that are odd; seed codes may come twice."""
    made = []
    for _each in range(draw(st.integers(0, 4))):
        cell_of = dict(row)
        code = next(iter(cell_of)) if "Seed Code" not in cell_of else "Seed Code"
        cell_of[code] = draw(st.one_of(st.integers(9990001, 9990004), st.integers(9900001, 9900040)))
        for name in draw(st.lists(st.sampled_from(list(cell_of)), max_size=2)):
            cell_of[name] = draw(cells())
        made.append(cell_of)
    return made


@st.composite
def headings(draw, usual):
    """The headings as published, or with one gone, doubled, empty, written otherwise, or all in another order."""
    changed = list(usual)
    what = draw(st.sampled_from(["as published"] * 4 + ["gone", "doubled", "odd", "other case", "reversed"]))
    place = draw(st.integers(0, len(usual) - 1))
    if what == "gone":
        del changed[place]
    elif what == "doubled":
        changed.insert(place, changed[place])
    elif what == "odd":
        changed[place] = draw(cells())
    elif what == "other case":
        changed[place] = f" {changed[place].upper()}\n"
    elif what == "reversed":
        changed.reverse()
    return changed


@st.composite
def books(draw):
    """One workbook of either kind."""
    header_row = draw(st.integers(1, 9))
    if draw(st.booleans()):
        listed = draw(rows(published.listed()))
        return published.contact_list(
            *listed,
            headings=draw(headings(published.CONTACT_HEADINGS)),
            sheet=draw(_titles("Open Schools")),
            header_row=header_row,
            renames=draw(st.lists(st.lists(cells(), min_size=6, max_size=6), max_size=2)),
            events=draw(st.lists(st.lists(cells(), min_size=10, max_size=10), max_size=2)),
        )
    usual = dict(zip(published.ROLL_HEADINGS, published.roll(), strict=True))
    return published.rolls(
        *(list(each.values()) for each in draw(rows(usual))),
        headings=draw(headings(published.ROLL_HEADINGS)),
        sheet=draw(_titles("2023 School Level Statistics")),
        header_row=header_row,
    )


def _titles(usual):
    odd = texts().map(lambda text: text.translate(NOT_IN_A_TITLE).strip("'")[:31] or "x")
    return st.one_of(st.just(usual), st.just(usual), st.just(usual.upper()), odd)


@st.composite
def files(draw):
    """The bytes of an upload: a workbook, a workbook to which something has happened, or something else."""
    whole = published.saved(draw(books())).getvalue()
    what = draw(st.sampled_from(["whole"] * 4 + ["cut", "one byte else", "more in it", "any bytes"]))
    # In thousandths: a workbook says when it was saved, so its length is not the same each time.
    place = draw(st.integers(0, 999)) * len(whole) // 1000
    if what == "cut":
        return whole[:place]
    if what == "one byte else":
        return whole[:place] + bytes([whole[place] ^ draw(st.integers(1, 255))]) + whole[place + 1 :]
    if what == "more in it":
        return _with_more(whole, draw(st.sampled_from(["xl/vbaProject.bin", "../../a", "/a", "xl/workbook.xml", ""])))
    return draw(st.binary(max_size=200)) if what == "any bytes" else whole


def _with_more(whole, name):
    file = BytesIO(whole)
    with zipfile.ZipFile(file, "a") as archive:
        about = zipfile.ZipInfo(name)
        with archive.open(about, "w") as member:
            member.write(b"0" * 10_000)
    return file.getvalue()

"""Every wrong file gets one clear sentence. What is said is checked whole or by the words that tell what to do."""

import random
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from schools.imports import contact_list as contacts
from schools.imports import rolls as statistics
from schools.imports import safety, workbook
from schools.imports.safety import BOMB, DAMAGED, LOCKED, NOT_XLSX, OLD_KIND, WrongFile
from tests.schools.imports.workbooks import (
    CONTACT_HEADINGS,
    ROLL_HEADINGS,
    contact_list,
    listed,
    renamed,
    roll,
    rolls,
    saved,
    saved_as_excel_does,
)


def refusal(file, reader=contacts.read):
    with pytest.raises(WrongFile) as said:
        reader(file)
    return str(said.value)


def repacked(file, *, change=None, add=None, compression=zipfile.ZIP_DEFLATED):
    """The workbook with some of its parts changed (by a function of the bytes) or added."""
    made = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", compression) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, (change or {}).get(name, lambda same: same)(content))
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return made


def zipped(**parts):
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, content in parts.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made


class TestNotAWorkbook:
    @pytest.mark.parametrize(
        "content", [b"", b"PK", b"SEED code,name\n9990001,Birchbank", b"%PDF-1.7 and so on", b"\x00" * 100]
    )
    def test_something_else(self, content):
        assert refusal(BytesIO(content)) in {NOT_XLSX, DAMAGED}

    def test_a_zip_of_something_else(self):
        assert refusal(zipped(word__document_dot_xml="<w/>")) == NOT_XLSX

    @pytest.mark.parametrize("part", ["xl__workbook_dot_bin", "content_dot_xml"])
    def test_a_workbook_of_another_kind(self, part):
        assert refusal(zipped(**{part: "x"})) == OLD_KIND

    def test_a_workbook_of_long_ago(self):
        assert refusal(BytesIO(safety.OLE + b"\x00" * 2000)) == OLD_KIND

    def test_one_with_a_password(self):
        locked = safety.OLE + b"\x00" * 2000 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 2000

        assert refusal(BytesIO(locked)) == LOCKED

    def test_one_whose_parts_have_a_password(self):
        content = bytearray(saved(contact_list(listed())).getvalue())
        at = 0
        while (at := content.find(b"PK\x01\x02", at + 1)) > 0:
            content[at + 8] |= 1

        assert refusal(BytesIO(content)) == LOCKED


class TestDamaged:
    def test_half_a_download(self):
        content = saved(contact_list(listed())).getvalue()

        assert refusal(BytesIO(content[: len(content) // 2])) == DAMAGED

    def test_xml_that_is_none(self):
        broken = repacked(saved(contact_list(listed())), change={"xl/worksheets/sheet3.xml": lambda xml: xml[:-40]})

        assert refusal(broken) == DAMAGED

    def test_a_text_that_is_not_there(self):
        file = saved_as_excel_does(contact_list(listed()))
        broken = repacked(
            file,
            change={
                "xl/sharedStrings.xml": lambda _: (
                    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
                )
            },
        )

        assert refusal(broken) == DAMAGED

    @pytest.mark.parametrize("seed", range(40))
    def test_any_few_bytes(self, seed):
        """Whatever is broken, there is a refusal or a reading, never another exception."""
        chance = random.Random(seed)  # noqa: S311 - damage need not be a secret
        content = bytearray(saved(contact_list(listed())).getvalue())
        for _ in range(12):
            content[chance.randrange(len(content))] = chance.randrange(256)

        try:
            found = contacts.read(BytesIO(content))
        except WrongFile:
            return
        assert len(found.schools) + len(found.not_understood) <= 1


class TestTooMuch:
    @pytest.mark.parametrize("megabytes", [21, 50])
    def test_a_large_file(self, tmp_path, megabytes):
        path = tmp_path / "large.xlsx"
        with path.open("wb") as file:
            file.truncate(megabytes * 1024 * 1024)

        with path.open("rb") as file:
            said = refusal(file)

        assert said.startswith(f"This file has {megabytes} MB.")
        assert "20 MB at the most" in said

    def test_one_part_that_is_packed_too_tightly(self):
        assert refusal(repacked(saved(contact_list(listed())), add={"xl/media/a.xml": b" " * 2_000_000})) == BOMB

    def test_parts_that_are_too_much_together(self, monkeypatch):
        monkeypatch.setattr(safety, "LARGEST_UNPACKED", 5_000)

        assert refusal(saved(contact_list(listed()))) == BOMB

    def test_too_many_parts(self):
        assert refusal(repacked(saved(contact_list(listed())), add={f"a{n}": b"" for n in range(1001)})) == BOMB

    def test_a_directory_longer_than_any_workbooks(self):
        many = repacked(saved(contact_list(listed())), add={f"{n:0200}": b"" for n in range(900)})

        assert refusal(many) == BOMB

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_a_part_that_is_there_twice(self):
        assert refusal(repacked(saved(contact_list(listed())), add={"xl/workbook.xml": b"<workbook/>"})) == BOMB

    def test_a_size_that_is_a_lie(self):
        """A part is unpacked no further than the size that it claims."""
        padded = repacked(saved(contact_list(listed())), change={"xl/styles.xml": lambda xml: xml + b" " * 50_000_000})
        assert refusal(padded) == BOMB
        content = bytearray(padded.getvalue())
        at = content.index(b"xl/styles.xml", content.rfind(b"xl/worksheets/sheet3.xml")) - 46
        content[at + 24 : at + 28] = (100).to_bytes(4, "little")

        assert refusal(BytesIO(content)) == DAMAGED

    @pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet3.xml", "xl/sharedStrings.xml"])
    def test_entities_that_multiply(self, part):
        laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

        def with_entities(xml):
            start = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
            return xml[:start] + laughs + xml[start:]

        file = saved_as_excel_does(contact_list(listed()))
        assert refusal(repacked(file, change={part: with_entities})) == DAMAGED

    def test_more_rows_than_there_are_schools(self, monkeypatch):
        monkeypatch.setattr(workbook, "LONGEST", 10)

        said = refusal(saved(contact_list(*(listed(9990001 + n) for n in range(11)))))

        assert said.startswith("The sheet “Open Schools” has more than 10 rows.")

    def test_a_row_that_is_too_far_down(self):
        file = saved(contact_list(listed()))

        def far_down(xml):
            return xml.replace(b'<row r="7"', b'<row r="99999999999"')

        assert refusal(repacked(file, change={"xl/worksheets/sheet3.xml": far_down})) == DAMAGED

    def test_a_size_that_a_sheet_claims_is_not_believed(self):
        def claims(xml):
            start = xml.index(b'<dimension ref="') + 16
            return xml[:start] + b"A1" + xml[xml.index(b'"', start) :]

        file = repacked(saved(contact_list(listed())), change={"xl/worksheets/sheet3.xml": claims})

        assert len(contacts.read(file).schools) == 1


NEEDED = [
    "Seed Code",
    "LA Name",
    "School Name",
    "Pre-school Department",
    "Primary Department",
    "Secondary Department",
    "Special Department",
    "Denomination",
]


class TestTheWrongColumns:
    def test_no_such_sheet(self):
        book = Workbook()
        book.active.append(["Shopping", "Price"])

        said = refusal(saved(book))

        assert said.startswith(
            "No sheet of this workbook holds a list of schools: a row with the headings “Seed Code”, “LA"
        )
        assert said.endswith("Choose the file as it was published.")

    def test_an_empty_workbook(self):
        assert refusal(saved(Workbook())).startswith("No sheet of this workbook holds a list of schools")

    def test_one_list_given_for_the_other(self):
        assert refusal(saved(rolls(roll()))).startswith("No sheet of this workbook holds a list of schools")
        assert "has no column “Pupil roll”" in refusal(saved(contact_list(listed())), statistics.read)

    @pytest.mark.parametrize("heading", NEEDED)
    def test_a_missing_column_is_named(self, heading):
        fewer = [each for each in CONTACT_HEADINGS if each != heading]

        said = refusal(saved(contact_list(listed(), headings=fewer)))

        assert said == f"The sheet “Open Schools” has no column “{heading}”. Choose the file as it was published."

    def test_several_missing_columns_are_named(self):
        fewer = [each for each in CONTACT_HEADINGS if each not in {"School Name", "Denomination"}]

        assert "no column “School Name” and no column “Denomination”" in refusal(
            saved(contact_list(listed(), headings=fewer))
        )

    @pytest.mark.parametrize("heading", [*NEEDED, "Centre Type", "Medium of Education"])
    def test_a_doubled_column_is_named_with_its_places(self, heading):
        said = refusal(saved(contact_list(listed(), headings=[*CONTACT_HEADINGS, heading.upper() + " [Note 2]"])))

        assert said.startswith(f"The sheet “Open Schools” has the column “{heading}” more than once (")
        assert "and W)" in said

    def test_a_doubled_column_of_another_sheet(self):
        book = contact_list(listed(), renames=[renamed(9990001, "Old")])
        book["Schools renamed"]["G9"] = "Old School Name"

        assert "“Schools renamed” has the column “Old school name” more than once (D and G)" in refusal(saved(book))

    def test_columns_that_are_not_taken_may_be_doubled(self):
        twice = contact_list(listed(), headings=[*CONTACT_HEADINGS, "Email", "Post Code"])

        assert len(contacts.read(saved(twice)).schools) == 1

    @pytest.mark.parametrize("heading", ["SeedCode", "Local Authority", "School Name", "Pupil roll"])
    def test_a_missing_or_doubled_column_of_rolls(self, heading):
        fewer = [each for each in ROLL_HEADINGS if each != heading]

        assert "has no column" in refusal(saved(rolls(headings=fewer)), statistics.read)
        assert "more than once" in refusal(saved(rolls(headings=[*ROLL_HEADINGS, heading])), statistics.read)


class TestFormulas:
    @pytest.mark.parametrize("cell", ["A7", "B7", "D7", "M7", "V7"])
    def test_in_a_cell_that_matters(self, cell):
        book = contact_list(listed())
        book["Open Schools"][cell] = "=1+1"

        said = refusal(saved(book))

        assert said.startswith(f"Cell {cell} of the sheet “Open Schools” holds a formula.")
        assert "paste it as values" in said

    def test_over_several_cells(self):
        book = contact_list(listed())
        book["Open Schools"]["D7"] = ArrayFormula("D7:D9", "=A7:A9")

        assert refusal(saved(book)).startswith("Cell D7")

    def test_in_a_roll(self):
        assert refusal(saved(rolls(roll(roll="=SUM(A1:A2)"))), statistics.read).startswith("Cell G3")

    def test_in_a_cell_that_is_not_taken(self):
        book = contact_list(listed())
        book["Open Schools"]["J7"] = '=HYPERLINK("mailto:ht@birchbank.example")'

        assert len(contacts.read(saved(book)).schools) == 1

    def test_a_text_that_only_looks_like_one(self):
        book = contact_list(listed())
        book["Open Schools"]["D7"].value = "=Birchbank"
        book["Open Schools"]["D7"].data_type = "s"

        assert contacts.read(saved(book)).schools[0].name == "=Birchbank"

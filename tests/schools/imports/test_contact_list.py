import json
from datetime import date

import pytest

from schools.imports.contact_list import Annotation, ContactList, read
from tests.schools.imports.workbooks import (
    CONTACT_HEADINGS,
    COUNCIL,
    FIRST_ROW,
    contact_list,
    listed,
    opened_or_closed,
    renamed,
    saved,
    saved_as_excel_does,
)


def said(*schools, **more):
    return read(saved(contact_list(*schools, **more)))


def only_school(*schools, **more):
    (school,) = said(*schools, **more).schools
    return school


def reason(*schools):
    (refused,) = said(*schools).not_understood
    return refused.reason


class TestASchool:
    def test_is_read_with_its_row(self):
        school = only_school(listed(9990001, "Birchbank Primary School"))

        assert (school.row, school.seed_code, school.name) == (FIRST_ROW, "9990001", "Birchbank Primary School")
        assert (school.local_authority, school.funding) == (COUNCIL, "Local Authority")
        assert school.denomination == "Non-denominational"

    def test_has_four_departments(self):
        campus = listed(**{"Pre-school Department": "Yes", "Primary Department": "yes ", "Secondary Department": "No"})
        school = only_school(campus | {"Special Department": ""})

        assert (school.has_pre_school, school.has_primary, school.has_secondary, school.has_special) == (
            True,
            True,
            False,
            False,
        )

    @pytest.mark.parametrize("code", [9990001, "9990001", " 9990001 ", 9990001.0])
    def test_has_its_seed_code_as_text(self, code):
        assert only_school(listed(code)).seed_code == "9990001"

    @pytest.mark.parametrize(
        ("medium", "is_gaelic"),
        [
            ("English medium only", False),
            ("English medium (but has Gaelic Medium stream)", True),
            ("Gaelic medium (but has English Medium stream)", True),
            ("Gaelic medium only", True),
            ("", None),
        ],
    )
    def test_teaches_through_gaelic(self, medium, is_gaelic):
        assert only_school(listed(**{"Medium of Education": medium})).is_gaelic_medium is is_gaelic

    def test_what_is_left_blank_is_not_said(self):
        school = only_school(listed(**{"Denomination": "", "Centre Type": ""}))

        assert (school.denomination, school.funding) == (None, None)

    def test_its_texts_are_tidied(self):
        school = only_school(listed(name="  Birchbank\n Primary  School ", **{"LA Name": "Sample Council [NOTE 2]"}))

        assert school.name == "Birchbank Primary School"
        assert school.local_authority == COUNCIL


class TestWhereThingsStand:
    @pytest.mark.parametrize("row", [1, 2, 6, 12, 40])
    def test_header_row_is_found_by_its_content(self, row):
        assert only_school(listed(), header_row=row).row == row + 1

    @pytest.mark.parametrize("sheet", ["Open Schools", "OPEN SCHOOLS 2023", "Sheet1"])
    def test_sheet_is_found_by_its_content(self, sheet):
        assert only_school(listed(), sheet=sheet).seed_code == "9990001"

    @pytest.mark.parametrize(
        ("known", "written"),
        [
            ("Seed Code", "SEED CODE [Note 8]"),
            ("Seed Code", " seed\ncode "),
            ("Seed Code", "SeedCode"),
            ("LA Name", "Local Authority"),
            ("School Name", "School name (note 3)"),
            ("Pre-school Department", "PRE-SCHOOL\nDEPARTMENT"),
            ("Denomination", "Denomination of school"),
        ],
    )
    def test_headings_are_matched_by_normalised_name(self, known, written):
        headings = [written if heading == known else heading for heading in CONTACT_HEADINGS]
        school = listed()
        school[written] = school.pop(known)

        assert only_school(school, headings=headings).seed_code == "9990001"

    def test_order_of_columns_does_not_matter(self):
        assert only_school(listed(), headings=CONTACT_HEADINGS[::-1]) == only_school(listed())

    def test_columns_that_are_not_needed_may_be_missing(self):
        fewer = [each for each in CONTACT_HEADINGS if each not in {"Centre Type", "Medium of Education", "Email"}]
        school = only_school(listed(), headings=fewer)

        assert (school.funding, school.is_gaelic_medium) == (None, None)

    def test_the_latest_of_several_years_is_taken(self):
        book = contact_list(listed(name="New name"), sheet="Open Schools 2024")
        older = book.copy_worksheet(book["Open Schools 2024"])
        older.title = "Open Schools 2023"
        older["D7"] = "Old name"

        (school,) = read(saved(book)).schools

        assert school.name == "New name"

    def test_hidden_sheets_are_left_alone(self):
        book = contact_list(listed(name="Seen"), sheet="Open Schools")
        hidden = book.copy_worksheet(book["Open Schools"])
        hidden.title, hidden.sheet_state, hidden["D7"] = "Open Schools 2030", "hidden", "Hidden"

        assert [school.name for school in read(saved(book)).schools] == ["Seen"]


class TestRowsThatAreNotUnderstood:
    @pytest.mark.parametrize(
        ("school", "why"),
        [
            (listed(None), "The SEED code is missing."),
            (listed(12345), "“12345” is not a SEED code of seven digits."),
            (listed("99900O1"), "“99900O1” is not a SEED code of seven digits."),
            (listed("٩٩٠٠٠٠١"), "“٩٩٠٠٠٠١” is not a SEED code of seven digits."),
            (listed(9990001.5), "“9990001.5” is not a SEED code of seven digits."),
            (listed(name=""), "The school’s name is missing."),
            (listed(**{"LA Name": "[note 2]"}), "The local authority is missing."),
            (
                listed(**{"Primary Department": "Perhaps"}),
                "“Perhaps” is neither Yes nor No under “Primary Department”.",
            ),
            (listed(name="B" * 201), f"“{'B' * 39}…” is longer than 200 letters."),
            (listed(Denomination="D" * 101), f"“{'D' * 39}…” is longer than 100 letters."),
            (
                listed(**{f"{one} Department": "" for one in ("Pre-school", "Primary", "Secondary", "Special")}),
                "None of the four departments says Yes or No.",
            ),
        ],
    )
    def test_say_why(self, school, why):
        assert reason(school) == why

    def test_have_their_row_and_what_could_be_read(self):
        (refused,) = said(listed(), listed(77, "Elmbank Primary School")).not_understood

        assert (refused.row, refused.seed_code) == (FIRST_ROW + 1, "")
        assert (refused.name, refused.local_authority) == ("Elmbank Primary School", COUNCIL)

    def test_a_seed_code_in_two_rows_is_taken_from_neither(self):
        found = said(listed(9990001), listed(9990002), listed(9990001, "Another"))

        assert [school.seed_code for school in found.schools] == ["9990002"]
        assert {one.row: one.reason for one in found.not_understood} == dict.fromkeys(
            [FIRST_ROW, FIRST_ROW + 2], "SEED code 9990001 stands in rows 7 and 9. Keep one of them."
        )

    @pytest.mark.parametrize(
        "contact", ["ht@birchbank.example", "01632 960 123", "+44 1632 960123", "www.birchbank.example"]
    )
    @pytest.mark.parametrize("heading", ["Seed Code", "School Name", "LA Name", "Denomination", "Primary Department"])
    def test_contact_details_in_the_wrong_column_are_not_even_quoted(self, heading, contact):
        found = said(listed(**{heading: contact}) if heading != "Seed Code" else listed(contact))

        assert found.schools == ()
        assert contact not in json.dumps(found.as_json())

    def test_remarks_below_the_table_are_no_schools(self):
        found = said(listed(), dict.fromkeys(CONTACT_HEADINGS, "") | {"Seed Code": "Source: invented"})

        assert len(found.schools) == 1
        assert found.not_understood == ()


class TestOtherSheets:
    def test_last_name_before_this_one(self):
        renames = [
            renamed(9990001, "Oldest", year=None),
            renamed(9990001, "Latest", year=2016),
            renamed("9990001", "Between", year=2009),
            renamed(9990001, None, year=2020),
            renamed(None, "Nobody", year=2021),
            renamed(9990001, "mail me: a@b.example", year=2022),
        ]

        assert said(listed(), renames=renames).annotations == (Annotation("9990001", former_name="Latest"),)

    @pytest.mark.parametrize("status", ["Closed", "closed ", "CLOSED"])
    def test_when_it_closed(self, status):
        events = [opened_or_closed(9990009, status, opened="31/08/1895", closed=date(2020, 6, 30))]

        (found,) = said(listed(), events=events).annotations

        assert (found.opened, found.closed, found.mothballed) == (date(1895, 8, 31), date(2020, 6, 30), None)

    def test_the_last_that_happened_counts(self):
        events = [
            opened_or_closed(9990001, "Opened", opened=date(2021, 8, 17)),
            opened_or_closed(9990001, "Mothballed ", mothballed=date(2019, 6, 28)),
            opened_or_closed(9990002, "Opened", opened=date(2010, 8, 17)),
            opened_or_closed(9990002, "Mothballed ", mothballed=date(2019, 6, 28)),
        ]

        first, second = said(listed(), events=events).annotations

        assert first == Annotation("9990001", opened=date(2021, 8, 17))
        assert second == Annotation("9990002", opened=date(2010, 8, 17), mothballed=date(2019, 6, 28))

    def test_a_date_that_is_none_is_left_out(self):
        (found,) = said(listed(), events=[opened_or_closed(9990001, "Opened", opened="soon")]).annotations

        assert found.opened is None

    def test_may_be_missing(self):
        book = contact_list(listed())
        del book["Schools renamed"], book["Schools Opened or closed"]

        assert len(read(saved(book)).schools) == 1


def test_takes_no_contact_details_and_no_address():
    kept = json.dumps(
        said(
            listed(),
            renames=[renamed(9990001, "Old name", year=2016)],
            events=[opened_or_closed(9990001, "Opened", opened=date(2016, 8, 17))],
        ).as_json()
    )

    assert "Old name" in kept
    for detail in ("@", "www", "http", "01632", "Invented Road", "ZZ1", "123456789012"):
        assert detail not in kept


def test_a_workbook_as_excel_writes_it_is_read_the_same():
    events = [opened_or_closed(9990001, "Closed", opened="31/08/1895", closed=date(2020, 6, 30))]
    book = contact_list(
        listed(), listed(9990002, "Elm & Oak School"), listed(5), renames=[renamed(1, "X")], events=events
    )

    assert read(saved_as_excel_does(book)) == read(saved(book))


def test_what_is_kept_is_read_back_the_same():
    events = [opened_or_closed(9990001, "Opened", opened=date(2016, 8, 17))]
    found = said(listed(), listed(5), renames=[renamed(9990001, "Old name")], events=events)

    assert ContactList.from_json(json.loads(json.dumps(found.as_json()))) == found

import json

import pytest

from schools.imports.rolls import Rolls, read
from tests.schools.imports.workbooks import COUNCIL, ROLL_HEADINGS, roll, rolls, saved


def said(*rows, **more):
    return read(saved(rolls(*rows, **more)))


def only(*rows, **more):
    (school,) = said(*rows, **more).schools
    return school


class TestARoll:
    @pytest.mark.parametrize(("written", "number"), [(312, 312), (0, 0), ("312", 312), ("1,204", 1204), (312.0, 312)])
    def test_is_a_number(self, written, number):
        school = only(roll(9990001, written))

        assert (school.rows, school.seed_code, school.roll) == ((3,), "9990001", number)

    @pytest.mark.parametrize("code", ["c", "C", "#", "*", "z", "x", " x ", ""])
    def test_is_not_known(self, code):
        school = only(roll(9990001, code))

        assert school.roll is None
        assert school.code == code.strip()

    @pytest.mark.parametrize(
        ("written", "why"),
        [
            (-3, "“-3” is not a pupil roll."),
            (12.5, "“12.5” is not a pupil roll."),
            ("about 40", "“about 40” is not a pupil roll."),
            ("²", "“²” is not a pupil roll."),
            (10_001, "“10001” is more pupils than any school has."),
            (10**12, "What stands there is not a pupil roll."),  # it may be a telephone number
        ],
    )
    def test_that_is_none_is_not_understood(self, written, why):
        found = said(roll(9990001, written))

        assert found.schools == ()
        assert [one.reason for one in found.not_understood] == [why]

    def test_of_a_campus_is_the_sum_of_its_rows(self):
        found = said(roll(9990001, 120, kind="Primary"), roll(9990001, 300, kind="Secondary"))

        assert [(each.rows, each.roll) for each in found.schools] == [((3, 4), 420)]

    def test_of_a_campus_is_not_known_when_a_part_is_not(self):
        school = only(roll(9990001, 120, kind="Primary"), roll(9990001, "c", kind="Secondary"))

        assert (school.roll, school.code) == (None, "c")

    def test_of_a_campus_is_left_out_when_a_part_is_not_understood(self):
        found = said(roll(9990001, 120, kind="Primary"), roll(9990001, "many", kind="Secondary"))

        assert found.schools == ()
        assert [one.reason for one in found.not_understood] == [
            "Another row of the same school could not be understood, so its whole roll is not known.",
            "“many” is not a pupil roll.",
        ]

    def test_that_is_said_twice_is_taken_from_neither_row(self):
        found = said(roll(9990001, 120), roll(9990001, 130))

        assert found.schools == ()
        assert {one.reason for one in found.not_understood} == {
            "SEED code 9990001 stands in rows 3 and 4. Keep one of them."
        }


class TestWhereThingsStand:
    def test_sheet_of_the_latest_year_is_taken(self):
        book = rolls(roll(roll=1), sheet="2019")
        later = book.copy_worksheet(book["2019"])
        later.title, later["G3"] = "2020", 2

        (school,) = read(saved(book)).schools

        assert school.roll == 2

    @pytest.mark.parametrize("row", [1, 2, 5, 9])
    def test_header_row_is_found(self, row):
        assert only(roll(), header_row=row).rows == (row + 1,)

    @pytest.mark.parametrize(
        "written", ["Pupil Roll [Note 3]", "pupil\nroll", "Pupil roll [Note 1] [Note 2]", "Pupil roll(2)"]
    )
    def test_notes_in_headings_do_not_matter(self, written):
        headings = [written if each == "Pupil roll" else each for each in ROLL_HEADINGS]

        assert only(roll(roll=55), headings=headings).roll == 55

    def test_the_kind_of_school_may_be_missing(self):
        headings = [each for each in ROLL_HEADINGS if each != "School Type"]
        row = roll(roll=55)
        del row[2]

        assert only(row, headings=headings).roll == 55

    @pytest.mark.parametrize("written", [f"{COUNCIL} [ NOTE ]", f"{COUNCIL}[Note 2]", f" {COUNCIL} "])
    def test_notes_in_authorities_do_not_matter(self, written):
        assert only(roll(council=written)).local_authority == COUNCIL


def test_what_is_kept_is_read_back_the_same():
    found = said(roll(), roll(9990002, "c"), roll(9990003, "many"))

    assert Rolls.from_json(json.loads(json.dumps(found.as_json()))) == found

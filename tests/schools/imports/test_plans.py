"""What a file would change, without a database."""

import json
from datetime import date

import pytest

from schools.imports.contact_list import Annotation, ContactList, NotUnderstood, SchoolRow
from schools.imports.plan import Change, Entry, Kind, Known
from schools.imports.plan_rolls import plan_rolls
from schools.imports.plan_schools import GONE, GONE_MOTHBALLED, GONE_ON, plan_schools
from schools.imports.rolls import RollRow, Rolls
from schools.imports.text import authority

COUNCIL, OTHER = "Sample Council", "Other Council"
DAY = date(2026, 11, 20)


def row(code="9990001", name="Birchbank Primary School", council=COUNCIL, number=7, **said):
    departments = {"has_pre_school": False, "has_primary": True, "has_secondary": False, "has_special": False}
    return SchoolRow(row=number, seed_code=code, name=name, local_authority=council, **{**departments, **said})


def known(code="9990001", name="Birchbank Primary School", council=COUNCIL, **more):
    return Known(code, name, council, **{"has_primary": True, "is_from_a_file": True, **more})


def plan(*rows, schools=(), refused=(), annotations=(), local_authority="", day=DAY):
    listed = ContactList(tuple(rows), tuple(refused), tuple(annotations))
    return plan_schools(listed=listed, known=schools, local_authority=local_authority, day=day)


def only(*rows, **more):
    (entry,) = plan(*rows, **more).entries
    return entry


def kinds(found):
    return {entry.seed_code: entry.kind for entry in found.entries}


class TestAListedSchool:
    def test_that_nobody_knows_is_new(self):
        entry = only(row(denomination="Jewish", is_gaelic_medium=True))

        assert (entry.kind, entry.rows, entry.name) == (Kind.NEW, (7,), "Birchbank Primary School")
        assert {change.field: change.after for change in entry.changes} == {
            "name": "Birchbank Primary School",
            "local_authority": COUNCIL,
            "has_pre_school": False,
            "has_primary": True,
            "has_secondary": False,
            "has_special": False,
            "denomination": "Jewish",
            "is_gaelic_medium": True,
        }

    def test_that_is_known_as_it_is_stays(self):
        assert only(row(), schools=[known()]) == Entry(Kind.UNCHANGED, (7,), "9990001", "Birchbank Primary School")

    def test_what_the_file_does_not_say_stays(self):
        before = known(denomination="Jewish", funding="Grant Aided", is_gaelic_medium=True, roll=100)

        assert only(row(), schools=[before]).kind is Kind.UNCHANGED

    def test_a_change_is_said_from_and_to(self):
        entry = only(row(has_pre_school=True, denomination="Jewish"), schools=[known()])

        assert entry.kind is Kind.CHANGED
        assert entry.changes == (Change("has_pre_school", False, True), Change("denomination", "", "Jewish"))

    def test_another_name_is_a_renaming_and_the_old_one_is_kept(self):
        entry = only(row(name="Birchbank Academy"), schools=[known()])

        assert entry.kind is Kind.RENAMED
        assert entry.changes == (
            Change("name", "Birchbank Primary School", "Birchbank Academy"),
            Change("former_name", "", "Birchbank Primary School"),
        )

    def test_a_name_in_other_capitals_is_no_renaming(self):
        entry = only(row(name="BIRCHBANK PRIMARY SCHOOL"), schools=[known()])

        assert entry.kind is Kind.CHANGED
        assert [change.field for change in entry.changes] == ["name"]

    def test_one_authority_by_another_of_its_names_is_no_change(self):
        entry = only(row(council="Edinburgh City"), schools=[known(council="City of Edinburgh Council")])

        assert entry.kind is Kind.UNCHANGED

    def test_another_authority_is_a_change(self):
        entry = only(row(council=OTHER), schools=[known()])

        assert entry.changes == (Change("local_authority", COUNCIL, OTHER),)

    def test_that_was_closed_is_reopened(self):
        before = known(closed=date(2025, 1, 1), mothballed=date(2024, 1, 1))
        entry = only(row(), schools=[before])

        assert entry.kind is Kind.REOPENED
        assert entry.changes == (
            Change("closed", date(2025, 1, 1), None),
            Change("mothballed", date(2024, 1, 1), None),
        )


class TestOtherSheets:
    def test_annotate_a_known_school(self):
        besides = Annotation("9990001", "Old Birchbank", date(2016, 8, 17), None, date(2020, 1, 1))
        entry = only(row(), schools=[known()], annotations=[besides])

        assert {change.field: change.after for change in entry.changes} == {
            "former_name": "Old Birchbank",
            "opened": date(2016, 8, 17),
            "mothballed": date(2020, 1, 1),
        }

    def test_bring_in_no_school(self):
        assert plan(row(), annotations=[Annotation("9990002", "Old Elmbank", DAY)]).counts[Kind.NEW] == 1

    def test_do_not_overwrite_a_former_name(self):
        before = known(former_name="What we know")

        assert only(row(), schools=[before], annotations=[Annotation("9990001", "Old")]).kind is Kind.UNCHANGED

    def test_do_not_call_the_present_name_a_former_one(self):
        said = Annotation("9990001", "birchbank primary school")

        assert only(row(), schools=[known()], annotations=[said]).kind is Kind.UNCHANGED

    def test_do_not_close_a_school_that_is_listed_as_open(self):
        said = Annotation("9990001", closed=date(2018, 4, 11))

        assert only(row(), schools=[known()], annotations=[said]).kind is Kind.UNCHANGED


class TestASchoolThatHasGone:
    def test_is_closed_on_the_day(self):
        found = plan(row("9990002"), schools=[known()]).of(Kind.CLOSED)

        assert found == (
            Entry(Kind.CLOSED, (), "9990001", "Birchbank Primary School", (Change("closed", None, DAY),), GONE),
        )

    def test_is_closed_on_the_published_day(self):
        said = Annotation("9990001", opened=date(1970, 8, 31), closed=date(2026, 6, 26))
        (entry,) = plan(row("9990002"), schools=[known()], annotations=[said]).of(Kind.CLOSED)

        assert entry.changes == (Change("opened", None, date(1970, 8, 31)), Change("closed", None, date(2026, 6, 26)))
        assert entry.reason == GONE_ON

    @pytest.mark.parametrize("slip", [date(1999, 1, 1), date(2030, 1, 1)])
    def test_a_published_day_before_it_opened_or_to_come_is_not_believed(self, slip):
        before = known(opened=date(2000, 8, 1))
        (entry,) = plan(row("9990002"), schools=[before], annotations=[Annotation("9990001", closed=slip)]).of(
            Kind.CLOSED
        )

        assert entry.changes == (Change("closed", None, DAY),)

    def test_never_closes_before_it_opens(self):
        (entry,) = plan(row("9990002"), schools=[known(opened=date(2027, 8, 17))]).of(Kind.CLOSED)

        assert entry.changes == (Change("closed", None, date(2027, 8, 17)),)

    def test_may_be_mothballed(self):
        said = Annotation("9990001", mothballed=date(2025, 6, 27))
        (entry,) = plan(row("9990002"), schools=[known()], annotations=[said]).of(Kind.CLOSED)

        assert entry.changes == (Change("closed", None, DAY), Change("mothballed", None, date(2025, 6, 27)))
        assert entry.reason == GONE_MOTHBALLED

    def test_that_is_closed_already_stays(self):
        assert kinds(plan(row("9990002"), schools=[known(closed=date(2025, 1, 1))])) == {"9990002": Kind.NEW}

    def test_that_is_closed_already_gets_the_published_day(self):
        said = Annotation("9990001", closed=date(2024, 6, 28))
        (entry,) = plan(row("9990002"), schools=[known(closed=DAY)], annotations=[said]).of(Kind.CHANGED)

        assert entry.changes == (Change("closed", DAY, date(2024, 6, 28)),)

    @pytest.mark.parametrize(
        "untouched",
        [
            known(is_from_a_file=False),
            known(council=OTHER),
            known(council="A council that is not in the file"),
        ],
        ids=["made by hand", "of another authority", "of an authority without rows"],
    )
    def test_is_no_school_of_others(self, untouched):
        found = plan(row("9990002"), row("9990003", council=OTHER), schools=[untouched], local_authority=COUNCIL)

        assert kinds(found) == {"9990002": Kind.NEW}

    def test_of_an_authority_without_rows_stays_where_all_are_meant(self):
        assert kinds(plan(row("9990002"), schools=[known(council=OTHER)])) == {"9990002": Kind.NEW}

    def test_that_is_listed_under_another_authority_has_moved_and_not_closed(self):
        found = plan(row("9990002"), row(council=OTHER), schools=[known()], local_authority=COUNCIL)

        assert kinds(found) == {"9990001": Kind.CHANGED, "9990002": Kind.NEW}

    @pytest.mark.parametrize(
        "refused",
        [
            NotUnderstood(9, "Perhaps", seed_code="9990001"),
            NotUnderstood(9, "No code", name="birchbank primary school", local_authority="Sample"),
            NotUnderstood(9, "No code", name="Birchbank Primary School"),
        ],
    )
    def test_has_not_gone_if_a_row_about_it_was_not_understood(self, refused):
        found = plan(row("9990002"), schools=[known()], refused=[refused])

        assert found.counts[Kind.CLOSED] == 0
        assert found.counts[Kind.NOT_UNDERSTOOD] == 1


class TestOneAuthority:
    def test_only_its_rows_count(self):
        rows = [row(), row("9990002", council=OTHER)]
        refused = [NotUnderstood(9, "Why", local_authority=OTHER), NotUnderstood(10, "Why", local_authority=COUNCIL)]

        found = plan(*rows, refused=refused, local_authority="sample")

        assert [(entry.kind, entry.rows) for entry in found.entries] == [
            (Kind.NOT_UNDERSTOOD, (10,)),
            (Kind.NEW, (7,)),
        ]

    @pytest.mark.parametrize(
        "names",
        [
            ["Edinburgh City", "City of Edinburgh", "Edinburgh City of", "The City of Edinburgh Council", "EDINBURGH"],
            ["Glasgow City", "Glasgow", "Glasgow City Council [ NOTE ]"],
            ["Argyll & Bute", "Argyll and Bute", "Argyll  And Bute Council"],
            ["Na h-Eileanan Siar", "Na h Eileanan Siar", "Eilean Siar", "Western Isles", "Comhairle nan Eilean Siar"],
            ["Orkney Islands", "Orkney", "Orkney Islands Council"],
            ["Scottish Borders", "Scottish Borders Council", "Borders"],
        ],
        ids=lambda names: names[0],
    )
    def test_has_many_names(self, names):
        assert len({authority(name) for name in names}) == 1

    def test_has_none_of_anothers_names(self):
        apart = ["North Lanarkshire", "South Lanarkshire", "East Ayrshire", "North Ayrshire", "Aberdeen City"]

        assert len({authority(name) for name in [*apart, "Aberdeenshire", "Grant Aided"]}) == 7


class TestRolls:
    def rolls(self, *rows, schools=(), refused=(), local_authority=""):
        return plan_rolls(listed=Rolls(tuple(rows), tuple(refused)), known=schools, local_authority=local_authority)

    def test_change_a_roll_and_nothing_else(self):
        found = self.rolls(RollRow((3, 4), "9990001", "Another name", OTHER, 120), schools=[known(roll=100)])

        assert found.entries == (
            Entry(Kind.CHANGED, (3, 4), "9990001", "Birchbank Primary School", (Change("roll", 100, 120),)),
        )

    def test_stay_where_they_are_the_same(self):
        found = self.rolls(RollRow((3,), "9990001", "B", COUNCIL, 0), schools=[known(roll=0)])

        assert kinds(found) == {"9990001": Kind.UNCHANGED}

    @pytest.mark.parametrize(("code", "words"), [("c", "“c”"), ("", "blank")])
    def test_stay_where_the_file_does_not_know(self, code, words):
        (entry,) = self.rolls(RollRow((3,), "9990001", "B", COUNCIL, None, code), schools=[known(roll=9)]).entries

        assert (entry.kind, entry.changes) == (Kind.NOT_KNOWN, ())
        assert words in entry.reason

    def test_bring_in_no_school(self):
        (entry,) = self.rolls(RollRow((3,), "9990002", "Elmbank", COUNCIL, 20), schools=[known()]).entries

        assert (entry.kind, entry.name) == (Kind.NOT_HERE, "Elmbank")

    def test_of_one_authority(self):
        rows = [RollRow((3,), "9990001", "B", COUNCIL, 9), RollRow((4,), "9990002", "E", OTHER, 9)]
        refused = [NotUnderstood(5, "Why", local_authority=OTHER), NotUnderstood(6, "Why")]

        found = self.rolls(*rows, refused=refused, schools=[known()], local_authority=COUNCIL)

        assert [entry.rows for entry in found.entries] == [(6,), (3,)]


def test_a_line_is_read_back_as_it_was_kept():
    changes = (Change("closed", None, DAY), Change("opened", DAY, None), Change("roll", 3, 4), Change("name", "a", "b"))
    entry = Entry(Kind.CLOSED, (1, 2), "9990001", "Birchbank", changes, "Why")

    assert Entry.from_json(json.loads(json.dumps(entry.as_json()))) == entry


def test_all_of_scotland_has_its_shape():
    rows = [row(f"{9_900_000 + n}", f"School {n}", f"Council {n % 32}x", number=n + 7) for n in range(2440)]
    schools = [known(f"{9_900_000 + n}", f"School {n}", f"Council {n % 32}x") for n in range(100, 2500)]

    found = plan(*rows, schools=schools)

    assert {kind: count for kind, count in found.counts.items() if count} == {
        Kind.NEW: 100,
        Kind.CLOSED: 60,
        Kind.UNCHANGED: 2340,
    }

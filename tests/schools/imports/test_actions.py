import json
from datetime import date, timedelta

import pytest
from django.core import serializers
from django.core.exceptions import PermissionDenied

from schools.actions import ImportGone, NoSuchAuthority, applied_plan, apply_import, plan_import, propose_import
from schools.imports.plan import Kind
from schools.imports.safety import WrongFile
from schools.models import Import, School
from tests.factories import SchoolFactory
from tests.schools.imports.workbooks import (
    COUNCIL,
    contact_list,
    listed,
    opened_or_closed,
    renamed,
    roll,
    rolls,
    saved,
)

OTHER = "Other Council"


@pytest.fixture
def bring_in(db, now, coordinator):
    """Propose and apply a workbook: `bring_in(contact_list(listed()))`."""

    def do(book, *, kind=Import.Kind.SCHOOLS, local_authority="", by=coordinator, at=now):
        proposed = propose_import(
            file=saved(book), file_name="list.xlsx", kind=kind, local_authority=local_authority, by=by, now=at
        )
        return apply_import(import_=proposed, by=by, now=at)

    return do


def everything():
    return list(School.objects.order_by("seed_code").values())


def counts(import_):
    return {kind: count for kind, count in import_.summary["counts"].items() if count}


class TestProposing:
    def test_keeps_what_the_file_says_and_changes_nothing(self, coordinator, now):
        book = contact_list(listed())
        proposed = propose_import(
            file=saved(book), file_name="up/list.xlsx", kind="schools", local_authority=COUNCIL, by=coordinator, now=now
        )

        kept = Import.objects.get()
        assert (kept.file_name, kept.kind, kept.local_authority) == ("list.xlsx", "schools", COUNCIL)
        assert (kept.uploaded_by, kept.uploaded_at, kept.applied_at) == (coordinator, now, None)
        assert len(kept.sha256) == 64
        assert [entry.kind for entry in plan_import(import_=proposed, now=now).entries] == [Kind.NEW]
        assert not School.objects.exists()

    def test_takes_the_place_of_one_that_waits_for_the_same(self, bring_in, coordinator, now):
        """Of the same kind and authority; what has been applied, and what is about others, stays."""
        applied = bring_in(contact_list(listed()))
        schools = {"file_name": "x", "by": coordinator, "now": now}
        of_all = propose_import(file=saved(contact_list(listed())), kind="schools", **schools)
        of_one = propose_import(file=saved(contact_list(listed())), kind="schools", local_authority=COUNCIL, **schools)
        of_rolls = propose_import(file=saved(rolls(roll())), kind="rolls", **schools)

        newest = propose_import(file=saved(contact_list(listed())), kind="schools", **schools)

        assert set(Import.objects.all()) == {applied, of_one, of_rolls, newest}
        assert of_all not in Import.objects.all()

    @pytest.mark.parametrize("who", ["head", "staff_member", "officer", "superuser", "nobody"])
    def test_is_the_co_ordinators(self, request, db, now, who):
        with pytest.raises(PermissionDenied):
            propose_import(
                file=saved(contact_list(listed())),
                file_name="x",
                kind="schools",
                by=request.getfixturevalue(who),
                now=now,
            )

        assert not Import.objects.exists()

    def test_a_wrong_file_leaves_nothing_behind(self, coordinator, now):
        with pytest.raises(WrongFile):
            propose_import(file=saved(rolls(roll())), file_name="x", kind="schools", by=coordinator, now=now)

        assert not Import.objects.exists()

    def test_an_authority_that_is_not_in_the_file_is_refused_with_those_that_are(self, coordinator, now):
        book = contact_list(listed(), listed(9990002, **{"LA Name": OTHER}))

        with pytest.raises(
            NoSuchAuthority, match=r"no school of “Nowhere”\. It names: Other Council, Sample Council\.$"
        ):
            propose_import(
                file=saved(book), file_name="x", kind="schools", local_authority="Nowhere", by=coordinator, now=now
            )

    def test_a_file_of_which_nothing_was_understood_is_refused(self, coordinator, now):
        with pytest.raises(NoSuchAuthority, match="No row of this file could be understood"):
            propose_import(file=saved(contact_list(listed(5))), file_name="x", kind="schools", by=coordinator, now=now)


class TestApplying:
    def test_brings_in_a_school_with_all_that_is_said(self, bring_in, now, coordinator):
        done = bring_in(
            contact_list(
                listed(**{"Secondary Department": "Yes", "Medium of Education": "Gaelic medium only"}),
                renames=[renamed(9990001, "Old Birchbank", year=2016)],
                events=[opened_or_closed(9990001, "Opened", opened=date(2016, 8, 17))],
            )
        )

        school = School.objects.get()
        assert (school.seed_code, school.name, school.local_authority) == (
            "9990001",
            "Birchbank Primary School",
            COUNCIL,
        )
        assert (school.has_pre_school, school.has_primary, school.has_secondary, school.has_special) == (
            True,
            True,
            True,
            False,
        )
        assert (school.denomination, school.funding) == ("Non-denominational", "Local Authority")
        assert (school.is_gaelic_medium, school.former_name, school.opened) == (
            True,
            "Old Birchbank",
            date(2016, 8, 17),
        )
        assert (school.brought_in_by, school.locality, school.closed) == (done, None, None)
        assert (done.applied_at, done.applied_by) == (now, coordinator)

    def test_twice_changes_nothing(self, bring_in, now):
        book = contact_list(
            listed(),
            listed(9990002, "Elmbank", **{"Medium of Education": "", "Denomination": ""}),
            listed(9990003, "Ashbank"),
            listed(5),
            renames=[renamed(9990001, "Old Birchbank"), renamed(9990002, "elmbank")],
            events=[
                opened_or_closed(9990001, "Opened", opened=date(2016, 8, 17)),
                opened_or_closed(9990002, "Mothballed", mothballed=date(2020, 1, 1)),
                opened_or_closed(9990003, "Closed", opened="31/08/1895", closed=date(2018, 4, 11)),
            ],
        )
        bring_in(book)
        before = everything()

        again = bring_in(book, at=now + timedelta(days=40))

        assert everything() == before
        assert counts(again) == {"unchanged": 3, "not_understood": 1}

    def test_the_same_import_twice_is_done_once(self, bring_in, now, coordinator):
        done = bring_in(contact_list(listed()))
        School.objects.update(name="Put right by hand")

        again = apply_import(import_=done, by=coordinator, now=now + timedelta(days=1))

        assert School.objects.get().name == "Put right by hand"
        assert again.applied_at == now

    def test_sets_the_file_against_the_schools_as_they_are_then(self, bring_in, now, coordinator):
        proposed = propose_import(
            file=saved(contact_list(listed())), file_name="x", kind="schools", by=coordinator, now=now
        )
        bring_in(contact_list(listed(name="Brought in meanwhile")), local_authority=COUNCIL)

        done = apply_import(import_=proposed, by=coordinator, now=now)

        assert counts(done) == {"renamed": 1}
        assert School.objects.get().former_name == "Brought in meanwhile"

    def test_changes_renames_and_reopens(self, bring_in):
        bring_in(contact_list(listed(9990001), listed(9990002, "Elmbank"), listed(9990003, "Ashbank")))
        School.objects.filter(seed_code="9990003").update(closed=date(2026, 6, 26))
        School.objects.update(roll=77)

        done = bring_in(
            contact_list(
                listed(9990001, Denomination="Jewish"), listed(9990002, "Elmbank Academy"), listed(9990003, "Ashbank")
            )
        )

        assert counts(done) == {"changed": 1, "renamed": 1, "reopened": 1}
        first, second, third = School.objects.order_by("seed_code")
        assert first.denomination == "Jewish"
        assert (second.name, second.former_name) == ("Elmbank Academy", "Elmbank")
        assert third.closed is None
        assert {school.roll for school in (first, second, third)} == {77}

    def test_a_school_that_has_gone_is_closed_and_stays(self, bring_in, now, today):
        bring_in(contact_list(listed(9990001), listed(9990002)))

        done = bring_in(contact_list(listed(9990002)), at=now + timedelta(days=3))

        assert counts(done) == {"closed": 1, "unchanged": 1}
        assert School.objects.get(seed_code="9990001").closed == today + timedelta(days=3)
        assert School.objects.running().get().seed_code == "9990002"

    def test_others_are_not_touched(self, bring_in):
        by_hand = SchoolFactory(local_authority=COUNCIL)
        elsewhere = {"LA Name": OTHER}
        bring_in(contact_list(listed(9990001), listed(9990002), listed(9990003, **elsewhere)))
        before = everything()

        done = bring_in(contact_list(listed(9990001), listed(9990004, **elsewhere)), local_authority=COUNCIL)

        assert counts(done) == {"unchanged": 1, "closed": 1}
        after = {school["seed_code"]: school for school in everything()}
        assert [code for code, school in after.items() if school not in before] == ["9990002"]
        assert after[by_hand.seed_code]["closed"] is None
        assert after["9990003"]["closed"] is None

    def test_a_school_made_by_hand_is_filled_in_by_its_code_and_never_closed(self, bring_in):
        SchoolFactory(seed_code="9990001", name="Birchbank Primary School", local_authority=COUNCIL)
        bring_in(contact_list(listed(9990001), listed(9990002)))
        assert School.objects.get(seed_code="9990001").denomination == "Non-denominational"

        bring_in(contact_list(listed(9990002)))

        assert School.objects.get(seed_code="9990001").closed is None

    def test_a_file_that_has_been_replaced_meanwhile_is_not_applied(self, now, coordinator):
        first, second = (
            propose_import(
                file=saved(contact_list(listed(code))), file_name="x", kind="schools", by=coordinator, now=now
            )
            for code in (9990001, 9990002)
        )
        with pytest.raises(ImportGone, match="a newer one has taken its place"):
            apply_import(import_=first, by=coordinator, now=now)

        apply_import(import_=second, by=coordinator, now=now)
        assert School.objects.get().seed_code == "9990002"

    def test_is_all_or_nothing(self, bring_in, monkeypatch):
        bring_in(contact_list(listed(9990001)))
        before = everything()
        monkeypatch.setattr(Import, "save", lambda *args, **kwargs: 1 / 0)
        proposed = Import.objects.get()
        Import.objects.update(applied_at=None, applied_by=None, rows=_rows_of(listed(9990001, "X"), listed(9990002)))

        with pytest.raises(ZeroDivisionError):
            apply_import(import_=proposed, by=None, now=proposed.uploaded_at)

        assert everything() == before

    @pytest.mark.parametrize("who", ["head", "officer", "superuser"])
    def test_is_the_co_ordinators(self, request, now, coordinator, who):
        proposed = propose_import(
            file=saved(contact_list(listed())), file_name="x", kind="schools", by=coordinator, now=now
        )

        with pytest.raises(PermissionDenied):
            apply_import(import_=proposed, by=request.getfixturevalue(who), now=now)

        assert not School.objects.filter(seed_code="9990001").exists()

    def test_what_was_done_can_be_looked_at_afterwards(self, bring_in):
        done = bring_in(contact_list(listed(), listed(5)))

        kept = applied_plan(Import.objects.get(pk=done.pk))

        assert [entry.kind for entry in kept.entries] == [Kind.NOT_UNDERSTOOD, Kind.NEW]

    def test_the_question_count_does_not_grow_with_the_schools(self, bring_in, django_assert_max_num_queries):
        few = contact_list(*(listed(9990001 + n) for n in range(3)))
        many = contact_list(*(listed(9990001 + n, Denomination="Jewish") for n in range(60)))
        bring_in(few)

        with django_assert_max_num_queries(20):
            bring_in(many)


def _rows_of(*schools):
    from schools.imports.contact_list import read

    return read(saved(contact_list(*schools))).as_json()


class TestRolls:
    def test_change_rolls_and_nothing_else(self, bring_in):
        bring_in(contact_list(listed(9990001), listed(9990002)))
        before = everything()
        statistics = rolls(roll(9990001, 210), roll(9990002, "c"), roll(9990003, 50), roll(9990004, "many"))

        done = bring_in(statistics, kind=Import.Kind.ROLLS)
        again = bring_in(statistics, kind=Import.Kind.ROLLS)

        before[0]["roll"] = 210
        assert everything() == before
        assert counts(done) == {"changed": 1, "not_known": 1, "not_here": 1, "not_understood": 1}
        assert counts(again) == {"unchanged": 1, "not_known": 1, "not_here": 1, "not_understood": 1}


def test_no_contact_details_reach_the_database(bring_in):
    bring_in(
        contact_list(
            listed(9990001),
            listed("ht@birchbank.example"),
            listed(9990002, "01632 960123"),
            renames=[renamed(9990001, "Old Birchbank")],
            events=[opened_or_closed(9990001, "Opened", opened=date(2016, 8, 17))],
        )
    )

    rows = json.loads(serializers.serialize("json", [*School.objects.all(), *Import.objects.all()]))
    for row in rows:
        row["fields"].pop("sha256", None)
        row["fields"].pop("uploaded_at", None)
    kept = json.dumps(rows)

    assert "Old Birchbank" in kept
    for detail in ("@", "01632", "960123", "http", "www", "Invented Road", "ZZ1", "123456789012"):
        assert detail not in kept

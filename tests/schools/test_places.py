from datetime import date, timedelta

import pytest

from schools.actions import record_sessions
from schools.models import Cluster, NonTeachingDay, School, Session
from tests.factories import (
    LONG_AGO,
    ClusterFactory,
    ImportFactory,
    InvitationFactory,
    LocalityFactory,
    NonTeachingDayFactory,
    SchoolFactory,
    UserFactory,
)

DAY = date(2026, 8, 1)


class TestDatesOfPlaces:
    @pytest.mark.parametrize(
        ("factory", "by"),
        [
            (LocalityFactory, "locality_ends_after_it_starts"),
            (ClusterFactory, "cluster_ends_after_it_starts"),
        ],
    )
    def test_a_place_ends_after_it_starts(self, refused, factory, by):
        refused(factory.build(starts=DAY, ends=DAY), by=by)

    def test_on_a_day(self, db):
        over = ClusterFactory(ends=DAY - timedelta(days=1))
        coming = ClusterFactory(starts=DAY + timedelta(days=1))
        always, now = ClusterFactory(), ClusterFactory(starts=DAY, ends=DAY + timedelta(days=1))

        assert set(Cluster.objects.on(DAY)) == {always, now}
        assert {over, coming}.isdisjoint(Cluster.objects.on(DAY))

    def test_schools_without_a_locality_are_found(self, school):
        lost = SchoolFactory(locality=None)

        assert list(School.objects.without_locality()) == [lost]

    def test_a_closed_school_is_not_running(self, school):
        SchoolFactory(closed=DAY)

        assert list(School.objects.running()) == [school]


class TestNonTeachingDays:
    def test_non_teaching_day_once_per_session(self, refused, session_2026):
        NonTeachingDayFactory(session=session_2026, date=DAY)

        refused(NonTeachingDayFactory.build(session=session_2026, date=DAY), by="non_teaching_day_once_per_session")

    def test_non_teaching_day_kind_is_known(self, refused, session_2026):
        refused(NonTeachingDayFactory.build(session=session_2026, kind="rain"), by="non_teaching_day_kind_is_known")

    def test_a_stretch_is_its_weekdays_and_twice_is_once(self, db):
        given = {
            "label": "2026/27",
            "starts": date(2026, 8, 10),
            "ends": date(2027, 6, 25),
            "terms": [],
            "non_teaching_days": [
                {"kind": "holiday", "name": "October week", "date": date(2026, 10, 9), "until": date(2026, 10, 13)},
                {"kind": "local", "date": date(2026, 10, 17)},
            ],
        }
        for _time in range(2):
            record_sessions(sessions=[given])

        days = NonTeachingDay.objects.filter(session=Session.objects.get()).order_by("date")
        assert [(day.date.day, day.kind) for day in days] == [
            (9, "holiday"), (12, "holiday"), (13, "holiday"), (17, "local"),
        ]  # fmt: skip


class TestImports:
    def test_import_kind_is_known(self, refused):
        refused(ImportFactory.build(kind="meals"), by="import_kind_is_known")

    def test_import_applied_by_somebody_at_a_time(self, refused, coordinator):
        refused(ImportFactory.build(applied_by=coordinator), by="import_applied_by_somebody_at_a_time")


class TestInvitationConstraints:
    @pytest.mark.parametrize(
        ("fields", "by"),
        [
            ({"school": None}, "invitation_has_the_target_of_its_scope"),
            ({"role": "officer"}, "invitation_role_fits_its_scope"),
            ({"email": "Invited@School.example"}, "invitation_email_in_small_letters"),
            ({"expires_at": LONG_AGO}, "invitation_runs_out_after_it_is_made"),
            ({"accepted_at": LONG_AGO}, "invitation_accepted_once_by_somebody"),
        ],
    )
    def test_an_impossible_invitation_is_refused(self, refused, school, coordinator, fields, by):
        refused(InvitationFactory.build(**{"school": school, "invited_by": coordinator, **fields}), by=by)

    def test_accepted_and_withdrawn_is_refused(self, refused, school, coordinator):
        both = {"accepted_at": LONG_AGO, "accepted_by": coordinator, "withdrawn_at": LONG_AGO}
        refused(
            InvitationFactory.build(school=school, invited_by=coordinator, **both),
            by="invitation_accepted_once_by_somebody",
        )

    @pytest.mark.parametrize(
        ("offer", "by"),
        [
            ({"role": "staff", "scope": "school"}, "invitation_waits_once_per_school"),
            ({"role": "officer", "scope": "locality"}, "invitation_waits_once_per_locality"),
            ({"role": "coordinator", "scope": "partnership"}, "invitation_waits_once_in_the_partnership"),
        ],
    )
    def test_a_second_link_that_works_is_refused(self, refused, school, locality, coordinator, offer, by):
        places = {"school": {"school": school}, "locality": {"school": None, "locality": locality}}
        offer = {**offer, **places.get(offer["scope"], {"school": None}), "email": "ishbel.grant@school.example"}
        InvitationFactory(**offer, withdrawn_at=LONG_AGO)
        InvitationFactory(**offer)

        refused(InvitationFactory.build(**offer, invited_by=coordinator), by=by)


class TestClosedAccounts:
    def test_user_closed_account_is_inactive(self, refused):
        refused(UserFactory.build(closed_at=LONG_AGO, is_active=True), by="user_closed_account_is_inactive")

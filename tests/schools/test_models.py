from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from schools.models import Membership, School, Session
from schools.permissions import ROLE_NAMES, Permission, Role, Scope
from tests.factories import (
    LONG_AGO,
    LocalityFactory,
    MembershipFactory,
    SchoolFactory,
    SessionFactory,
    TermFactory,
    UserFactory,
)


class TestLocality:
    def test_is_called_by_its_name(self, locality):
        assert str(locality) == "Northbank"

    @pytest.mark.parametrize("field", ["name", "slug"])
    def test_name_and_slug_are_its_own(self, locality, field):
        with pytest.raises(IntegrityError):
            LocalityFactory(**{field: getattr(locality, field)})


class TestSchool:
    @pytest.mark.parametrize("seed_code", ["", "990001", "99000111", "99000a1", "990 001", "9900011\n"])
    def test_school_seed_code_is_seven_digits(self, refused, locality, seed_code):
        refused(SchoolFactory.build(seed_code=seed_code, locality=locality), by="school_seed_code_is_seven_digits")

    def test_school_opened_before_closed(self, refused, locality):
        dates = {"opened": date(2020, 8, 2), "closed": date(2020, 8, 1)}

        refused(SchoolFactory.build(**dates, locality=locality), by="school_opened_before_closed")

    def test_may_close_on_the_day_it_opened(self, db):
        assert SchoolFactory(opened=date(2020, 8, 1), closed=date(2020, 8, 1)).pk

    def test_one_school_has_a_seed_code(self, school):
        with pytest.raises(IntegrityError):
            SchoolFactory(seed_code=school.seed_code)

    def test_is_called_by_name_and_code(self):
        assert str(SchoolFactory.build(name="Sample High", seed_code="9900042")) == "Sample High (9900042)"

    def test_departments_youngest_first(self):
        everything = {"has_pre_school": True, "has_primary": True, "has_secondary": True, "has_special": True}

        departments = SchoolFactory.build(**everything).departments

        assert departments == ["Pre-school", "Primary", "Secondary", "Additional support needs"]
        assert SchoolFactory.build(has_primary=False, has_special=True).departments == ["Additional support needs"]

    def test_alphabetical_is_by_name(self, db):
        for name in ("Beech", "Ash", "Cedar"):
            SchoolFactory(name=name)

        assert [school.name for school in School.objects.alphabetical()] == ["Ash", "Beech", "Cedar"]


class TestSchoolsVisible:
    def test_people_of_a_school_see_it_and_no_other(self, school, head, core_member, staff_member, stranger):
        for user in (head, core_member, staff_member):
            assert list(School.objects.visible_to(user)) == [school]

    def test_officer_sees_the_schools_of_their_own_locality_only(self, officer, school, locality, stranger):
        second = SchoolFactory(locality=locality)
        SchoolFactory(locality=None)

        assert set(School.objects.visible_to(officer)) == {school, second}

    def test_coordinator_sees_every_school(self, coordinator, school, stranger):
        assert set(School.objects.visible_to(coordinator)) == set(School.objects.all())
        assert School.objects.count() == 2

    def test_nobody_sees_none(self, nobody, school):
        assert not School.objects.visible_to(nobody).exists()

    def test_superuser_without_a_role_sees_none(self, superuser, school):
        assert not School.objects.visible_to(superuser).exists()

    def test_each_school_comes_once_however_many_roles(self, school, locality):
        user = MembershipFactory(head=True, school=school).user
        MembershipFactory(staff=True, school=school, user=user)
        MembershipFactory(officer=True, locality=locality, user=user)

        assert list(School.objects.visible_to(user)) == [school]

    @pytest.mark.parametrize("role", list(Role))
    def test_a_role_that_has_ended_counts_no_more_at_once(self, role, school, locality):
        target = {Scope.SCHOOL: {"school": school}, Scope.LOCALITY: {"locality": locality}, Scope.PARTNERSHIP: {}}
        membership = MembershipFactory(role=role)
        Membership.objects.filter(pk=membership.pk).update(**target[membership.scope])
        assert school in School.objects.visible_to(membership.user)

        Membership.objects.filter(pk=membership.pk).update(ended=LONG_AGO)

        assert not School.objects.visible_to(membership.user).exists()

    def test_another_persons_role_does_not_count(self, school, head):
        assert not School.objects.where(UserFactory(), Permission.SEE_SCHOOL).exists()


class TestMembership:
    @pytest.mark.parametrize(
        ("role", "has"),
        [
            (Role.STAFF, {"locality"}),
            (Role.STAFF, set()),
            (Role.STAFF, {"school", "locality"}),
            (Role.OFFICER, {"school"}),
            (Role.OFFICER, set()),
            (Role.OFFICER, {"school", "locality"}),
            (Role.COORDINATOR, {"school"}),
            (Role.COORDINATOR, {"locality"}),
        ],
    )
    def test_membership_has_the_target_of_its_scope(self, refused, school, locality, role, has):
        wrong = MembershipFactory.build(
            user=UserFactory(),
            role=role,
            school=school if "school" in has else None,
            locality=locality if "locality" in has else None,
        )

        refused(wrong, by="membership_has_the_target_of_its_scope")

    @pytest.mark.parametrize(
        ("role", "scope"),
        [
            (Role.OFFICER, Scope.SCHOOL),
            (Role.HEAD, Scope.LOCALITY),
            (Role.STAFF, Scope.PARTNERSHIP),
            ("janitor", Scope.SCHOOL),
        ],
    )
    def test_membership_role_fits_its_scope(self, refused, school, locality, role, scope):
        target = {
            "school": school if scope is Scope.SCHOOL else None,
            "locality": locality if scope is Scope.LOCALITY else None,
        }

        refused(
            Membership(user=UserFactory(), role=role, scope=scope, started=LONG_AGO, **target),
            by="membership_role_fits_its_scope",
        )

    def test_membership_ends_after_it_starts(self, refused, school, head):
        ended = {"ended": LONG_AGO - timedelta(seconds=1), "ended_by": head}

        refused(
            MembershipFactory.build(staff=True, school=school, user=head, **ended), by="membership_ends_after_it_starts"
        )

    def test_membership_once_per_school(self, refused, school, head):
        refused(MembershipFactory.build(head=True, school=school, user=head), by="membership_once_per_school")

    def test_membership_once_per_locality(self, refused, locality, officer):
        again = MembershipFactory.build(officer=True, locality=locality, user=officer)

        refused(again, by="membership_once_per_locality")

    def test_membership_once_in_the_partnership(self, refused, coordinator):
        refused(MembershipFactory.build(coordinator=True, user=coordinator), by="membership_once_in_the_partnership")

    @pytest.mark.parametrize("trait", ["head", "officer", "coordinator"])
    def test_a_role_that_has_ended_may_be_given_again(self, trait, db):
        first = MembershipFactory(**{trait: True}, over=True)

        again = MembershipFactory(
            **{trait: True}, user=first.user, school=first.school, locality=first.locality, started=first.ended
        )

        assert list(Membership.objects.current().filter(user=first.user)) == [again]

    @pytest.mark.parametrize(
        ("trait", "target"),
        [("head", "Sample Primary School (9900042)"), ("officer", "Northbank"), ("coordinator", "partnership")],
    )
    def test_is_called_by_person_role_and_target(self, db, trait, target):
        places = {
            "school": SchoolFactory(seed_code="9900042", name="Sample Primary School") if trait == "head" else None,
            "locality": LocalityFactory(name="Northbank") if trait == "officer" else None,
        }
        user = UserFactory(first_name="Ailsa", last_name="Craig")

        membership = MembershipFactory(**{trait: True}, user=user, **places)

        assert str(membership) == f"Ailsa Craig: {ROLE_NAMES[Role(trait)]} ({target})"

    def test_every_role_is_shown_in_words(self):
        assert {Membership(role=role).get_role_display() for role in Role} == set(map(str, ROLE_NAMES.values()))


class TestMembershipsVisible:
    def test_heads_see_the_roles_of_their_own_school(self, school, head, acting_head, core_member, stranger):
        for user in (head, acting_head):
            visible = Membership.objects.visible_to(user)
            assert {role.user for role in visible} == {head, acting_head, core_member}

    def test_the_coordinator_sees_all(self, head, stranger, officer, coordinator):
        assert Membership.objects.visible_to(coordinator).count() == Membership.objects.count() == 4

    def test_others_see_their_own_roles_only(self, head, core_member, staff_member, officer):
        for user in (core_member, staff_member, officer):
            assert {role.user for role in Membership.objects.visible_to(user)} == {user}

    def test_nobody_sees_none(self, head, nobody):
        assert not Membership.objects.visible_to(nobody).exists()


class TestSession:
    def test_session_starts_before_it_ends(self, refused):
        day = date(2026, 8, 12)

        refused(SessionFactory.build(starts=day, ends=day), by="session_starts_before_it_ends")

    def test_is_called_by_its_label(self):
        assert str(SessionFactory.build(year=2026)) == "2026/27"

    @pytest.mark.parametrize(
        ("day", "label"),
        [
            (date(2025, 8, 11), None),
            (date(2025, 8, 12), "2025/26"),
            (date(2026, 6, 25), "2025/26"),
            (date(2026, 7, 20), "2025/26"),  # the summer gap belongs to the session just ended
            (date(2026, 8, 11), "2025/26"),
            (date(2026, 8, 12), "2026/27"),
            (date(2030, 1, 1), "2026/27"),
        ],
    )
    def test_at_a_day(self, db, day, label):
        for year in (2026, 2025):
            SessionFactory(year=year)

        found = Session.objects.at(day)

        assert (found and found.label) == label


class TestTerm:
    def test_term_starts_before_it_ends(self, refused, session_2026):
        day = date(2026, 10, 1)

        refused(TermFactory.build(session=session_2026, starts=day, ends=day), by="term_starts_before_it_ends")

    def test_term_order_once_per_session(self, refused, session_2026):
        TermFactory(session=session_2026, order=1)

        refused(TermFactory.build(session=session_2026, order=1), by="term_order_once_per_session")

    def test_another_session_has_its_own_order(self, session_2026):
        for session in (session_2026, SessionFactory(year=2027)):
            TermFactory(session=session, order=1)

        assert session_2026.terms.count() == 1

    def test_is_called_by_session_and_name(self, session_2026):
        assert str(TermFactory.build(session=session_2026, name="Autumn")) == "2026/27, Autumn"

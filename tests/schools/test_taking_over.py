from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from readiness import actions as readiness_actions
from readiness.models import Audit
from schools import actions
from schools.conflicts import conflicts
from schools.models import Membership, School
from schools.permissions import Permission, Role, can
from tests.factories import LocalityFactory, MembershipFactory, SchoolFactory, TieFactory
from tests.readiness.factories import AuditFactory

LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 11, 20)
TWO_YEARS_BEFORE = date(2024, 11, 20)


def says(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


class TestGiveOneSchool:
    @pytest.fixture
    def elsewhere(self, db):
        return MembershipFactory(officer=True).user

    def test_a_colleague_from_elsewhere_reviews_this_school_and_no_other(
        self, school, locality, officer, elsewhere, coordinator, now
    ):
        second = SchoolFactory(locality=locality)
        TieFactory(user=officer, school=school)

        given = actions.give_school_to(school=school, officer=elsewhere, by=coordinator, now=now)

        assert (given.role, given.scope, given.school) == (Role.SCHOOL_OFFICER, "school", school)
        assert can(elsewhere, Permission.REVIEW_AUDIT, school)
        assert not can(elsewhere, Permission.SEE_SCHOOL, second)
        assert can(officer, Permission.SEE_SUBMITTED_AUDIT, school)

    def test_takes_the_review_over_where_it_is(self, school, officer, elsewhere, coordinator, now):
        audit = AuditFactory(school=school, in_review=True)
        TieFactory(user=officer, school=school)
        actions.give_school_to(school=school, officer=elsewhere, by=coordinator, now=now)

        readiness_actions.return_to_school(audit=audit, by=elsewhere, now=now, reason="Please look at the dates again.")

        assert Audit.objects.get(pk=audit.pk).state == "returned"

    def test_giving_it_to_another_ends_the_first(self, school, elsewhere, coordinator, now):
        other = MembershipFactory(officer=True).user
        actions.give_school_to(school=school, officer=elsewhere, by=coordinator, now=now)

        actions.give_school_to(school=school, officer=other, by=coordinator, now=now)
        actions.give_school_to(school=school, officer=other, by=coordinator, now=now)

        assert Membership.objects.current().get(role=Role.SCHOOL_OFFICER).user == other
        assert not can(elsewhere, Permission.REVIEW_AUDIT, school)

    def test_somebody_too_close_does_not_get_it(self, school, elsewhere, coordinator, now):
        TieFactory(user=elsewhere, school=school)

        with pytest.raises(actions.UnableToName, match="too close to Sample Primary School"):
            actions.give_school_to(school=school, officer=elsewhere, by=coordinator, now=now)

    def test_somebody_who_is_no_officer_does_not_get_it(self, school, stranger, coordinator, now):
        with pytest.raises(actions.UnableToName, match="Choose an officer"):
            actions.give_school_to(school=school, officer=stranger, by=coordinator, now=now)

    @pytest.mark.parametrize("who", ["officer", "head", "superuser"])
    def test_is_the_coordinators(self, request, school, elsewhere, who, now):
        with pytest.raises(PermissionDenied):
            actions.give_school_to(school=school, officer=elsewhere, by=request.getfixturevalue(who), now=now)

    def test_the_officer_joins_nobodys_team(self, school, head, school_officer, now):
        with pytest.raises(actions.UnableToName, match="who works at your school"):
            actions.name_to_team(school=school, user=school_officer, role=Role.CORE_TEAM, by=head, now=now)

    def test_the_head_sees_the_officer_and_cannot_end_the_role(self, as_user, school, head, school_officer):
        response = as_user(head).get(reverse("school_team", args=[school.pk]))

        assert f"{school_officer} {school_officer.email} Officer for one school since" in says(response)
        assert school_officer not in response.context["form"].fields["person"].queryset
        assert f"End : {school_officer}" not in says(response)

    def test_ends_as_any_role_does(self, as_user, school, school_officer, coordinator):
        role = Membership.objects.get(user=school_officer)
        assert str(school_officer) in says(as_user(coordinator).get(reverse("people")))

        as_user(coordinator).post(reverse("people_end_role", args=[role.pk]))

        assert not can(school_officer, Permission.SEE_SCHOOL, school)


class TestGiveAllSchools:
    def test_single_schools_go_along(self, school, locality, officer, coordinator, now):
        elsewhere = SchoolFactory()
        MembershipFactory(school_officer=True, school=elsewhere, user=officer)
        to = MembershipFactory(officer=True).user

        given = actions.give_schools_to(officer=officer, to=to, by=coordinator, now=now)

        assert {(role.role, role.school, role.locality) for role in given} == {
            (Role.OFFICER, None, locality),
            (Role.SCHOOL_OFFICER, elsewhere, None),
        }

    def test_a_single_school_that_is_too_close_stops_it(self, school_officer, school, coordinator, now):
        to = MembershipFactory(officer=True).user
        TieFactory(user=to, school=school)

        with pytest.raises(actions.UnableToName, match="Give that school to somebody else first"):
            actions.give_schools_to(officer=school_officer, to=to, by=coordinator, now=now)

        assert Membership.objects.current().filter(user=school_officer).exists()

    def test_the_page_says_which_schools_still_need_somebody(self, as_user, school, officer, coordinator):
        to = MembershipFactory(officer=True).user
        TieFactory(user=to, school=school)

        response = as_user(coordinator).post(reverse("give_schools"), {"officer": officer.pk, "to": to.pk}, follow=True)

        assert response.redirect_chain == [(reverse("ties"), 302)]
        assert f"{to} is too close to some of these schools" in says(response)
        assert "Sample Primary School Too close:" in says(response)


class TestConflicts:
    def test_are_the_schools_whose_officer_is_too_close(self, school, locality, officer):
        SchoolFactory(locality=locality)
        assert conflicts(DAY) == []
        TieFactory(user=officer, school=school)

        found = conflicts(DAY)

        assert [(one.school, one.too_close, one.reviewers) for one in found] == [(school, (officer,), ())]

    def test_name_who_can_review_it(self, school, officer, school_officer, locality):
        colleague = MembershipFactory(officer=True, locality=locality).user
        TieFactory(user=officer, school=school)

        assert set(conflicts(DAY)[0].reviewers) == {school_officer, colleague}

    def test_what_nobody_can_review_comes_first(self, school, officer):
        helped = SchoolFactory(name="A school", locality=school.locality)
        MembershipFactory(school_officer=True, school=helped)
        for each in (school, helped):
            TieFactory(user=officer, school=each)

        assert [one.school for one in conflicts(DAY)] == [school, helped]

    def test_roles_count_as_well(self, school, officer):
        MembershipFactory(head=True, school=school, user=officer, ended=datetime(2026, 6, 26, 15, 0, tzinfo=LONDON))

        assert [one.school for one in conflicts(DAY)] == [school]

    @pytest.mark.parametrize("what", ["of another locality", "closed", "over"])
    def test_leave_out_what_concerns_nobody(self, school, officer, what):
        other = SchoolFactory(locality=LocalityFactory() if what == "of another locality" else school.locality)
        TieFactory(user=officer, school=other, until=date(2020, 1, 1) if what == "over" else None)
        if what == "closed":
            School.objects.filter(pk=other.pk).update(closed=DAY)

        assert conflicts(DAY) == []

    def test_do_not_ask_more_for_more_schools(self, school, officer, django_assert_num_queries):
        for _number in range(5):
            TieFactory(user=officer, school=SchoolFactory(locality=school.locality))

        with django_assert_num_queries(4):
            assert len(conflicts(DAY)) == 5

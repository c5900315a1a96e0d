from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from schools import actions
from schools.models import Membership, School
from schools.permissions import Permission, Role, Scope, can
from tests.factories import MembershipFactory, UserFactory


def roles_of(user):
    return {role.role for role in Membership.objects.current().filter(user=user)}


class TestGiveRole:
    @pytest.mark.parametrize("role", list(Role))
    def test_takes_the_target_that_the_role_needs(self, role, school, locality, now):
        given = actions.give_role(user=UserFactory(), role=role, school=school, locality=locality, by=None, now=now)

        assert given.started == now
        assert (given.school is not None) == (given.scope == Scope.SCHOOL)
        assert (given.locality is not None) == (given.scope == Scope.LOCALITY)

    def test_twice_is_once(self, head, school, now):
        first = Membership.objects.get(user=head)

        assert actions.give_role(user=head, role=Role.HEAD, school=school, by=None, now=now) == first

    def test_again_after_an_end_is_a_new_one(self, school, now):
        first = MembershipFactory(head=True, school=school, over=True)

        again = actions.give_role(user=first.user, role=Role.HEAD, school=school, by=None, now=now)

        assert again != first
        assert Membership.objects.filter(user=first.user).count() == 2

    def test_remembers_who_gave_it(self, head, staff_member, school, now):
        given = actions.give_role(user=staff_member, role=Role.CORE_TEAM, school=school, by=head, now=now)

        assert given.started_by == head


class TestNameToTeam:
    @pytest.mark.parametrize("role", [Role.CORE_TEAM, Role.ACTING_HEAD])
    @pytest.mark.parametrize("who", ["head", "acting_head"])
    def test_head_and_acting_head_name_staff(self, request, who, role, school, staff_member, now):
        by = request.getfixturevalue(who)

        actions.name_to_team(school=school, user=staff_member, role=role, by=by, now=now)

        assert roles_of(staff_member) == {Role.STAFF, role}

    def test_what_is_named_counts_at_once(self, school, head, staff_member, now):
        actions.name_to_team(school=school, user=staff_member, role=Role.ACTING_HEAD, by=head, now=now)

        assert all(can(staff_member, permission, school) for permission in Permission if can(head, permission, school))

    @pytest.mark.parametrize("who", ["core_member", "staff_member", "officer", "coordinator", "stranger", "superuser"])
    def test_others_name_nobody(self, request, who, school, staff_member, now):
        by = request.getfixturevalue(who)
        before = roles_of(staff_member)

        with pytest.raises(PermissionDenied):
            actions.name_to_team(school=school, user=staff_member, role=Role.CORE_TEAM, by=by, now=now)

        assert roles_of(staff_member) == before

    @pytest.mark.parametrize("role", [Role.HEAD, Role.STAFF, Role.OFFICER, Role.COORDINATOR])
    def test_other_roles_are_not_the_heads_to_give(self, role, school, head, staff_member, now):
        with pytest.raises(actions.UnableToName, match="given elsewhere"):
            actions.name_to_team(school=school, user=staff_member, role=role, by=head, now=now)

    def test_somebody_of_another_school_cannot_be_named(self, school, head, stranger, now):
        with pytest.raises(actions.UnableToName, match="works at your school"):
            actions.name_to_team(school=school, user=stranger, role=Role.CORE_TEAM, by=head, now=now)

    def test_somebody_who_has_left_cannot_be_named(self, school, head, now):
        left = MembershipFactory(staff=True, school=school, over=True).user

        with pytest.raises(actions.UnableToName, match="works at your school"):
            actions.name_to_team(school=school, user=left, role=Role.CORE_TEAM, by=head, now=now)


class TestEndRole:
    @pytest.mark.parametrize("trait", ["core_team", "acting_head"])
    def test_stops_counting_at_once_and_stays_as_history(self, trait, school, head, now):
        role = MembershipFactory(**{trait: True}, school=school)

        actions.end_role(membership=role, by=head, now=now)

        role.refresh_from_db()
        assert (role.ended, role.ended_by) == (now, head)
        assert not School.objects.visible_to(role.user).exists()

    def test_the_first_end_counts(self, school, head, acting_head, now):
        role = MembershipFactory(core_team=True, school=school)
        actions.end_role(membership=role, by=head, now=now)

        actions.end_role(membership=role, by=acting_head, now=now + timedelta(days=1))

        role.refresh_from_db()
        assert (role.ended, role.ended_by) == (now, head)

    @pytest.mark.parametrize("trait", ["head", "staff", "officer", "coordinator"])
    def test_other_roles_are_not_the_heads_to_end(self, trait, school, locality, head, now):
        places = {"school": school} if trait in {"head", "staff"} else {}
        role = MembershipFactory(**{trait: True}, **places)

        with pytest.raises(actions.UnableToName):
            actions.end_role(membership=role, by=head, now=now)

        assert Membership.objects.current().filter(pk=role.pk).exists()

    @pytest.mark.parametrize("who", ["staff_member", "core_member", "officer", "coordinator", "stranger", "superuser"])
    def test_others_end_nothing(self, request, who, school, now):
        role = MembershipFactory(core_team=True, school=school)

        with pytest.raises(PermissionDenied):
            actions.end_role(membership=role, by=request.getfixturevalue(who), now=now)

        assert Membership.objects.current().filter(pk=role.pk).exists()

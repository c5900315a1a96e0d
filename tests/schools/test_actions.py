from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from schools import actions
from schools.models import Membership, School
from schools.permissions import Permission, Role, Scope, can
from tests.factories import ClusterFactory, MembershipFactory, SchoolFactory, UserFactory


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
    @pytest.mark.parametrize("trait", ["core_team", "acting_head", "staff"])
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

    @pytest.mark.parametrize(
        ("trait", "refusal"),
        [("head", actions.UnableToName), ("officer", PermissionDenied), ("coordinator", PermissionDenied)],
    )
    def test_other_roles_are_not_the_heads_to_end(self, trait, refusal, school, locality, head, now):
        role = MembershipFactory(**{trait: True}, **({"school": school} if trait == "head" else {}))

        with pytest.raises(refusal):
            actions.end_role(membership=role, by=head, now=now)

        assert Membership.objects.current().filter(pk=role.pk).exists()

    @pytest.mark.parametrize("trait", ["head", "acting_head", "core_team", "staff", "officer"])
    def test_the_coordinator_ends_any(self, trait, coordinator, now):
        role = MembershipFactory(**{trait: True})

        actions.end_role(membership=role, by=coordinator, now=now)

        assert roles_of(role.user) == set()

    def test_the_last_coordinator_stays(self, coordinator, now):
        other = MembershipFactory(coordinator=True)
        actions.end_role(membership=other, by=coordinator, now=now)

        with pytest.raises(actions.UnableToName, match="Invite another one first"):
            actions.end_role(membership=Membership.objects.get(user=coordinator), by=coordinator, now=now)

        assert roles_of(coordinator) == {Role.COORDINATOR}

    @pytest.mark.parametrize("who", ["staff_member", "core_member", "officer", "stranger", "superuser"])
    def test_others_end_nothing(self, request, who, school, now):
        role = MembershipFactory(core_team=True, school=school)

        with pytest.raises(PermissionDenied):
            actions.end_role(membership=role, by=request.getfixturevalue(who), now=now)

        assert Membership.objects.current().filter(pk=role.pk).exists()


class TestChangeRole:
    def test_ends_one_and_gives_another(self, school, head, staff_member, now):
        role = Membership.objects.get(user=staff_member)

        given = actions.change_role(membership=role, role=Role.ACTING_HEAD, by=head, now=now)

        role.refresh_from_db()
        assert (role.ended, given.started, given.started_by) == (now, now, head)
        assert roles_of(staff_member) == {Role.ACTING_HEAD}

    @pytest.mark.parametrize("role", [Role.HEAD, Role.OFFICER, Role.COORDINATOR])
    def test_gives_nothing_beyond_the_school(self, role, head, staff_member, now):
        with pytest.raises(actions.UnableToName):
            actions.change_role(membership=Membership.objects.get(user=staff_member), role=role, by=head, now=now)

        assert roles_of(staff_member) == {Role.STAFF}

    def test_of_another_school_is_refused_and_ends_nothing(self, stranger, staff_member, now):
        with pytest.raises(PermissionDenied):
            actions.change_role(
                membership=Membership.objects.get(user=staff_member), role=Role.CORE_TEAM, by=stranger, now=now
            )

        assert roles_of(staff_member) == {Role.STAFF}


class TestHandOver:
    def test_the_colleague_leads_and_the_leaver_is_out(self, school, head, staff_member, now):
        actions.hand_over(school=school, to=staff_member, by=head, now=now)

        assert roles_of(head) == set()
        assert can(staff_member, Permission.SUBMIT_AUDIT, school)
        assert not can(head, Permission.SEE_SCHOOL, school)

    def test_roles_at_another_school_stay(self, school, head, staff_member, now):
        other = MembershipFactory(head=True, user=head).school

        actions.hand_over(school=school, to=staff_member, by=head, now=now)

        assert can(head, Permission.SUBMIT_AUDIT, other)

    @pytest.mark.parametrize("who", ["stranger", "head"])
    def test_to_somebody_who_is_not_a_colleague_is_refused_and_changes_nothing(self, request, who, school, head, now):
        with pytest.raises(actions.UnableToName):
            actions.hand_over(school=school, to=request.getfixturevalue(who), by=head, now=now)

        assert roles_of(head) == {Role.HEAD}

    @pytest.mark.parametrize("who", ["core_member", "staff_member", "officer", "coordinator", "stranger"])
    def test_others_hand_over_nothing(self, request, who, school, head, acting_head, now):
        with pytest.raises(PermissionDenied):
            actions.hand_over(school=school, to=acting_head, by=request.getfixturevalue(who), now=now)


class TestGiveSchoolsTo:
    def test_all_localities_move_in_one_step_with_history(self, officer, locality, school, coordinator, now):
        second = MembershipFactory(officer=True, user=officer).locality
        to = MembershipFactory(officer=True).user

        given = actions.give_schools_to(officer=officer, to=to, by=coordinator, now=now)

        assert {role.locality for role in given} == {locality, second}
        assert not School.objects.visible_to(officer).exists()
        assert can(to, Permission.REVIEW_AUDIT, school)
        ended = Membership.objects.filter(user=officer, ended=now, ended_by=coordinator)
        assert ended.count() == 2

    def test_somebody_without_schools_has_none_to_give(self, officer, coordinator, head, now):
        with pytest.raises(actions.UnableToName, match="supports no schools"):
            actions.give_schools_to(officer=head, to=officer, by=coordinator, now=now)

    def test_to_oneself_is_refused(self, officer, coordinator, now):
        with pytest.raises(actions.UnableToName):
            actions.give_schools_to(officer=officer, to=officer, by=coordinator, now=now)

        assert roles_of(officer) == {Role.OFFICER}

    @pytest.mark.parametrize("who", ["head", "officer", "stranger", "superuser"])
    def test_others_give_nothing(self, request, who, officer, now):
        to = MembershipFactory(officer=True).user

        with pytest.raises(PermissionDenied):
            actions.give_schools_to(officer=officer, to=to, by=request.getfixturevalue(who), now=now)

        assert roles_of(officer) == {Role.OFFICER}


class TestAssign:
    def test_moves_schools_and_leaves_what_is_not_named(self, coordinator, locality):
        school = SchoolFactory()
        before, cluster = school.locality, ClusterFactory()

        assert actions.assign(schools=[school], cluster=cluster, by=coordinator) == 1
        school.refresh_from_db()
        assert (school.locality, school.cluster) == (before, cluster)

        actions.assign(schools=[school], locality=locality, no_cluster=True, by=coordinator)
        school.refresh_from_db()
        assert (school.locality, school.cluster) == (locality, None)

    def test_moving_takes_effect_for_the_officer_at_once(self, coordinator, officer, locality):
        school = SchoolFactory()
        assert not can(officer, Permission.REVIEW_AUDIT, school)

        actions.assign(schools=[school], locality=locality, by=coordinator)

        assert can(officer, Permission.REVIEW_AUDIT, school)

    @pytest.mark.parametrize("who", ["head", "officer", "staff_member", "superuser"])
    def test_others_move_nothing(self, request, who, school, locality):
        with pytest.raises(PermissionDenied):
            actions.assign(schools=[school], no_locality=True, by=request.getfixturevalue(who))

        school.refresh_from_db()
        assert school.locality == locality

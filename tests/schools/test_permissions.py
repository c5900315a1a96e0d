import pytest
from django.core.exceptions import PermissionDenied

from schools.permissions import GRANTS, ROLE_NAMES, SCOPE, Permission, Role, can, require, roles_with, schools_where
from tests.factories import MembershipFactory


def test_every_role_has_a_name_a_scope_and_grants():
    assert set(ROLE_NAMES) == set(SCOPE) == set(GRANTS) == set(Role)


def test_every_permission_is_carried_by_some_role():
    assert all(roles_with(permission) for permission in Permission)


def test_require_lets_those_pass_who_may(head, school):
    assert require(head, Permission.SUBMIT_AUDIT, school) is None


def test_require_tells_others_what_to_do(staff_member, school):
    with pytest.raises(PermissionDenied, match="Ask the head teacher"):
        require(staff_member, Permission.SUBMIT_AUDIT, school)


def test_a_role_at_one_school_opens_no_other(stranger, school):
    assert not any(can(stranger, permission, school) for permission in Permission)


def test_a_superuser_may_no_more_than_others(superuser, school):
    assert not any(can(superuser, permission, school) for permission in Permission)


def test_nobody_may_nothing(nobody, school):
    assert not any(can(nobody, permission, school) for permission in Permission)


def test_two_roles_add_up(school, locality, core_member):
    assert not can(core_member, Permission.SEE_SUBMITTED_AUDIT, school)

    MembershipFactory(officer=True, locality=locality, user=core_member)

    assert can(core_member, Permission.SEE_SUBMITTED_AUDIT, school)
    assert can(core_member, Permission.ANSWER_AUDIT, school)


def test_schools_where_lists_what_can_says(officer, school, stranger):
    assert list(schools_where(officer, Permission.REVIEW_AUDIT)) == [school]
    assert not schools_where(officer, Permission.ANSWER_AUDIT).exists()

"""Who may do what at a school, written out. It is not read from the product: a change there must be made here too."""

import pytest

from schools.permissions import Permission, Role, can, schools_where
from tests.factories import TieFactory

MATRIX = """
                     head  acting_head  core_team  staff  officer  school_officer  coordinator  superuser  nobody
see_school           yes   yes          yes        yes    yes      yes             yes          -          -
see_draft_audit      yes   yes          yes        -      -        -               -            -          -
see_submitted_audit  -     -            -          -      yes      yes             yes          -          -
start_audit          yes   yes          -          -      -        -               -            -          -
answer_audit         yes   yes          yes        -      -        -               -            -          -
submit_audit         yes   yes          -          -      -        -               -            -          -
name_team            yes   yes          -          -      -        -               -            -          -
review_audit         -     -            -          -      yes      yes             -            -          -
settle_difference    -     -            -          -      -        -               yes          -          -
see_plan             yes   yes          yes        -      yes      yes             yes          -          -
work_on_plan         yes   yes          yes        -      yes      yes             -            -          -
see_locality         -     -            -          -      yes      -               yes          -          -
nudge_school         -     -            -          -      yes      yes             yes          -          -
export_school        yes   yes          -          -      -        -               -            -          -
write_reflection     yes   yes          yes        yes    -        -               -            -          -
see_learning         yes   yes          yes        -      yes      -               yes          -          -
see_participation    yes   yes          yes        -      yes      -               yes          -          -
agree_example        yes   yes          -          -      yes      -               -            -          -
publish_example      -     -            -          -      -        -               yes          -          -
break_glass          -     -            -          -      yes      -               yes          -          -
run_programme        -     -            -          -      -        -               yes          -          -
"""
FIXTURES = {"core_team": "core_member", "staff": "staff_member"}
# What somebody may not do at a school that they are too close to, whatever their role there.
TOO_CLOSE = {"review_audit"}
EVERYWHERE = {"coordinator"}  # the only role that reaches beyond its school or locality

WHO, *ROWS = [line.split() for line in MATRIX.strip().splitlines()]
CELLS = [(row[0], who, cell == "yes") for row in ROWS for who, cell in zip(WHO, row[1:], strict=True)]


@pytest.mark.parametrize(("permission", "who", "may"), CELLS)
def test_at_the_own_school(request, school, permission, who, may):
    user = request.getfixturevalue(FIXTURES.get(who, who))

    assert can(user, Permission(permission), school) is may
    assert schools_where(user, Permission(permission)).filter(pk=school.pk).exists() is may


@pytest.mark.parametrize(("permission", "who", "may"), CELLS)
def test_at_a_school_of_another_locality(request, stranger, permission, who, may):
    elsewhere = stranger.memberships.get().school
    user = request.getfixturevalue(FIXTURES.get(who, who))

    assert can(user, Permission(permission), elsewhere) is (may and who in EVERYWHERE)


@pytest.mark.parametrize(
    ("permission", "who", "may"), [cell for cell in CELLS if cell[1] not in {"superuser", "nobody"}]
)
def test_at_a_school_that_is_too_close(request, school, permission, who, may):
    user = request.getfixturevalue(FIXTURES.get(who, who))
    TieFactory(user=user, school=school)

    assert can(user, Permission(permission), school) is (may and permission not in TOO_CLOSE)


def test_the_table_is_whole():
    assert {row[0] for row in ROWS} == set(Permission)
    assert set(WHO) == {*Role, "superuser", "nobody"}

import pytest

from support.overview import reading
from tests.factories import MembershipFactory, SchoolFactory


@pytest.fixture
def rows(session_2026, officer, locality, today):
    """The locality's rows as its officer sees them, by the school's name."""

    def read(user=officer):
        place = reading.place(slug=locality.slug, user=user, today=today)
        return {row.name: row for row in reading.rows(of=place)}

    return read


@pytest.fixture
def another(locality):
    """Another school of the locality, with a head teacher."""

    def make(name, **more):
        school = SchoolFactory(name=name, locality=locality, **more)
        MembershipFactory(head=True, school=school)
        return school

    return make

"""Objects for tests, each made as the product makes it, so that none is impossible.

A trait names what an object is: `MembershipFactory(head=True, school=school)`, or `officer=True, over=True` for a
person who was an officer once.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from accounts.actions import create_user
from accounts.models import User
from schools.models import Cluster, Import, Invitation, Locality, Membership, NonTeachingDay, School, Session, Term, Tie
from schools.permissions import SCOPE, Role, Scope
from wizards.models import HeldPost, WizardRecord

PASSWORD = "three odd words together"
LONG_AGO = datetime(2020, 8, 12, 9, 0, tzinfo=UTC)


# --- accounts ---------------------------------------------------------------------------------------------------------
class UserFactory(DjangoModelFactory):
    """A person who can sign in with PASSWORD. `password=None`: somebody invited who has not set one yet."""

    class Meta:
        model = User

    first_name = factory.Sequence(lambda n: f"Sam{n}")
    last_name = "Sample"
    email = factory.LazyAttribute(lambda user: f"{user.first_name}.{user.last_name}@school.example".lower())
    password = PASSWORD

    @classmethod
    def _create(
        cls, model_class: type[User], *, email: str, first_name: str, last_name: str, password: str | None, **more: Any
    ) -> User:
        user = create_user(email=email, first_name=first_name, last_name=last_name, password=password)
        for name, value in more.items():
            setattr(user, name, value)
        if more:
            user.save(update_fields=list(more))
        return user


# --- schools ----------------------------------------------------------------------------------------------------------
class LocalityFactory(DjangoModelFactory):
    class Meta:
        model = Locality

    name = factory.Sequence(lambda n: f"Locality {n}")
    slug = factory.LazyAttribute(lambda locality: slugify(locality.name))


class ClusterFactory(DjangoModelFactory):
    class Meta:
        model = Cluster

    name = factory.Sequence(lambda n: f"Cluster {n}")
    slug = factory.LazyAttribute(lambda cluster: slugify(cluster.name))


class ImportFactory(DjangoModelFactory):
    class Meta:
        model = Import

    kind = Import.Kind.SCHOOLS
    file_name = "schools.xlsx"
    sha256 = "0" * 64
    uploaded_at = LONG_AGO


class SchoolFactory(DjangoModelFactory):
    """A primary school. Seed codes that begin with 99 belong to no real school."""

    class Meta:
        model = School

    seed_code = factory.Sequence(lambda n: f"99{n:05d}")
    name = factory.Sequence(lambda n: f"School {n}")
    local_authority = "Sample Council"
    has_primary = True
    locality = factory.SubFactory(LocalityFactory)


class MembershipFactory(DjangoModelFactory):
    """A role with the target that it needs: a member of staff of some school, unless a trait says otherwise."""

    class Meta:
        model = Membership

    class Params:
        head = factory.Trait(role=Role.HEAD)
        acting_head = factory.Trait(role=Role.ACTING_HEAD)
        core_team = factory.Trait(role=Role.CORE_TEAM)
        staff = factory.Trait(role=Role.STAFF)
        officer = factory.Trait(role=Role.OFFICER)
        school_officer = factory.Trait(role=Role.SCHOOL_OFFICER)
        coordinator = factory.Trait(role=Role.COORDINATOR)
        over = factory.Trait(
            ended=factory.LazyAttribute(lambda role: role.started + timedelta(days=365)),
            ended_by=factory.SelfAttribute("user"),
        )
        for_school = factory.LazyAttribute(lambda role: role.scope == Scope.SCHOOL)
        for_locality = factory.LazyAttribute(lambda role: role.scope == Scope.LOCALITY)

    user = factory.SubFactory(UserFactory)
    role = Role.STAFF
    scope = factory.LazyAttribute(lambda role: SCOPE[role.role])
    school = factory.Maybe("for_school", factory.SubFactory(SchoolFactory))
    locality = factory.Maybe("for_locality", factory.SubFactory(LocalityFactory))
    started = LONG_AGO


class TieFactory(DjangoModelFactory):
    """Somebody who works at a school, as they have declared it."""

    class Meta:
        model = Tie

    user = factory.SubFactory(UserFactory)
    school = factory.SubFactory(SchoolFactory)
    kind = Tie.Kind.WORKED
    declared_at = LONG_AGO


class InvitationFactory(DjangoModelFactory):
    """An invitation to be staff of some school, waiting for seven days from LONG_AGO."""

    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"invited{n}@school.example")
    role = Role.STAFF
    scope = Scope.SCHOOL
    school = factory.SubFactory(SchoolFactory)
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    invited_at = LONG_AGO
    invited_by = factory.SubFactory(UserFactory)
    expires_at = LONG_AGO + timedelta(days=7)


class SessionFactory(DjangoModelFactory):
    """A school year from August to June: `SessionFactory(year=2026)` is 2026/27."""

    class Meta:
        model = Session

    class Params:
        year = factory.Sequence(lambda n: 2100 + n)

    label = factory.LazyAttribute(lambda session: f"{session.year}/{(session.year + 1) % 100:02d}")
    starts = factory.LazyAttribute(lambda session: date(session.year, 8, 12))
    ends = factory.LazyAttribute(lambda session: date(session.year + 1, 6, 25))


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    session = factory.SubFactory(SessionFactory)
    order = factory.Sequence(lambda n: n + 1)
    name = factory.LazyAttribute(lambda term: f"Term {term.order}")
    starts = factory.LazyAttribute(lambda term: term.session.starts)
    ends = factory.LazyAttribute(lambda term: term.starts + timedelta(days=60))


class NonTeachingDayFactory(DjangoModelFactory):
    class Meta:
        model = NonTeachingDay

    session = factory.SubFactory(SessionFactory)
    date = factory.LazyAttribute(lambda day: day.session.starts + timedelta(days=30))
    kind = NonTeachingDay.Kind.HOLIDAY


# --- wizards ----------------------------------------------------------------------------------------------------------
class WizardRecordFactory(DjangoModelFactory):
    class Meta:
        model = WizardRecord

    prefix = factory.Sequence(lambda n: f"sample-{n}")
    owner = factory.SubFactory(UserFactory)
    updated_at = LONG_AGO


class HeldPostFactory(DjangoModelFactory):
    class Meta:
        model = HeldPost

    key_hash = factory.Sequence(lambda n: f"{n:064x}")
    user = factory.SubFactory(UserFactory)
    path = "/audits/1/"
    body = b"encrypted"
    expires_at = LONG_AGO

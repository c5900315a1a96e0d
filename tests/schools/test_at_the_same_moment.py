"""People who give, take and end roles at the same moment, each with a connection of their own."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from schools import actions
from schools.models import Import, Invitation, Membership
from schools.permissions import Role, may_run_programme
from tests.at_once import db, overlapping, racing  # noqa: F401 - a fixture
from tests.factories import ImportFactory, LocalityFactory, MembershipFactory, SchoolFactory

pytestmark = pytest.mark.usefixtures("db")

NEWCOMER = "ishbel.grant@school.example"
ROUNDS = 10


def coordinators():
    return Membership.objects.current().filter(role=Role.COORDINATOR)


def afresh(user):
    """The same person as the next request finds them, with nothing looked up yet."""
    return User.objects.get(pk=user.pk)


class TestCoordinatorsWhoEndEachOthersRole:
    @pytest.fixture
    def both(self):
        return [MembershipFactory(coordinator=True) for _each in range(2)]

    def ending(self, role, by):
        return lambda: actions.end_role(membership=role, by=by, now=role.started + timedelta(days=1))

    def test_one_stays_although_both_were_let_in(self, both):
        people = [afresh(role.user) for role in both]
        assert all(may_run_programme(person) for person in people)

        first, second = overlapping(self.ending(both[1], by=people[0]), self.ending(both[0], by=people[1]))

        assert first is None
        assert isinstance(second, PermissionDenied | actions.UnableToName)
        assert coordinators().get() == both[0]

    def test_nobody_waits_for_ever_and_one_stays_however_often(self, both):
        for _round in range(ROUNDS):
            came = racing(
                self.ending(both[1], by=afresh(both[0].user)),
                self.ending(both[0], by=afresh(both[1].user)),
            )

            assert sorted(isinstance(each, PermissionDenied | actions.UnableToName) for each in came) == [False, True]
            assert coordinators().count() == 1
            Membership.objects.update(ended=None, ended_by=None)

    def test_two_who_close_their_accounts_leave_one(self, both, now):
        closing = [lambda role=role: actions.end_all_roles(user=role.user, now=now) for role in both]

        first, second = overlapping(*closing)

        assert first == [both[0]]
        assert isinstance(second, actions.UnableToName)
        assert coordinators().get() == both[1]


class TestInvitations:
    @pytest.fixture(params=[Role.STAFF, Role.OFFICER, Role.COORDINATOR])
    def inviting(self, request, now):
        """Two who may invite to this role, each about to: a link from each."""
        school = SchoolFactory()
        locality = school.locality or LocalityFactory()
        trait = {"head": True, "school": school} if request.param == Role.STAFF else {"coordinator": True}
        people = [MembershipFactory(**trait).user for _each in range(2)]

        def about_to(person):
            return lambda: actions.invite(
                email=NEWCOMER,
                role=request.param,
                school=school,
                locality=locality,
                by=person,
                now=now,
                address_of=lambda token: f"https://pathway.example/invitations/{token}/",
            )

        return [about_to(person) for person in people]

    def test_to_one_person_leave_one_link_that_works(self, inviting):
        first, second = overlapping(*inviting)

        assert Invitation.objects.unanswered().get() == second
        assert Invitation.objects.exclude(withdrawn_at=None).get() == first
        assert len(mail.outbox) == 2

    def test_leave_one_link_however_often(self, inviting):
        for _round in range(ROUNDS):
            came = racing(*inviting)

            assert Invitation.objects.unanswered().get() in came

    def test_one_link_used_twice_gives_one_role(self, inviting, now):
        inviting[0]()
        token = re.search(r"/invitations/(\S+)/", mail.outbox[-1].body)[1]

        def accepting(first_name):
            return lambda: actions.accept(
                token=token, now=now, first_name=first_name, last_name="Grant", password="kettle lantern harbour"
            )

        first, second = overlapping(accepting("Ishbel"), accepting("Somebody"))

        assert Membership.objects.current().get(user__email=NEWCOMER).user == first
        assert isinstance(second, actions.UnableToInvite)
        assert first.first_name == "Ishbel"


def test_one_role_given_twice_is_one_role(now):
    user, school = MembershipFactory(staff=True).user, SchoolFactory()
    giving = lambda: actions.give_role(user=user, role=Role.STAFF, school=school, by=None, now=now)  # noqa: E731

    first, second = overlapping(giving, giving)

    assert first == second == Membership.objects.get(user=user, school=school)


def test_one_import_applied_twice_is_applied_once(now):
    by, waiting = MembershipFactory(coordinator=True).user, ImportFactory()
    applying = [
        lambda after=after: actions.apply_import(import_=waiting, by=by, now=now + timedelta(seconds=after))
        for after in range(2)
    ]

    overlapping(*applying)

    assert Import.objects.get().applied_at == now


def test_of_two_links_that_waited_before_this_rule_the_newest_goes_on_working(now):
    """What was saved while two people could invite to the same role at once."""

    def migrate(to):
        executor = MigrationExecutor(connection)
        return executor.migrate([("schools", to)]).apps.get_model("schools", "Invitation")

    old = migrate("0002_people_places_and_imports")
    offer = {"email": NEWCOMER, "role": "coordinator", "scope": "partnership", "expires_at": now + timedelta(days=7)}
    by = MembershipFactory(coordinator=True).user.pk
    for number in range(3):
        at = now + timedelta(minutes=number)
        old.objects.create(**offer, invited_by_id=by, invited_at=at, token_hash=f"{number:064}")

    migrate("0003_one_waiting_invitation")

    assert list(Invitation.objects.order_by("pk").values_list("withdrawn_at", flat=True)) == [
        now + timedelta(minutes=1),
        now + timedelta(minutes=2),
        None,
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.update(withdrawn_at=None)

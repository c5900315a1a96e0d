import hashlib
import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from schools import actions
from schools.models import Invitation, Membership
from schools.permissions import Role
from tests.factories import PASSWORD, LocalityFactory, MembershipFactory, SchoolFactory

NEWCOMER = "eilidh.ross@school.example"
THREE_WORDS = "kettle lantern harbour"


def address_of(token):
    return f"https://pathway.example/invitations/{token}/"


@pytest.fixture
def invite(school, head, now, django_capture_on_commit_callbacks):
    """Invite somebody and give back the token of the mail: `invite(email=…, role=…, by=…)`."""

    def invited(**changed):
        given = {"email": NEWCOMER, "role": Role.STAFF, "school": school, "by": head, "now": now, **changed}
        with django_capture_on_commit_callbacks(execute=True):
            invitation = actions.invite(address_of=address_of, **given)
        token = re.search(r"/invitations/(\S+)/", mail.outbox[-1].body)[1]
        return invitation, token

    return invited


def roles_of(user):
    return {role.role for role in Membership.objects.current().filter(user=user)}


class TestInvite:
    def test_a_mail_goes_out_with_the_link_and_says_who_invites_to_what(self, invite, school, head):
        invite()

        message = mail.outbox[-1]
        assert message.to == [NEWCOMER]
        assert str(head) in message.body
        assert school.name in message.body
        assert "Staff" in message.body

    def test_the_database_holds_no_token(self, invite):
        invitation, token = invite()

        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM schools_invitation")
            assert token not in str(cursor.fetchall())
        assert invitation.token_hash == hashlib.sha256(token.encode()).hexdigest()

    def test_lasts_seven_days(self, invite, now):
        invitation, token = invite()

        assert invitation.expires_at == now + timedelta(days=7)
        assert actions.find(token=token, now=now + timedelta(days=7, seconds=-1)) == invitation
        with pytest.raises(actions.UnableToInvite, match="has run out"):
            actions.find(token=token, now=now + timedelta(days=7))

    @pytest.mark.parametrize("role", [Role.STAFF, Role.CORE_TEAM, Role.ACTING_HEAD])
    @pytest.mark.parametrize("who", ["head", "acting_head"])
    def test_heads_invite_staff(self, request, invite, role, who):
        invitation, _token = invite(role=role, by=request.getfixturevalue(who))

        assert invitation.role == role

    @pytest.mark.parametrize("who", ["stranger", "staff_member", "core_member", "officer", "coordinator", "superuser"])
    def test_others_invite_no_staff(self, request, invite, who):
        with pytest.raises(PermissionDenied):
            invite(by=request.getfixturevalue(who))
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize("role", [Role.HEAD, Role.OFFICER, Role.COORDINATOR])
    def test_only_the_coordinator_invites_leaders(self, invite, role, head, officer, coordinator, locality):
        for who in (head, officer):
            with pytest.raises(PermissionDenied):
                invite(role=role, by=who, locality=locality)

        assert invite(role=role, by=coordinator, locality=locality)[0].role == role

    @pytest.mark.parametrize("role", [Role.HEAD, Role.OFFICER])
    def test_asks_for_the_place(self, invite, role, coordinator):
        with pytest.raises(actions.UnableToInvite, match="Choose the"):
            invite(role=role, by=coordinator, school=None)

    def test_somebody_who_has_the_role_is_not_invited_to_it(self, invite, staff_member):
        with pytest.raises(actions.UnableToInvite, match="has this role already"):
            invite(email=staff_member.email.upper())

    def test_a_new_link_takes_the_place_of_the_old(self, invite, now):
        _first, old = invite()
        second, new = invite()

        assert actions.find(token=new, now=now) == second
        with pytest.raises(actions.UnableToInvite, match="replaced or withdrawn"):
            actions.find(token=old, now=now)

    def test_a_mail_server_that_does_not_answer_loses_nothing(self, invite, caplog, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
        mail.outbox.append(mail.EmailMessage(body="/invitations/none/"))

        invitation, _token = invite()

        assert Invitation.objects.get() == invitation
        assert "could not be sent" in caplog.text
        assert NEWCOMER not in caplog.text.partition("Traceback")[0]


class TestAccept:
    def test_a_new_person_has_an_account_and_the_role(self, invite, now, head, school):
        _invitation, token = invite()

        person = actions.accept(token=token, now=now, first_name="Eilidh", last_name="Ross", password=THREE_WORDS)

        assert (person.email, str(person)) == (NEWCOMER, "Eilidh Ross")
        assert person.check_password(THREE_WORDS)
        role = Membership.objects.get(user=person)
        assert (role.school, role.role, role.started_by) == (school, Role.STAFF, head)

    def test_works_once(self, invite, now):
        _invitation, token = invite()
        actions.accept(token=token, now=now, first_name="Eilidh", last_name="Ross", password=THREE_WORDS)

        with pytest.raises(actions.UnableToInvite, match="has been used"):
            actions.accept(token=token, now=now, first_name="Eve", last_name="Other", password=THREE_WORDS)

        assert User.objects.filter(email=NEWCOMER).count() == 1

    def test_a_known_person_signs_in_first_and_then_has_both_roles(self, invite, now, stranger):
        _invitation, token = invite(email=stranger.email)
        with pytest.raises(actions.UnableToInvite, match="Sign in"):
            actions.accept(token=token, now=now, first_name="X", last_name="Y", password=THREE_WORDS)

        assert actions.accept(token=token, now=now, user=stranger) == stranger

        assert roles_of(stranger) == {Role.HEAD, Role.STAFF}

    def test_nobody_takes_somebody_elses(self, invite, now, stranger):
        _invitation, token = invite()

        with pytest.raises(actions.UnableToInvite, match="somebody else"):
            actions.accept(token=token, now=now, user=stranger)

    def test_a_withdrawn_one_opens_nothing(self, invite, now, head):
        invitation, token = invite()
        actions.withdraw_invitation(invitation=invitation, by=head, now=now)

        with pytest.raises(actions.UnableToInvite, match="withdrawn"):
            actions.accept(token=token, now=now, first_name="X", last_name="Y", password=THREE_WORDS)

    def test_a_guess_opens_nothing(self, db, now):
        with pytest.raises(actions.UnableToInvite, match="do not know this link"):
            actions.find(token="a-guess", now=now)

    def test_an_accepted_one_is_not_withdrawn(self, invite, now, head):
        invitation, token = invite()
        actions.accept(token=token, now=now, first_name="Eilidh", last_name="Ross", password=THREE_WORDS)

        with pytest.raises(actions.UnableToInvite, match="has been accepted"):
            actions.withdraw_invitation(invitation=invitation, by=head, now=now)


class TestPages:
    def test_a_head_invites_a_colleague_who_then_signs_in(
        self, as_user, client, head, school, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            answer = as_user(head).post(
                reverse("school_invite", args=[school.pk]),
                {"email": NEWCOMER, "first_name": "Eilidh", "last_name": "Ross", "role": "core_team"},
                follow=True,
            )
        assert f"An invitation is on its way to {NEWCOMER}" in answer.text
        assert "Invited, not here yet" in answer.text
        link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]

        assert "Core team" in client.get(link).text
        filled = {"first_name": "Eilidh", "last_name": "Ross", "password1": THREE_WORDS, "password2": THREE_WORDS}
        home = client.post(link, filled, follow=True)

        assert home.redirect_chain == [("/home/", 302)]
        assert "Hello, Eilidh Ross" in home.text
        assert client.get(link).status_code == 410
        assert "has been used" in client.get(link).text

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"password2": "another lantern harbour"}, "The two new passwords differ"),
            ({"password1": "short", "password2": "short"}, "too short"),
            ({"first_name": ""}, "Enter your first name."),
        ],
    )
    def test_what_is_wrong_is_said_and_the_link_still_works(self, client, invite, changed, said):
        _invitation, token = invite(now=timezone.now())
        filled = {"first_name": "Eilidh", "last_name": "Ross", "password1": THREE_WORDS, "password2": THREE_WORDS}
        link = reverse("invitation", args=[token])

        assert said in client.post(link, {**filled, **changed}).text
        assert client.post(link, filled).url == "/home/"

    def test_a_head_elsewhere_finds_no_such_page(self, as_user, stranger, school):
        assert as_user(stranger).get(reverse("school_invite", args=[school.pk])).status_code == 404

    def test_an_invitation_of_another_school_is_not_found(self, as_user, stranger, invite):
        invitation, _token = invite()

        for name in ("invitation_withdraw", "invitation_send_again"):
            assert as_user(stranger).post(reverse(name, args=[invitation.pk])).status_code == 404

    def test_the_coordinator_invites_an_officer(self, as_user, coordinator, locality):
        page = as_user(coordinator)
        asked = {"email": NEWCOMER, "first_name": "Eilidh", "last_name": "Ross", "role": "officer"}

        assert "Choose the locality whose schools" in page.post(reverse("people"), asked).text
        answer = page.post(reverse("people"), {**asked, "locality": locality.pk}, follow=True)

        assert "An invitation is on its way" in answer.text
        assert Invitation.objects.get().locality == locality

    @pytest.mark.parametrize("name", ["people", "give_schools", "school_list"])
    @pytest.mark.parametrize("who", ["head", "officer", "staff_member", "superuser"])
    def test_only_the_coordinator_runs_the_programme(self, request, as_user, name, who):
        page = as_user(request.getfixturevalue(who))

        assert page.get(reverse(name)).status_code == 403
        assert page.post(reverse(name)).status_code == 403

    def test_somebody_with_an_account_is_asked_to_sign_in_and_comes_back(self, client, invite, stranger):
        _invitation, token = invite(email=stranger.email, now=timezone.now())
        link = reverse("invitation", args=[token])
        assert "Sign in to accept" in client.get(link).text
        answer = client.post("/accounts/login/?next=" + link, {"login": stranger.email, "password": PASSWORD})

        assert answer.url == link
        assert client.post(link, follow=True).redirect_chain == [("/home/", 302)]
        assert roles_of(stranger) == {Role.HEAD, Role.STAFF}


def test_schools_move_from_the_list(as_user, coordinator, locality):
    lost, kept = SchoolFactory(locality=None, name="Lost Primary"), SchoolFactory(name="Kept Primary")
    page = as_user(coordinator)

    listed = page.get("/schools/?locality=none").text
    assert "Lost Primary" in listed
    assert "Kept Primary" not in listed
    assert "1 has no locality yet" in listed
    answer = page.post("/schools/?locality=none", {"schools": [lost.pk], "locality": locality.slug}, follow=True)

    assert "1 school has moved." in answer.text
    assert "Every school has a locality." in answer.text
    lost.refresh_from_db()
    kept.refresh_from_db()
    assert lost.locality == locality != kept.locality


def test_an_officers_schools_are_given_to_another_on_one_page(as_user, coordinator, officer, school):
    to = MembershipFactory(officer=True).user

    answer = as_user(coordinator).post(reverse("give_schools"), {"officer": officer.pk, "to": to.pk}, follow=True)

    assert f"{to} supports the schools of {officer} from now on." in answer.text
    assert roles_of(officer) == set()
    assert roles_of(to) == {Role.OFFICER}


def test_no_school_moves_to_a_locality_that_is_over(as_user, coordinator, school):
    over = LocalityFactory(name="Old North", ends=date(2020, 6, 30))
    page = as_user(coordinator)

    answer = page.post("/schools/", {"schools": [school.pk], "locality": over.slug})

    assert answer.status_code == 200
    school.refresh_from_db()
    assert school.locality != over


def test_the_coordinator_tells_schools_of_the_same_name_apart(as_user, coordinator):
    SchoolFactory(name="St Somebody’s Primary School", local_authority="Sample Council", seed_code="9990001")
    SchoolFactory(name="St Somebody’s Primary School", local_authority="Other Council", seed_code="9990002")

    text = as_user(coordinator).get(reverse("people")).text

    assert "St Somebody’s Primary School, Sample Council, 9990001" in text
    assert "St Somebody’s Primary School, Other Council, 9990002" in text
    assert "(optional)" not in text

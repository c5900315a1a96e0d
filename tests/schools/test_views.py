import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from schools.models import Membership
from schools.permissions import Role
from tests.factories import MembershipFactory, SchoolFactory, UserFactory


@pytest.fixture
def team_page(school):
    return reverse("school_team", args=[school.pk])


def page_says(text, words):
    return words in " ".join(BeautifulSoup(text, "html.parser").get_text(" ").split())


def roles_of(user):
    return {role.role for role in Membership.objects.current().filter(user=user)}


class TestTeamPage:
    @pytest.mark.parametrize("who", ["head", "acting_head"])
    def test_head_and_acting_head_open_it(self, request, as_user, team_page, who):
        assert as_user(request.getfixturevalue(who)).get(team_page).status_code == 200

    @pytest.mark.parametrize("who", ["stranger", "staff_member", "core_member", "officer", "coordinator", "superuser"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_others_find_no_such_page(self, request, as_user, team_page, who, method):
        client = as_user(request.getfixturevalue(who))

        assert getattr(client, method)(team_page).status_code == 404

    def test_shows_everybodys_role_in_words(self, as_user, team_page, head, core_member, stranger):
        text = as_user(head).get(team_page).text

        assert page_says(text, f"{core_member} {core_member.email} Core team since")
        assert page_says(text, f"{head} (you) {head.email} Head teacher since")
        assert str(stranger) not in text

    def test_shows_each_person_once(self, as_user, team_page, head, core_member, school):
        MembershipFactory(staff=True, school=school, user=core_member)

        assert as_user(head).get(team_page).text.count(f"<strong>{core_member}</strong>") == 1

    def test_roles_that_are_over_are_not_shown(self, as_user, team_page, head, school):
        left = MembershipFactory(core_team=True, school=school, over=True).user

        assert str(left) not in as_user(head).get(team_page).text

    def test_only_roles_of_the_heads_gift_have_an_end_button(self, as_user, team_page, head, core_member, staff_member):
        text = as_user(head).get(team_page).text

        assert page_says(text, f"End : {core_member}, Core team")
        assert page_says(text, f"End : {staff_member}, Staff")
        assert not page_says(text, f"End : {head}")

    @pytest.mark.parametrize("role", [Role.CORE_TEAM, Role.ACTING_HEAD])
    def test_head_names_a_member_of_staff(self, as_user, team_page, head, staff_member, role):
        response = as_user(head).post(team_page, {"person": staff_member.pk, "role": role}, follow=True)

        assert response.redirect_chain == [(team_page, 302)]
        assert f"{staff_member} has joined the team." in response.text
        assert roles_of(staff_member) == {Role.STAFF, role}

    def test_acting_head_names_too(self, as_user, team_page, acting_head, staff_member):
        as_user(acting_head).post(team_page, {"person": staff_member.pk, "role": Role.CORE_TEAM})

        assert Role.CORE_TEAM in roles_of(staff_member)

    def test_offers_the_schools_own_people_once_each(self, as_user, team_page, school, head, staff_member, stranger):
        MembershipFactory(core_team=True, school=school, user=staff_member)
        MembershipFactory(staff=True, school=school, over=True)

        choices = as_user(head).get(team_page).context["form"].fields["person"].queryset

        assert sorted(user.pk for user in choices) == sorted([head.pk, staff_member.pk])

    def test_a_tampered_pk_names_nobody_of_another_school(self, as_user, team_page, head, stranger):
        response = as_user(head).post(team_page, {"person": stranger.pk, "role": Role.CORE_TEAM})

        assert response.status_code == 200
        assert "Choose somebody who works at your school." in response.text
        assert roles_of(stranger) == {Role.HEAD}

    @pytest.mark.parametrize("role", [Role.HEAD, Role.OFFICER, Role.COORDINATOR, "", "janitor"])
    def test_a_tampered_role_gives_nothing(self, as_user, team_page, head, staff_member, role):
        response = as_user(head).post(team_page, {"person": staff_member.pk, "role": role})

        assert response.status_code == 200
        assert roles_of(staff_member) == {Role.STAFF}

    def test_says_what_to_choose_when_nothing_is(self, as_user, team_page, head):
        assert "Choose a person from the list." in as_user(head).post(team_page, {}).text

    def test_somebody_who_left_between_page_and_post_is_refused_in_words(self, as_user, team_page, head, school):
        left = MembershipFactory(staff=True, school=school)
        client = as_user(head)
        client.get(team_page)
        Membership.objects.filter(pk=left.pk).update(ended=left.started)

        response = client.post(team_page, {"person": left.user.pk, "role": Role.CORE_TEAM})

        assert "Choose somebody who works at your school." in response.text
        assert roles_of(left.user) == set()

    def test_a_school_that_is_not_there_is_404(self, as_user, head):
        assert as_user(head).get(reverse("school_team", args=[999_999])).status_code == 404


class TestEndRole:
    @pytest.fixture
    def role(self, school):
        return MembershipFactory(core_team=True, school=school)

    @pytest.fixture
    def address(self, school, role):
        return reverse("school_end_role", args=[school.pk, role.pk])

    @pytest.mark.parametrize("who", ["head", "acting_head"])
    def test_head_and_acting_head_end_a_role(self, request, as_user, address, team_page, role, who):
        response = as_user(request.getfixturevalue(who)).post(address, follow=True)

        assert response.redirect_chain == [(team_page, 302)]
        assert f"{role.user} is no longer in this role." in response.text
        assert roles_of(role.user) == set()

    def test_the_page_asks_first(self, as_user, head, address, role, team_page):
        text = as_user(head).get(address).text

        assert "End this role?" in text
        assert str(role.user) in text
        assert "This is your own role." not in text
        assert f'href="{team_page}"' in text
        assert roles_of(role.user) == {Role.CORE_TEAM}

    def test_it_says_whose_role_it_is(self, as_user, acting_head, school):
        own = Membership.objects.get(user=acting_head)
        text = as_user(acting_head).get(reverse("school_end_role", args=[school.pk, own.pk])).text
        assert "This is your own role." in text

    def test_one_that_has_ended_is_not_asked_about(self, as_user, head, address, team_page):
        client = as_user(head)
        client.post(address)

        assert client.get(address).url == team_page
        assert client.post(address).url == team_page  # pressed twice

    def test_a_coordinator_who_ends_their_own_role_lands_at_home(self, as_user, coordinator):
        MembershipFactory(coordinator=True)
        own = Membership.objects.get(user=coordinator)
        assert as_user(coordinator).post(reverse("people_end_role", args=[own.pk])).url == reverse("home")

    @pytest.mark.parametrize("who", ["stranger", "staff_member", "core_member", "officer", "coordinator", "superuser"])
    def test_others_find_no_such_role(self, request, as_user, address, role, who):
        assert as_user(request.getfixturevalue(who)).post(address).status_code == 404
        assert roles_of(role.user) == {Role.CORE_TEAM}

    def test_another_schools_role_is_404_under_my_school(self, as_user, head, school):
        elsewhere = MembershipFactory(core_team=True, school=SchoolFactory(), user=UserFactory())

        response = as_user(head).post(reverse("school_end_role", args=[school.pk, elsewhere.pk]))

        assert response.status_code == 404
        assert roles_of(elsewhere.user) == {Role.CORE_TEAM}

    def test_the_heads_own_role_is_not_theirs_to_end(self, as_user, head, school):
        own = Membership.objects.get(user=head)

        response = as_user(head).post(reverse("school_end_role", args=[school.pk, own.pk]), follow=True)

        assert "ended by handing over" in response.text
        assert roles_of(head) == {Role.HEAD}

    def test_an_acting_head_may_end_their_own_acting(self, as_user, acting_head, school):
        own = Membership.objects.get(user=acting_head)

        as_user(acting_head).post(reverse("school_end_role", args=[school.pk, own.pk]))

        assert roles_of(acting_head) == set()

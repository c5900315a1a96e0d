from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from schools.models import Tie
from schools.permissions import Permission, can
from tests.factories import MembershipFactory, TieFactory

LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 11, 20)
TWO_YEARS_BEFORE = date(2024, 11, 20)


def says(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


class TestPages:
    def test_an_officer_declares_a_tie(self, as_user, school, officer):
        typed = {"school": school.pk, "kind": "relative_works_there", "until": ""}

        response = as_user(officer).post(reverse("ties"), typed, follow=True)

        assert "Another officer reviews Sample Primary School while this counts." in says(response)
        assert "Sample Primary School Work of a close relative there. It goes on." in says(response)
        assert "Schools that need another officer" not in says(response)
        assert not can(officer, Permission.REVIEW_AUDIT, school)

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("school", "", "Choose a school from the list."),
            ("school", "999999", "Choose a school from the list."),
            ("kind", "", "Choose what the tie is."),
            ("until", "soon", "Give the day, such as 24/11/2026."),
            ("until", "2999-01-01", "The last day has not come yet."),
        ],
    )
    def test_says_what_to_put_right(self, as_user, school, officer, field, value, sentence):
        typed = {"school": school.pk, "kind": "worked_there", "until": "", field: value}

        assert sentence in says(as_user(officer).post(reverse("ties"), typed))
        assert not Tie.objects.exists()

    def test_says_what_the_roles_say_already(self, as_user, school, officer):
        MembershipFactory(staff=True, school=school, user=officer)

        assert "What your roles here say already Sample Primary School" in says(as_user(officer).get(reverse("ties")))

    def test_the_last_day_is_given_later(self, as_user, school, officer):
        tie = TieFactory(user=officer, school=school)
        yesterday = timezone.localdate() - timedelta(days=1)

        response = as_user(officer).post(reverse("tie_end", args=[tie.pk]), {"until": yesterday}, follow=True)

        assert "The tie counts for two years after it." in says(response)
        assert Tie.objects.get().until == yesterday
        assert as_user(officer).get(reverse("tie_end", args=[tie.pk])).status_code == 404

    def test_a_day_to_come_is_refused(self, as_user, school, officer):
        tie = TieFactory(user=officer, school=school)

        response = as_user(officer).post(reverse("tie_end", args=[tie.pk]), {"until": "2999-01-01"})

        assert "The last day has not come yet." in says(response)

    def test_nobody_ends_somebody_elses(self, as_user, school, officer, coordinator):
        tie = TieFactory(user=officer, school=school)

        assert as_user(coordinator).get(reverse("tie_end", args=[tie.pk])).status_code == 404

    def test_what_counts_no_more_says_so(self, as_user, school, officer):
        TieFactory(user=officer, school=school, until=date(2020, 6, 26))

        assert "Until 26 June 2020. It counts no more." in says(as_user(officer).get(reverse("ties")))

    def test_the_coordinator_sees_all_and_takes_out_a_mistake(self, as_user, school, officer, coordinator):
        tie = TieFactory(user=officer, school=school)
        text = says(as_user(coordinator).get(reverse("ties")))
        assert f"Sample Primary School Too close: {officer} Nobody can review it now." in text

        response = as_user(coordinator).post(reverse("tie_withdraw", args=[tie.pk]), follow=True)

        assert "This counts no more." in says(response)
        assert "Nobody can review it now." not in says(response)

    def test_the_coordinators_own_is_another_coordinators(self, as_user, school, coordinator):
        tie = TieFactory(user=coordinator, school=school)

        response = as_user(coordinator).post(reverse("tie_withdraw", args=[tie.pk]), follow=True)

        assert "Ask another co-ordinator" in says(response)

    def test_the_coordinator_gives_the_school_to_somebody_else(self, as_user, school, officer, coordinator):
        TieFactory(user=officer, school=school)
        colleague = MembershipFactory(officer=True).user
        address = reverse("school_officer", args=[school.pk])
        refusal = as_user(coordinator).post(address, {"officer": officer.pk})
        assert "too close to Sample Primary School to review its audit. Choose another officer." in says(refusal)

        response = as_user(coordinator).post(address, {"officer": colleague.pk}, follow=True)

        assert f"{colleague} reviews Sample Primary School now." in says(response)
        assert f"Can review it: {colleague}" in says(response)
        assert f"{colleague} has it now, since" in says(as_user(coordinator).get(address))

    @pytest.mark.parametrize("who", ["head", "staff_member", "stranger", "superuser"])
    def test_others_are_not_asked(self, request, as_user, school, who):
        client = as_user(request.getfixturevalue(who))

        assert client.get(reverse("ties")).status_code == 403
        assert client.get(reverse("school_officer", args=[school.pk])).status_code == 403

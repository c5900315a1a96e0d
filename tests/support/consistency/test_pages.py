from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from support.models import Decision, Rating, Round
from tests.factories import MembershipFactory
from tests.support.consistency.factories import DecisionFactory, RatingFactory, RoundFactory

pytestmark = pytest.mark.django_db
CHOSEN = {"head-leads-in-person": "3", "calm-places": "2"}


def says(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def a_round(*, opened, days=14):
    """A round that opened so many days ago."""
    today = timezone.localdate()
    return RoundFactory(opens=today - timedelta(days=opened), closes=today - timedelta(days=opened - days))


@pytest.fixture
def open_round():
    return a_round(opened=3)


@pytest.fixture
def over():
    return a_round(opened=30)


@pytest.fixture
def vignette(open_round):
    return open_round.vignettes.get(order=1)


def rated(of, *levels, statement="calm-places"):
    """A rating of each level, by an officer each, in a round."""
    vignette = next(one for one in of.vignettes.all() if statement in one.statements)
    return [RatingFactory(vignette=vignette, level=level, statement=statement) for level in levels]


class TestRounds:
    def test_an_officer_sees_the_open_round_and_how_far_they_are(self, as_user, officer, open_round, vignette):
        RatingFactory(vignette=vignette, officer=officer)
        RatingFactory(vignette=vignette, statement="made-room")  # somebody else's

        text = says(as_user(officer).get(reverse("consistency")))

        assert "Glenmarra Primary School" in text
        assert "1 of 6 rated." in text
        assert "Plan a round" not in text

    def test_without_one(self, as_user, officer):
        assert "No round is open now." in says(as_user(officer).get(reverse("consistency")))

    def test_an_officer_is_not_told_of_rounds_to_come(self, as_user, officer, coordinator, over):
        a_round(opened=-20)
        lists = [as_user(user).get(reverse("consistency")).context["rounds"] for user in (officer, coordinator)]

        assert [len(rows) for rows in lists] == [1, 2]

    def test_the_coordinator_plans_one(self, as_user, coordinator, over):
        today = timezone.localdate()
        typed = {"opens": today + timedelta(days=7), "closes": today + timedelta(days=21)}

        response = as_user(coordinator).post(reverse("round_plan"), typed, follow=True)

        assert "Read its vignettes, and change them before it opens." in says(response)
        assert Round.objects.newest_first()[0].planned_by == coordinator

    @pytest.mark.parametrize(
        ("opens", "closes", "sentence"),
        [("", "2999-01-01", "Give the first day."), ("soon", "2999-01-01", "Give the day, such as"),
         ("2999-01-02", "2999-01-01", "opens before its last day")],
    )  # fmt: skip
    def test_planning_says_what_to_put_right(self, as_user, coordinator, over, opens, closes, sentence):
        response = as_user(coordinator).post(reverse("round_plan"), {"opens": opens, "closes": closes})

        assert sentence in says(response)

    def test_the_coordinator_moves_it(self, as_user, coordinator, open_round):
        address = reverse("round_dates", args=[open_round.pk])
        later = open_round.closes + timedelta(days=3)
        assert f'value="{open_round.closes}"' in as_user(coordinator).get(address).text

        as_user(coordinator).post(address, {"opens": open_round.opens, "closes": later})

        assert Round.objects.get().closes == later

    def test_a_round_that_is_over_is_not_moved(self, as_user, coordinator, over):
        typed = {"opens": over.opens, "closes": "2999-01-01"}

        response = as_user(coordinator).post(reverse("round_dates", args=[over.pk]), typed)

        assert "This round is over. Plan another one." in says(response)

    @pytest.mark.parametrize("who", ["head", "staff_member", "superuser"])
    def test_others_do_not_come_in(self, request, as_user, open_round, vignette, who):
        client = as_user(request.getfixturevalue(who))

        for name in ("consistency", "decisions", "decision_new", "round_plan"):
            assert client.get(reverse(name)).status_code == 403
        for name, pk in (("round", open_round.pk), ("vignette", vignette.pk), ("vignette_edit", vignette.pk)):
            assert client.get(reverse(name, args=[pk])).status_code == 404


class TestRating:
    def test_keeps_what_is_chosen_and_leads_back(self, as_user, officer, vignette):
        address = reverse("vignette", args=[vignette.pk])

        response = as_user(officer).post(address, CHOSEN, follow=True)

        assert response.redirect_chain == [(reverse("consistency"), 302)]
        assert "2 of 6 rated." in says(response)
        page = BeautifulSoup(as_user(officer).get(address).content, "html.parser")
        chosen = {box["name"]: box["value"] for box in page.find("main").find_all("input", checked=True)}
        assert chosen == CHOSEN

    def test_shows_the_text_and_every_level_in_words(self, as_user, officer, vignette):
        page = BeautifulSoup(as_user(officer).get(reverse("vignette", args=[vignette.pk])).content, "html.parser")

        main = page.find("main")
        assert "has 74 pupils in four classes" in main.text
        assert len(main.find_all("fieldset")) == 6
        labels = [label.text for label in main.find_all("label")]
        assert len(labels) == 24
        assert labels[0].startswith("Not yet")

    def test_nobody_sees_anybody_elses(self, as_user, officer, vignette):
        RatingFactory(vignette=vignette, level=4)

        page = BeautifulSoup(as_user(officer).get(reverse("vignette", args=[vignette.pk])).content, "html.parser")

        assert page.find("main").find("input", checked=True) is None

    def test_a_level_that_is_not_offered_is_refused(self, as_user, officer, vignette):
        response = as_user(officer).post(reverse("vignette", args=[vignette.pk]), {**CHOSEN, "calm-places": "9"})

        assert "Choose one of the levels shown." in says(response)
        assert not Rating.objects.exists()

    @pytest.mark.parametrize("opened", [-5, 30])
    def test_leads_to_the_round_when_it_is_not_open(self, as_user, officer, opened):
        of = a_round(opened=opened)
        address = reverse("vignette", args=[of.vignettes.get(order=1).pk])

        assert as_user(officer).get(address).url == reverse("round", args=[of.pk])
        assert "This round is not open." in says(as_user(officer).post(address, CHOSEN))
        assert not Rating.objects.exists()

    def test_the_coordinator_does_not_rate(self, as_user, coordinator, vignette):
        assert as_user(coordinator).get(reverse("vignette", args=[vignette.pk])).status_code == 403


class TestReport:
    def test_tells_the_agreement_theme_by_theme(self, as_user, officer, over):
        rated(over, 2, 2, 3, 4)

        text = says(as_user(officer).get(reverse("round", args=[over.pk])))

        assert "4 officers rated." in text
        assert "Begin your talk with “A safe base”: there, pairs gave the same level least often, 1 of 6 (17%)." in text
        assert "A safe base 6 1 of 6 (17%) 4 of 6 (67%) Not from fewer than 30 pairs" in text

    def test_tells_kappa_from_thirty_pairs_on(self, as_user, officer, over):
        for statement in ("calm-places", "welcome-and-predictability"):
            rated(over, 2, 2, 2, 3, 3, 4, statement=statement)

        text = says(as_user(officer).get(reverse("round", args=[over.pk])))

        # 28 levels apart over 30 pairs. By chance, with levels 2, 3 and 4 in shares of 3, 2 and 1 of 6, it is 7 in 9.
        assert "A safe base 30 8 of 30 (27%) 24 of 30 (80%) −0.20" in text

    def test_tells_the_agreement_on_everything_last(self, as_user, officer, over):
        rated(over, 2, 2, 3)
        rated(over, 2, 2, 3, statement="made-room")

        text = says(as_user(officer).get(reverse("round", args=[over.pk])))

        assert "All themes together 6 2 of 6 (33%) 6 of 6 (100%) Not from fewer than 30 pairs" in text

    def test_where_all_gave_one_level_kappa_says_nothing(self, as_user, officer, over):
        for statement in ("calm-places", "welcome-and-predictability"):
            rated(over, *[3] * 6, statement=statement)

        text = says(as_user(officer).get(reverse("round", args=[over.pk])))

        assert "A safe base 30 30 of 30 (100%) 30 of 30 (100%) Everybody gave one level" in text
        assert "Every two officers gave every statement the same level." in text

    def test_names_nobody(self, as_user, coordinator, over):
        ratings = rated(over, 1, 2, 3, 4)

        text = as_user(coordinator).get(reverse("round", args=[over.pk])).text

        assert not [one for one in ratings if str(one.officer) in text or one.officer.email in text]

    def test_of_two_officers_tells_nothing(self, as_user, officer, over):
        rated(over, 1, 4)

        text = says(as_user(officer).get(reverse("round", args=[over.pk])))

        assert "Too few officers rated for their agreement to be told." in text
        assert "0 of 1" not in text

    def test_of_nobody(self, as_user, officer, over):
        assert "0 officers rated." in says(as_user(officer).get(reverse("round", args=[over.pk])))

    @pytest.mark.parametrize("who", ["officer", "coordinator"])
    def test_is_not_there_while_the_round_is_open(self, request, as_user, open_round, who):
        rated(open_round, 2, 2, 3, 4)

        text = says(as_user(request.getfixturevalue(who)).get(reverse("round", args=[open_round.pk])))

        assert "How the officers agree is told when it is over." in text
        assert "officers rated" not in text
        assert "of 6 (" not in text

    def test_an_officer_reads_no_vignette_before_the_round(self, as_user, officer, coordinator):
        to_come = a_round(opened=-5)
        address = reverse("round", args=[to_come.pk])

        assert "Glenmarra" not in says(as_user(officer).get(address))
        assert "Glenmarra" in says(as_user(coordinator).get(address))


class TestWritingAVignette:
    def test_keeps_words_and_ticks(self, as_user, coordinator, vignette):
        address = reverse("vignette_edit", args=[vignette.pk])
        typed = {"title": "Hillend School", "text": "A school on a hill.", "safe-base": ["calm-places"]}

        response = as_user(coordinator).post(address, typed, follow=True)

        vignette.refresh_from_db()
        assert (vignette.title, vignette.statements) == ("Hillend School", ["calm-places"])
        assert "The vignette is saved." in says(response)

    def test_shows_what_is_there(self, as_user, coordinator, vignette):
        page = BeautifulSoup(
            as_user(coordinator).get(reverse("vignette_edit", args=[vignette.pk])).content, "html.parser"
        )

        ticked = {box["value"] for box in page.find("main").find_all("input", checked=True)}
        assert ticked == set(vignette.statements)

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"safe-base": []}, "Choose the statements"),
            ({"safe-base": ["made-room"]}, "Tick statements from the list."),
            ({"title": ""}, "Give the school a name."),
            ({"text": " "}, "Describe the school."),
            ({"text": "x" * 5001}, "too long"),
        ],
    )
    def test_says_what_to_put_right(self, as_user, coordinator, vignette, changed, sentence):
        typed = {"title": "Hillend", "text": "A school on a hill.", "safe-base": ["calm-places"], **changed}

        assert sentence in says(as_user(coordinator).post(reverse("vignette_edit", args=[vignette.pk]), typed))

    def test_what_is_rated_stays(self, as_user, coordinator, vignette):
        RatingFactory(vignette=vignette)
        typed = {"title": "Hillend", "text": "A school on a hill.", "safe-base": ["calm-places"]}

        response = as_user(coordinator).post(reverse("vignette_edit", args=[vignette.pk]), typed)

        assert "It stays as it is, so that all rate the same." in says(response)


class TestDecisions:
    def test_are_found_by_statement(self, as_user, officer, open_round):
        DecisionFactory()
        DecisionFactory(statement="made-room", ruling="Level 3: one piece of work was stopped.")

        text = says(as_user(officer).get(reverse("decisions") + "?statement=made-room"))

        assert "1 ruling." in text
        assert "one piece of work was stopped" in text
        assert "room that children may not choose" not in text

    @pytest.mark.parametrize(
        ("query", "found"),
        [("", 2), ("?words=stopped", 1), ("?words=calm+places", 1), ("?words=zebra", 0), ("?statement=nonsense", 2),
         ("?words=%00", 2), ("?page=99", 2)],
    )  # fmt: skip
    def test_are_found_by_words(self, as_user, officer, open_round, query, found):
        DecisionFactory()
        DecisionFactory(statement="made-room", ruling="Level 3: one piece of work was stopped.")

        response = as_user(officer).get(reverse("decisions") + query)

        assert response.context["page"].paginator.count == found

    def test_a_statement_that_is_gone_keeps_its_short_name(self, as_user, officer, open_round):
        DecisionFactory(statement="long-retired")

        assert "long-retired" in says(as_user(officer).get(reverse("decisions")))

    def test_are_empty_before_there_is_a_framework(self, as_user, officer):
        assert "0 rulings." in says(as_user(officer).get(reverse("decisions")))
        assert as_user(officer).get(reverse("decision_new")).status_code == 200

    def test_the_next_page(self, as_user, officer, open_round):
        for _number in range(21):
            DecisionFactory(by=officer)

        response = as_user(officer).get(reverse("decisions") + "?statement=calm-places")

        assert "Page 1 of 2" in says(response)
        assert "?statement=calm-places&amp;page=2" in response.text

    @pytest.mark.parametrize("who", ["officer", "coordinator"])
    def test_are_added_from_a_statement(self, request, as_user, open_round, who):
        client = as_user(request.getfixturevalue(who))
        address = reverse("decision_new") + "?statement=calm-places"
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert page.find("option", selected=True)["value"] == "calm-places"
        typed = {"statement": "calm-places", "situation": "One room.", "ruling": "Level 2."}

        response = client.post(address, typed, follow=True)

        assert response.redirect_chain == [("/decisions/?statement=calm-places", 302)]
        assert "The ruling is in the library." in says(response)
        assert Decision.objects.get().ruling == "Level 2."

    @pytest.mark.parametrize(
        ("field", "sentence"),
        [
            ("statement", "Choose the statement from the list."),
            ("situation", "Describe the situation."),
            ("ruling", "Say what you decided."),
        ],
    )
    def test_says_what_is_missing(self, as_user, officer, open_round, field, sentence):
        typed = {"statement": "calm-places", "situation": "One room.", "ruling": "Level 2.", field: ""}

        assert sentence in says(as_user(officer).post(reverse("decision_new"), typed))

    def test_every_field_says_that_it_could_be_released(self, as_user, officer, open_round):
        soup = BeautifulSoup(as_user(officer).get(reverse("decision_new")).content, "html.parser")

        assert soup.find("main").text.count("Write as if this could be released") == 3


def test_pages_do_not_ask_more_for_more_officers(as_user, officer, over, django_assert_max_num_queries):
    for _number in range(5):
        rated(over, 1, 2, 3, 4)
    MembershipFactory(officer=True)
    client = as_user(officer)

    with django_assert_max_num_queries(12):
        client.get(reverse("round", args=[over.pk]))

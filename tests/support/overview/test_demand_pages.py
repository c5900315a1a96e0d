"""The help that schools need against the places that there are: what is read, and the pages that show it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from readiness.domain.answers import Voice
from readiness.models import Framework, ThemeScore
from support import actions
from support.models import Capacity
from support.overview import demand
from tests.factories import LocalityFactory, MembershipFactory, SchoolFactory, TermFactory
from tests.readiness.factories import AuditFactory
from tests.support.factories import CapacityFactory, OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms(session_2026, today):
    return [
        TermFactory(
            session=session_2026, order=order, starts=today + timedelta(days=start), ends=today + timedelta(days=end)
        )
        for order, start, end in ((1, -90, 20), (2, 40, 120), (3, 140, 200))
    ]


@pytest.fixture
def needing(session_2026, locality, now):
    """Schools whose theme “A safe base” is targeted, by the order of their agreement and not of their names."""

    def make(*names, of=locality):
        for days, name in enumerate(names):
            school = SchoolFactory(name=name, locality=of)
            MembershipFactory(head=True, school=school)
            audit = AuditFactory(school=school, started_at=now - timedelta(days=50 - days), agreed=True, level=4)
            ThemeScore.objects.filter(audit=audit, theme="safe-base", voice=Voice.AGREED).update(tier="targeted")

    return make


@pytest.fixture
def offer(needing):
    """One offer for it. The framework is that of the audits, which are made first."""

    def make(**more):
        return OfferFactory(
            framework=Framework.objects.get(), theme="safe-base", tier="targeted", title="A walk", **more
        )

    return make


def found(demanded, offer):
    return next(one for theme in demanded.themes for one in theme.offers if one.offer == offer)


class TestReading:
    def test_counts_the_newest_submitted_audit_of_every_school(self, needing, offer, terms, locality, now, today):
        needing("Zion", "Ash")
        needing("Elsewhere", of=LocalityFactory())
        submitted = SchoolFactory(name="Birch", locality=locality)
        audit = AuditFactory(school=submitted, started_at=now, submitted=True)
        ThemeScore.objects.filter(audit=audit, theme="safe-base").update(tier="targeted")
        AuditFactory(school=SchoolFactory(locality=locality), started_at=now)  # a draft needs nothing yet
        walk = offer()

        line = found(demand.of_schools(None, today=today), walk).queue.line
        assert [need.name for need in line] == ["Zion", "Elsewhere", "Ash", "Birch"]

    def test_sets_it_against_the_places_of_this_term_and_the_next(self, needing, offer, terms, today):
        needing("Zion", "Ash", "Birch")
        walk = offer()
        CapacityFactory(offer=walk, term=terms[0], places=1)
        CapacityFactory(offer=walk, term=terms[1], places=5)
        CapacityFactory(offer=walk, term=terms[2], places=90)

        shown = demand.of_schools(None, today=today)
        queue = found(shown, walk).queue
        assert (queue.now.places, queue.now.short, queue.later.places, queue.later.short) == (1, 2, 5, 0)
        assert [one.offer for one in shown.short] == [walk]
        assert [(place, need.name) for place, need in found(shown, walk).own_waiting] == [(1, "Ash"), (2, "Birch")]

    def test_gives_a_reader_their_own_schools_with_their_place_in_the_line_of_all(
        self, needing, offer, terms, locality, today
    ):
        needing("Zion", "Ash", of=LocalityFactory())
        needing("Own")
        walk = offer()
        CapacityFactory(offer=walk, term=terms[0], places=0)

        one = found(demand.of_schools(locality.schools.all(), today=today), walk)
        assert [need.name for need in one.own] == ["Own"]
        assert [place for place, _need in one.own_waiting] == [2]
        assert one.queue.now.needed == 3

    def test_leaves_retired_offers_and_closed_schools_out(self, needing, offer, terms, locality, now, today):
        needing("Zion", "Ash")
        locality.schools.filter(name="Ash").update(closed=today)
        walk, retired = offer(), offer(retired_at=now)

        shown = demand.of_schools(None, today=today)
        assert found(shown, walk).queue.now.needed == 1
        assert retired not in [one.offer for theme in shown.themes for one in theme.offers]

    def test_between_two_terms_the_one_that_comes_is_this_term(self, terms, today):
        assert demand.terms(today) == (terms[0], terms[1])
        assert demand.terms(today + timedelta(days=30)) == (terms[1], terms[2])
        assert demand.terms(today + timedelta(days=190)) == (terms[2], None)
        assert demand.terms(today + timedelta(days=400)) == (None, None)

    def test_is_nothing_where_there_is_no_framework(self, today):
        assert demand.of_schools(None, today=today).themes == ()

    def test_asks_as_much_for_many_schools_as_for_one(
        self, needing, offer, terms, today, locality, django_assert_num_queries
    ):
        needing("Zion")
        offer()
        demand.of_schools(locality.schools.all(), today=today)
        with django_assert_num_queries(6):
            demand.of_schools(locality.schools.all(), today=today)
        needing("Ash", "Birch")
        with django_assert_num_queries(6):
            demand.of_schools(locality.schools.all(), today=today)


@pytest.fixture
def stand_at_today(monkeypatch, now, today):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: today)


class TestPages:
    @pytest.fixture(autouse=True)
    def _clock(self, stand_at_today):
        """The pages read the clock, so it stands still."""

    def test_of_a_locality_names_who_waits_in_order(self, as_user, officer, locality, needing, offer, terms):
        needing("Zion", "Ash")
        walk = offer()
        CapacityFactory(offer=walk, term=terms[0], places=1)

        soup = BeautifulSoup(as_user(officer).get(f"/locality/{locality.slug}/demand/").content, "html.parser")
        short = " ".join(soup.find("section", attrs={"aria-labelledby": "short"}).text.split())
        assert "2 schools of the partnership need it, and there is 1 place: 1 wait." in short
        assert "1 in line: Ash agreed 2 October 2026" in short
        row = soup.find("th", string="A walk").find_parent("tr")
        assert [cell.text for cell in row.find_all("td")] == ["Targeted", "2", "2", "1", "1", "–", "–"]

    def test_of_a_locality_names_nobody_elsewhere(self, as_user, officer, locality, needing, offer, terms):
        needing("Own school")
        needing("Somebody elsewhere", of=LocalityFactory())
        walk = offer()
        CapacityFactory(offer=walk, term=terms[0], places=1)

        text = as_user(officer).get(f"/locality/{locality.slug}/demand/").text
        assert "Somebody elsewhere" not in text
        assert "None of your schools waits for it." in text

    def test_of_the_partnership_names_everybody(self, as_user, coordinator, needing, offer, terms):
        needing("First", "Second", of=LocalityFactory())
        walk = offer()
        CapacityFactory(offer=walk, term=terms[0], places=0)

        text = " ".join(
            BeautifulSoup(as_user(coordinator).get("/partnership/demand/").content, "html.parser").text.split()
        )
        assert "1 in line: First" in text
        assert "2 in line: Second" in text

    def test_say_that_nothing_is_short(self, as_user, coordinator, needing, offer, terms):
        needing("First")
        offer()

        assert (
            "Nothing is short, as far as places have been entered."
            in as_user(coordinator).get("/partnership/demand/").text
        )


class TestPlaces:
    @pytest.fixture(autouse=True)
    def _clock(self, stand_at_today):
        """The pages read the clock, so it stands still."""

    @pytest.fixture
    def walk(self, needing, offer):
        needing("First")
        return offer()

    def test_are_entered_by_the_coordinator(self, as_user, coordinator, walk, terms):
        answer = as_user(coordinator).post("/partnership/places/", {f"offer-{walk.pk}": "12"}, follow=True)

        assert "The places are saved." in answer.text
        capacity = Capacity.objects.get()
        assert (capacity.offer, capacity.term, capacity.places, capacity.entered_by) == (
            walk,
            terms[0],
            12,
            coordinator,
        )

    def test_of_the_next_term_as_well(self, as_user, coordinator, walk, terms):
        as_user(coordinator).post(f"/partnership/places/?term={terms[1].pk}", {f"offer-{walk.pk}": "3"})

        assert Capacity.objects.get().term == terms[1]

    def test_are_shown_and_can_be_taken_back(self, as_user, coordinator, walk, terms):
        CapacityFactory(offer=walk, term=terms[0], places=7)

        assert 'value="7"' in as_user(coordinator).get("/partnership/places/").text
        as_user(coordinator).post("/partnership/places/", {f"offer-{walk.pk}": ""})
        assert not Capacity.objects.exists()

    def test_can_be_none(self, as_user, coordinator, walk, terms):
        as_user(coordinator).post("/partnership/places/", {f"offer-{walk.pk}": "0"})

        assert Capacity.objects.get().places == 0

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("many", "Enter a whole number, such as 12, or leave the box empty."),
            ("-1", "Enter 0 or more places."),
            ("10001", "Enter 10,000 places or fewer."),
        ],
    )
    def test_are_numbers(self, as_user, coordinator, walk, terms, typed, sentence):
        answer = as_user(coordinator).post("/partnership/places/", {f"offer-{walk.pk}": typed})

        assert sentence in answer.text
        assert not Capacity.objects.exists()

    def test_need_a_term(self, as_user, coordinator):
        assert "No term is known yet." in as_user(coordinator).get("/partnership/places/").text
        assert as_user(coordinator).post("/partnership/places/", {}).status_code == 302

    @pytest.mark.parametrize("who", ["officer", "head"])
    def test_are_nobody_elses_to_enter(self, request, walk, terms, now, who):
        with pytest.raises(Exception, match="co-ordinator does this"):
            actions.set_places(term=terms[0], places={walk: 3}, by=request.getfixturevalue(who), now=now)

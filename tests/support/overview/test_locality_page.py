"""The page of a locality, as its officer reads it."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import caches
from django.utils import timezone

from readiness.models import ThemeScore
from schools.models import School
from support.models import Nudge
from support.overview import page
from tests.factories import ClusterFactory, LocalityFactory, MembershipFactory, SchoolFactory, TermFactory
from tests.readiness.factories import AuditFactory
from tests.support.factories import NudgeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch, session_2026, now):
    """The pages read the clock, so it stands still."""
    TermFactory(session=session_2026, starts=session_2026.starts, ends=session_2026.ends)
    monkeypatch.setattr(timezone, "now", lambda: now.astimezone(UTC))


@pytest.fixture
def read(as_user, officer, locality):
    """The page, or a part of the list, as soup."""

    def get(asked="", user=officer):
        answer = as_user(user).get(f"/locality/{locality.slug}/{asked}")
        assert answer.status_code == 200
        return BeautifulSoup(answer.content, "html.parser")

    return get


@pytest.fixture
def three_schools(school, another, now):
    """Not started; submitted three weeks ago; agreed. In no order that any sort would give by itself."""
    waiting = another("Zion Academy", has_primary=False, has_secondary=True)
    AuditFactory(school=waiting, started_at=now - timedelta(days=21), submitted=True, level=1)
    agreed = another("Ash Primary School", cluster=ClusterFactory(name="Ash cluster", slug="ash"))
    AuditFactory(school=agreed, started_at=now - timedelta(days=9), agreed=True, level=3)
    return {"none": school, "waiting": waiting, "agreed": agreed}


def schools(soup):
    return [row.find("th").find(string=True) for row in soup.find("tbody").find_all("tr")] if soup.find("tbody") else []


def cells(soup, school):
    row = next(row for row in soup.find("tbody").find_all("tr") if school in row.find("th").text)
    return row.find_all("td")


class TestTheTable:
    def test_lists_every_school_by_name(self, read, three_schools):
        assert schools(read()) == ["Ash Primary School", "Sample Primary School", "Zion Academy"]

    def test_has_the_tiers_whole_word_in_each_cell(self, read, three_schools):
        found = [cell.text for cell in cells(read(), "Zion Academy")]

        assert found[:8] == ["Intensive"] * 8
        assert [cell["data-heading"] for cell in cells(read(), "Zion Academy")[:8]] == [
            heading.text for heading in read().find("thead").find_all("th")[1:9]
        ]

    def test_says_in_words_whose_words_they_are(self, read, three_schools):
        soup = read()

        assert "As the school said, 30 October" in soup.find("tbody").text
        assert "Agreed 11 November" in soup.find("tbody").text

    def test_says_that_nothing_has_been_submitted_yet(self, read, three_schools):
        assert cells(read(), "Sample Primary School")[0].text == "No audit submitted yet"

    def test_marks_what_nobody_could_score(self, read, three_schools):
        ThemeScore.objects.filter(audit__school=three_schools["agreed"], theme="safe-base").update(band="")

        assert cells(read(), "Ash Primary School")[5].text == "Universal ?, not enough information yet"

    def test_says_where_the_audit_is_and_who_is_waited_for(self, read, three_schools):
        assert cells(read(), "Zion Academy")[8].text == "SubmittedWaiting for you since 30 October (21 days)"
        assert cells(read(), "Ash Primary School")[8].text == "Agreed"

    def test_tells_the_coordinator_that_the_officer_is_waited_for(self, read, three_schools, coordinator):
        assert (
            "Waiting for the support officer since 30 October" in cells(read(user=coordinator), "Zion Academy")[8].text
        )

    def test_writes_names_out_whatever_is_in_them(self, read, school):
        School.objects.filter(pk=school.pk).update(name='<b>"Sample" & Sons</b>')

        assert schools(read()) == ['<b>"Sample" & Sons</b>']

    def test_offers_a_reminder_where_the_school_is_waited_for(self, read, three_schools, now):
        assert cells(read(), "Sample Primary School")[2].find("button")["value"] == str(three_schools["none"].pk)
        assert cells(read(), "Zion Academy")[9].text == ""
        NudgeFactory(school=three_schools["none"], sent_at=now - timedelta(days=2))
        assert cells(read(), "Sample Primary School")[2].text == "Reminded 18 November"


class TestAboveIt:
    def test_is_what_waits_for_the_reader_the_longest_first(self, read, three_schools, another, now):
        AuditFactory(school=another("Birch Primary School"), started_at=now - timedelta(days=30), submitted=True)

        lines = [" ".join(line.text.split()) for line in read().find("ol", class_="waiting").find_all("li")]
        assert lines == [
            "Birch Primary School Submitted, since 21 October (30 days)",
            "Zion Academy Submitted, since 30 October (21 days)",
        ]

    def test_is_how_many_have_not_started_and_wait_for_long_with_the_list_of_them(self, read, three_schools):
        figures = read().find("ul", class_="figures").find_all("a")

        assert [one.text for one in figures] == [
            "1 school has not started this session",
            "1 audit has waited for more than two weeks",
        ]
        assert schools(read(figures[0]["href"].partition("/northbank/")[2])) == ["Sample Primary School"]
        assert schools(read(figures[1]["href"].partition("/northbank/")[2])) == ["Zion Academy"]

    def test_is_that_nothing_waits(self, read, school):
        assert "Nothing is waiting." in read().find("main").text

    def test_is_a_list_of_ten_at_most(self, read, another, now, monkeypatch):
        monkeypatch.setattr(page, "LISTED", 1)
        for name in ("First", "Second", "Third"):
            AuditFactory(school=another(name), started_at=now, submitted=True)

        assert len(read().find("ol", class_="waiting").find_all("li")) == 1
        assert read().find("a", string="And 2 more")["href"].endswith("?turn=officer&sort=waiting#schools")


class TestNarrowing:
    @pytest.mark.parametrize(
        ("asked", "listed"),
        [
            ("sector=secondary", ["waiting"]),
            ("sector=primary", ["agreed", "none"]),
            ("cluster=ash", ["agreed"]),
            ("state=not_started", ["none"]),
            ("state=submitted", ["waiting"]),
            ("state=agreed", ["agreed"]),
            ("state=returned", []),
            ("turn=officer", ["waiting"]),
            ("turn=school", ["none"]),
            ("tier=intensive", ["waiting"]),
            ("tier=universal&theme=safe-base", ["agreed"]),
            ("tier=targeted", []),
            ("overdue=yes", ["waiting"]),
            ("sort=waiting", ["waiting", "none", "agreed"]),
            ("sector=primary&state=agreed&sort=waiting", ["agreed"]),
            ("theme=safe-base", ["agreed", "none", "waiting"]),
            ("tier=enormous&state=&cluster=elsewhere&nonsense=1", ["agreed", "none", "waiting"]),
        ],
    )
    def test_lists_those_that_fit(self, read, three_schools, asked, listed):
        assert schools(read(f"?{asked}")) == [three_schools[one].name for one in listed]

    def test_shows_what_is_asked_for_in_the_form(self, read, three_schools):
        chosen = {
            select["name"]: select.find("option", selected=True)["value"]
            for select in read("?tier=intensive&sort=waiting").find_all("select")
            if select.find("option", selected=True)
        }

        assert chosen == {"tier": "intensive", "sort": "waiting"}

    def test_says_how_many_are_listed_and_leads_back_to_all(self, read, three_schools):
        assert "1 of 3 schools listed." in read("?tier=intensive").find("main").text
        assert "All schools, by name." in read().find("main").text

    def test_says_that_none_fits(self, read, three_schools):
        assert "No school fits." in read("?state=returned").find("main").text

    def test_shows_one_theme_alone(self, read, three_schools):
        soup = read("?theme=safe-base")

        assert [heading.text for heading in soup.find("thead").find_all("th")][1:] == [
            "A safe base", "This session’s audit", "Reminder",
        ]  # fmt: skip
        assert [cell.text for cell in cells(soup, "Ash")][:2] == ["Universal", "Agreed"]

    def test_keeps_to_what_is_above_the_table(self, read, three_schools):
        assert "Zion Academy" in read("?sector=primary").find("ol", class_="waiting").text


class TestReminding:
    def test_sends_one_and_shows_the_same_schools_again(
        self, as_user, officer, head, school, locality, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            answer = as_user(officer).post(
                f"/locality/{locality.slug}/nudge/?state=not_started", {"school": school.pk}, follow=True
            )

        assert answer.redirect_chain == [(f"/locality/{locality.slug}/?state=not_started", 302)]
        assert f"A reminder is on its way to {school.name}." in answer.text
        assert [message.to for message in mail.outbox] == [[head.email]]

    def test_says_why_not(self, as_user, officer, head, school, locality):
        NudgeFactory(school=school)
        Nudge.objects.update(sent_at=timezone.now())
        answer = as_user(officer).post(f"/locality/{locality.slug}/nudge/", {"school": school.pk}, follow=True)

        assert "Once a week is enough." in answer.text

    @pytest.mark.parametrize("school", ["", "x", "-1", "9" * 40])
    def test_asks_for_a_school_of_the_list(self, as_user, officer, locality, school):
        answer = as_user(officer).post(f"/locality/{locality.slug}/nudge/", {"school": school}, follow=True)

        assert "Choose a school of this list." in answer.text

    def test_reaches_no_school_elsewhere(self, as_user, officer, locality):
        other = MembershipFactory(head=True).school

        answer = as_user(officer).post(f"/locality/{locality.slug}/nudge/", {"school": other.pk})
        assert answer.status_code == 404
        assert not Nudge.objects.exists()


class TestKeeping:
    def test_the_page_is_asked_for_again_and_not_sent_again(self, as_user, officer, school, locality):
        client = as_user(officer)
        client.get(f"/locality/{locality.slug}/")  # gives the form's token
        first = client.get(f"/locality/{locality.slug}/")

        again = client.get(f"/locality/{locality.slug}/", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "no-cache" in first.headers["Cache-Control"]
        assert "private" in first.headers["Cache-Control"]

    def test_a_change_shows_at_once(self, as_user, officer, head, school, locality, now):
        client = as_user(officer)
        client.get(f"/locality/{locality.slug}/")
        first = client.get(f"/locality/{locality.slug}/")
        AuditFactory(school=school, started_at=now)

        again = client.get(f"/locality/{locality.slug}/", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 200
        assert "Started" in again.text

    def test_what_the_stamp_does_not_know_shows_after_a_minute(self, read, school, monkeypatch, now):
        read()
        School.objects.filter(pk=school.pk).update(has_secondary=True)
        monkeypatch.setattr(timezone, "now", lambda: (now + timedelta(minutes=2)).astimezone(UTC))

        assert schools(read("?sector=secondary")) == [school.name]

    def test_nothing_of_its_reader_is_kept(self, as_user, officer, school, locality):
        as_user(officer).get(f"/locality/{locality.slug}/")

        kept = [caches["drawn"].get(key.split(":", 2)[2]) for key in caches["drawn"]._cache]
        assert kept
        assert not any("csrf" in html or officer.email in html for html in kept)

    def test_a_message_is_not_kept_by_the_browser(self, as_user, officer, school, locality):
        client = as_user(officer)
        client.post(f"/locality/{locality.slug}/nudge/", {"school": "x"})

        assert "ETag" not in client.get(f"/locality/{locality.slug}/").headers
        assert "ETag" in client.get(f"/locality/{locality.slug}/").headers

    def test_another_sign_in_asks_anew(self, as_user, officer, coordinator, school, locality):
        client, other = as_user(officer), as_user(coordinator)
        for each in (client, other):
            each.get(f"/locality/{locality.slug}/")

        assert client.get(f"/locality/{locality.slug}/")["ETag"] != other.get(f"/locality/{locality.slug}/")["ETag"]


class TestTheList:
    def test_leads_somebody_with_one_locality_on(self, as_user, officer, locality):
        answer = as_user(officer).get("/locality/")

        assert (answer.status_code, answer.url) == (302, f"/locality/{locality.slug}/")

    def test_shows_all_to_the_coordinator(self, as_user, coordinator, locality):
        LocalityFactory(name="Southbank")

        assert [one.text for one in BeautifulSoup(as_user(coordinator).get("/locality/").content, "html.parser").select(
            "main h2")] == ["Northbank", "Southbank"]  # fmt: skip

    def test_tells_others_that_they_have_none(self, as_user, head):
        assert "You support no locality yet." in as_user(head).get("/locality/").text

    def test_is_on_the_home_of_those_who_have_one(self, as_user, officer, head, locality):
        assert f"/locality/{locality.slug}/" in as_user(officer).get("/home/").text
        assert "/locality/" not in as_user(head).get("/home/").text


def test_a_locality_without_schools_or_framework_says_so(as_user, coordinator):
    empty = LocalityFactory(name="Empty")

    answer = as_user(coordinator).get(f"/locality/{empty.slug}/")
    assert answer.status_code == 200
    assert "0 schools, session 2026/27" in answer.text


def test_a_hundred_schools_are_asked_for_with_eight_queries_at_most(
    as_user, officer, locality, django_assert_max_num_queries
):
    client = as_user(officer)
    client.get(f"/locality/{locality.slug}/")
    for number in range(100):
        SchoolFactory(name=f"School {number}", locality=locality)
    with django_assert_max_num_queries(8):
        assert client.get(f"/locality/{locality.slug}/?sort=waiting").status_code == 200


@pytest.mark.parametrize("moment", [datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)])
def test_the_page_stands_in_the_summer_and_before_any_session(as_user, officer, school, locality, monkeypatch, moment):
    monkeypatch.setattr(timezone, "now", lambda: moment)

    assert as_user(officer).get(f"/locality/{locality.slug}/").status_code == 200

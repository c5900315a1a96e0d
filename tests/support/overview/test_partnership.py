"""What may be told of all localities: counted as the QuerySets count, suppressed for all tables together."""

from collections import Counter
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from readiness.domain.answers import Voice
from readiness.models import Audit, ThemeScore
from schools.models import School
from support.overview import partnership
from tests.factories import LocalityFactory, MembershipFactory, SchoolFactory, SessionFactory
from tests.readiness.factories import AuditFactory

pytestmark = pytest.mark.django_db
TIERS = ("universal", "targeted", "intensive")


@pytest.fixture
def agreed(session_2026, now):
    """So many schools of a locality with an agreed audit, each theme of it at the tier named."""

    def make(locality, tier, count, **kinds):
        for _number in range(count):
            school = SchoolFactory(locality=locality, **kinds)
            MembershipFactory(head=True, school=school)
            audit = AuditFactory(school=school, started_at=now, agreed=True)
            ThemeScore.objects.filter(audit=audit, voice=Voice.AGREED).update(tier=tier)

    return make


@pytest.fixture
def north(agreed):
    """Six and five schools, and one small number: 6 universal, 5 targeted, 3 intensive."""
    locality = LocalityFactory(name="North")
    for tier, count in zip(TIERS, (6, 5, 3), strict=True):
        agreed(locality, tier, count)
    return locality


def rows(soup, theme="safe-base"):
    table = soup.find("h3", id=theme).find_next("table")
    return {
        row.find("th").text: [cell.find(string=True) for cell in row.find_all("td")]
        for row in table.find("tbody").find_all("tr")
    }


@pytest.fixture
def read(as_user, coordinator):
    def get(asked=""):
        return BeautifulSoup(as_user(coordinator).get(f"/partnership/{asked}").content, "html.parser")

    return get


class TestCounting:
    def test_is_what_the_querysets_count(self, north, agreed, session_2026):
        agreed(LocalityFactory(name="South"), "universal", 2)
        homeless = LocalityFactory()
        agreed(homeless, "targeted", 1, has_primary=False, has_special=True)
        School.objects.filter(locality=homeless).update(locality=None)

        said = Counter(
            ThemeScore.objects.filter(audit__in=Audit.objects.agreed().filter(session=session_2026), voice=Voice.AGREED)
            .values_list("theme", "audit__school__locality", "tier")
        )  # fmt: skip
        found = {
            (theme, int(group.keys[0]) if group.keys[0] else None, tier): count
            for theme, groups in partnership.groups_of(session=session_2026.pk, tiers=TIERS).items()
            for group in groups
            for tier, count in zip(TIERS, group.counts, strict=True)
            if count
        }
        assert found == said

    def test_takes_the_later_of_two_agreed_audits_of_a_session(self, agreed, session_2026, now):
        locality = LocalityFactory()
        agreed(locality, "intensive", 1)
        again = AuditFactory(school=School.objects.get(), started_at=now + timedelta(days=9), agreed=True)
        ThemeScore.objects.filter(audit=again, voice=Voice.AGREED).update(tier="targeted")

        groups = partnership.groups_of(session=session_2026.pk, tiers=TIERS)
        assert {groups[theme][0].counts for theme in groups} == {(0, 1, 0)}

    def test_leaves_other_sessions_and_what_is_not_agreed_out(self, session_2026, now, school):
        SessionFactory(year=2025)
        AuditFactory(school=school, started_at=now - timedelta(days=200), agreed=True)
        AuditFactory(school=school, started_at=now, submitted=True)

        assert partnership.groups_of(session=session_2026.pk, tiers=TIERS) == {}

    @pytest.mark.parametrize(
        ("kinds", "sector"),
        [
            ({}, "primary"),
            ({"has_pre_school": True}, "primary"),
            ({"has_secondary": True}, "all_through"),
            ({"has_secondary": True, "has_primary": False}, "secondary"),
            ({"has_special": True, "has_secondary": True}, "special"),
            ({"has_primary": False, "has_pre_school": True}, "pre_school"),
        ],
    )
    def test_puts_each_school_into_one_sector(self, agreed, session_2026, kinds, sector):
        agreed(LocalityFactory(), "universal", 1, **kinds)

        groups = partnership.groups_of(session=session_2026.pk, tiers=TIERS)
        assert {group.keys[1] for of_theme in groups.values() for group in of_theme} == {sector}


class TestThePage:
    def test_hides_small_numbers_and_what_would_give_them_away(self, read, north):
        soup = read()

        assert rows(soup) == {"North": ["14", "6", "c", "c"], "All of them": ["14", "6", "c", "c"]}
        assert "not shown" in soup.find("tbody").text
        assert "Of 14 schools: Universal 6, Targeted not shown, Intensive not shown." in soup.find("main").text

    def test_puts_small_localities_together(self, read, north, agreed):
        agreed(LocalityFactory(name="South"), "universal", 3)
        agreed(LocalityFactory(name="East"), "targeted", 2)

        assert list(rows(read())) == ["East and South", "North", "All of them"]
        assert [row[0] for row in rows(read()).values()] == ["5", "14", "19"]

    def test_says_who_has_none(self, read, north, agreed, school, now):
        other = LocalityFactory(name="West")
        assert "West" not in read().find("main").text
        agreed(other, "universal", 5)
        ThemeScore.objects.filter(audit__school__locality=other).exclude(theme="safe-base").delete()

        assert rows(read())["West"][0] == "5"
        assert "West" not in rows(read(), "staff-learning")

    def test_has_rows_by_sector_instead(self, read, north, agreed):
        for tier, count in zip(TIERS, (5, 6, 5), strict=True):
            agreed(north, tier, count, has_primary=False, has_secondary=True)

        assert list(rows(read("?by=sector"))) == ["Primary", "Secondary", "All of them"]

    def test_is_of_the_session_that_is_asked_for(self, read, north, session_2026):
        SessionFactory(year=2025)

        assert "Agreed audits of session 2026/27" in read("?session=2025/26").find("main").text
        assert "Agreed audits of session 2026/27" in read("?session=nonsense&by=nonsense").find("main").text

    def test_says_that_there_is_nothing_to_show(self, read, agreed):
        agreed(LocalityFactory(), "universal", 4)

        assert "fewer than five schools have an agreed audit" in read().find("main").text
        assert not read().find("table")

    def test_stands_before_anything_is_agreed(self, read, db):
        assert read().find("h1").text == "The partnership"

    def test_stands_in_the_order_of_the_alphabet(self, read, north, agreed):
        for name in ("Zoar", "Ash"):
            agreed(LocalityFactory(name=name), "intensive", 5)

        assert list(rows(read())) == ["Ash", "North", "Zoar", "All of them"]

    def test_shows_a_change_at_once(self, read, north, agreed):
        assert rows(read())["All of them"][0] == "14"
        agreed(north, "universal", 1)

        assert rows(read())["All of them"][0] == "15"

    def test_shows_a_school_that_has_moved_at_once(self, read, north, agreed):
        other = LocalityFactory(name="South")
        agreed(other, "universal", 5)
        assert rows(read())["North"][0] == "14"
        moved = School.objects.filter(locality=north).first()
        School.objects.filter(pk=moved.pk).update(locality=other)

        assert rows(read())["North"][0] == "13"

    def test_works_a_publication_out_once(self, read, north, monkeypatch):
        read()
        monkeypatch.setattr(partnership, "publish", None)

        assert rows(read())["All of them"][0] == "14"

    def test_asks_as_much_for_many_as_for_few(self, as_user, coordinator, north, agreed, django_assert_max_num_queries):
        client = as_user(coordinator)
        client.get("/partnership/")
        agreed(LocalityFactory(), "universal", 6)
        with django_assert_max_num_queries(10):
            client.get("/partnership/")

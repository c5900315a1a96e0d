"""The pathway's own pages, as a visitor meets them."""

import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.urls import resolve

from cms.actions import load_pages
from cms.models import ContentPage, HomePage
from tests.cms.conftest import FOLDER, plant

ADDRESSES = [
    "/",
    "/pathway/",
    "/pathway/solihull-approach/",
    "/pathway/audit/",
    "/pathway/support/",
    "/pathway/who-decides/",
    "/pathway/impact/",
    "/pathway/privacy/",
    "/pathway/accessibility/",
]


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    """The pathway's own pages, made once for a module of tests and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        plant()
        report = load_pages(folder=FOLDER, now=datetime(2026, 11, 20, 10, 0, tzinfo=UTC))
        yield report
        transaction.set_rollback(True)


@pytest.fixture
def pathway(loaded_once, db):
    """The pathway's own pages, as a new installation has them. What a test changes is gone after it."""
    return loaded_once


every_page = pytest.mark.parametrize("address", ADDRESSES)
pytestmark = pytest.mark.usefixtures("pathway")


def test_the_list_of_addresses_above_is_complete():
    pages = [*HomePage.objects.live(), *ContentPage.objects.live()]
    assert sorted(page.url for page in pages) == sorted(ADDRESSES)


@every_page
def test_has_one_main_heading_and_skips_no_level(read, address):
    levels = [int(heading.name[1]) for heading in read(address).find_all(re.compile(r"^h[1-6]$"))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(lower <= higher + 1 for higher, lower in pairwise(levels))


@every_page
def test_names_its_language_and_itself(read, address):
    page = read(address)
    assert page.html["lang"] == "en-gb"
    assert page.title.string.endswith(" – Nurture pathway")
    assert page.find("meta", attrs={"name": "description"})["content"]


def test_every_title_and_description_is_different(read):
    pages = [read(address) for address in ADDRESSES]
    assert len({page.title.string for page in pages}) == len(ADDRESSES)
    assert len({page.find("meta", attrs={"name": "description"})["content"] for page in pages}) == len(ADDRESSES)


@every_page
def test_leads_only_to_places_that_exist(read, client, address):
    page = read(address)
    links = {link.get("href") for link in page.find_all("a")}
    assert None not in links
    for link in sorted(links):
        if link.startswith("#"):
            assert page.find(id=link[1:]) is not None
        elif link == "/" or link.startswith("/pathway/"):
            assert link in ADDRESSES
            assert client.get(link).status_code == 200
        else:
            assert resolve(link)


def test_every_page_can_be_reached_from_the_home_page(read):
    found, waiting = {"/"}, ["/"]
    while waiting:
        for link in read(waiting.pop()).main.find_all("a"):
            if link["href"] in ADDRESSES and link["href"] not in found:
                found.add(link["href"])
                waiting.append(link["href"])
    assert found == set(ADDRESSES)


@every_page
def test_calls_no_other_host_and_runs_nothing_inline(read, address):
    page = read(address)
    sources = [tag.get("src") or tag.get("href") for tag in page.select("script[src], link[href], img[src]")]
    assert all(source.startswith("/static/") for source in sources)
    assert not page.select("[style], style, script:not([src])")


@every_page
def test_sets_no_cookie_for_a_visitor(client, address):
    client.get(address)
    assert not client.cookies


@every_page
def test_speaks_as_we_speak(read, address):
    words = read(address).main.get_text(" ", strip=True)
    assert not re.search(r"\b(pass(es|ed)?|fail(s|ed|ure)?|RAG|score[sd]?|questionnaire)\b", words, re.IGNORECASE)
    assert not re.search(r"\S+@\S+|\b0\d{3,4} ?\d{3} ?\d{3,4}\b", words)
    assert "'" not in words


@every_page
def test_asks_few_questions_of_the_database(client, django_assert_max_num_queries, settings, address):
    """Warm, for a visitor, with the cache in the database as it is in real life."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    call_command("createcachetable")
    client.get(address)
    with django_assert_max_num_queries(8):
        client.get(address)


class TestTheWayIn:
    def test_for_a_visitor_is_to_sign_in(self, read):
        button = read("/").main.find("a", class_="ds_button")
        assert (button.get_text(), button["href"]) == ("Sign in and start", "/accounts/login/")
        assert read("/pathway/audit/").main.find("a", class_="ds_button")["href"] == "/accounts/login/"

    def test_for_a_head_teacher_is_to_the_audits(self, read, as_user, head):
        for address in ("/", "/pathway/", "/pathway/audit/"):
            main = read(address, by=as_user(head)).main
            assert main.find("a", class_="ds_button")["href"] == "/audits/"
            assert not main.find_all("a", href="/accounts/login/")

    def test_says_at_once_how_long_it_takes_and_what_is_sent(self, read):
        before_the_steps = read("/").main.header.get_text(" ", strip=True)
        assert "About 40 minutes" in before_the_steps
        assert "Nothing is sent until you submit" in before_the_steps


@pytest.fixture(scope="module")
def framework():
    path = settings.BASE_DIR / "fixtures" / "frameworks" / "nurture-readiness-1.0.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


class TestTheWordsAgreeWithTheFramework:
    def test_on_themes_levels_and_outcomes(self, read, framework):
        said = read("/pathway/audit/").main.get_text(" ", strip=True)
        for theme in framework["themes"]:
            assert theme["title"] in said
        for level in framework["scale"]["levels"]:
            assert level["label"] in said
        for outcome in framework["scoring"]["outcomes"]:
            assert outcome["label"] in said

    def test_on_how_many_there_are(self, read, framework):
        statements = [statement for theme in framework["themes"] for statement in theme["statements"]]
        conditions = [theme for theme in framework["themes"] if theme["kind"] == "condition"]
        essentials = [statement for statement in statements if statement["essential"]]
        assert (len(framework["themes"]), len(conditions), len(statements), len(essentials)) == (8, 5, 36, 8)
        said = read("/pathway/audit/").main.get_text(" ", strip=True)
        assert "36 statements" in said
        assert "Five themes are conditions" in said
        assert "Eight statements are marked essential" in said

    def test_on_tiers(self, read, framework):
        said = read("/pathway/support/").main.get_text(" ", strip=True)
        for tier in framework["support_structure"]["tiers"]:
            assert tier["label"] in said


def test_the_file_names_give_the_order_of_the_pages(read):
    listed = read("/pathway/").find("nav", attrs={"aria-labelledby": "in-this-section"})
    titles = [yaml.safe_load(path.read_text(encoding="utf-8"))["title"] for path in sorted(FOLDER.glob("*.yaml"))]
    assert [item.get_text(strip=True) for item in listed.find_all("li")] == titles[1:]

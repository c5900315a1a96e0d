import pytest
from django.template import Context, Engine, Template
from django.template.loader import get_template

from config.gallery import SampleForm

ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html"]


class Message(str):
    """What django.contrib.messages gives a template: words with a level."""

    def __new__(cls, words, level_tag):
        message = super().__new__(cls, words)
        message.level_tag = level_tag
        return message


@pytest.fixture
def menu(drawn):
    return lambda **kwargs: drawn("404.html", **kwargs).find("nav", attrs={"aria-label": "Main"})


class TestBase:
    def test_signed_out_people_may_read_and_sign_in(self, menu):
        assert [link["href"] for link in menu().find_all("a")] == ["/pathway/", "/accounts/login/"]

    def test_signed_in_people_have_their_places_and_a_way_out(self, menu):
        nav = menu(signed_in=True)

        assert [link["href"] for link in nav.find_all("a")] == [
            "/home/",
            "/audits/",
            "/reflections/",
            "/accounts/me/",
        ]
        assert (nav.form["method"], nav.form["action"]) == ("post", "/accounts/logout/")

    def test_the_menu_says_where_you_are(self, menu):
        assert menu(signed_in=True, path="/audits/").find(attrs={"aria-current": "page"})["href"] == "/audits/"

    def test_main_holds_no_form_of_the_frame(self, drawn):
        assert not drawn("404.html", signed_in=True).main.find("form")

    def test_the_first_link_leads_to_the_content(self, drawn):
        soup = drawn("404.html")

        assert soup.find("a")["href"] == "#main-content"
        assert soup.main["id"] == "main-content"

    def test_the_language_is_named(self, drawn):
        assert drawn("404.html").html["lang"] == "en-gb"

    def test_only_signed_in_pages_watch_the_session(self, drawn):
        inside, outside = drawn("404.html", signed_in=True, session_seconds=3600), drawn("404.html")

        assert inside.body["data-session-seconds"] == "3600"
        assert inside.find("dialog")
        assert not outside.body.has_attr("data-session-seconds")
        assert not outside.find("dialog")
        assert not outside.find("script")

    def test_messages_come_first_in_main(self, drawn):
        messages = [Message("Your answers are saved.", "success")]

        main = drawn("404.html", messages=messages).main
        assert "Your answers are saved." in main.find(True).get_text()

    def test_the_title_says_when_there_is_something_to_put_right(self, drawn, parsed):
        source = '{% extends "base.html" %}{% block title %}Sign in{% endblock %}'
        clean, wrong = (
            Template(source).render(Context({"form": form})) for form in (SampleForm(), SampleForm({"email": "x"}))
        )

        assert parsed(clean).title.string == "Sign in – Nurture pathway"
        assert parsed(wrong).title.string == "Error: Sign in – Nurture pathway"


class TestErrorPages:
    @pytest.mark.parametrize("name", ERROR_PAGES)
    def test_say_what_happened_in_a_heading_and_offer_a_way_on(self, drawn, name):
        main = drawn(name).main

        assert len(main.find_all("h1")) == 1
        assert main.find("a")["href"].startswith("/")

    @pytest.mark.parametrize("name", [*ERROR_PAGES, "500.html"])
    def test_can_be_drawn_without_any_context(self, parsed, name):
        assert parsed(get_template(name).render()).h1.get_text()

    def test_the_page_for_our_own_faults_needs_no_other_template(self, settings):
        alone = Engine(builtins=["django.templatetags.i18n"]).from_string(
            (settings.BASE_DIR / "templates/500.html").read_text().replace("{% load i18n %}", "")
        )

        assert "The fault is ours" in alone.render(Context())

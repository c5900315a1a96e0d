import json
import re

import pytest
from django.urls import reverse

from readiness import actions
from readiness.domain.said import Said
from readiness.models import Answer
from tests.readiness.factories import review_and_agree

THEME = "time-and-fit"
ROOM = f"{THEME}-made-room"


@pytest.fixture
def url(audit):
    return reverse("audit_theme", args=[audit.pk, THEME])


@pytest.fixture
def theme_page(audit, url, as_user, head):
    """A theme's page in one person's browser: `theme_page.open()`, change `theme_page.fields`, `theme_page.save()`."""

    class Page:
        def __init__(self, user):
            self.client = as_user(user)
            self.fields = {}

        def open(self):
            self.response = self.client.get(url)
            self.read(self.response.content.decode())
            return self

        def read(self, html):
            hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
            hidden += re.findall(r'<input type="hidden" name="([^"]+)-current_step" value="([^"]*)"', html)
            chosen = re.findall(r'type="radio" name="([^"]+)" id="[^"]+" value="([^"]+)" checked', html)
            self.fields = {**dict(hidden), **dict(chosen), f"audit-{audit.pk}-current_step": THEME}

        def save(self, *, fetch=False, **fields):
            headers = {"X-Requested-With": "fetch"} if fetch else {}
            return self.client.post(url, {**self.fields, **fields}, headers=headers)

    return lambda user=head: Page(user).open()


@pytest.fixture
def stored(audit):
    return lambda slug="made-room": audit.answers.get(statement=slug, voice="school")


class TestThePage:
    def test_has_one_fieldset_a_statement_with_its_plain_text(self, theme_page, audit):
        html = theme_page().response.content.decode()
        legends = re.findall(r"<fieldset[^>]*>\s*<legend[^>]*>([^<]+)</legend>", html)
        statements = audit.framework.theme(THEME).statements
        assert [text.strip() for text in legends] == [one.text for one in statements]
        assert html.count("<fieldset") == len(statements)

    def test_each_label_begins_with_the_levels_name(self, theme_page):
        html = theme_page().response.content.decode()
        labels = re.findall(rf'<label[^>]* for="{ROOM}-[^"]+"><span class="level__name">([^<]+)<', html)
        assert labels == ["Not yet", "Getting started", "In place", "Part of how we work", "We do not know yet"]

    def test_does_not_apply_is_offered_only_where_the_framework_allows_it(self, theme_page):
        html = theme_page().response.content.decode()
        assert html.count("Does not apply to us") == 1
        assert f'id="{THEME}-cover-and-costs-not_applicable"' in html

    def test_the_first_button_saves_and_continues(self, theme_page):
        html = theme_page().response.content.decode().partition("<main")[2]
        assert re.search(r"<button[^>]*>([^<]+)</button>", html).group(1) == "Save and continue"

    def test_shows_what_was_agreed_last_time(self, complete, head, officer, answer, now, as_user):
        actions.submit(audit=complete, by=head, now=now)
        review_and_agree(complete, head, officer, now)
        later = actions.start_audit(school=complete.school, by=head, now=now.replace(month=12))
        html = as_user(head).get(reverse("audit_theme", args=[later.pk, THEME])).content.decode()
        assert html.count("Last time (2026/27): In place") == 4


class TestSaving:
    def test_saves_and_leads_to_the_next_theme(self, theme_page, stored, audit):
        response = theme_page().save(**{ROOM: "3", f"{ROOM}-evidence": "One project paused"})
        assert response.status_code == 302
        assert response.url == reverse("audit_theme", args=[audit.pk, "staff-learning"])
        assert stored().said == Said(3, "", "One project paused")

    def test_the_last_theme_leads_to_the_check_page(self, audit, as_user, head):
        last = audit.framework.themes[-1].slug
        url = reverse("audit_theme", args=[audit.pk, last])
        response = as_user(head).post(url, {f"audit-{audit.pk}-current_step": last})
        assert response.url == reverse("audit_check", args=[audit.pk])

    def test_a_change_link_leads_back_to_the_check_page(self, audit, url, as_user, head):
        response = as_user(head).post(f"{url}?from=check", {f"audit-{audit.pk}-current_step": THEME})
        assert response.url == f"{reverse('audit_check', args=[audit.pk])}#{THEME}"

    def test_can_lead_to_the_list(self, theme_page, audit):
        assert theme_page().save(then="list").url == reverse("audit", args=[audit.pk])

    def test_an_answer_that_is_not_offered_is_refused_and_the_rest_saved(self, theme_page, stored):
        response = theme_page().save(**{ROOM: "9", f"{THEME}-fits-with-what-we-do": "2"})
        assert response.status_code == 200
        assert "Choose one of the answers shown." in response.content.decode()
        assert stored("fits-with-what-we-do").given == 2

    def test_a_text_that_is_too_long_stays_on_the_page(self, theme_page, audit):
        text = "word " * 250
        response = theme_page().save(**{ROOM: "3", f"{ROOM}-evidence": text})
        html = response.content.decode()
        assert "too long by 249 characters" in html
        assert text.strip() in html
        assert "<title>Error: " in html
        assert not audit.answers.exists()

    def test_line_ends_are_kept_as_one_character(self, theme_page, stored):
        theme_page().save(**{ROOM: "3", f"{ROOM}-evidence": "one\r\ntwo"})
        assert stored().evidence == "one\ntwo"

    def test_nul_bytes_are_refused_in_words(self, theme_page, audit):
        response = theme_page().save(**{f"{ROOM}-evidence": "a\x00b"})
        assert response.status_code == 200
        assert not audit.answers.exists()

    def test_a_tampered_step_is_a_bad_request(self, theme_page, audit):
        assert theme_page().save(**{f"audit-{audit.pk}-current_step": "elsewhere"}).status_code == 400
        assert not Answer.objects.exists()

    def test_an_unknown_theme_is_not_found(self, audit, as_user, head):
        assert as_user(head).get(reverse("audit_theme", args=[audit.pk, "no-such-theme"])).status_code == 404


class TestAScript:
    def test_hears_204_and_what_is_seen_now(self, theme_page, stored):
        response = theme_page().save(fetch=True, **{ROOM: "3"})
        assert (response.status_code, response.content) == (204, b"")
        row = stored()
        assert json.loads(response.headers["X-Seen"]) == {f"{ROOM}-seen": row.said.seen_as(row.revision)}

    def test_can_go_on_saving_with_what_it_heard(self, theme_page, stored):
        mine = theme_page()
        seen = json.loads(mine.save(fetch=True, **{ROOM: "3"}).headers["X-Seen"])
        assert mine.save(fetch=True, **{ROOM: "4"}, **seen).status_code == 204
        assert stored().given == 4

    def test_is_not_told_of_words_that_its_page_does_not_show(self, theme_page, core_member, answer, audit):
        mine = theme_page()
        answer(audit, {"fits-with-what-we-do": 1}, by=core_member)
        seen = json.loads(mine.save(fetch=True, **{ROOM: "3"}).headers["X-Seen"])
        assert list(seen) == [f"{ROOM}-seen"]

    def test_hears_409_of_a_clash_and_422_of_a_mistake(self, theme_page, core_member, answer, audit):
        mine = theme_page()
        answer(audit, {"made-room": 1}, by=core_member)
        assert mine.save(fetch=True, **{ROOM: "3"}).status_code == 409
        assert mine.save(fetch=True, **{f"{THEME}-fits-with-what-we-do": "9"}).status_code == 422


class TestTwoPeople:
    @pytest.fixture
    def clash(self, theme_page, core_member):
        mine, theirs = theme_page(), theme_page(core_member)
        theirs.save(**{ROOM: "1", f"{ROOM}-evidence": "Their words"})
        response = mine.save(**{ROOM: "4", f"{ROOM}-evidence": "My words", f"{THEME}-fits-with-what-we-do": "2"})
        mine.read(response.content.decode())
        return mine, response

    def test_both_texts_are_shown_and_the_rest_is_saved(self, clash, stored, core_member):
        _mine, response = clash
        html = response.content.decode()
        assert response.status_code == 409
        assert "Their words" in html
        assert "My words" in html
        assert str(core_member) in html
        assert stored().evidence == "Their words"
        assert stored("fits-with-what-we-do").given == 2

    @pytest.mark.parametrize(
        ("settle", "kept"),
        [
            ("mine", Said(4, "", "My words")),
            ("theirs", Said(1, "", "Their words")),
            ("join", Said(4, "", "Their words\nMy words")),
        ],
    )
    def test_it_is_settled(self, settle, kept, clash, stored):
        mine, _response = clash
        response = mine.save(**{ROOM: "4", f"{ROOM}-evidence": "My words", f"{ROOM}-settle": settle})
        assert response.status_code == 302
        assert stored().said == kept

    @pytest.mark.parametrize("settle", ["mine", "join"])
    def test_a_script_settles_nothing(self, settle, clash, stored):
        mine, _response = clash
        fields = {ROOM: "4", f"{ROOM}-evidence": "My words", f"{ROOM}-settle": settle}
        assert mine.save(fetch=True, **fields).status_code == 409
        assert stored().evidence == "Their words"

    def test_joining_twice_is_no_second_clash(self, clash, stored):
        mine, _response = clash
        fields = {ROOM: "4", f"{ROOM}-evidence": "My words", f"{ROOM}-settle": "join"}
        assert [mine.save(**fields).status_code for _press in range(2)] == [302, 302]
        assert stored().evidence == "Their words\nMy words"

    def test_without_a_choice_it_is_asked_again(self, clash, stored):
        mine, _response = clash
        response = mine.save(**{ROOM: "4", f"{ROOM}-evidence": "My words"})
        assert response.status_code == 409
        assert "Choose which answer should stay" in response.content.decode()
        assert stored().evidence == "Their words"


class TestWhenItIsLocked:
    def test_what_was_typed_is_shown_to_be_copied(self, complete, theme_page, head, now, stored):
        mine = theme_page()
        actions.submit(audit=complete, by=head, now=now)
        response = mine.save(**{ROOM: "1", f"{ROOM}-evidence": "Too late"})
        html = response.content.decode()
        assert response.status_code == 409
        assert "answers are locked" in html
        assert "Too late" in html
        assert stored().given == 3

    def test_reading_leads_to_the_check_page(self, complete, url, head, officer, now, as_user):
        actions.submit(audit=complete, by=head, now=now)
        for person in (head, officer):
            response = as_user(person).get(url)
            assert response.url == f"{reverse('audit_check', args=[complete.pk])}#{THEME}"

    def test_an_officer_cannot_write(self, complete, url, head, officer, now, as_user):
        actions.submit(audit=complete, by=head, now=now)
        fields = {f"audit-{complete.pk}-current_step": THEME, ROOM: "1"}
        assert as_user(officer).post(url, fields).status_code == 403
        assert complete.answers.get(statement="made-room").given == 3


class TestAnEndedSession:
    def test_what_was_typed_is_there_after_sign_in(self, theme_page, url, head, stored, audit):
        mine = theme_page()
        mine.client.logout()
        response = mine.save(**{ROOM: "2", f"{ROOM}-evidence": "Nearly lost"})
        assert response.status_code == 303
        assert not audit.answers.exists()

        mine.client.force_login(head)
        again = mine.client.get(url)
        html = again.content.decode()
        assert "Nearly lost" in html
        assert "It is not saved yet" in html
        mine.read(html)
        assert mine.save(**{f"{ROOM}-evidence": "Nearly lost"}).status_code == 302
        assert stored().said == Said(2, "", "Nearly lost")
        assert "not saved yet" not in mine.client.get(url).content.decode()

    def test_nobody_else_gets_it(self, theme_page, url, core_member):
        mine = theme_page()
        mine.client.logout()
        mine.save(**{ROOM: "2", f"{ROOM}-evidence": "Nearly lost"})
        mine.client.force_login(core_member)
        assert "Nearly lost" not in mine.client.get(url).content.decode()


class TestStrangers:
    @pytest.mark.parametrize("person", ["stranger", "staff_member", "coordinator", "officer", "superuser"])
    def test_get_not_found(self, person, url, as_user, request):
        client = as_user(request.getfixturevalue(person))
        assert client.get(url).status_code == 404
        assert client.post(url, {}).status_code == 404

    def test_anonymous_people_sign_in_and_come_back(self, client, url):
        assert client.get(url).url == f"/accounts/login/?next={url}"

"""The log through its pages, as a person without scripts has it."""

import json
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from reflections import actions
from reflections.domain.prompts import Form
from reflections.models import Entry, EntryText, Reading
from schools.models import Session
from tests.readiness import framework_texts
from tests.reflections.factories import EntryFactory
from tests.reflections.prompt_texts import document

STEPS = [
    "setting", "what-happened", "how-it-felt", "between-people", "what-it-was-saying", "so-what", "now-what",
    "confidence", "tags-and-sharing",
]  # fmt: skip


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser").main


def fields_of(answer):
    """What a browser would send from the page's first form, without its buttons."""
    found = {}
    for field in page_of(answer).form.find_all(["input", "select", "textarea"]):
        name, kind = field.get("name"), field.get("type")
        if field.name == "textarea":
            found[name] = field.text.removeprefix("\n")
        elif field.name == "select":
            found[name] = (field.find("option", selected=True) or field.option)["value"]
        elif kind not in {"radio", "checkbox"}:
            found[name] = field.get("value", "")
        elif field.has_attr("checked"):
            found.setdefault(name, []).append(field.get("value", "on"))
    return found


@pytest.fixture
def writer(author, as_user):
    return as_user(author)


@pytest.fixture
def open_step(writer, draft):
    """The page of a step, and a way to send it with changes: `open_step("so-what")`, `.send(so_what="…")`."""

    class Open:
        def __init__(self, step, entry):
            self.address, self.step = f"/reflections/{entry.pk}/edit/{step}/", step
            self.answer = writer.get(self.address)

        def send(self, *, fetch=False, then="", **changes):
            fields = fields_of(self.answer)
            for name, value in changes.items():
                fields[f"{self.step}-{name.replace('_', '-')}"] = value
            if then:
                fields["then"] = then
            headers = {"X-Requested-With": "fetch"} if fetch else {}
            self.answer = writer.post(self.address, fields, headers=headers)
            if self.answer.get("Location", "").startswith(f"{self.address}?"):  # led back, to look at something
                self.answer = writer.get(self.answer.url)
            return self.answer

        @property
        def text(self):
            return page_of(self.answer).get_text(" ", strip=True)

    return lambda step, entry=None: Open(step, entry or draft)


def kept(entry):
    return {text.prompt: text.text for text in EntryText.objects.filter(entry=entry)}


class TestBeginning:
    def test_the_page_opens_with_a_post_form_and_the_five_lines(self, writer):
        page = page_of(writer.get("/reflections/new/"))

        assert page.form["method"] == "post"
        assert all(line in page.get_text() for line in document()["reflection"]["before_you_start"])

    @pytest.mark.parametrize(("form", "first", "last"), [("full", STEPS[0], STEPS[-1]), ("short", STEPS[0], STEPS[-1])])
    def test_leads_to_the_first_step_of_the_chosen_form(self, writer, form, first, last):
        answer = writer.post("/reflections/new/", {**fields_of(writer.get("/reflections/new/")), "form": form})
        entry = Entry.objects.get()

        assert answer.url == f"/reflections/{entry.pk}/edit/{first}/"
        assert (entry.form, entry.steps[-1].slug) == (form, last)

    def test_the_lines_are_read_once_a_session_or_when_they_change(self, writer, author, now):
        start = "I have read this"
        assert start in page_of(writer.get("/reflections/new/")).text
        writer.post("/reflections/new/", fields_of(writer.get("/reflections/new/")))
        assert start not in page_of(writer.get("/reflections/new/")).text

        Reading.objects.update(session=None)
        Session.objects.get_or_create(
            label="now", starts=timezone.localdate(), ends=timezone.localdate().replace(year=2099)
        )
        assert start in page_of(writer.get("/reflections/new/")).text

    def test_changed_lines_are_read_again(self, writer, now):
        writer.post("/reflections/new/", fields_of(writer.get("/reflections/new/")))
        changed = document()
        changed["reflection"] |= {"version": "2.0", "before_you_start": ["Something new."]}
        actions.load_prompts(document=changed, now=timezone.now())

        assert "I have read this" in page_of(writer.get("/reflections/new/")).text

    def test_who_works_at_no_school_reads_why(self, as_user, coordinator, prompts):
        assert (
            "people who work at a school" in as_user(coordinator).get("/reflections/new/", follow=True).content.decode()
        )

    def test_it_goes_on_from_what_was_planned(self, writer, entry):
        page = writer.get(f"/reflections/new/?after={entry.pk}")
        assert "I will wait with them tomorrow." in page_of(page).text
        answer = writer.post(f"/reflections/new/?after={entry.pk}", fields_of(page), follow=True)

        assert Entry.objects.drafts().get().follows == entry
        assert "I will wait with them tomorrow." in page_of(answer).text

    @pytest.mark.parametrize("after", ["999", "x", "9" * 30, ""])
    def test_an_odd_address_goes_on_from_nothing(self, writer, after):
        assert writer.get(f"/reflections/new/?after={after}").status_code in {200, 404}


class TestSteps:
    @pytest.mark.parametrize("slug", STEPS)
    def test_the_first_button_saves_and_leads_on(self, slug, open_step, draft):
        page = open_step(slug)
        assert page_of(page.answer).find("button").text == "Save and continue"
        answer = page.send(**({"no_names_checked": "on"} if slug == STEPS[-1] else {}))

        following = dict(pairwise(STEPS)).get(slug)
        assert answer.url == (
            f"/reflections/{draft.pk}/edit/{following}/" if following else f"/reflections/{draft.pk}/"
        )

    def test_any_step_is_reached_by_a_link(self, open_step, draft):
        links = {a["href"] for a in page_of(open_step("setting").answer).find_all("a", href=True)}

        assert {f"/reflections/{draft.pk}/edit/{slug}/" for slug in STEPS[1:]} <= links

    def test_every_step_is_saved_as_it_is_left(self, open_step, draft):
        open_step("how-it-felt").send(how_it_felt="Tired, and glad.")

        assert kept(draft)["how-it-felt"] == "Tired, and glad."
        assert "Tired, and glad." in open_step("how-it-felt").text

    def test_the_draft_waits_where_it_stopped(self, writer, draft):
        assert writer.get(f"/reflections/{draft.pk}/edit/").url == f"/reflections/{draft.pk}/edit/how-it-felt/"

    def test_come_back_later_leads_to_the_list(self, open_step, draft):
        assert open_step("so-what").send(so_what="Later.", then="later").url == "/reflections/"
        assert kept(draft)["so-what"] == "Later."

    def test_choices_dates_tags_and_ratings_are_kept(self, open_step, draft, terms):
        open_step("setting").send(kind="a surprise", happened_on="20/11/2026")
        open_step("confidence").send(contain_going_in="2", contain_now="4")
        draft.refresh_from_db()

        assert (kept(draft)["kind"], str(draft.happened_on), draft.term) == ("a surprise", "2026-11-20", terms[0])
        assert sorted(draft.ratings.values_list("value", flat=True)) == [2, 4]
        assert open_step("confidence").answer.content.decode().count(" checked") == 2

    def test_pasted_from_word_only_words_are_kept(self, open_step, draft):
        open_step("so-what").send(
            so_what='<p class="MsoNormal">Waiting <b>helps</b>.<o:p></o:p></p>\r\n\uf0b7\tAnd again'
        )

        assert kept(draft)["so-what"] == "Waiting helps.\n\n- And again"

    def test_one_word_too_many_is_said_and_nothing_is_lost(self, open_step, draft):
        before, long = kept(draft)["so-what"], "word " * 150
        page = open_step("so-what")
        page.send(so_what=long)

        assert "This is 49 characters too long. It can have 700. Your words are all still here." in page.text
        assert page_of(page.answer).textarea.text.strip() == long.strip()
        assert kept(draft)["so-what"] == before

    def test_too_many_tags_are_said(self, open_step, now):
        framework_texts.published(now)
        page = open_step("tags-and-sharing")
        page.send(principles=["np1", "np2", "np3"])

        assert "Choose up to 2." in page.text

    def test_a_step_that_is_none_is_not_found(self, writer, draft):
        assert writer.get(f"/reflections/{draft.pk}/edit/what-else/").status_code == 404

    @pytest.mark.parametrize("who", ["head", "core_member", "officer", "coordinator", "superuser", "colleague"])
    def test_nobody_else_gets_them(self, who, request, as_user, draft):
        client = as_user(request.getfixturevalue(who))
        address = f"/reflections/{draft.pk}/edit/so-what/"

        assert client.get(address).status_code == 404
        assert client.post(address, {"so-what-so-what": "Mine"}).status_code == 404


class TestFinishing:
    def test_leads_to_the_entry_which_has_no_form_to_post(self, open_step, writer, draft):
        answer = open_step("tags-and-sharing").send(no_names_checked="on")
        assert answer.url == f"/reflections/{draft.pk}/"
        page = page_of(writer.get(answer.url))

        assert page.find("form", method="post") is None
        assert Entry.objects.get().is_finished
        assert "Only you" in page.text

    def test_without_the_tick_it_says_so(self, open_step):
        page = open_step("tags-and-sharing")
        page.send()

        assert "Tick the box to say that nobody can be identified" in page.text
        assert not Entry.objects.finished().exists()

    def test_what_is_missing_is_a_link(self, open_step, author, school):
        empty = EntryFactory(author=author, school=school, words={})
        page = open_step("tags-and-sharing", empty)
        page.send(no_names_checked="on")
        links = {a["href"] for a in page_of(page.answer).find(id="error-summary").find_all("a")}

        assert links == {f"/reflections/{empty.pk}/edit/{slug}/" for slug in ("what-happened", "now-what")}

    def test_a_wish_to_share_leads_on_and_opens_nothing(self, open_step, writer, draft):
        answer = open_step("tags-and-sharing").send(no_names_checked="on", visibility="learning_only")

        assert "It is still private" in page_of(writer.get(answer.url)).text
        assert Entry.objects.get().visibility == "private"

    def test_a_finished_entry_can_be_changed_but_not_emptied(self, open_step, entry):
        page = open_step("now-what", entry)
        page.send(now_what="")
        assert "A finished entry needs a few words here" in page.text
        open_step("now-what", entry).send(now_what="Something better.")

        assert kept(entry)["now-what"] == "Something better."


class TestGentleChecks:
    def test_a_name_is_kept_shown_and_asked_about_once(self, open_step, draft):
        page = open_step("so-what")
        page.send(so_what="The boy Jack taught me.")
        assert page_of(page.answer).mark.text == "boy Jack"
        assert kept(draft)["so-what"] == "The boy Jack taught me."

        assert page.send().url.endswith("/now-what/")
        assert kept(draft)["so-what"] == "The boy Jack taught me."

    def test_other_words_are_one_tick_away(self, open_step, draft):
        page = open_step("so-what")
        page.send(so_what="The boy Jack and the girl Ann taught me.")
        marks = [box["value"] for box in page_of(page.answer).find_all("input", {"name": "so-what-rewrite"})]
        page.send(rewrite=marks[:1])

        assert kept(draft)["so-what"] == "The boy and the girl Ann taught me."

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("Write to jo@school.example", "Take out the e-mail address “jo@school.example”"),
            ("They live at ML1 1AA", "Take out the postcode “ML1 1AA”"),
            ("CHI 0102031234", "Take out the number “0102031234”"),
        ],
    )
    def test_what_stops_is_not_kept_and_not_lost(self, open_step, draft, words, said):
        page = open_step("so-what")
        page.send(so_what=words)

        assert said in page.text
        assert page_of(page.answer).textarea.text.strip() == words
        assert kept(draft)["so-what"] == "Waiting is doing something."

    def test_what_is_in_order_is_kept_beside_what_stops(self, open_step, draft):
        open_step("now-what").send(now_what="Ring 0102031234", how_will_i_know="It is quieter.")

        assert kept(draft)["how-will-i-know"] == "It is quieter."
        assert kept(draft)["now-what"] == "I will wait with them tomorrow."

    def test_safeguarding_words_open_the_help_and_leave_no_trace(self, open_step, draft, mailoutbox):
        page = open_step("what-happened")
        page.send(what_happened="She disclosed something to me.")

        assert "Speak to your child protection co-ordinator today" in page.text
        assert page.send().url.endswith("/how-it-felt/")
        assert mailoutbox == []
        assert set(kept(draft)) == {"what-happened", "so-what", "now-what"}


class TestScripts:
    def test_saving_as_you_go_answers_204_and_never_finishes(self, open_step, draft):
        answer = open_step("tags-and-sharing").send(fetch=True, no_names_checked="on")

        assert answer.status_code == 204
        assert not Entry.objects.finished().exists()

    def test_the_page_may_save_again_and_again(self, open_step, draft):
        page = open_step("so-what")
        fields = fields_of(page.answer)
        for words in ("One", "Two"):
            answer = page.send(fetch=True, so_what=words)
            assert answer.status_code == 204
            page.answer = type("Page", (), {"content": _form_with(fields | json.loads(answer.headers["X-Seen"]))})()
        assert kept(draft)["so-what"] == "Two"

    def test_what_stops_is_said_to_a_script_too(self, open_step):
        assert open_step("so-what").send(fetch=True, so_what="jo@school.example").status_code == 422

    def test_two_windows_clash_and_both_texts_are_shown(self, open_step, draft):
        one, two = open_step("so-what"), open_step("so-what")
        one.send(so_what="From one window")
        assert two.send(fetch=True, so_what="From the other").status_code == 409
        two = open_step("so-what")
        open_step("so-what").send(so_what="Meanwhile")
        two.send(so_what="From the other")

        assert two.answer.status_code == 409
        assert "Meanwhile" in two.text
        assert "From the other" in two.text
        two.send()
        assert kept(draft)["so-what"] == "From the other"


def _form_with(fields):
    inputs = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields.items())
    return f"<main><form>{inputs}</form></main>".encode()


class TestAfterALostSession:
    def test_what_was_typed_is_given_back_to_its_author(self, open_step, writer, author, draft):
        page = open_step("so-what")
        writer.logout()
        page.send(so_what="Nearly lost")
        assert EntryText.objects.get(entry=draft, prompt="so-what").text != "Nearly lost"
        writer.force_login(author)
        given_back = writer.get(page.address)

        assert "It is not saved yet" in page_of(given_back).text
        assert page_of(given_back).textarea.text.strip() == "Nearly lost"
        page.answer = given_back
        page.send()
        assert kept(draft)["so-what"] == "Nearly lost"


class TestMyPage:
    def test_my_entries_by_term_newest_first(self, writer, author, school, terms, now):
        for day in ("2026-09-01", "2026-11-20", "2027-01-20"):
            written = EntryFactory(author=author, school=school, finished=True)
            written.happened_on, written.term = day, terms[1] if day > "2027" else terms[0]
            written.save()
        headings = [part.text for part in page_of(writer.get("/reflections/")).find_all(["h2", "a"])]
        order = [
            text for text in headings if "term" in text or any(month in text for month in ("September", "January"))
        ]

        assert [text.split("Somebody")[0] for text in order] == [
            "2026/27, term 2", "20 January", "2026/27, term 1", "1 September",
        ]  # fmt: skip

    def test_a_draft_is_offered_to_carry_on(self, writer, draft):
        assert f"/reflections/{draft.pk}/edit/" in {
            a["href"] for a in page_of(writer.get("/reflections/")).find_all("a")
        }

    def test_nobody_elses_entry_is_there(self, as_user, head, entry):
        assert "Somebody waited" not in as_user(head).get("/reflections/").content.decode()

    def test_browsers_keep_no_copy(self, writer, entry):
        for address in ("/reflections/", f"/reflections/{entry.pk}/", f"/reflections/{entry.pk}/edit/so-what/"):
            assert "no-store" in writer.get(address).headers["Cache-Control"]

    def test_a_thread_reads_through_the_terms(self, writer, author, school, entry):
        second = EntryFactory(author=author, school=school, finished=True, follows=entry)
        third = EntryFactory(author=author, school=school, form=Form.SHORT, follows=second)
        pages = [writer.get(f"/reflections/{one.pk}/thread/").content for one in (entry, second, third)]
        links = [[a["href"] for a in BeautifulSoup(page, "html.parser").main.ol.find_all("a")] for page in pages]

        assert links == [[f"/reflections/{one.pk}/" for one in (entry, second, third)]] * 3

    def test_deleting_asks_once_more(self, writer, entry):
        assert "Delete this entry?" in writer.get(f"/reflections/{entry.pk}/delete/").content.decode()
        assert Entry.objects.exists()
        writer.post(f"/reflections/{entry.pk}/delete/")
        assert not Entry.objects.exists()

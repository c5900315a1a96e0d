"""The officer's pages, as a browser without scripts has them."""

import pytest
from django.urls import reverse

from readiness import actions
from readiness.models import Answer, Audit, Move, Remark
from tests.factories import MembershipFactory
from tests.readiness.factories import AuditFactory, voices

ROOM, DATES = "made-room", "dates-for-training"


@pytest.fixture
def in_review(school, officer):
    return AuditFactory(school=school, in_review=True)


@pytest.fixture
def desk(desk_of, officer, in_review):
    return desk_of(officer, in_review).open()


class TestBeginning:
    def test_a_submitted_audit_shows_one_button(self, desk_of, officer, school):
        audit = AuditFactory(school=school, submitted=True)
        opened = desk_of(officer, audit).open()
        assert opened.buttons() == ["Begin the review"]
        opened.send("review_begin")
        assert opened.response.url == opened.url()
        assert Audit.objects.get().state == "in_review"

    def test_a_second_officer_is_told(self, desk_of, officer, school, locality):
        audit = AuditFactory(school=school, submitted=True)
        colleague = MembershipFactory(officer=True, locality=locality).user
        both = [desk_of(person, audit).open() for person in (officer, colleague)]
        for each in both:
            each.send("review_begin")
        assert Move.objects.filter(to_state="in_review").count() == 1
        assert f"{officer} did this before you. Nothing was changed." in both[1].open().words
        assert "did this before you" not in both[0].open().words

    def test_a_draft_leads_to_the_audit(self, desk_of, head, school):
        audit = AuditFactory(school=school)
        assert desk_of(head, audit).open().response.url == reverse("audit", args=[audit.pk])


class TestTheDesk:
    def test_every_statement_stands_once_under_a_heading(self, desk, in_review):
        headings = [each.get_text(strip=True) for each in desk.html.select("article h3")]
        assert sorted(headings) == sorted(one.text for one in in_review.framework.statements)

    def test_essentials_come_first_then_the_themes(self, desk, in_review):
        sections = [each.get_text(strip=True) for each in desk.html.select("section.review-section h2")]
        assert sections == ["Essentials", *(theme.title for theme in in_review.framework.themes)]

    def test_shows_the_level_with_its_own_sentence_the_evidence_and_who_said_it(
        self, desk_of, officer, audit, answer, head
    ):
        answer(audit, {one.slug: 3 for one in audit.framework.statements}, evidence="Two projects were paused.")
        actions.submit(audit=audit, by=head, now=audit.started_at)
        actions.begin_review(audit=audit, by=officer, now=audit.started_at)
        said = desk_of(officer, audit).open().statement(ROOM)
        assert "The school said In place" in said
        assert audit.framework.statement(ROOM).rubric(3) in said
        assert "Two projects were paused." in said
        assert f"{head}, 20 November, 10:00" in said

    def test_every_text_says_that_it_could_be_released(self, desk):
        for area in desk.html.find_all("textarea"):
            hint = desk.html.find(id=area["aria-describedby"].split()[0])
            assert "freedom of information" in hint.get_text()

    def test_is_a_description_list_of_what_each_says(self, desk):
        sides = desk.html.find(id=ROOM).dl
        assert [term.get_text(strip=True) for term in sides.find_all("dt")] == ["The school said", "You say"]

    def test_agree_ask_and_suggest_are_saved_with_one_button(self, desk):
        desk.send(
            **{
                f"{DATES}-say": "agree",
                f"{ROOM}-say": "suggest",
                f"{ROOM}-level": "2",
                f"{ROOM}-text": "Nothing was paused.",
                "training-record-say": "ask",
                "training-record-text": "Which list?",
            }
        )
        assert desk.response.status_code == 302
        assert voices(DATES) == {"school": 3, "officer": 3, "agreed": 3}
        assert voices(ROOM) == {"school": 3, "officer": 2}
        assert Remark.objects.get().text == "Which list?"
        again = desk.open()
        assert "Suggestion, not sent yet" in again.statement(ROOM)
        assert "Question, not sent yet" in again.statement("training-record")
        assert again.fields[f"{ROOM}-text"] == "Nothing was paused."
        assert "1 of 36 finished" in again.words

    def test_saving_the_page_as_it_is_changes_nothing(self, desk):
        desk.send(**{f"{ROOM}-say": "suggest", f"{ROOM}-level": "2", f"{ROOM}-text": "Nothing was paused."})
        before = list(Answer.objects.order_by("pk").values_list())
        desk.open().send()
        assert list(Answer.objects.order_by("pk").values_list()) == before

    def test_a_change_of_mind_leaves_the_old_reason_behind(self, desk):
        desk.send(**{f"{ROOM}-say": "suggest", f"{ROOM}-level": "2", f"{ROOM}-text": "Nothing was paused."})
        desk.open().send(**{f"{ROOM}-say": "agree"})
        assert desk.response.status_code == 302
        assert voices(ROOM) == {"school": 3, "officer": 3, "agreed": 3}

    @pytest.mark.parametrize(
        ("fields", "sentence", "place"),
        [
            ({"say": "suggest", "text": "Why."}, "Choose the level that you suggest.", "level-1"),
            ({"say": "suggest", "level": "3", "text": "Why."}, "This is what the school says.", "level-1"),
            ({"say": "suggest", "level": "2"}, "Say why you suggest another level.", "text"),
            ({"say": "ask"}, "Write your question.", "text"),
            ({"text": "Just words."}, "Choose what these words are", "say-agree"),
            ({"say": "agree", "text": "But why?"}, "these words would not be kept", "text"),
            ({"say": "shout"}, "Choose one of the answers shown.", "say-agree"),
            ({"say": "ask", "text": "x" * 1001}, "too long by 1 characters", "text"),
        ],
    )
    def test_what_is_missing_is_said_and_linked_and_the_rest_is_saved(self, desk, fields, sentence, place):
        desk.send(**{f"{ROOM}-{part}": value for part, value in fields.items()}, **{f"{DATES}-say": "agree"})
        assert desk.response.status_code == 200
        assert sentence in desk.html.find(id="error-summary").get_text()
        assert desk.html.find(id="error-summary").a["href"] == f"#{ROOM}-{place}"
        assert desk.html.find(id=f"{ROOM}-{place}")
        assert sentence in desk.statement(ROOM)
        assert voices(ROOM) == {"school": 3}
        assert voices(DATES)["agreed"] == 3
        assert desk.text(ROOM) == fields.get("text", "")
        assert "Error:" in desk.html.title.get_text()

    def test_a_second_tab_is_told_and_loses_no_word(self, desk, desk_of, officer, in_review):
        old = desk_of(officer, in_review).open()
        desk.send(**{f"{ROOM}-say": "suggest", f"{ROOM}-level": "2", f"{ROOM}-text": "One was paused."})
        old.send(**{f"{ROOM}-say": "suggest", f"{ROOM}-level": "1", f"{ROOM}-text": "None was paused."})
        assert old.response.status_code == 409
        said = old.statement(ROOM)
        assert "None was paused." in said
        assert "One was paused." in said
        assert voices(ROOM)["officer"] == 2
        old.send(**{f"{ROOM}-settle": "mine"})
        assert old.response.status_code == 302
        assert voices(ROOM)["officer"] == 1

    def test_words_that_come_too_late_are_given_back(self, desk, officer, in_review, now):
        actions.agree_rest(audit=in_review, by=officer, now=now)
        actions.finish_review(audit=in_review, by=officer, now=now)
        desk.send(**{f"{ROOM}-say": "ask", f"{ROOM}-text": "What was paused?"})
        assert desk.response.status_code == 409
        assert "not in review now" in desk.words
        assert desk.text(ROOM) == "What was paused?"
        assert not Remark.objects.exists()

    def test_words_typed_before_signing_out_are_there_afterwards(self, desk, officer):
        desk.client.logout()
        desk.send(**{f"{ROOM}-say": "ask", f"{ROOM}-text": "What was paused?"})
        assert desk.response.url.startswith("/accounts/login/")
        desk.client.force_login(officer)
        desk.open()
        assert desk.text(ROOM) == "What was paused?"
        assert "not saved yet" in desk.words
        desk.send(**{f"{ROOM}-say": "ask"})
        assert Remark.objects.get().text == "What was paused?"
        assert desk.open().text(ROOM) == ""

    def test_each_button_leads_on(self, desk):
        for then, name in (("rest", "review_rest"), ("send", "review_send"), ("finish", "review_finish")):
            assert desk.send(then=then).response.url == desk.url(name)
        section = desk.open().html.select("section.review-section h2")[1]["id"]
        assert desk.send(then=section).response.url == f"{desk.url()}#{section}"
        assert desk.send(then="//evil.example/").response.url == desk.url()


class TestAgreeingAllTheRest:
    def test_asks_once_and_names_the_count(self, desk):
        desk.send(**{f"{ROOM}-say": "ask", f"{ROOM}-text": "When?"}, then="rest")
        asked = desk.open("review_rest")
        assert asked.html.h1.get_text(" ", strip=True).endswith("Agree on 35 statements?")
        assert asked.buttons() == ["Agree on 35 statements"]
        asked.send("review_rest")
        assert "You agree on 35 more statements." in desk.open().words
        assert Answer.objects.filter(voice="agreed").count() == 35
        assert "nothing left to agree on" in desk.open("review_rest").words


class TestSendingAndFinishing:
    def test_sending_shows_what_goes_and_takes_a_note(self, desk):
        desk.send(**{f"{ROOM}-say": "ask", f"{ROOM}-text": "When?"})
        asked = desk.open("review_send")
        assert "When?" in asked.words
        assert "freedom of information" in asked.words
        asked.send("review_send", note="Thank you for a careful audit.")
        audit = Audit.objects.get()
        assert audit.state == "returned"
        assert audit.moves.last().reason == "Thank you for a careful audit."
        assert "Waiting for the school, since" in desk.open().words

    def test_with_nothing_to_send_there_is_no_button(self, desk):
        assert desk.open("review_send").buttons() == []
        desk.client.post(desk.url("review_send"))
        assert "nothing to send" in desk.open().words

    def test_finishing_names_what_is_missing(self, desk, in_review):
        assert "36 statements are still to look at" in desk.open("review_finish").words
        desk.send("review_finish")
        assert "36 statements are not finished" in desk.open().words
        assert Audit.objects.get().state == "in_review"

    def test_finishing_leads_to_agreeing(self, desk):
        desk.open("review_rest").send("review_rest")
        assert "Finish the review" in desk.open().buttons()
        desk.open("review_finish").send("review_finish")
        assert Audit.objects.get().state == "moderated"
        assert "Every statement has an agreed level." in desk.open().words

    def test_pressed_twice_finishes_once_without_a_fright(self, desk):
        desk.open("review_rest").send("review_rest")
        desk.open("review_finish")
        for _press in range(2):
            desk.send("review_finish")
        assert Move.objects.filter(to_state="moderated").count() == 1
        assert "Nothing was changed" not in desk.open().words

    def test_where_they_differ_the_page_says_whose_turn_it_is(self, desk_of, officer, coordinator, school):
        audit = AuditFactory(school=school, differing=True)
        assert "Waiting for the programme co-ordinator, since" in desk_of(officer, audit).open().words
        theirs = desk_of(coordinator, audit).open()
        assert "Waiting for you, since" in theirs.words
        assert "Record the agreed level" in theirs.words


class TestTheList:
    def test_what_waits_for_me_stands_first(self, desk_of, officer, locality, as_user):
        mine = AuditFactory(school__locality=locality, submitted=True)
        theirs = AuditFactory(school__locality=locality, returned=True)
        AuditFactory(submitted=True)  # of another locality
        html = as_user(officer).get("/reviews/").content.decode()
        yours, others = html.split("With others")
        assert mine.school.name in yours
        assert theirs.school.name in others
        assert html.count('class="card"') == 2

    def test_is_empty_for_those_with_nothing_to_review(self, staff_member, as_user):
        assert "Nothing is waiting for you." in as_user(staff_member).get("/reviews/").content.decode()

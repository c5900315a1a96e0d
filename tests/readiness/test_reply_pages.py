"""The school's replies, the co-ordinator's records, and ending an audit, as a browser without scripts has them."""

import pytest

from readiness import actions
from readiness.models import Audit
from tests.factories import MembershipFactory
from tests.readiness.factories import AuditFactory, voices

ROOM = "made-room"


class TestSettling:
    @pytest.fixture
    def differing(self, school, officer):
        return AuditFactory(school=school, differing=True)

    @pytest.fixture
    def slug(self, differing):
        return differing.framework.statements[1].slug

    def test_records_the_level_with_its_reason(self, desk_of, coordinator, differing, slug, officer):
        desk = desk_of(coordinator, differing).open("review_settle")
        assert [each["id"] for each in desk.html.select("article")] == [slug]
        desk.send("review_settle", **{f"{slug}-level": "2", f"{slug}-text": "The minutes name two people."})
        assert voices(slug) == {"school": 3, "officer": 2, "agreed": 2}
        said = desk.open().statement(slug)
        assert "Agreed Getting started" in said
        assert "The minutes name two people." in said
        assert "Waiting for you" in desk_of(officer, differing).open().words
        events = desk_of(officer, differing).open("audit_history").words
        assert "Recorded “Getting started” for" in events
        assert "The minutes name two people." in events

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [({"level": "2"}, "Say why you record this level."), ({"text": "Why."}, "Choose the level that you record.")],
    )
    def test_a_level_and_a_reason_go_together(self, desk_of, coordinator, differing, slug, fields, sentence):
        desk = desk_of(coordinator, differing).open("review_settle")
        desk.send("review_settle", **{f"{slug}-{part}": value for part, value in fields.items()})
        assert sentence in desk.html.find(id="error-summary").get_text()
        assert "agreed" not in voices(slug)

    def test_a_second_coordinator_sees_both(self, desk_of, coordinator, differing, slug):
        other = MembershipFactory(coordinator=True).user
        both = [desk_of(person, differing).open("review_settle") for person in (coordinator, other)]
        for desk, level in zip(both, "24", strict=True):
            desk.send("review_settle", **{f"{slug}-level": level, f"{slug}-text": f"Reason {level}."})
        assert both[1].response.status_code == 409
        assert "Reason 2." in both[1].statement(slug)
        assert voices(slug)["agreed"] == 2

    def test_with_nothing_to_record_it_leads_to_the_review(self, desk_of, coordinator, school):
        audit = AuditFactory(school=school, moderated=True)
        desk = desk_of(coordinator, audit)
        assert desk.open("review_settle").response.url == desk.url()


class TestReplying:
    @pytest.fixture
    def returned(self, school, officer):
        return AuditFactory(school=school, returned=True)

    @pytest.fixture
    def slugs(self, returned):
        return [one.slug for one in returned.framework.statements[:2]]

    def test_the_school_reads_what_is_asked_and_suggested(self, desk_of, head, returned, slugs):
        desk = desk_of(head, returned).open("review_reply")
        assert "2 statements wait for your reply" in desk.words
        assert "When did this last happen?" in desk.statement(slugs[0])
        assert "The officer says Getting started" in desk.statement(slugs[1])
        assert "We stay with “In place”, and explain" in desk.statement(slugs[1])

    def test_replies_and_accepts_then_submits_again(self, desk_of, head, returned, slugs):
        first, second = slugs
        desk = desk_of(head, returned).open("review_reply")
        desk.send("review_reply", **{f"{first}-text": "In October.", f"{second}-say": "accept"})
        assert desk.response.status_code == 302
        assert "You have replied to everything" in desk.open("review_reply").words
        desk.client.post(desk.url("audit_check"), {"declaration": "on"})
        assert Audit.objects.get().state == "submitted"
        assert voices(second) == {"school": 3, "officer": 2}

    def test_an_explanation_needs_words(self, desk_of, head, returned, slugs):
        desk = desk_of(head, returned).open("review_reply")
        desk.send("review_reply", **{f"{slugs[1]}-say": "explain"})
        assert "Say why your own level is right" in desk.html.find(id="error-summary").get_text()

    def test_words_about_a_suggestion_need_a_choice_and_stay(self, desk_of, head, returned, slugs):
        desk = desk_of(head, returned).open("review_reply")
        desk.send("review_reply", **{f"{slugs[1]}-text": "It met twice."})
        assert "Choose whether you accept" in desk.html.find(id="error-summary").get_text()
        assert "It met twice." in desk.statement(slugs[1])

    def test_the_history_says_what_was_sent(self, desk_of, head, returned):
        assert (
            "Returned to the school with 1 question and 1 suggestion"
            in desk_of(head, returned).open("audit_history").words
        )

    def test_the_check_page_names_what_waits_and_refuses(self, desk_of, head, returned, slugs):
        desk = desk_of(head, returned).open("audit_check")
        assert "2 statements wait for your reply to the officer" in desk.words
        answer = desk.client.post(desk.url("audit_check"), {"declaration": "on"})
        assert "2 statements still wait for your reply" in answer.content.decode()
        assert Audit.objects.get().state == "returned"

    def test_the_school_reads_nothing_that_is_not_sent(self, desk_of, head, officer, returned, slugs, now):
        for slug, text in zip(slugs, ("In October.", "It met twice."), strict=True):
            actions.reply(audit=returned, statement=slug, text=text, by=head, now=now)
        actions.submit(audit=returned, by=head, now=now)
        actions.begin_review(audit=returned, by=officer, now=now)
        actions.ask(audit=returned, statement=ROOM, text="A second question.", by=officer, now=now)
        said = desk_of(head, returned).open().words
        assert "It met twice." in said
        assert "A second question." not in said
        actions.return_to_school(audit=returned, by=officer, now=now)
        assert "A second question." in desk_of(head, returned).open("review_reply").words

    def test_comes_too_late_after_submitting(self, desk_of, head, returned, slugs, now):
        desk = desk_of(head, returned).open("review_reply")
        for slug in slugs:
            actions.reply(audit=returned, statement=slug, text="Yes.", by=head, now=now)
        actions.submit(audit=returned, by=head, now=now)
        desk.send("review_reply", **{f"{slugs[0]}-text": "One more thing."})
        assert desk.response.status_code == 409
        assert "One more thing." in desk.words


class TestEnding:
    def test_is_asked_once_with_a_reason(self, desk_of, head, school, officer):
        audit = AuditFactory(school=school, in_review=True)
        desk = desk_of(head, audit).open("audit_end")
        assert "freedom of information" in desk.words
        desk.send("audit_end", note="We merge in August.")
        assert Audit.objects.get().state == "withdrawn"
        assert "Withdrawn" in desk.open("audit_history").words
        assert "We merge in August." in desk.words

    def test_there_is_nothing_to_end_twice(self, desk_of, head, school):
        desk = desk_of(head, AuditFactory(school=school, agreed=True))
        assert desk.open("audit_end").response.status_code == 302

"""The officer's side: what may be said, what is kept, when it may be sent and finished."""

import pytest
from django.core.exceptions import PermissionDenied

from readiness import actions
from readiness.domain.answers import BadAnswer, Other
from readiness.domain.parts import NotInFramework
from readiness.domain.review import Choice, Saying, Stand
from readiness.domain.said import Settle
from readiness.domain.states import MoveRefused
from readiness.models import Answer, Audit, Conversation, Move, Remark, ThemeScore
from tests.readiness.factories import AuditFactory, review_and_agree, voices

ROOM, DATES = "made-room", "dates-for-training"


class TestSaying:
    def test_agreeing_is_a_row_of_the_officers_and_an_agreed_one(self, review, officer):
        review.agree_with(statement=ROOM)

        assert voices() == {"school": 3, "officer": 3, "agreed": 3}
        assert {row.by for row in Answer.objects.filter(statement=ROOM).exclude(voice="school")} == {officer}

    def test_suggesting_keeps_the_schools_level_and_the_reason(self, review):
        review.suggest(statement=ROOM, given=2, reason="Nothing was paused.")

        assert voices() == {"school": 3, "officer": 2}
        assert Answer.objects.get(voice="officer").reason == "Nothing was paused."

    def test_asking_is_a_remark_and_no_level(self, review, officer, now):
        review.ask(statement=ROOM, text="What was paused?")

        remark = Remark.objects.get()
        assert (remark.kind, remark.text, remark.by, remark.at, remark.round) == (
            "question", "What was paused?", officer, now, 1,
        )  # fmt: skip
        assert voices() == {"school": 3}

    def test_a_change_of_mind_before_sending_replaces_what_was_said(self, review):
        review.agree_with(statement=ROOM)
        review.suggest(statement=ROOM, given=2, reason="Nothing was paused.")
        assert voices() == {"school": 3, "officer": 2}
        review.ask(statement=ROOM, text="What was paused?")
        assert voices() == {"school": 3}
        review.agree_with(statement=ROOM)
        assert voices() == {"school": 3, "officer": 3, "agreed": 3}

    def test_another_level_needs_a_reason(self, review):
        with pytest.raises(actions.UnableToSay, match="Say why"):
            review.suggest(statement=ROOM, given=2, reason="  ")

    def test_the_schools_own_level_is_no_suggestion(self, review):
        with pytest.raises(actions.UnableToSay, match="what the school says"):
            review.suggest(statement=ROOM, given=3, reason="The same.")

    def test_only_what_the_framework_offers(self, review):
        with pytest.raises(BadAnswer):
            review.suggest(statement=ROOM, given=Other.NOT_APPLICABLE, reason="It does not.")
        review.suggest(statement="cover-and-costs", given=Other.NOT_APPLICABLE, reason="The council does it.")
        review.suggest(statement=ROOM, given=Other.DONT_KNOW, reason="Nobody could say.")
        assert voices()["officer"] is Other.DONT_KNOW

    def test_only_statements_of_the_framework(self, review):
        with pytest.raises(NotInFramework):
            review.ask(statement="no-such-statement", text="What?")

    def test_a_question_has_words(self, review):
        with pytest.raises(actions.UnableToSay, match="Write your question"):
            review.ask(statement=ROOM, text=" ")

    def test_staying_with_a_suggestion_comes_after_the_schools_word(self, review):
        review.suggest(statement=ROOM, given=2, reason="Nothing was paused.")
        with pytest.raises(actions.UnableToSay, match="cannot be said"):
            review.still_differ(statement=ROOM, text="No.")
        with pytest.raises(actions.UnableToSay, match="cannot be said"):
            review.agree_on_accepted(statement=ROOM)

    @pytest.mark.parametrize("person", ["head", "core_member", "staff_member", "coordinator", "stranger", "superuser"])
    def test_only_the_officer(self, person, in_review, now, request):
        by = request.getfixturevalue(person)
        given = {"audit": in_review, "by": by, "now": now}
        for refused in (
            lambda: actions.ask(statement=ROOM, text="When?", **given),
            lambda: actions.suggest(statement=ROOM, given=2, reason="No.", **given),
            lambda: actions.agree_with(statement=ROOM, **given),
            lambda: actions.say(spoken=[], **given),
            lambda: actions.agree_rest(**given),
            lambda: actions.return_to_school(**given),
            lambda: actions.finish_review(**given),
        ):
            with pytest.raises(PermissionDenied):
                refused()

    @pytest.mark.parametrize("state", ["submitted", "returned", "moderated", "agreed"])
    def test_only_in_review(self, state, school, officer, now):
        audit = AuditFactory(school=school, **{state: True})
        with pytest.raises(actions.Locked):
            actions.ask(audit=audit, statement=ROOM, text="When?", by=officer, now=now)
        with pytest.raises(actions.Locked):
            actions.agree_rest(audit=audit, by=officer, now=now)


class TestThePage:
    """`say`: many statements at once, from a page that may be old."""

    def test_saves_each_and_again_changes_nothing(self, review):
        spoken = [
            review.spoken(Saying(Choice.AGREE), DATES),
            review.spoken(Saying(Choice.SUGGEST, 2, "Nothing was paused.")),
            review.spoken(Saying(Choice.ASK, text="Which list?"), "training-record"),
        ]
        review.say(spoken=spoken)
        review.say(spoken=spoken)

        assert voices(DATES) == {"school": 3, "officer": 3, "agreed": 3}
        assert voices() == {"school": 3, "officer": 2}
        assert Remark.objects.count() == 1
        assert set(Answer.objects.exclude(voice="school").values_list("revision", flat=True)) == {1}

    def test_a_page_that_was_left_alone_overwrites_nothing(self, review):
        before = review.spoken(Saying())
        review.suggest(statement=ROOM, given=2, reason="Nothing was paused.")
        review.say(spoken=[before])

        assert review.talk().saying == Saying(Choice.SUGGEST, 2, "Nothing was paused.")

    def test_an_old_tab_that_says_something_else_is_told_and_nothing_is_lost(self, review):
        old = review.spoken(Saying(Choice.SUGGEST, 1, "Nothing at all was paused."))
        other = review.spoken(Saying(Choice.AGREE), DATES)
        review.suggest(statement=ROOM, given=2, reason="One thing was paused.")
        with pytest.raises(actions.SaidMeanwhile) as clash:
            review.say(spoken=[old, other])

        assert clash.value.conflicts[ROOM].spoken == old
        assert clash.value.conflicts[ROOM].talk.officer == 2
        assert voices() == {"school": 3, "officer": 2}
        assert review.talk(DATES).stand is Stand.AGREED  # the rest is saved

    @pytest.mark.parametrize(("settle", "level"), [(Settle.MINE, 1), (Settle.THEIRS, 2)])
    def test_settling_it(self, review, settle, level):
        review.suggest(statement=ROOM, given=2, reason="One thing was paused.")
        again = review.spoken(Saying(Choice.SUGGEST, 1, "Nothing."), clash_was_shown=True, settle=settle)
        review.say(spoken=[again])

        assert voices()["officer"] == level

    def test_a_page_from_before_the_school_changed_its_answer_agrees_to_nothing(self, review, school_says, answer):
        old = review.spoken(Saying(Choice.AGREE))
        review.ask(statement=DATES, text="Which dates?")
        review.return_to_school()
        answer(review.audit, {ROOM: 1})
        school_says.reply(statement=DATES, text="Both in May.")
        school_says.submit()
        review.begin_review()
        with pytest.raises(actions.SaidMeanwhile):
            review.say(spoken=[old])

        assert voices() == {"school": 1}

    def test_a_choice_that_no_longer_fits_is_shown_again(self, review):
        keep = review.spoken(Saying(Choice.KEEP, text="I stay."), clash_was_shown=True, settle=Settle.MINE)
        with pytest.raises(actions.SaidMeanwhile):
            review.say(spoken=[keep])

    def test_the_same_question_pressed_twice_is_one(self, review):
        question = review.spoken(Saying(Choice.ASK, text="What was paused?"))
        review.say(spoken=[question])
        review.say(spoken=[question])

        assert Remark.objects.count() == 1


class TestAgreeRest:
    def test_agrees_on_what_nothing_was_said_about(self, review):
        review.ask(statement=ROOM, text="When?")
        review.suggest(statement=DATES, given=2, reason="Two have moved.")

        assert review.agree_rest() == 34
        assert Answer.objects.filter(voice="agreed").count() == 34
        assert review.agree_rest() == 0
        assert voices() == {"school": 3}

    def test_takes_what_the_school_accepted_and_leaves_what_it_explained(self, review, school_says):
        for statement in (ROOM, DATES):
            review.suggest(statement=statement, given=2, reason="Not yet.")
        review.agree_rest()
        review.return_to_school()
        school_says.accept(statement=ROOM)
        school_says.reply(statement=DATES, text="They are in the calendar.")
        school_says.submit()
        review.begin_review()

        assert review.agree_rest() == 1
        assert voices() == {"school": 3, "officer": 2, "agreed": 2}
        assert "agreed" not in voices(DATES)


class TestSending:
    def test_needs_something_to_answer(self, review):
        review.agree_rest()
        with pytest.raises(actions.UnableToReview, match="nothing to send"):
            review.return_to_school()
        assert Audit.objects.get().state == "in_review"

    def test_writes_the_suggestions_into_the_conversation_once(self, review, school_says):
        review.suggest(statement=ROOM, given=2, reason="Nothing was paused.")
        review.return_to_school(reason="Thank you.")
        sent = Remark.objects.get()
        assert (sent.kind, sent.given, sent.text, sent.round) == ("suggestion", 2, "Nothing was paused.", 1)
        assert Move.objects.get(to_state="returned").reason == "Thank you."

        school_says.reply(statement=ROOM, text="Two things were.")
        school_says.submit()
        review.begin_review()
        review.ask(statement=DATES, text="When?")
        review.return_to_school()
        assert [(one.kind, one.round) for one in Remark.objects.order_by("pk")] == [
            ("suggestion", 1), ("explanation", 1), ("question", 2),
        ]  # fmt: skip

    def test_the_school_reads_nothing_before_it_is_sent(self, review, school_says):
        review.suggest(statement=ROOM, given=2, reason="Nothing was paused.")
        review.ask(statement=DATES, text="When?")
        before = Conversation.of(review.audit).up_to_round(review.audit.times_returned())
        assert (before.officer, before.remarks, before.agreed) == ({}, {}, {})

        review.return_to_school()
        after = Conversation.of(review.audit).up_to_round(review.audit.times_returned())
        assert set(after.officer) == {ROOM}
        assert set(after.remarks) == {ROOM, DATES}

    def test_twice_is_refused(self, review):
        review.ask(statement=ROOM, text="When?")
        review.return_to_school()
        with pytest.raises(MoveRefused):
            review.return_to_school()


class TestFinishing:
    def test_needs_a_word_on_every_statement(self, review):
        review.agree_with(statement=ROOM)
        with pytest.raises(actions.UnableToReview, match="35 statements are not finished") as refusal:
            review.finish_review()
        assert len(refusal.value.statements) == 35

    def test_not_while_a_question_or_a_suggestion_is_unsent(self, review):
        review.ask(statement=ROOM, text="When?")
        review.suggest(statement=DATES, given=2, reason="Two have moved.")
        review.agree_rest()
        with pytest.raises(actions.UnableToReview) as refusal:
            review.finish_review()
        assert {one.slug for one in refusal.value.statements} == {ROOM, DATES}

    def test_when_all_is_agreed_the_audit_can_be_agreed(self, review, officer):
        review.agree_rest()
        review.finish_review()
        review.agree()

        audit = Audit.objects.get()
        assert (audit.state, audit.agreed_by) == ("agreed", officer)
        assert ThemeScore.objects.filter(audit=audit, voice="agreed").count() == 8
        assert Answer.objects.filter(voice="agreed").count() == 36

    def test_agreeing_comes_after_finishing(self, review):
        review.agree_rest()
        with pytest.raises(MoveRefused):
            review.agree()
        assert Audit.objects.get().state == "in_review"

    def test_a_later_agreed_audit_supersedes(self, submitted_again, in_review, officer, head, now):
        first, second = submitted_again
        review_and_agree(second, head, officer, now)
        assert Audit.objects.get(pk=first.pk).state == "superseded"
        assert Audit.objects.get(pk=second.pk).previous() == first

    @pytest.fixture
    def submitted_again(self, review, in_review, school, head, now):
        review.agree_rest()
        review.finish_review()
        review.agree()
        return in_review, AuditFactory(school=school, submitted=True, started_at=now.replace(month=12))

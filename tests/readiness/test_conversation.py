"""What school, officer and co-ordinator say to each other: three voices stay three rows."""

import pytest
from django.core.exceptions import PermissionDenied

from readiness import actions
from readiness.domain.answers import BadAnswer, Other
from readiness.domain.review import Saying, Stand
from readiness.models import Answer, Audit, Conversation, Remark, ThemeScore
from tests.factories import MembershipFactory
from tests.readiness.factories import AuditFactory, voices

ROOM, DATES = "made-room", "dates-for-training"


class TestAWholeConversation:
    """Two suggestions: one accepted, one explained. Three voices stay three rows."""

    @pytest.fixture
    def second_look(self, review, school_says):
        review.suggest(statement=ROOM, given=2, reason="Nothing was paused.")
        review.suggest(statement=DATES, given=2, reason="Two have moved.")
        review.agree_rest()
        review.return_to_school()
        school_says.accept(statement=ROOM)
        school_says.reply(statement=DATES, text="They are fixed again.")
        school_says.submit()
        review.begin_review()
        return review

    def test_the_officer_takes_both(self, second_look):
        second_look.agree_on_accepted(statement=ROOM)
        second_look.agree_with(statement=DATES)
        second_look.finish_review()
        second_look.agree()

        assert voices(ROOM) == {"school": 3, "officer": 2, "agreed": 2}
        assert voices(DATES) == {"school": 3, "officer": 2, "agreed": 3}
        score = ThemeScore.objects.get(voice="agreed", theme="time-and-fit")
        assert score.total == ThemeScore.objects.get(voice="school", theme="time-and-fit").total - 1

    def test_the_school_changes_its_own_answer_in_place_of_accepting(self, review, school_says, answer):
        review.suggest(statement=ROOM, given=2, reason="Nothing was paused.")
        review.agree_rest()
        review.return_to_school()
        answer(review.audit, {ROOM: 2})
        school_says.submit()
        review.begin_review()
        assert review.talk().stand is Stand.TO_LOOK_AT
        review.agree_with(statement=ROOM)
        assert voices() == {"school": 2, "officer": 2, "agreed": 2}

    def test_what_was_agreed_is_open_again_when_the_school_changes_it(self, review, school_says, answer):
        review.ask(statement=DATES, text="Which?")
        review.agree_rest()
        review.return_to_school()
        answer(review.audit, {ROOM: 1})
        school_says.reply(statement=DATES, text="May.")
        school_says.submit()
        review.begin_review()

        assert review.talk().stand is Stand.TO_LOOK_AT
        assert not review.talk().is_for_the_rest
        assert voices() == {"school": 1, "officer": 3}

    def test_both_stay_and_the_coordinator_records_the_level(self, second_look, coordinator, officer, now):
        second_look.agree_on_accepted(statement=ROOM)
        second_look.still_differ(statement=DATES, text="The calendar shows one.")
        second_look.finish_review()
        with pytest.raises(actions.UnableToAgree, match="1 statement has no agreed level yet") as refusal:
            second_look.agree()
        assert [one.slug for one in refusal.value.statements] == [DATES]

        ruling = actions.Ruling(DATES, 2, "One date is in the calendar.")
        actions.settle(audit=second_look.audit, rulings=[ruling], by=coordinator, now=now)
        assert voices(DATES) == {"school": 3, "officer": 2, "agreed": 2}
        assert Answer.objects.get(statement=DATES, voice="agreed").reason == "One date is in the calendar."
        second_look.agree()
        assert Audit.objects.get().state == "agreed"
        assert voices(DATES) == {"school": 3, "officer": 2, "agreed": 2}


class TestSettling:
    @pytest.fixture
    def differing(self, school, officer):
        return AuditFactory(school=school, differing=True)

    @pytest.fixture
    def statement(self, differing):
        return differing.framework.statements[1].slug

    @pytest.mark.parametrize("person", ["head", "officer", "core_member", "stranger", "superuser"])
    def test_only_the_coordinator(self, person, differing, statement, now, request):
        by = request.getfixturevalue(person)
        with pytest.raises(PermissionDenied):
            actions.settle(audit=differing, rulings=[actions.Ruling(statement, 2, "Seen.")], by=by, now=now)

    def test_needs_a_reason(self, differing, statement, coordinator, now):
        with pytest.raises(actions.UnableToSettle, match="Say why"):
            actions.settle(audit=differing, rulings=[actions.Ruling(statement, 2, " ")], by=coordinator, now=now)

    def test_only_where_they_differ(self, differing, coordinator, now):
        agreed = differing.framework.statements[5].slug
        with pytest.raises(actions.UnableToSettle, match="do not differ"):
            actions.settle(audit=differing, rulings=[actions.Ruling(agreed, 2, "Seen.")], by=coordinator, now=now)

    def test_only_what_the_framework_offers(self, differing, statement, coordinator, now):
        ruling = actions.Ruling(statement, Other.NOT_APPLICABLE, "It does not.")
        with pytest.raises(BadAnswer):
            actions.settle(audit=differing, rulings=[ruling], by=coordinator, now=now)

    def test_can_be_corrected_until_it_is_agreed(self, differing, statement, coordinator, officer, now):
        for level in (2, 3):
            ruling = actions.Ruling(statement, level, f"As seen: {level}.")
            actions.settle(audit=differing, rulings=[ruling], by=coordinator, now=now)
        assert voices(statement)["agreed"] == 3
        actions.agree(audit=differing, by=officer, now=now)
        with pytest.raises(actions.Locked):
            actions.settle(audit=differing, rulings=[ruling], by=coordinator, now=now)

    def test_a_second_coordinator_with_an_old_page_is_told(self, differing, statement, coordinator, now):
        talk = Conversation.of(differing).talk(statement)
        seen = Saying(None, talk.agreed, talk.agreed_reason).seen_as(talk.version)
        other = MembershipFactory(coordinator=True).user
        rulings = [actions.Ruling(statement, level, "Seen.", seen) for level in (2, 4)]
        actions.settle(audit=differing, rulings=rulings[:1], by=coordinator, now=now)
        with pytest.raises(actions.SaidMeanwhile):
            actions.settle(audit=differing, rulings=rulings[1:], by=other, now=now)
        assert voices(statement)["agreed"] == 2


class TestReplying:
    @pytest.fixture
    def returned(self, school, officer):
        return AuditFactory(school=school, returned=True)

    @pytest.fixture
    def first(self, returned):
        return returned.framework.statements[0].slug

    @pytest.fixture
    def second(self, returned):
        return returned.framework.statements[1].slug

    def test_a_reply_an_explanation_and_an_acceptance(self, returned, first, second, core_member, now):
        given = {"audit": returned, "by": core_member, "now": now}
        actions.reply(statement=first, text="In May.", **given)
        actions.reply(statement=second, text="It met twice.", **given)
        actions.accept(statement=second, **given)
        said = Remark.objects.filter(by=core_member).order_by("pk")
        assert [(one.kind, one.given) for one in said] == [("reply", None), ("explanation", None), ("acceptance", 2)]
        assert voices(second) == {"school": 3, "officer": 2}

    def test_handing_back_waits_for_every_reply(self, returned, first, second, head, now):
        with pytest.raises(actions.UnableToSubmit, match="2 statements still wait for your reply") as refusal:
            actions.submit(audit=returned, by=head, now=now)
        assert [one.slug for one in refusal.value.unanswered] == [first, second]
        actions.reply(audit=returned, statement=first, text="In May.", by=head, now=now)
        with pytest.raises(actions.UnableToSubmit, match="1 statement still waits"):
            actions.submit(audit=returned, by=head, now=now)
        actions.accept(audit=returned, statement=second, by=head, now=now)
        actions.submit(audit=returned, by=head, now=now)
        assert Audit.objects.get().state == "submitted"

    def test_a_changed_answer_is_a_reply(self, returned, first, second, head, answer, now):
        answer(returned, {first: 2, second: 2})
        actions.submit(audit=returned, by=head, now=now)
        assert Audit.objects.get().state == "submitted"

    def test_only_where_the_officer_has_said_something(self, returned, head, now):
        with pytest.raises(actions.UnableToReply, match="said nothing"):
            actions.reply(audit=returned, statement=ROOM, text="Yes.", by=head, now=now)

    def test_only_a_suggestion_can_be_accepted(self, returned, first, head, now):
        with pytest.raises(actions.UnableToReply, match="no other level"):
            actions.accept(audit=returned, statement=first, by=head, now=now)

    def test_a_reply_has_words(self, returned, first, head, now):
        with pytest.raises(actions.UnableToReply, match="Write your reply"):
            actions.reply(audit=returned, statement=first, text=" \n", by=head, now=now)

    @pytest.mark.parametrize("person", ["staff_member", "officer", "coordinator", "stranger", "superuser"])
    def test_only_those_who_answer_for_the_school(self, person, returned, first, second, now, request):
        by = request.getfixturevalue(person)
        with pytest.raises(PermissionDenied):
            actions.reply(audit=returned, statement=first, text="In May.", by=by, now=now)
        with pytest.raises(PermissionDenied):
            actions.accept(audit=returned, statement=second, by=by, now=now)
        with pytest.raises(PermissionDenied):
            actions.reply_to(audit=returned, replies=[], by=by, now=now)

    @pytest.mark.parametrize("state", ["submitted", "in_review", "moderated", "agreed"])
    def test_only_while_the_school_has_it(self, state, school, officer, head, now):
        audit = AuditFactory(school=school, **{state: True})
        with pytest.raises(actions.Locked):
            actions.reply(audit=audit, statement=ROOM, text="In May.", by=head, now=now)

    def test_pressed_twice_is_said_once(self, returned, first, head, now):
        replies = [actions.Replied(first, accepts=False, text="In May.", seen=Conversation.of(returned).heard(first))]
        for _press in range(2):
            actions.reply_to(audit=returned, replies=replies, by=head, now=now)
        assert Remark.objects.filter(kind="reply").count() == 1

    def test_a_page_from_an_earlier_round_is_told_and_the_rest_is_saved(self, returned, first, second, head, now):
        old = actions.Replied(first, accepts=False, text="In May.", seen="0")
        new = actions.Replied(second, accepts=True, text="", seen=Conversation.of(returned).heard(second))
        with pytest.raises(actions.MovedOn) as moved_on:
            actions.reply_to(audit=returned, replies=[old, new], by=head, now=now)
        assert moved_on.value.statements == {first}
        assert [one.kind for one in Remark.objects.order_by("pk")][2:] == ["acceptance"]

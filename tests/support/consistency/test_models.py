from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from support.models import Decision, FinalError, Rating, Round, Vignette
from tests.support.consistency.factories import DecisionFactory, RatingFactory, RoundFactory, VignetteFactory

pytestmark = pytest.mark.django_db
OPENS, CLOSES = date(2026, 11, 16), date(2026, 11, 30)


class TestConstraints:
    def test_round_opens_before_it_closes(self, refused):
        first = RoundFactory()
        given = {"version": first.version, "planned_at": first.planned_at, "planned_by": first.planned_by}

        refused(Round(opens=CLOSES, closes=CLOSES, **given), by="round_opens_before_it_closes")

    def test_vignette_one_in_each_place(self, refused):
        first = VignetteFactory()

        refused(VignetteFactory.build(round=first.round, order=first.order), by="vignette_one_in_each_place")

    @pytest.mark.parametrize("field", ["title", "text"])
    def test_vignette_says_something(self, refused, field):
        refused(VignetteFactory.build(round=RoundFactory(), **{field: ""}), by="vignette_says_something")

    def test_rating_once_per_officer_and_statement(self, refused):
        first = RatingFactory()

        refused(
            RatingFactory.build(vignette=first.vignette, officer=first.officer),
            by="rating_once_per_officer_and_statement",
        )

    @pytest.mark.parametrize("level", [0, 5])
    def test_rating_level_one_to_four(self, refused, officer, level):
        refused(
            RatingFactory.build(vignette=VignetteFactory(), officer=officer, level=level), by="rating_level_one_to_four"
        )

    @pytest.mark.parametrize("field", ["statement", "situation", "ruling"])
    def test_decision_says_something(self, refused, officer, field):
        refused(DecisionFactory.build(by=officer, **{field: ""}), by="decision_says_something")


class TestVignette:
    @pytest.mark.parametrize("statements", [[], ["no-such-statement"], ["calm-places", "no-such-statement"]])
    def test_refuses_statements_that_the_framework_does_not_have(self, statements):
        with pytest.raises(ValidationError, match="Choose the statements"):
            VignetteFactory(statements=statements).clean()

    def test_takes_those_that_it_has(self):
        VignetteFactory().clean()


class TestRound:
    @pytest.mark.parametrize(
        ("day", "is_open", "is_over"),
        [
            (date(2026, 11, 15), False, False),
            (OPENS, True, False),
            (CLOSES, True, False),
            (date(2026, 12, 1), False, True),
        ],
    )
    def test_is_open_from_its_first_day_to_its_last(self, day, is_open, is_over):
        round_ = RoundFactory(opens=OPENS, closes=CLOSES)

        assert (round_.is_open(day), round_.is_over(day)) == (is_open, is_over)
        assert Round.objects.open(day).exists() is is_open
        assert Round.objects.over(day).exists() is is_over


class TestVisible:
    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("officer", True),
            ("school_officer", True),
            ("coordinator", True),
            ("head", False),
            ("staff_member", False),
            ("superuser", False),
            ("nobody", False),
        ],
    )
    @pytest.mark.parametrize("make", [VignetteFactory, DecisionFactory])
    def test_to_officers_and_coordinators(self, request, make, who, sees):
        make()
        user = request.getfixturevalue(who)

        for model in {Round, Vignette} if make is VignetteFactory else {Decision}:
            assert model.objects.visible_to(user).exists() is sees

    def test_nobody_sees_anybody_elses_rating(self, officer, coordinator):
        mine, theirs = RatingFactory(officer=officer), RatingFactory()

        assert list(Rating.objects.visible_to(officer)) == [mine]
        assert list(Rating.objects.visible_to(theirs.officer)) == [theirs]
        assert not Rating.objects.visible_to(coordinator).exists()


class TestDecision:
    @pytest.mark.parametrize(
        "change",
        [
            lambda one: one.save(),
            lambda one: one.delete(),
            lambda one: Decision.objects.update(ruling="Level 4"),
            lambda one: Decision.objects.all().delete(),
            lambda one: Decision.objects.bulk_update([one], ["ruling"]),
        ],
    )
    def test_is_only_added_to(self, change):
        decision = DecisionFactory()
        decision.ruling = "Level 4"

        with pytest.raises(FinalError), transaction.atomic():
            change(decision)

        assert Decision.objects.get().ruling.startswith("Level 2")

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ([], True),
            (["room"], True),
            (["ROOM", "sent"], True),
            (["choose"], True),
            (["earn"], True),  # in the statement's own words
            (["room", "garden"], False),
            (["%"], False),
        ],
    )
    def test_is_found_by_words(self, words, found):
        DecisionFactory()
        texts = {"calm-places": "There are calm places, without having to earn them.", "made-room": "We made room."}

        assert Decision.objects.with_words(words, statements=texts).exists() is found

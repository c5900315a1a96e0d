from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from support import actions
from support.domain.agreement import ALL
from support.models import Decision, Rating, Round, Vignette
from support.starter import VignetteText, first_round
from tests.factories import LONG_AGO, MembershipFactory
from tests.readiness.domain.frameworks import framework
from tests.readiness.framework_texts import published
from tests.support.consistency.factories import RATED, DecisionFactory, RatingFactory, RoundFactory

pytestmark = pytest.mark.django_db
OPENS, CLOSES = date(2026, 11, 16), date(2026, 11, 30)
AFTER = date(2026, 12, 1)
LEVELS = {"head-leads-in-person": 3, "calm-places": 2}
LATER = RATED + timedelta(hours=1)


@pytest.fixture
def open_round():
    return RoundFactory(opens=OPENS, closes=CLOSES)


@pytest.fixture
def vignette(open_round):
    return open_round.vignettes.get(order=1)


class TestTheFirstVignettes:
    def test_are_three_about_statements_of_the_framework(self):
        texts = first_round()

        assert len(texts) == 3
        assert all(set(one.statements) <= set(framework().positions) for one in texts)
        assert len({one.title for one in texts}) == 3

    def test_cover_every_theme_so_that_six_officers_make_thirty_pairs(self):
        rated = [framework().theme_of(slug).slug for one in first_round() for slug in one.statements]

        assert all(rated.count(theme.slug) * 15 >= 30 for theme in framework().themes)


class TestPlan:
    def test_begins_with_those_that_the_product_brings(self, coordinator):
        version = published(LONG_AGO)

        planned = actions.plan_round(opens=OPENS, closes=CLOSES, by=coordinator, now=RATED)

        assert (planned.version, planned.planned_by) == (version, coordinator)
        assert [one.title for one in planned.vignettes.in_order()] == [one.title for one in first_round()]

    def test_a_later_one_begins_with_those_of_the_last(self, coordinator, open_round, vignette):
        Vignette.objects.filter(pk=vignette.pk).update(title="Another School")

        later = actions.plan_round(opens=date(2027, 5, 3), closes=date(2027, 5, 17), by=coordinator, now=RATED)

        assert later.vignettes.in_order()[0].title == "Another School"

    @pytest.mark.parametrize(
        ("opens", "closes", "sentence"),
        [
            (CLOSES, OPENS, "opens before its last day"),
            (CLOSES, date(2026, 12, 14), "Another round is open"),
            (date(2026, 11, 2), OPENS, "Another round is open"),
            (date(2026, 11, 17), date(2026, 11, 18), "Another round is open"),
        ],
    )
    def test_says_what_is_wrong_with_the_dates(self, coordinator, open_round, opens, closes, sentence):
        with pytest.raises(actions.UnableToModerate, match=sentence):
            actions.plan_round(opens=opens, closes=closes, by=coordinator, now=RATED)

        assert Round.objects.count() == 1

    def test_needs_a_framework(self, coordinator):
        with pytest.raises(actions.UnableToModerate, match="nothing to rate yet"):
            actions.plan_round(opens=OPENS, closes=CLOSES, by=coordinator, now=RATED)

    @pytest.mark.parametrize("who", ["officer", "head", "superuser"])
    def test_is_the_coordinators(self, request, open_round, who):
        with pytest.raises(PermissionDenied):
            actions.plan_round(
                opens=date(2027, 1, 4), closes=date(2027, 1, 18), by=request.getfixturevalue(who), now=RATED
            )


class TestMove:
    def test_changes_the_dates(self, coordinator, open_round):
        actions.move_round(of=open_round, opens=OPENS, closes=AFTER, by=coordinator, now=RATED)

        assert Round.objects.get().closes == AFTER

    def test_what_is_over_stays_over(self, coordinator, open_round):
        """Else officers could rate again, having read how they agreed."""
        with pytest.raises(actions.UnableToModerate, match="over"):
            actions.move_round(
                of=open_round, opens=OPENS, closes=date(2027, 1, 1), by=coordinator, now=RATED + timedelta(days=30)
            )

    @pytest.mark.parametrize(
        ("opens", "closes", "sentence"),
        [(date(2026, 11, 1), date(2026, 11, 17), "has passed"), (CLOSES, date(2026, 11, 19), "opens before")],
    )
    def test_refuses_dates_that_do_not_fit(self, coordinator, open_round, opens, closes, sentence):
        with pytest.raises(actions.UnableToModerate, match=sentence):
            actions.move_round(of=open_round, opens=opens, closes=closes, by=coordinator, now=RATED)

    def test_is_the_coordinators(self, officer, open_round):
        with pytest.raises(PermissionDenied):
            actions.move_round(of=open_round, opens=OPENS, closes=AFTER, by=officer, now=RATED)


class TestWrite:
    TEXT = VignetteText("Hillend School", "A school on a hill.", ("made-room", "calm-places"))

    def test_keeps_words_and_statements_in_the_frameworks_order(self, coordinator, vignette):
        mixed = VignetteText("Hillend School", "A school on a hill.", ("calm-places", "made-room"))

        actions.write_vignette(vignette=vignette, text=mixed, by=coordinator)

        vignette.refresh_from_db()
        assert (vignette.title, vignette.statements) == ("Hillend School", ["made-room", "calm-places"])

    def test_what_somebody_has_rated_stays(self, coordinator, officer, vignette):
        actions.rate(vignette=vignette, levels=LEVELS, by=officer, now=RATED)

        with pytest.raises(actions.UnableToModerate, match="so that all rate the same"):
            actions.write_vignette(vignette=vignette, text=self.TEXT, by=coordinator)

    @pytest.mark.parametrize("statements", [(), ("no-such-statement",)])
    def test_needs_statements_of_the_framework(self, coordinator, vignette, statements):
        with pytest.raises(actions.UnableToModerate, match="Choose the statements"):
            actions.write_vignette(vignette=vignette, text=VignetteText("A", "B", statements), by=coordinator)

    def test_is_the_coordinators(self, officer, vignette):
        with pytest.raises(PermissionDenied):
            actions.write_vignette(vignette=vignette, text=self.TEXT, by=officer)


class TestRate:
    def test_keeps_the_officers_levels(self, officer, vignette):
        actions.rate(vignette=vignette, levels=LEVELS, by=officer, now=RATED)

        assert dict(Rating.objects.filter(officer=officer).values_list("statement", "level")) == LEVELS

    def test_levels_may_be_changed_and_left_out_until_it_closes(self, officer, vignette):
        actions.rate(vignette=vignette, levels=LEVELS, by=officer, now=RATED)

        actions.rate(vignette=vignette, levels={"head-leads-in-person": 3, "made-room": 1}, by=officer, now=LATER)

        kept = Rating.objects.values_list("statement", "level", "at")
        assert set(kept) == {("head-leads-in-person", 3, RATED), ("made-room", 1, LATER)}

    def test_leaves_others_ratings_alone(self, officer, vignette):
        theirs = RatingFactory(vignette=vignette)

        actions.rate(vignette=vignette, levels={}, by=officer, now=RATED)

        assert list(Rating.objects.all()) == [theirs]

    @pytest.mark.parametrize("day", [OPENS - timedelta(days=1), AFTER])
    def test_only_while_the_round_is_open(self, officer, vignette, day):
        now = RATED.replace(month=day.month, day=day.day)

        with pytest.raises(actions.UnableToModerate, match="not open"):
            actions.rate(vignette=vignette, levels=LEVELS, by=officer, now=now)

    @pytest.mark.parametrize("levels", [{"repair-and-reconnect": 3}, {"calm-places": 5}, {"calm-places": 0}])
    def test_only_what_the_vignette_asks(self, officer, vignette, levels):
        with pytest.raises(actions.UnableToModerate, match="from the list"):
            actions.rate(vignette=vignette, levels=levels, by=officer, now=RATED)

    @pytest.mark.parametrize("who", ["coordinator", "head", "superuser"])
    def test_is_the_officers(self, request, vignette, who):
        with pytest.raises(PermissionDenied):
            actions.rate(vignette=vignette, levels=LEVELS, by=request.getfixturevalue(who), now=RATED)


class TestAgreement:
    def test_is_not_told_before_the_round_is_over(self, open_round, vignette):
        RatingFactory(vignette=vignette)

        assert actions.agreement_of(open_round, today=CLOSES) == {}
        assert actions.agreement_of(open_round, today=AFTER)

    def test_is_counted_theme_by_theme(self, open_round, vignette):
        for level in (2, 2, 3, 4):
            actions.rate(
                vignette=vignette,
                levels={"calm-places": level, "made-room": 1},
                by=MembershipFactory(officer=True).user,
                now=RATED,
            )

        found = actions.agreement_of(open_round, today=AFTER)

        assert {theme: (one.pairs, one.exact, one.within_one) for theme, one in found.items()} == {
            ALL: (12, 7, 10),
            "safe-base": (6, 1, 4),
            "time-and-fit": (6, 6, 6),
        }

    def test_another_rounds_ratings_do_not_count(self, open_round):
        RatingFactory()

        assert actions.agreement_of(open_round, today=AFTER) == {}


class TestDecide:
    def test_adds_to_the_library(self, officer, open_round):
        decision = actions.record_decision(
            statement="calm-places", situation="One room.", ruling="Level 2.", by=officer, now=RATED
        )

        assert Decision.objects.get() == decision
        assert (decision.by, decision.at) == (officer, RATED)

    def test_a_later_one_stands_beside_the_first(self, coordinator, open_round):
        first = DecisionFactory()

        later = actions.record_decision(
            statement="calm-places", situation="One room.", ruling="Level 3.", by=coordinator, now=LATER
        )

        assert list(Decision.objects.about("calm-places").newest_first()) == [later, first]

    @pytest.mark.parametrize(
        ("field", "sentence"), [("statement", "Choose the statement"), ("situation", "names"), ("ruling", "names")]
    )
    def test_says_what_is_missing(self, officer, open_round, field, sentence):
        given = {"statement": "calm-places", "situation": "One room.", "ruling": "Level 2.", field: ""}

        with pytest.raises(actions.UnableToModerate, match=sentence):
            actions.record_decision(**given, by=officer, now=RATED)

    @pytest.mark.parametrize("who", ["head", "staff_member", "superuser"])
    def test_is_for_officers_and_coordinators(self, request, open_round, who):
        with pytest.raises(PermissionDenied):
            actions.record_decision(
                statement="calm-places",
                situation="One room.",
                ruling="Level 2.",
                by=request.getfixturevalue(who),
                now=RATED,
            )

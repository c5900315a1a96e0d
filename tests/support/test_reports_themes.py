from fractions import Fraction

import pytest

from readiness.domain.answers import Other
from readiness.domain.states import AuditState
from support.reports.composing import compose
from tests.support.examples import everywhere, example, offers, source


def report(answers, **fields):
    return compose(source(answers, **fields))


class TestTheThemes:
    def test_a_row_says_kind_score_band_essentials_and_tier(self):
        line = report(example("early-days")).themes[0]
        assert line.cells == (
            "Leadership and purpose",
            "Condition",
            "2.0, Getting ready",
            "Two met, one not met yet",
            "Targeted",
        )

    @pytest.mark.parametrize(
        ("slug", "words"),
        [
            ("leadership-and-purpose", "All three met"),
            ("time-and-fit", "Both met"),
            ("staff-learning", "One met"),
            ("safe-base", "None in this theme"),
        ],
    )
    def test_essentials_in_words(self, slug, words):
        assert next(line for line in report(everywhere(3)).themes if line.slug == slug).essentials == words

    def test_essentials_that_are_all_unmet(self):
        assert report(everywhere(1)).themes[0].essentials == "Three not met yet"

    def test_a_tier_that_the_score_alone_would_not_give_says_why(self):
        line = report(example("strong-but-no-room")).themes[1]
        assert line.score_words == "3.3, A strength"
        assert line.tier_words == "Intensive. An essential is at “Not yet”."

    def test_one_unmet_essential_lifts_the_tier(self):
        line = report(everywhere(4) | {"head-leads-in-person": 2}).themes[0]
        assert line.tier_words == "Targeted. One essential is not met yet."

    def test_a_theme_without_a_score_is_universal_with_a_talk(self):
        line = report(example("two-unknown-in-one-theme")).themes[0]
        assert (line.score, line.tier_key) == ("", "universal")
        assert line.score_words == "Not enough information yet"
        assert line.note == "A talk within four weeks goes with it, to find out more."

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            (everywhere(3), "Ready to start. Support for the eight themes: universal for all of them."),
            (
                example("strong-but-no-room"),
                "Getting ready. Support for the eight themes: intensive for one (“Time, people and fit”); "
                "universal for seven.",
            ),
            (
                example("two-unknown-in-one-theme"),
                "Not enough information yet. Support for the eight themes: universal for seven; "
                "not enough known yet about “Leadership and purpose”.",
            ),
            (
                {},
                "Not enough information yet. Support for the eight themes: not enough known yet about any of them.",
            ),
        ],
    )
    def test_the_sentence_that_stands_for_the_chart(self, answers, sentence):
        assert report(answers, state=AuditState.DRAFT).summary == sentence


class TestTheChart:
    def test_is_the_table_drawn(self):
        found = report(example("early-days") | {"made-room": Other.DONT_KNOW, "fits-with-what-we-do": Other.DONT_KNOW})
        assert found.chart.summary == found.summary
        for row, line in zip(found.chart.rows, found.themes, strict=True):
            assert (row.title, row.group, row.score_text, row.tier, row.note) == (
                line.title,
                line.kind_key,
                line.score,
                line.tier,
                line.note,
            )
            assert row.band == (line.band if line.score else "")
        assert [row.score for row in found.chart.rows[:2]] == [Fraction(2), None]
        assert (found.chart.rows[0].essentials_met, found.chart.rows[0].essentials_unmet) == (2, 1)

    def test_zones_are_the_tiers_in_words(self):
        assert [(zone.label, zone.low, zone.high) for zone in report(everywhere(3)).chart.zones] == [
            ("Intensive", 1, Fraction(7, 4)),
            ("Targeted", Fraction(7, 4), Fraction(5, 2)),
            ("Universal", Fraction(5, 2), 4),
        ]

    def test_two_schools_with_the_same_result_share_a_picture(self):
        one, other = report(everywhere(3)), report(everywhere(3), school="Another School", audit_pk=99)
        assert one.chart_digest == other.chart_digest
        assert one.chart_digest != report(everywhere(4)).chart_digest


class TestTheHelp:
    def test_the_most_help_comes_first_with_its_offers(self):
        intensive, universal = report(example("strong-but-no-room")).help
        assert (intensive.heading, universal.heading) == ("Intensive", "Universal")
        (theme,) = intensive.themes
        assert theme.offers == offers()["time-and-fit", "intensive"]
        assert theme.open_to_all == offers()["time-and-fit", "universal"]
        assert universal.themes[0].offers == offers()["leadership-and-purpose", "universal"]
        assert universal.themes[0].open_to_all == ()

    def test_at_most_two_themes_begin_and_the_rest_wait_in_order(self):
        first, then, universal = report(example("ready-with-low-starting-points")).help
        assert first.heading == "Intensive: to begin with"
        assert [theme.title for theme in first.themes] == ["Relationships and behaviour", "A safe base"]
        assert then.heading == "Intensive: next"
        assert [theme.title for theme in then.themes] == ["Children, families and partners"]
        assert then.meaning == (
            "At most two themes are intensive at one time, so that the help is real and the workload fair. "
            "The order proposed here is “Relationships and behaviour” and “A safe base” first, then "
            "“Children, families and partners”. You and your locality support officer agree it."
        )
        assert len(universal.themes) == 5

    def test_a_starting_point_may_begin_lighter(self):
        theme = report(example("ready-with-low-starting-points")).help[0].themes[0]
        assert theme.sentences == ("This theme is a starting point: you may choose to begin with a lighter tier.",)

    def test_a_condition_may_not(self):
        theme = report(example("early-days")).help[0].themes[0]
        assert theme.title == "Leadership and purpose"
        assert theme.sentences == ()

    def test_a_theme_without_a_score_says_what_to_find_out(self):
        theme = report(example("two-unknown-in-one-theme")).help[0].themes[0]
        assert theme.sentences == (
            "A talk with your locality support officer within four weeks will help to find out:",
        )
        assert [item.statement for item in theme.find_out] == ["shared-reason-for-joining", "would-outlast-one-person"]

    def test_a_theme_without_any_answer_only_offers_the_talk(self):
        theme = report({}, state=AuditState.DRAFT).help[0].themes[0]
        assert theme.sentences[0].endswith("within four weeks will help to find out more.")
        assert theme.find_out == ()

    def test_an_offer_is_told_with_who_gives_it_and_how_much(self):
        offer = report(everywhere(3)).help[0].themes[0].offers[1]
        assert (offer.title, offer.words) == (
            "Place on the head teacher briefing",
            "Solihull co-ordinator; 1 hour, once a session",
        )

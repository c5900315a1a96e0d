from dataclasses import replace

import pytest

from readiness.domain.answers import Other
from readiness.domain.review import Choice, Concern, RemarkKind, Saying, Stand, Talk, Word, reading_order
from tests.readiness.domain.frameworks import framework

EIGHT_THEMES = framework()

K = RemarkKind
SUGGESTED = Talk(school=3, revision=1, officer=2, officer_reason="Not yet met.")
SENT = replace(SUGGESTED, words=(Word(K.SUGGESTION, 1, "Not yet met.", 2),))
ACCEPTED = replace(SENT, words=(*SENT.words, Word(K.ACCEPTANCE, 1, "", 2)))
EXPLAINED = replace(SENT, words=(*SENT.words, Word(K.EXPLANATION, 1, "It met twice.")))
KEPT = replace(EXPLAINED, words=(*EXPLAINED.words, Word(K.DIFFERENCE, 1, "Minutes say once.")))
ASKED = Talk(school=3, revision=1, words=(Word(K.QUESTION, 1, "When?"),))
REPLIED = replace(ASKED, words=(*ASKED.words, Word(K.REPLY, 1, "In May.")))
NEW = Talk(school=3, revision=1)
AGREED = Talk(school=3, revision=1, officer=3, agreed=3)


@pytest.mark.parametrize(
    ("talk", "stand"),
    [
        pytest.param(NEW, Stand.TO_LOOK_AT, id="nothing said"),
        pytest.param(AGREED, Stand.AGREED, id="agreed at once"),
        pytest.param(SUGGESTED, Stand.SUGGESTED, id="suggested and not sent"),
        pytest.param(SENT, Stand.SUGGESTED, id="suggested and sent"),
        pytest.param(ACCEPTED, Stand.TO_LOOK_AT, id="accepted by the school"),
        pytest.param(EXPLAINED, Stand.TO_LOOK_AT, id="explained by the school"),
        pytest.param(KEPT, Stand.DIFFERS, id="the officer stays with it"),
        pytest.param(
            replace(KEPT, agreed=2, agreed_reason="As seen."), Stand.AGREED, id="recorded by the co-ordinator"
        ),
        pytest.param(replace(KEPT, revision=2, school=2), Stand.TO_LOOK_AT, id="differed, then changed by the school"),
        pytest.param(replace(SENT, revision=2, school=2), Stand.TO_LOOK_AT, id="changed to what was suggested"),
        pytest.param(replace(SENT, revision=2, school=1), Stand.TO_LOOK_AT, id="changed to something else"),
        pytest.param(replace(EXPLAINED, officer=1), Stand.SUGGESTED, id="another level suggested in the second round"),
        pytest.param(replace(EXPLAINED, agreed=3), Stand.AGREED, id="the school's level after its explanation"),
        pytest.param(replace(ACCEPTED, agreed=2), Stand.AGREED, id="the accepted level"),
        pytest.param(ASKED, Stand.ASKED, id="asked"),
        pytest.param(REPLIED, Stand.TO_LOOK_AT, id="replied"),
        pytest.param(replace(ASKED, revision=2), Stand.TO_LOOK_AT, id="asked, and the answer was changed"),
        pytest.param(Talk(school=2, revision=2, officer=3), Stand.TO_LOOK_AT, id="changed after the officer agreed"),
    ],
)
def test_where_a_statement_stands(talk, stand):
    assert talk.stand is stand


@pytest.mark.parametrize(
    ("talk", "more"),
    [
        (NEW, set()),
        (SUGGESTED, set()),
        (SENT, set()),
        (ACCEPTED, {Choice.ACCEPT}),
        (EXPLAINED, {Choice.KEEP}),
        (KEPT, {Choice.KEEP}),
        (replace(SENT, revision=2, school=1), {Choice.KEEP}),
        (replace(SENT, revision=2, school=2), set()),
        (replace(ACCEPTED, revision=2, school=1), {Choice.KEEP}),
        (replace(EXPLAINED, officer=1), set()),
        (REPLIED, set()),
    ],
)
def test_what_the_officer_may_say(talk, more):
    assert set(talk.choices()) == {Choice.AGREE, Choice.ASK, Choice.SUGGEST} | more
    assert talk.choices()[0] is Choice.AGREE


@pytest.mark.parametrize(
    ("talk", "value"),
    [(NEW, 3), (ACCEPTED, 2)],
)
def test_agreeing_all_the_rest_covers_what_needs_no_more_words(talk, value):
    assert talk.is_for_the_rest
    assert talk.to_agree_on == value


@pytest.mark.parametrize(
    "talk", [AGREED, SUGGESTED, SENT, EXPLAINED, KEPT, ASKED, REPLIED, Talk(school=2, revision=2, officer=3)]
)
def test_agreeing_all_the_rest_leaves_what_was_talked_about(talk):
    assert not talk.is_for_the_rest


def test_a_level_that_is_accepted_counts_only_while_both_stand():
    assert ACCEPTED.accepted == 2
    assert replace(ACCEPTED, revision=2).accepted is None
    assert replace(ACCEPTED, officer=1).accepted is None
    assert replace(ACCEPTED, words=(*ACCEPTED.words, Word(K.EXPLANATION, 1, "Or not."))).accepted is None


def test_a_level_without_a_reason_is_no_suggestion():
    assert Talk(school=2, revision=2, officer=3).suggestion is None
    assert SUGGESTED.suggestion == 2
    assert replace(SUGGESTED, school=2).suggestion is None


@pytest.mark.parametrize(
    ("talk", "saying"),
    [
        (NEW, Saying()),
        (AGREED, Saying(Choice.AGREE)),
        (replace(ACCEPTED, agreed=2), Saying(Choice.ACCEPT)),
        (SUGGESTED, Saying(Choice.SUGGEST, 2, "Not yet met.")),
        (SENT, Saying()),
        (ASKED, Saying()),
        (KEPT, Saying()),
    ],
)
def test_what_a_page_offers_to_change(talk, saying):
    assert talk.saying == saying


def test_the_coordinator_records_and_corrects_what_was_left_to_them():
    assert KEPT.is_left_to_the_coordinator
    assert replace(KEPT, agreed=2, agreed_reason="As seen.").is_left_to_the_coordinator
    assert not replace(KEPT, agreed=3).is_left_to_the_coordinator  # the officer took the school's level after all
    assert not replace(KEPT, revision=2).is_left_to_the_coordinator
    assert not EXPLAINED.is_left_to_the_coordinator
    assert not AGREED.is_left_to_the_coordinator


class TestReadingOrder:
    def slugs(self, answers, evidenced=()):
        everything = {statement.slug: 3 for statement in EIGHT_THEMES.statements} | answers
        return reading_order(EIGHT_THEMES, everything, evidenced=evidenced)

    def test_essentials_then_no_evidence_then_unknown_then_the_rest_by_theme(self):
        plain = [one.slug for one in EIGHT_THEMES.statements if not one.is_essential]
        no_evidence, evidenced, unknown, *_rest = plain
        groups = self.slugs({no_evidence: 4, evidenced: 4, unknown: Other.DONT_KNOW}, evidenced=[evidenced])

        assert [group.concern for group in groups][:3] == [Concern.ESSENTIAL, Concern.NO_EVIDENCE, Concern.UNKNOWN]
        assert groups[0].statements == EIGHT_THEMES.essentials
        assert [one.slug for one in groups[1].statements] == [no_evidence]
        assert [one.slug for one in groups[2].statements] == [unknown]
        themes = [group.theme.slug for group in groups[3:]]
        assert themes == [one.slug for one in EIGHT_THEMES.themes if one.slug in set(themes)]

    def test_every_statement_stands_once(self):
        groups = self.slugs({one.slug: 4 for one in EIGHT_THEMES.statements})
        read = [one.slug for group in groups for one in group.statements]

        assert sorted(read) == sorted(one.slug for one in EIGHT_THEMES.statements)
        assert len({group.slug for group in groups}) == len(groups)

    def test_an_essential_that_is_unknown_is_read_with_the_essentials(self):
        essential = EIGHT_THEMES.essentials[0].slug
        groups = self.slugs({essential: Other.DONT_KNOW})

        assert essential in [one.slug for one in groups[0].statements]
        assert Concern.UNKNOWN not in [group.concern for group in groups]

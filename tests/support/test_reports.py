import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.domain.answers import Other
from readiness.domain.states import EDITABLE, AuditState
from support.reports.composing import compose
from support.reports.parts import Part
from support.reports.source import Previous
from tests.support.examples import AGREED, SUBMITTED, everywhere, example, framework, sayings, source

WORKED = [one.id for one in framework().worked_examples]


def report(answers, **fields):
    return compose(source(answers, **fields))


def leads(parts):
    return [part.lead for part in parts]


def slugs(part):
    return [item.statement for item in part.items]


def words_of(value):
    """Every text in a report, with the name of the field that holds it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from words_of(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from words_of(getattr(value, name))


class TestTheWorkedExamples:
    @pytest.mark.parametrize("name", WORKED)
    def test_outcome_and_tiers_are_as_stated(self, name):
        stated = next(one for one in framework().worked_examples if one.id == name)
        found = report(example(name))
        assert found.outcome_key == stated.outcome
        assert {line.slug: line.tier_key for line in found.themes if line.tier_key != "universal"} == dict(
            stated.tiers_not_universal
        )

    @pytest.mark.parametrize("name", WORKED)
    def test_unmet_essentials_are_counted_in_the_table(self, name):
        stated = next(one for one in framework().worked_examples if one.id == name)
        found = report(example(name))
        themes = {framework().theme_of(slug).slug for slug in stated.essentials_unmet}
        assert {line.slug for line in found.themes if "not met yet" in line.essentials} == themes

    @pytest.mark.parametrize("name", WORKED)
    def test_no_total_percentage_or_judging_word(self, name):
        for words in words_of(replace(report(example(name)), statements=(), chart=None)):
            assert not re.search(r"%|\b(pass|passed|fail|failed|grade|rank|total|percent)\b", words, re.IGNORECASE)


class TestStages:
    @pytest.mark.parametrize("state", AuditState)
    def test_every_state_has_a_word_and_a_sentence(self, state):
        agreed = everywhere(3) if state in (AuditState.AGREED, AuditState.SUPERSEDED) else None
        marker = report(everywhere(3), state=state, agreed=agreed).marker
        assert marker.key == state
        assert marker.word
        assert marker.sentence.endswith(".")
        assert marker.is_submitted == (state not in EDITABLE)

    def test_a_draft_says_plainly_that_it_is_not_submitted(self):
        found = report(everywhere(3), state=AuditState.DRAFT)
        assert found.title == "What this would say today"
        assert found.marker.word == "Not submitted"
        assert "Nobody sees it but the people who answer this audit" in found.marker.sentence

    def test_a_returned_audit_does_not_say_that_nobody_sees_it(self):
        found = report(everywhere(3), state=AuditState.RETURNED)
        assert (found.title, found.marker.word) == ("What this would say today", "Not submitted")
        assert "Nobody" not in found.marker.sentence

    def test_a_submitted_audit_names_the_day_and_the_person(self):
        found = report(everywhere(3))
        assert found.title == "Results"
        assert found.marker.sentence.startswith("Submitted on 20 November 2026 by Ann Example.")

    def test_until_it_is_agreed_it_is_provisional(self):
        assert "provisional" in report(everywhere(3)).standing
        assert report(everywhere(3), agreed=everywhere(3)).standing == (
            "This is a recommendation to people, not an automatic decision."
        )

    def test_missing_answers_are_listed_in_a_draft(self):
        answers = everywhere(3)
        del answers["calm-places"]
        found = report(answers, state=AuditState.DRAFT)
        assert found.missing.lead == "One statement still needs an answer:"
        assert found.missing.items[0].statement == "calm-places"
        assert found.missing.items[0].theme == "safe-base"

    def test_a_complete_draft_has_nothing_missing(self):
        assert report(everywhere(3), state=AuditState.DRAFT).missing is None

    @pytest.mark.parametrize(
        ("fields", "when"),
        [
            ({"state": AuditState.DRAFT}, "the answers as last saved on 20 November 2026 at 10:42"),
            ({"state": AuditState.RETURNED}, "the answers as last saved on 20 November 2026 at 10:42"),
            ({}, "the answers submitted on 20 November 2026 at 10:42"),
            ({"agreed": everywhere(3)}, "the answers agreed on 2 December 2026 at 10:42"),
        ],
    )
    def test_says_from_which_answers_it_was_worked_out(self, fields, when):
        facts = {fact.name: fact for fact in report(everywhere(3), **fields).verification}
        assert facts["Worked out from"].value == when
        assert facts["Version"].value == "3, called 1.0-draft"
        assert facts["Digest of the version"].value == "0123456789ab…"
        assert facts["Digest of the version"].full == "0123456789abcdef" * 4

    def test_an_empty_draft_is_worked_out_now(self):
        assert report({}, state=AuditState.DRAFT).scored_at == SUBMITTED

    def test_the_file_is_named_for_the_school_and_the_session(self):
        assert report(everywhere(3)).file_stem == "readiness-audit-bun-sgoil-ard-2026-27"


class TestLists:
    def test_what_is_not_known_but_decides_nothing_is_still_listed(self):
        found = report(everywhere(3) | {"calm-places": Other.DONT_KNOW})
        assert found.find_out.lead == "The answer to this is “We do not know yet”, which is a useful answer:"
        assert slugs(found.find_out) == ["calm-places"]

    def test_when_it_decides_the_outcome_it_is_listed_there(self):
        assert report(example("two-unknown-in-one-theme")).find_out is None

    def test_answers_that_want_a_line_of_evidence(self):
        found = compose(replace(source(everywhere(3)), said=sayings(everywhere(3), evidence=" ")))
        assert found.evidence.lead.startswith("These answers stand as they are.")
        assert slugs(found.evidence) == [one.slug for one in framework().essentials]
        assert found.evidence.items[0].words == "In place"

    def test_nothing_is_asked_where_every_line_is_there(self):
        assert report(everywhere(4)).evidence is None


class TestAgreed:
    def test_the_agreed_answers_count_and_the_schools_stand_beside_them(self):
        found = report(everywhere(3), agreed=everywhere(3) | {"made-room": 1})
        assert found.outcome_key == "getting_ready"
        assert found.differences.lead == "One answer was agreed to be different. Both are kept:"
        assert found.differences.items[0].words == "the school said In place; agreed: Not yet"
        line = found.themes[1]
        assert line.beside == "The school’s own answers gave 3.0 and universal."
        assert line.tier_words == (
            "Intensive. An essential is at “Not yet”. The school’s own answers gave 3.0 and universal."
        )
        assert found.themes[0].beside == ""

    def test_where_they_are_the_same_nothing_stands_beside(self):
        found = report(everywhere(3), agreed=everywhere(3))
        assert found.differences is None
        assert all(line.beside == "" for line in found.themes)

    def test_a_score_that_was_agreed_to_be_higher(self):
        line = report(everywhere(2), agreed=everywhere(2) | {"calm-places": 3}).themes[5]
        assert line.tier_words == "Targeted. The school’s own answers gave 2.0 and targeted."

    def test_the_school_knew_too_little(self):
        unknown = dict.fromkeys(["shared-reason-for-joining", "would-outlast-one-person"], Other.DONT_KNOW)
        found = report(everywhere(3) | unknown, agreed=everywhere(3))
        assert found.themes[0].beside == "The school’s own answers gave Not enough information yet and universal."

    def test_the_schools_evidence_stays_with_the_agreed_answer(self):
        line = report(everywhere(3), agreed=everywhere(4)).statements[0]
        assert (line.answer, line.school_said) == ("Part of how we work", "In place")
        assert line.evidence == "It is on page 4 of our plan."
        assert (line.by, line.at) == ("Olu Officer", AGREED)


class TestStatements:
    def test_every_statement_has_its_answer_and_rubric(self):
        found = report(example("does-not-apply-and-one-unmet")).statements
        assert [line.slug for line in found] == [one.slug for one in framework().statements]
        first = found[0]
        assert (first.minimum, first.level, first.other) == ("In place", "In place", "")
        assert first.rubric == framework().statements[0].rubric(3)

    def test_an_answer_that_is_no_level_has_its_reason(self):
        line = next(
            one for one in report(example("does-not-apply-and-one-unmet")).statements if one.slug == "cover-and-costs"
        )
        assert (line.level, line.other, line.rubric) == ("", "Does not apply to us", "")
        assert line.reason == "We share one with our neighbours."

    def test_a_blank(self):
        line = report({}, state=AuditState.DRAFT).statements[0]
        assert (line.answer, line.rubric, line.by, line.at) == ("", "", "", None)


class TestSinceLastTime:
    def previous(self, answers):
        return Previous(session="2025/26", framework=framework(), answers=answers)

    def test_without_an_earlier_audit_nothing_is_said(self):
        assert report(everywhere(3)).since == ()

    def test_what_moved(self):
        moved = {"welcome-and-predictability": 4, "calm-places": 4, "staff-want-this": 2}
        found = report(everywhere(3) | moved, previous=self.previous(everywhere(3) | {"planned-transitions": 2}))
        outcome, themes, up, down = found.since
        assert outcome == Part("In 2025/26 the outcome was Ready to start too.")
        assert themes.lead == "Further on: “A safe base”. The rest is about the same, or cannot be compared."
        assert up.lead == "Three statements moved up:"
        assert up.items[0].words == "from In place to Part of how we work"
        assert down.lead == "One statement moved down:"
        assert slugs(down) == ["staff-want-this"]

    def test_the_outcome_then_and_now(self):
        found = report(everywhere(3), previous=self.previous(example("early-days")))
        assert found.since[0].lead == (
            "In 2025/26 the outcome was Ready to start with agreed support; it is now Ready to start."
        )

    def test_nothing_moved(self):
        assert leads(report(everywhere(3), previous=self.previous(everywhere(3))).since) == [
            "In 2025/26 the outcome was Ready to start too.",
            "Every theme that can be compared is about the same.",
        ]

    def test_a_theme_that_went_down(self):
        lower = {one.slug: 2 for one in framework().theme("safe-base").statements}
        found = report(everywhere(3) | lower, previous=self.previous(everywhere(3)))
        assert found.since[1].lead == "Not as far on: “A safe base”. The rest is about the same, or cannot be compared."


GIVEN = st.sampled_from([1, 2, 3, 4, Other.DONT_KNOW, None])
ANSWERS = st.fixed_dictionaries({one.slug: GIVEN for one in framework().statements})


@given(answers=ANSWERS)
@settings(max_examples=60)
def test_any_draft_has_a_report(answers):
    found = report({slug: one for slug, one in answers.items() if one}, state=AuditState.DRAFT)
    assert len(found.themes) == len(found.chart.rows) == 8
    assert found.why
    assert found.change
    assert sum(len(group.themes) for group in found.help) == 8
    assert all(words.strip() for words in leads(found.why + found.change))

"""What a later audit says of an earlier one: theme by theme, and step by step of the plan in between."""

from dataclasses import replace

import pytest

from readiness.domain.answers import Other
from support import pdf
from support.reports.composing import compose
from support.reports.source import PlannedStep, Previous
from tests.support.examples import everywhere, framework, source
from tests.support.test_pdf import opened, tags, text_of


def previous(answers, *steps, session="2025/26", asked=None):
    return Previous(session=session, framework=asked or framework(), answers=answers, steps=steps)


def report(answers, before, *steps, **fields):
    return compose(source(answers, previous=previous(before, *steps, **fields)))


def step(statement="dates-for-training", level=3, status="done"):
    return PlannedStep("Put both days in the calendar.", status, statement, level)


def verdicts(found):
    return {line.title: line.verdict for line in found.over_time.lines}


class TestTheThemes:
    def test_without_an_earlier_audit_there_is_nothing(self):
        found = compose(source(everywhere(3)))
        assert (found.over_time, found.last_steps) == (None, ())

    def test_a_small_difference_is_about_the_same(self):
        found = report(everywhere(3), everywhere(3) | {"calm-places": 2})
        assert set(verdicts(found).values()) == {"About the same"}
        assert {row.direction for row in found.over_time.chart.rows} == {"same"}
        assert "Every theme that can be compared is about the same." in found.over_time.chart.summary

    def test_a_real_one_is_further_on_or_not_as_far(self):
        higher = {"welcome-and-predictability": 4, "calm-places": 4}
        lower = {one.slug: 2 for one in framework().theme("time-and-fit").statements}
        found = report(everywhere(3) | higher | lower, everywhere(3))
        assert verdicts(found)["A safe base"] == "Further on"
        assert verdicts(found)["Time, people and fit"] == "Not as far on"
        assert found.over_time.chart.summary.startswith("From 2025/26 to 2026/27. Further on: “A safe base”.")

    def test_what_was_not_known_cannot_be_compared(self):
        unknown = {"calm-places": Other.DONT_KNOW, "planned-transitions": Other.DONT_KNOW}
        line = next(
            one for one in report(everywhere(3), everywhere(3) | unknown).over_time.lines if "safe" in one.title
        )
        assert line.cells == ("A safe base", "Not enough information yet", "3.0, Ready", "Cannot be compared")

    def test_a_theme_that_only_one_version_asks_is_there_and_not_compared(self):
        fewer = replace(framework(), themes=framework().themes[:-1])
        gone = framework().themes[-1].title
        assert verdicts(report(everywhere(3), everywhere(3), asked=fewer))[gone] == "Not asked last time"
        found = compose(source(everywhere(3), framework=fewer, previous=previous(everywhere(3))))
        assert verdicts(found)[gone] == "Not asked any more"
        assert len(found.over_time.chart.rows) == 8

    def test_the_table_says_what_the_chart_says(self):
        found = report(everywhere(3), everywhere(2))
        rows = [(row.title, row.then_text, row.now_text, row.verdict) for row in found.over_time.chart.rows]
        assert rows == [line.cells for line in found.over_time.lines]
        assert found.over_time.table_head == ("Theme", "2025/26", "2026/27", "Then and now")

    def test_two_audits_of_one_session_are_told_apart(self):
        head = report(everywhere(3), everywhere(2), session="2026/27").over_time.table_head
        assert head[1:3] == ("2026/27, the first", "2026/27, the second")


class TestTheStepsOfTheLastPlan:
    def moved(self, before, after, *, level=3):
        answers = {"dates-for-training": after}
        found = report(everywhere(3) | answers, everywhere(3) | {"dates-for-training": before}, step(level=level))
        return found.last_steps[0].moved

    @pytest.mark.parametrize(
        ("before", "after", "words"),
        [
            (2, 3, "Moved up, from “Getting started” to “In place”. That is what was hoped for."),
            (1, 2, "Moved up, from “Not yet” to “Getting started”. “In place” was hoped for."),
            (3, 2, "Moved down, from “In place” to “Getting started”. “In place” was hoped for."),
            (2, 2, "About the same: “Getting started”."),
            (Other.DONT_KNOW, 3, "It cannot be compared: “We do not know yet” then, “In place” now."),
        ],
    )
    def test_whether_its_statement_moved(self, before, after, words):
        assert self.moved(before, after) == words

    def test_a_blank_of_a_draft_cannot_be_compared(self):
        answers = everywhere(3)
        del answers["dates-for-training"]
        found = report(answers, everywhere(3), step())
        assert found.last_steps[0].moved == "It cannot be compared: “In place” then, “not answered” now."

    def test_nothing_is_ever_said_to_be_caused(self):
        for before in (1, 2, 3):
            assert not {"because", "caused", "thanks", "led"} & set(self.moved(before, 4).lower().split())

    def test_what_became_of_it_and_the_words_of_the_statement(self):
        steps = [step(status=status) for status in ("done", "to_do", "dropped")]
        found = report(everywhere(3), everywhere(3), *steps).last_steps
        assert [one.status for one in found] == ["Done", "Still to do", "Dropped"]
        assert found[0].statement.startswith("We have agreed dates and time")

    def test_a_step_that_was_to_move_none(self):
        found = report(everywhere(3), everywhere(3), step(statement="", level=None)).last_steps[0]
        assert (found.statement, found.moved) == ("", "")

    def test_a_statement_that_is_not_asked_any_more(self):
        theme = framework().theme("time-and-fit")
        kept = tuple(one for one in theme.statements if one.slug != "dates-for-training")
        themes = tuple(replace(one, statements=kept) if one == theme else one for one in framework().themes)
        now = replace(framework(), themes=themes)
        found = compose(source(everywhere(3), framework=now, previous=previous(everywhere(3), step())))
        assert found.last_steps[0].moved == "It is not asked any more, so nothing can be compared."

    def test_a_statement_that_was_reworded_says_so(self):
        theme = framework().theme("time-and-fit")
        words = tuple(
            replace(one, text="Otherwise.") if one.slug == "dates-for-training" else one for one in theme.statements
        )
        themes = tuple(replace(one, statements=words) if one == theme else one for one in framework().themes)
        found = report(everywhere(3), everywhere(2), step(), asked=replace(framework(), themes=themes))
        assert found.last_steps[0].moved.endswith("Its wording has changed since.")


def test_the_pdf_has_chart_table_and_steps():
    found = report(everywhere(3), everywhere(2), step(), step(statement="", level=None))
    reader = opened(found)
    words = text_of(reader)
    for each in [
        "Your themes then and now",
        "Further on",
        "The steps of the last plan",
        "It was to move no statement.",
    ]:
        assert each in words
    assert ("/Figure", found.over_time.chart.summary) in tags(reader)
    assert pdf.render(found) == pdf.render(found)

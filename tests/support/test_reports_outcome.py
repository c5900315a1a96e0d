from readiness.domain.answers import Other
from readiness.domain.states import AuditState
from support.reports.composing import compose
from support.reports.parts import Item, Part
from tests.support.examples import everywhere, example, framework, source


def report(answers, **fields):
    return compose(source(answers, **fields))


def leads(parts):
    return [part.lead for part in parts]


def slugs(part):
    return [item.statement for item in part.items]


class TestWhy:
    def test_everything_in_place(self):
        assert leads(report(example("all-in-place")).why) == [
            "Every essential is met, and every condition is far enough on."
        ]

    def test_names_what_is_furthest_on_when_it_is_a_few(self):
        answers = everywhere(3) | {one.slug: 4 for one in framework().theme("staff-learning").statements}
        assert report(answers).why[0].lead.endswith("You are furthest on in “Staff readiness and learning”.")

    def test_an_essential_that_is_not_met(self):
        (part,) = report(example("does-not-apply-and-one-unmet")).why
        assert part.lead == "For Ready to start, every essential needs to be met. This one is not met yet:"
        assert slugs(part) == ["dates-for-training"]
        assert part.items[0].words == "needs at least In place; now Getting started"

    def test_an_essential_at_the_lowest_level(self):
        (part,) = report(example("strong-but-no-room")).why
        assert part.lead == ("For Ready to start with agreed support, no essential may be at “Not yet”. This one is:")
        assert slugs(part) == ["made-room"]

    def test_conditions_that_are_low_are_named_with_their_score_and_band(self):
        part = report(example("early-days")).why[1]
        assert part.lead == (
            "For Ready to start, the conditions taken together need an average of 2.5 or more. These are below that:"
        )
        assert part.items[0] == Item("Leadership and purpose", "2.0, Getting ready", "leadership-and-purpose")
        assert len(part.items) == 5

    def test_what_is_named_once_is_not_listed_again(self):
        unmet, lowest, mean, low = report(everywhere(1)).why
        assert unmet.lead.startswith("For Ready to start with agreed support, all essentials but two need to be met.")
        assert len(unmet.items) == 8
        assert lowest.lead.endswith("no essential may be at “Not yet”. Eight of those above are.")
        assert len(mean.items) == 5
        assert low.lead.endswith("no condition may be below 1.5. Five of those above are.")
        assert lowest.items == low.items == ()

    def test_one_low_condition(self):
        low = {one.slug: 2 for one in framework().theme("evidence-and-improvement").statements}
        (part,) = report(everywhere(4) | low | {"share-what-we-learn": 1}).why
        assert part.lead == "For Ready to start, no condition may be below 2. This one is:"
        assert part.items == (Item("Evidence and improvement", "1.8, Getting ready", "evidence-and-improvement"),)

    def test_a_condition_about_which_too_little_is_known(self):
        (part,) = report(example("two-unknown-in-one-theme")).why
        assert part.lead == "Too little is known about this condition to say how far on it is:"
        assert part.items[0].words == "three of five statements have a level; it needs four"

    def test_too_many_essentials_that_are_not_known(self):
        unknown = ["head-leads-in-person", "dates-for-training", "time-to-reflect"]
        (part,) = report(everywhere(3) | dict.fromkeys(unknown, Other.DONT_KNOW)).why
        assert part.lead == "Three essentials are not known yet, and at most two may be:"
        assert slugs(part) == unknown
        assert part.items[0].words == "needs at least In place; now We do not know yet"


class TestWhatWouldChangeIt:
    def test_one_thing(self):
        (part,) = report(example("strong-but-no-room")).change
        assert part == Part(
            "One thing would move you to Ready to start:",
            (
                Item(
                    "We have made room for this by finishing, pausing or joining up other work",
                    "from Not yet to Getting started",
                    "time-and-fit",
                    "made-room",
                ),
            ),
        )

    def test_several_things(self):
        (part,) = report(example("early-days")).change
        assert part.lead == "Six things would move you to Ready to start:"
        assert len(part.items) == 6

    def test_what_is_not_known_can_be_a_step(self):
        (part,) = report(everywhere(3) | {"dates-for-training": Other.DONT_KNOW}).change
        assert part.items[0].words == "from We do not know yet to In place"

    def test_nothing_stands_in_the_way(self):
        free, edge = report(example("all-in-place")).change
        assert free == Part("Nothing stands in the way of starting.")
        assert edge.lead == "To stay ready, look after these essentials. They are just at the level they need:"
        assert slugs(edge) == ["head-leads-in-person", "dates-for-training"]

    def test_nothing_is_near_the_edge(self):
        assert leads(report(everywhere(4)).change) == ["Nothing stands in the way of starting."]

    def test_what_to_find_out(self):
        (part,) = report(example("two-unknown-in-one-theme")).change
        assert part.lead == "Find these out, and the result can say more:"
        assert slugs(part) == ["shared-reason-for-joining", "would-outlast-one-person"]

    def test_a_draft_with_blanks_is_sent_to_them(self):
        assert leads(report({}, state=AuditState.DRAFT).change) == [
            "Answer the statements that are still blank. Then this page can say more."
        ]

    def test_a_draft_whose_blanks_are_in_the_way(self):
        answers = everywhere(4)
        del answers["dates-for-training"]
        found = report(answers, state=AuditState.DRAFT)
        assert found.outcome_key == "ready_with_support"
        assert leads(found.change) == [
            "Answer the statements that are still blank. Then this page can say what would change it."
        ]

from collections.abc import Callable
from typing import Any

import pytest

from readiness.domain.framework import Framework, Problem, problems

from .frameworks import document, small_document


def set_to(*path: Any, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(broken: dict[str, Any]) -> None:
        for step in path[:-1]:
            broken = broken[step]
        broken[path[-1]] = value

    return change


def take_out(*path: Any) -> Callable[[dict[str, Any]], None]:
    def change(broken: dict[str, Any]) -> None:
        for step in path[:-1]:
            broken = broken[step]
        del broken[path[-1]]

    return change


FIRST = ("themes", 0, "statements", 0)
BANDS = ("scoring", "bands")
OUTCOMES = ("scoring", "outcomes")
EXAMPLE = ("scoring", "worked_examples", 1)
HEAD = "themes/leadership-and-purpose/head-leads-in-person"

CASES = {
    "no title": (set_to("framework", "title", value=" "), "framework/title", "has no title"),
    "no version": (take_out("framework", "version"), "framework/version", "has no version"),
    "no minutes": (
        set_to("framework", "expected_minutes", value="40"),
        "framework/expected_minutes",
        "how many minutes",
    ),
    "framework slug": (set_to("framework", "slug", value="Nurture readiness"), "framework/slug", "small letters"),
    "a description is missing": (take_out(*FIRST, "levels", 3), f"{HEAD}/levels/3", "no description for level 3"),
    "a description is empty": (set_to(*FIRST, "levels", 4, value=""), f"{HEAD}/levels/4", "no description for level 4"),
    "a fifth level": (set_to(*FIRST, "levels", 5, value="More."), f"{HEAD}/levels/5", "Levels go from 1 to 4"),
    "no text": (set_to(*FIRST, "text", value=""), f"{HEAD}/text", "has no text"),
    "empty evidence": (
        set_to(*FIRST, "evidence_might_include", value=["Notes", ""]),
        f"{HEAD}/evidence_might_include",
        "none of them empty",
    ),
    "essential without a minimum": (
        take_out(*FIRST, "essential_minimum_level"),
        f"{HEAD}/essential_minimum_level",
        "Give it a minimum level: 2, 3 or 4",
    ),
    "minimum of 1": (
        set_to(*FIRST, "essential_minimum_level", value=1),
        f"{HEAD}/essential_minimum_level",
        "Give it a minimum level: 2, 3 or 4",
    ),
    "minimum of 5": (
        set_to(*FIRST, "essential_minimum_level", value=5),
        f"{HEAD}/essential_minimum_level",
        "Give it a minimum level: 2, 3 or 4",
    ),
    "minimum without essential": (
        set_to(*FIRST, "essential", value=False),
        f"{HEAD}/essential_minimum_level",
        "not essential",
    ),
    "essential is no yes or no": (set_to(*FIRST, "essential", value="yes"), f"{HEAD}/essential", "with yes or no"),
    "unknown mapping key": (
        set_to(*FIRST, "maps_to", "hgios4", value=["9.9"]),
        f"{HEAD}/maps_to/hgios4",
        "uses “9.9”",
    ),
    "no keys": (take_out("keys", "solihull"), "keys/solihull", "missing or empty"),
    "a key without words": (set_to("keys", "hgios4", "1.1", value=""), "keys/hgios4/1.1", "has no 1.1"),
    "unknown kind": (
        set_to("themes", 0, "kind", value="other"),
        "themes/leadership-and-purpose/kind",
        "a condition or",
    ),
    "no statements": (
        set_to("themes", 4, "statements", value=[]),
        "themes/relationships-and-behaviour/statements",
        "has no statements",
    ),
    "no themes": (set_to("themes", value=[]), "themes", "has no themes"),
    "theme slug is an address": (
        set_to("themes", 4, "slug", value="history"),
        "themes/history/slug",
        "address of a page",
    ),
    "theme without a slug": (set_to("themes", 4, "slug", value=""), "themes/4/slug", "has no slug"),
    "slug too long": (set_to("themes", 4, "slug", value="a" * 81), f"themes/{'a' * 81}/slug", "at most 80"),
    "three levels in the scale": (take_out("scale", "levels", 0), "scale/levels", "needs four levels"),
    "a level without a label": (
        set_to("scale", "levels", 0, "label", value=""),
        "scale/levels/0/label",
        "has no label",
    ),
    "an other answer too few": (take_out("scale", "other_answers", 0), "scale/other_answers", "dont_know"),
    "gap between bands": (set_to(*BANDS, 0, "below", value=1.5), "scoring/bands/getting_ready", "a gap between"),
    "bands overlap": (set_to(*BANDS, 0, "below", value=2.0), "scoring/bands/getting_ready", "overlap"),
    "first band begins late": (set_to(*BANDS, 0, "min", value=1.5), "scoring/bands/foundations", "begin at 1"),
    "last band ends early": (set_to(*BANDS, 3, "max", value=3.5), "scoring/bands/strength", "must reach 4"),
    "a band upside down": (set_to(*BANDS, 1, "min", value=2.5), "scoring/bands/getting_ready", "a lowest mean"),
    "a band open in the middle": (
        set_to(*BANDS, 1, value={"key": "getting_ready", "label": "Getting ready", "min": 1.75, "max": 2.5}),
        "scoring/bands/getting_ready",
        "Only the last band",
    ),
    "no bands": (set_to(*BANDS, value=[]), "scoring/bands", "There is no band"),
    "two bands with one key": (
        set_to(*BANDS, 1, "key", value="foundations"),
        "scoring/bands/foundations",
        "share the key",
    ),
    "an outcome without a rule": (take_out(*OUTCOMES, 0, "rule"), "scoring/outcomes/ready/rule", "has no rule"),
    "an unknown rule": (set_to(*OUTCOMES, 0, "rule", "luck", value=1), "scoring/outcomes/ready/rule/luck", "not known"),
    "a mean off the scale": (
        set_to(*OUTCOMES, 0, "rule", "condition_theme_mean_min", value=5),
        "scoring/outcomes/ready/rule/condition_theme_mean_min",
        "from 1 to 4",
    ),
    "a count below nothing": (
        set_to(*OUTCOMES, 1, "rule", "essentials_unmet_max", value=-1),
        "scoring/outcomes/ready_with_support/rule/essentials_unmet_max",
        "0 or more",
    ),
    "a switch that is no yes or no": (
        set_to(*OUTCOMES, 2, "rule", "otherwise", value="yes"),
        "scoring/outcomes/getting_ready/rule/otherwise",
        "with yes or no",
    ),
    "nothing is left over": (take_out(*OUTCOMES, 2), "scoring/outcomes", "“otherwise”"),
    "nothing is checked first": (take_out(*OUTCOMES, 3), "scoring/outcomes", "“check_first”"),
    "a theme without a score is no reason": (
        take_out(*OUTCOMES, 3, "rule", "any_condition_theme_without_score"),
        "scoring/outcomes",
        "without a score",
    ),
    "a better outcome asks less": (
        set_to(*OUTCOMES, 0, "rule", "condition_theme_mean_min", value=1.5),
        "scoring/outcomes",
        "best first",
    ),
    "tiers in another order": (
        lambda broken: broken["support_structure"]["tiers"].reverse(),
        "support_structure/tiers",
        "in this order",
    ),
    "a tier without meaning": (
        set_to("support_structure", "tiers", 1, "meaning", value=""),
        "support_structure/tiers/targeted/meaning",
        "has no meaning",
    ),
    "an example names an unknown statement": (
        set_to(*EXAMPLE, "overrides", "nothing-like-it", value=2),
        "scoring/worked_examples/strong-but-no-room/overrides/nothing-like-it",
        "does not exist",
    ),
    "an example gives what is no answer": (
        set_to(*EXAMPLE, "overrides", "made-room", value=7),
        "scoring/worked_examples/strong-but-no-room/overrides/made-room",
        "7 is not an answer",
    ),
    "an example says that an essential does not apply": (
        set_to(*EXAMPLE, "overrides", "made-room", value="not_applicable"),
        "scoring/worked_examples/strong-but-no-room/overrides/made-room",
        "not offered there",
    ),
    "an example without a base": (
        take_out(*EXAMPLE, "base"),
        "scoring/worked_examples/strong-but-no-room/base",
        "base level",
    ),
    "an example without an id": (take_out(*EXAMPLE, "id"), "scoring/worked_examples/2/id", "has no id"),
    "an example names an unknown outcome": (
        set_to(*EXAMPLE, "outcome", value="great"),
        "scoring/worked_examples/strong-but-no-room/outcome",
        "“great”",
    ),
    "an example names what is not essential": (
        set_to(*EXAMPLE, "essentials_unmet", value=["calm-places"]),
        "scoring/worked_examples/strong-but-no-room/essentials_unmet",
        "not an essential",
    ),
    "an example names an unknown tier": (
        set_to(*EXAMPLE, "tiers_not_universal", value={"time-and-fit": "huge"}),
        "scoring/worked_examples/strong-but-no-room/tiers_not_universal",
        "Check the theme and the tier",
    ),
}


def test_the_shipped_document_has_no_problems():
    assert problems(document()) == ()


@pytest.mark.parametrize("case", CASES)
def test_a_problem_says_where_and_what_to_do(case):
    break_it, path, words = CASES[case]
    broken = document()
    break_it(broken)
    found = problems(broken)
    assert [problem for problem in found if problem.path == path and words in problem.sentence], found


@pytest.mark.parametrize("slug", ["check", "results", "done", "history", "report"])
def test_statement_slugs_that_are_addresses_are_refused(slug):
    broken = small_document(("condition", [2]))
    broken["themes"][0]["statements"][0]["slug"] = slug
    path = f"themes/theme-a/{slug}/slug"
    assert problems(broken) == (Problem(path, f"The slug “{slug}” is the address of a page. Choose another."),)


@pytest.mark.parametrize("slug", ["Two Words", "under_score", "-first", "last-", "two--hyphens", "é"])
def test_malformed_slugs_are_refused(slug):
    broken = small_document(("condition", [2]))
    broken["themes"][0]["statements"][0]["slug"] = slug
    assert [problem.path for problem in problems(broken)] == [f"themes/theme-a/{slug}/slug"]


def test_slugs_are_given_once():
    broken = small_document(("condition", [2, None]), ("starting_point", [None]))
    broken["themes"][1]["statements"][0]["slug"] = "a2"
    assert problems(broken) == (Problem("themes/a2", "Two statements share the slug “a2”. Give each its own."),)
    broken["themes"][1]["slug"] = "theme-a"
    assert Problem("themes/theme-a", "Two themes share the slug “theme-a”. Give each its own.") in problems(broken)


def test_an_essential_always_applies():
    broken = small_document(("condition", [2]))
    broken["themes"][0]["statements"][0] |= {"not_applicable_allowed": True, "not_applicable_when": "Sometimes."}
    assert [problem.sentence for problem in problems(broken)] == [
        "Statement “a1” is essential, so it always applies. Do not offer “does not apply”."
    ]


@pytest.mark.parametrize(
    ("allowed", "when", "words"),
    [(True, "", "may not apply. Say when."), (False, "Sometimes.", "does not offer that answer")],
)
def test_does_not_apply_and_when_go_together(allowed, when, words):
    broken = small_document(("condition", [None]))
    broken["themes"][0]["statements"][0] |= {"not_applicable_allowed": allowed, "not_applicable_when": when}
    [problem] = problems(broken)
    assert problem.path == "themes/theme-a/a1/not_applicable_when"
    assert words in problem.sentence


def test_some_theme_must_be_a_condition():
    [problem] = problems(small_document(("starting_point", [None])))
    assert "No theme is a condition" in problem.sentence


@pytest.mark.parametrize("nothing", [None, [], "text", 3])
def test_what_is_no_document_is_said_once(nothing):
    assert len(problems(nothing)) == 1


def test_a_document_without_its_parts_names_them():
    assert [problem.path for problem in problems({})] == [
        "framework",
        "keys",
        "scale",
        "themes",
        "scoring",
        "support_structure",
    ]


@pytest.mark.parametrize("junk", [None, 7, "text", [], {}, [None], [[]], {"x": None}, True, 2.5, [{"slug": ["x"]}]])
def test_whatever_stands_anywhere_is_told_or_can_be_read(junk):
    for path in _paths(document()):
        broken = document()
        set_to(*path, value=junk)(broken)
        if not problems(broken):
            Framework.from_document(broken)


def _paths(value: Any) -> list[tuple[Any, ...]]:
    """Every path of a document, through the first item of each list."""
    if not isinstance(value, dict | list):
        return []
    steps = list(value) if isinstance(value, dict) else list(range(min(len(value), 1)))
    steps = [step for step in steps if step != "offers"]
    return [path for step in steps for path in [(step,), *((step, *rest) for rest in _paths(value[step]))]]

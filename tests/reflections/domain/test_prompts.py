"""What keeps a document from being prompts, and what is read out of one that is."""

import copy

import pytest
import yaml
from django.conf import settings

from reflections.domain.prompts import Form, Kind, Prompts, canonical, digest, problems

FILE = settings.BASE_DIR / "fixtures" / "reflection" / "reflective-log-1.0.yaml"
RAW = yaml.safe_load(FILE.read_text(encoding="utf-8"))


@pytest.fixture
def raw():
    return copy.deepcopy(RAW)


def step(raw, slug):
    return next(one for one in raw["reflection"]["steps"] if one["slug"] == slug)


def field(raw, slug):
    return next(one for part in raw["reflection"]["steps"] for one in part.get("fields", ()) if one["slug"] == slug)


class TestTheFile:
    def test_has_no_problems(self):
        assert problems(RAW) == ()

    def test_reads_as_it_is_written(self):
        prompts = Prompts.from_document(RAW)

        assert [one.slug for one in prompts.steps_of(Form.FULL)] == RAW["reflection"]["forms"]["full"]
        assert [one.slug for one in prompts.steps_of(Form.SHORT)] == RAW["reflection"]["forms"]["short"]
        assert prompts.before_you_start == tuple(RAW["reflection"]["before_you_start"])
        assert prompts.step("what-happened").hard_limit_characters == 1200
        assert prompts.field("themes").most == 3
        assert prompts.field("kind").kind is Kind.CHOICE
        assert prompts.field("no-names-checked").must_be_ticked
        assert prompts.step("confidence").confidence.scale[0] == (1, "not at all")
        assert "hurt me" in prompts.safeguarding_words
        assert prompts.meaning("private").startswith("Only you")
        assert prompts.expected_minutes == 10

    def test_is_the_same_however_its_keys_are_ordered(self):
        shuffled = {"reflection": dict(reversed(list(RAW["reflection"].items())))}

        assert digest(shuffled) == digest(RAW)
        assert canonical(canonical(RAW)) == canonical(RAW)

    def test_a_label_that_looks_like_a_number_is_text(self, raw):
        raw["reflection"]["version"] = 1.0

        assert Prompts.from_document(raw).label == "1.0"


def without(name):
    def change(raw):
        del raw["reflection"][name]

    return change


PROBLEMS = [
    (without("title"), "The prompts have no title"),
    (without("version"), "no version label"),
    (without("expected_minutes"), "how many minutes"),
    (without("before_you_start"), "before they start"),
    (without("steps"), "There are no steps"),
    (without("forms"), "which steps the full form has"),
    (without("required_steps"), "which steps are needed"),
    (without("visibility_meaning"), "who can read an entry"),
    (without("checks"), "a child may be at risk"),
    (lambda raw: step(raw, "so-what").pop("prompt"), "“so-what” with a text"),
    (lambda raw: step(raw, "so-what").pop("title"), "has no title"),
    (lambda raw: step(raw, "so-what").update(hard_limit_characters=0), "how long may it be"),
    (lambda raw: step(raw, "so-what").update(soft_limit_words="few"), "how many words are enough"),
    (lambda raw: step(raw, "so-what").update(slug="So What"), "small letters"),
    (lambda raw: step(raw, "how-it-felt").update(slug="so-what"), "share the slug “so-what”"),
    (lambda raw: step(raw, "how-it-felt").update(slug="done"), "taken by the product"),
    (lambda raw: step(raw, "setting").update(fields=[]), "asks nothing"),
    (lambda raw: step(raw, "confidence").update(scale={1: "no"}), "needs words for 1, 2, 3, 4 and 5"),
    (lambda raw: step(raw, "confidence").update(moments=["later"]), "the moments are going-in and now"),
    (lambda raw: step(raw, "confidence")["items"][0].pop("text"), "has no words"),
    (lambda raw: field(raw, "kind").update(type="poem"), "must take one of these"),
    (lambda raw: field(raw, "kind").update(options=[]), "nothing to choose from"),
    (lambda raw: field(raw, "themes").update(options_from="elsewhere"), "nothing to choose from"),
    (lambda raw: field(raw, "how-will-i-know").pop("hard_limit_characters"), "how long may it be"),
    (lambda raw: field(raw, "themes").update(max=0), "how many may be chosen"),
    (lambda raw: field(raw, "happened-on").update(type="text", hard_limit_characters=9), "field “happened-on”"),
    (lambda raw: field(raw, "visibility").update(options=["private", "everybody"]), "choices of “visibility”"),
    (lambda raw: raw["reflection"]["required_steps"].append("sleep"), "no step “sleep”"),
    (lambda raw: raw["reflection"]["forms"]["short"].remove("now-what"), "lacks now-what"),
    (lambda raw: raw["reflection"]["forms"]["short"].append("so-what"), "names it twice"),
    (lambda raw: raw["reflection"]["forms"]["full"].pop(), "must ask for no-names-checked"),
]


@pytest.mark.parametrize(("change", "said"), PROBLEMS, ids=[said for _change, said in PROBLEMS])
def test_a_problem_is_a_sentence_for_the_editor(raw, change, said):
    change(raw)

    assert any(said in problem.sentence for problem in problems(raw)), problems(raw)
    with pytest.raises(ValueError, match=r"\."):
        Prompts.from_document(raw)


@pytest.mark.parametrize(
    "odd",
    [None, [], "text", {}, {"reflection": []}, {"reflection": {"steps": "x", "forms": [], "checks": 1}},
     {"reflection": {"steps": [1, {"slug": ["x"], "fields": 3, "items": "y", "scale": []}], "required_steps": {}}}],
)  # fmt: skip
def test_half_a_document_never_breaks_it(odd):
    assert problems(odd)

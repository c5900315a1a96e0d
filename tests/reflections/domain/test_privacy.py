"""Gentle checks: a table of tricky cases, each with what is found in it and by which rule."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflections.domain.privacy import Finding, Rule, check, excerpt, rewritten, safeguarding

TODAY = date(2026, 11, 20)
LISTED = ("disclosed", "hurt me", "hit me", "afraid to go home", "bruise", "self-harm", "suicide")

# What was written -> [(rule, the words found)].
CASES = [
    # Names after words for people
    ("The boy Jack threw his jotter.", [("name", "boy Jack")]),
    ("the girl called Aoife waited", [("name", "girl called Aoife")]),
    ("I sat with pupil J for a while", [("name", "pupil J")]),
    ("His mum Sarah came in", [("name", "mum Sarah")]),
    ("His mum came in. Sarah was there.", []),
    ("Gran Mary Ann Docherty phoned", [("name", "Gran Mary Ann")]),
    ("the child’s gran", []),
    ("the girl I spoke to", []),
    ("the boy I’ve known since P1", []),
    ("a child ADHD plan", []),
    ("the Child Protection co-ordinator", []),
    ("our Pupil Council met, and the pupil Support Assistant helped", []),
    ("I phoned mum Monday morning", []),
    ("mum May came at ten", [("name", "mum May")]),
    ("mum May 3rd at ten", []),
    ("mum April 12 at ten", []),
    ("the boys Jack and Tom", [("name", "boys Jack")]),
    ("the boy said he was tired", []),
    ("BOY JACK WAS TIRED", []),  # in capitals throughout it cannot be told from other words
    ("Dad and I talked. Mum came later.", []),
    ("the girl Māia smiled", [("name", "girl Māia")]),
    # Titles
    ("Mrs May came to the door", [("name", "Mrs May")]),
    ("In May the class went out", []),
    ("Mr. O’Neil stayed", [("name", "Mr. O’Neil")]),
    ("Miss Smith-Jones and I", [("name", "Miss Smith-Jones")]),
    ("I miss Edinburgh", []),
    ("Mrs and Mr were both there", []),
    ("Dr Khan rang about the plan", [("name", "Dr Khan")]),
    # Gaelic and Scots names
    ("bha am pupil Seònaid sgìth", [("name", "pupil Seònaid")]),
    ("the girl Eilidh NicDhòmhnaill", [("name", "girl Eilidh NicDhòmhnaill")]),
    ("the bairn Ùisdean", [("name", "bairn Ùisdean")]),
    ("ann an Gàidhlig, with a Gaelic learner", []),
    ("a learner Gaelic group", []),
    # Initials
    ("JM was upset at break", [("initials", "JM")]),
    ("J.M. was upset", [("initials", "J.M.")]),
    ("J. M. was upset", [("initials", "J. M.")]),
    ("PE and IT were both cancelled", []),
    ("The HT and the PT asked the EP", []),
    ("I AM SO TIRED OF IT", []),
    ("It was 9 AM or 3 PM, OK?", []),
    ("World War II topic", []),
    ("GIRFEC and ASN meetings", []),
    # A stage with a single child
    ("the P4 boy by the door", [("stage", "the P4 boy")]),
    ("The P4 class, the P4 boys and P4 itself", []),
    ("the only girl in P6", [("stage", "the only girl in P6")]),
    ("a primary 3 pupil", [("stage", "a primary 3 pupil")]),
    ("our S2 pupils", []),
    # Postcodes
    ("They live at ML1 1AA now", [("postcode", "ML1 1AA")]),
    ("ml11aa", [("postcode", "ml11aa")]),
    ("near G33  4XY somewhere", [("postcode", "G33  4XY")]),
    ("ML1 is a big area", []),
    ("S4 1st period, S2 2nd row and P4 4th lesson", []),
    ("room B12 3 chairs", []),
    # E-mail
    ("write to jo.bloggs@school.example please", [("email", "jo.bloggs@school.example")]),
    ("jo @ school . example", [("email", "jo @ school . example")]),
    ("I was @ the door", []),
    # Numbers, times and dates
    ("CHI 0102031234", [("long_number", "0102031234")]),
    ("010203 1234", [("long_number", "010203 1234")]),
    ("01 02 03-1234", [("long_number", "01 02 03-1234")]),
    ("SCN 123 456 789", [("long_number", "123 456 789")]),
    ("call 01698 302 010 after four", [("phone", "01698 302 010")]),
    ("call +44 1698 302010", [("phone", "+44 1698 302010")]),
    ("(01698) 302010", [("phone", "(01698) 302010")]),
    ("between 10:15 and 11:05, then 13.00 to 13.45", []),
    ("on 20 11 2026 3 children waited 15 minutes", []),
    ("on 20/11/2026 at 9.30", []),
    ("about 1,200,000 pounds for 2,345,678 people", []),
    ("session 2026-2027", []),
    ("born on 12/03/2017", [("birth", "born on 12/03/2017")]),
    ("her birthday is 3rd of April", [("birth", "birthday is 3rd of April")]),
    ("it began on 12/03/2017", [("birth", "12/03/2017")]),
    ("on 12 November 2026 we met", []),
    # Places
    ("He is 9 years old and lives in Salsburgh", [("place", "Salsburgh")]),
    ("a 9-year-old from Main Street", [("place", "Main Street")]),
    ("He lives in Salsburgh", []),
    ("14 Main Street", [("place", "14 Main Street")]),
    ("aged 9, from the class next door", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_cases(text, expected):
    assert [(finding.rule.value, finding.found) for finding in check(text, today=TODAY)] == expected


def test_there_are_sixty_of_them():
    assert len(CASES) >= 60


@pytest.mark.parametrize(
    ("rule", "stops"),
    [
        (Rule.EMAIL, True), (Rule.POSTCODE, True), (Rule.LONG_NUMBER, True), (Rule.PHONE, False), (Rule.NAME, False),
        (Rule.INITIALS, False), (Rule.STAGE, False), (Rule.BIRTH, False), (Rule.PLACE, False),
    ],
)  # fmt: skip
def test_three_things_stop_and_the_others_are_asked_about(rule, stops):
    assert Finding(rule, 0, 1, "x").stops is stops


class TestOtherWords:
    @pytest.mark.parametrize(
        ("text", "other"),
        [
            ("The boy Jack threw it.", "The boy threw it."),
            ("Mrs May came in.", "one of the adults came in."),
            ("JM was upset.", "someone was upset."),
            ("The P4 boy ran.", "The child ran."),
        ],
    )
    def test_are_offered(self, text, other):
        keys = [finding.key for finding in check(text, today=TODAY)]

        assert rewritten(text, keys, today=TODAY) == other

    def test_change_only_what_was_chosen(self):
        text = "The boy Jack ran. The girl Ann hid. The boy Jack came back."

        assert rewritten(text, ["name:boy Jack"], today=TODAY) == "The boy ran. The girl Ann hid. The boy came back."

    def test_a_choice_that_fits_nothing_changes_nothing(self):
        assert rewritten("The boy Jack ran.", ["name:boy Tom", "x"], today=TODAY) == "The boy Jack ran."


def test_an_excerpt_shows_where_it_is():
    line = "We had been out on the hill for an hour when the boy Jack fell over the gate and cried out loud."
    text = f"First line.\n{line}\nMore."
    found = excerpt(text, check(text, today=TODAY)[0])

    assert (found.before, found.found, found.after) == (
        "…hill for an hour when the ",
        "boy Jack",
        " fell over the gate and cried…",
    )


class TestSafeguarding:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("He disclosed something", ("disclosed",)),
            ("She said “he hit me” twice", ("hit me",)),
            ("HURT ME", ("hurt me",)),
            ("there were bruises", ("bruise",)),
            ("self harm and self-harming", ("self-harm",)),
            ("afraid  to\ngo home", ("afraid to go home",)),
            ("she hit metal", ()),
            ("undisclosed", ()),
            ("a calm day", ()),
        ],
    )
    def test_words_are_found_in_any_form(self, text, words):
        assert safeguarding(text, LISTED) == words


@given(st.text(max_size=200))
def test_any_text_can_be_checked_and_every_finding_is_where_it_says(text):
    found = check(text, today=TODAY)

    assert all(text[one.start : one.end] == one.found for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    rewritten(text, [one.key for one in found], today=TODAY)
    safeguarding(text, LISTED)


@given(st.text(alphabet="ABM1234567890 @.-()+/ab", max_size=60))
def test_odd_texts_too(text):
    for finding in check(text, today=TODAY):
        excerpt(text, finding)

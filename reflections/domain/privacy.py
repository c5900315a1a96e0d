"""Gentle checks: what in a text might let somebody work out whom it is about. Pure; the text goes nowhere.

Three things stop a text (an e-mail address, a full postcode, a number of nine or ten digits). All others are asked
about: the author is offered other words, and may go on. They are meant to be right more often than clever: a warning
too many costs a moment, a name that slips through costs trust.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reflections.domain import privacy_words as words

TOO_OLD_FOR_A_MOMENT = 2
"""A full date so many years back is more likely somebody's birthday than the day of a moment at school."""


class Rule(StrEnum):
    """What was found."""

    EMAIL = "email"
    POSTCODE = "postcode"
    LONG_NUMBER = "long_number"
    PHONE = "phone"
    NAME = "name"
    INITIALS = "initials"
    STAGE = "stage"
    BIRTH = "birth"
    PLACE = "place"


STOPS = frozenset({Rule.EMAIL, Rule.POSTCODE, Rule.LONG_NUMBER})


@dataclass(frozen=True)
class Finding:
    """One thing found: by which rule, where in the text, its words, and other words where there are good ones."""

    rule: Rule
    start: int
    end: int
    found: str
    instead: str = ""

    @property
    def stops(self) -> bool:
        """Whether the text cannot be kept with it."""
        return self.rule in STOPS

    @property
    def key(self) -> str:
        """The same for the same words, wherever they stand."""
        return f"{self.rule}:{self.found}"


@dataclass(frozen=True)
class Excerpt:
    """A finding with some of the words around it, to show where it is."""

    before: str
    found: str
    after: str


def check(text: str, *, today: date) -> tuple[Finding, ...]:
    """Everything found, in the order of the text. Where two overlap, the graver stands."""
    kept: list[Finding] = []
    for rule in _RULES:
        for finding in rule(text, today):
            if all(finding.end <= other.start or finding.start >= other.end for other in kept):
                kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.start))


def rewritten(text: str, keys: Iterable[str], *, today: date) -> str:
    """The text with the other words in the place of those findings whose key is given."""
    wanted = set(keys)
    for finding in reversed(check(text, today=today)):
        if finding.key in wanted and finding.instead:
            text = text[: finding.start] + finding.instead + text[finding.end :]
    return text


def excerpt(text: str, finding: Finding, *, around: int = 30) -> Excerpt:
    """The finding with about so many characters of its line on either side, never half a word."""
    before, after = text[: finding.start].rpartition("\n")[2], text[finding.end :].partition("\n")[0]
    if len(before) > around:
        before = "…" + before[-around:].partition(" ")[2]
    if len(after) > around:
        after = after[:around].rpartition(" ")[0] + "…"
    return Excerpt(before, finding.found, after)


def safeguarding(text: str, listed: Iterable[str]) -> tuple[str, ...]:
    """Which of the listed words stand in the text, in whichever form. Nothing is kept or sent about it."""
    return tuple(word for word in listed if _as_pattern(word).search(text))


def _as_pattern(word: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in re.split(r"[-\s]+", word.strip())]
    gap = r"[-‐‑–\s]*"
    return re.compile(rf"\b{gap.join(parts)}(?:s|d|r|ed|ing)?\b", re.IGNORECASE)


# --- What stops ------------------------------------------------------------------------------------------------------
_EMAIL = re.compile(r"[\w.+’'-]+\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)+")
_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{1,2})([0-9][A-Za-z0-9]?)[\s-]{0,2}([0-9][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})(?![A-Za-z0-9])"
)
_DATE = re.compile(r"\b(?:\d{1,2}[ /.-]\d{1,2}[ /.-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})\b(?!\d)")
_RUN_OF_DIGITS = re.compile(r"\+?\(?\d(?:(?: ?[-‐‑–—] ?|[ \u00a0]|\) ?|\()?\d)*")


def _emails(text: str, today: date) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        yield _finding(Rule.EMAIL, match)


def _postcodes(text: str, today: date) -> Iterator[Finding]:
    for match in _POSTCODE.finditer(text):
        area, _district, inward = match.groups()
        is_ordinal = inward.lower() in words.ORDINALS and inward != inward.upper()  # “S4 1st period”
        if area.upper() in words.POSTCODE_AREAS and not is_ordinal:
            yield _finding(Rule.POSTCODE, match)


def _numbers(text: str, today: date) -> Iterator[Finding]:
    without_dates = _DATE.sub(lambda match: "." * len(match[0]), text)
    for match in _RUN_OF_DIGITS.finditer(without_dates):
        digits = sum(sign.isdigit() for sign in match[0])
        if digits in (9, 10):
            yield _finding(Rule.LONG_NUMBER, match)
        elif 11 <= digits <= 13 and match[0].lstrip("+(").startswith(("0", "44")):
            yield _finding(Rule.PHONE, match)


# --- What is asked about ---------------------------------------------------------------------------------------------
_WORD = r"[^\W\d_][^\W\d_’'‘-]*(?:[’'‘-][^\W\d_]+)*"
_PERSON = re.compile(
    rf"\b(?P<who>{'|'.join(words.PEOPLE)})(?P<link>\s+(?:called|named))?\s+(?=(?P<name>{_WORD}(?:[ \t]+{_WORD})?))",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"\b(?P<who>{'|'.join(words.TITLES)})(?:\.[ \t]*|[ \t]+)(?P<name>{_WORD}(?:[ \t]+{_WORD})?)")
_DOTTED = re.compile(r"(?<![\w.])[^\W\d_]\.[ ]?[^\W\d_]\.?(?![\w])")
_TWO_CAPITALS = re.compile(r"(?<![\w.’'-])([^\W\d_])([^\W\d_])(?![\w’'-]|\.\w)")
_STAGE_NAME = r"(?:[Pp][1-7]|[Ss][1-6]|[Pp]rimary (?:[1-7]|one|two|three|four|five|six|seven)|[Nn]ursery)"
_ONE_CHILD = r"(?:boy|girl|child|pupil|lad|lass|lassie|laddie|bairn|wean|student)"
_STAGE = re.compile(
    rf"\b(?:(?:[Tt]he|[Aa]|[Oo]ur|[Oo]ne|[Mm]y|[Tt]his|[Tt]hat) (?:only )?(?:\w+ )?{_STAGE_NAME} {_ONE_CHILD}"
    rf"|(?:[Tt]he|[Oo]ur|[Tt]his|[Tt]hat) (?:only )?(?:\w+ )?{_ONE_CHILD} (?:in|from|of) {_STAGE_NAME})\b(?!’s class)"
)
_NUMERIC_DATE = r"\d{1,2}[ /.-]\d{1,2}[ /.-](?P<y1>(?:19|20)?\d{2})"
_WORDED_DATE = rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{'|'.join(words.MONTHS)})(?:,? (?P<y2>(?:19|20)\d{{2}}))?"
_SOME_DATE = rf"(?:{_NUMERIC_DATE}|{_WORDED_DATE})"
_BORN = re.compile(
    r"\b(?:born|d\.?o\.?b\.?|date of birth|birthday|birth date)\b[\s:,–-]*(?:is|was|on|in)?[\s:]*(?:on )?" + _SOME_DATE,
    re.IGNORECASE,
)
_FULL_DATE = re.compile(rf"\b{_SOME_DATE}(?!\d)", re.IGNORECASE)
_AGE = re.compile(
    r"\b(?:aged? (?:of )?\d{1,2}|\d{1,2}[- ]years?[- ]old|\w+[- ]year[- ]old|is \d{1,2})\b", re.IGNORECASE
)
_STREET = rf"(?:[^\W\d_][\w’'-]+ ){{1,2}}(?:{'|'.join(words.STREETS)})"
_ADDRESS = re.compile(rf"\b\d+[a-zA-Z]? {_STREET}\b")
_LIVES = re.compile(
    r"\b(?:(?:lives?|living|stays?|staying) (?:in|at|on|near)|from)"
    rf" ((?:the )?(?:{_STREET}\b|{_WORD}))"
)
_SENTENCE = re.compile(r"[^.!?\n]+")


def _names(text: str, today: date) -> Iterator[Finding]:
    for match in _TITLE.finditer(text):
        if length := _length_of_name(match["name"], after_a_title=True, rest=text[match.end() :]):
            yield _cut(Rule.NAME, text, match.start(), match.start("name") + length, instead="one of the adults")
    for match in _PERSON.finditer(text):
        length = _length_of_name(match["name"], after_a_title=False, rest=text[match.end("name") :])
        if length:
            yield _cut(Rule.NAME, text, match.start(), match.start("name") + length, instead=match["who"])


def _length_of_name(said: str, *, after_a_title: bool, rest: str) -> int:
    """How much of what follows such a word is a name; nothing where it is none."""
    first, _space, second = said.partition(" ")
    if not first[0].isupper() or not _may_be_a_name(first, after_a_title=after_a_title, then=second or rest):
        return 0
    if second and second.strip()[0].isupper() and _may_be_a_name(second.strip(), after_a_title=False, then=rest):
        return len(said)
    return len(first)


def _may_be_a_name(word: str, *, after_a_title: bool, then: str) -> bool:
    plain = word.lower().replace("’s", "").replace("'s", "")
    if after_a_title:
        return plain not in words.AFTER_TITLES
    if plain in words.MONTHS_THAT_ARE_NAMES:
        return not re.match(r"\s*\d", then)
    is_an_acronym = len(word) > 1 and word.isupper()
    return plain not in words.NEVER_NAMES and not is_an_acronym


def _initials(text: str, today: date) -> Iterator[Finding]:
    for match in _DOTTED.finditer(text):
        letters = [sign for sign in match[0] if sign.isalpha()]
        if all(letter.isupper() for letter in letters):
            yield _finding(Rule.INITIALS, match, instead="someone")
    for match in _TWO_CAPITALS.finditer(text):
        is_shouting = any(_is_shouted(word) for word in _neighbours(text, match))
        if match[0].isupper() and match[0] not in words.SHORT_WORDS and not is_shouting:
            yield _finding(Rule.INITIALS, match, instead="someone")


def _neighbours(text: str, match: re.Match[str]) -> list[str]:
    before, after = text[: match.start()].split(), text[match.end() :].split()
    return [*before[-1:], *after[:1]]


def _is_shouted(word: str) -> bool:
    letters = "".join(sign for sign in word if sign.isalpha())
    return letters.isupper() and (len(letters) > 2 or letters == "I")


def _stages(text: str, today: date) -> Iterator[Finding]:
    for match in _STAGE.finditer(text):
        yield _finding(Rule.STAGE, match, instead="The child" if match[0][0].isupper() else "the child")


def _births(text: str, today: date) -> Iterator[Finding]:
    for match in _BORN.finditer(text):
        yield _finding(Rule.BIRTH, match)
    for match in _FULL_DATE.finditer(text):
        year = match["y1"] or match["y2"] or ""
        if len(year) == 4 and int(year) <= today.year - TOO_OLD_FOR_A_MOMENT:
            yield _finding(Rule.BIRTH, match)


def _places(text: str, today: date) -> Iterator[Finding]:
    for match in _ADDRESS.finditer(text):
        yield _finding(Rule.PLACE, match)
    for sentence in _SENTENCE.finditer(text):
        if not _AGE.search(sentence[0]):
            continue
        for match in _LIVES.finditer(text, sentence.start(), sentence.end()):
            place = match[1].removeprefix("the ")
            if place[0].isupper() and place.lower() not in words.NEVER_NAMES:
                yield _cut(Rule.PLACE, text, match.start(1), match.end(1))
        for match in re.compile(rf"\b{_STREET}\b").finditer(text, sentence.start(), sentence.end()):
            if match[0][0].isupper():
                yield _finding(Rule.PLACE, match)


def _finding(rule: Rule, match: re.Match[str], instead: str = "") -> Finding:
    return Finding(rule, match.start(), match.end(), match[0], instead)


def _cut(rule: Rule, text: str, start: int, end: int, instead: str = "") -> Finding:
    return Finding(rule, start, end, text[start:end], instead)


_RULES: tuple[Callable[[str, date], Iterator[Finding]], ...] = (
    _emails, _postcodes, _births, _numbers, _stages, _names, _initials, _places,
)  # fmt: skip

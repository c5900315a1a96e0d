"""What school and officer have said to each other about a statement, and where that leaves it.

The school's answer, the officer's and the agreed one are three values. Beside them stands the conversation, which is
only added to. From both follows where the statement stands, and what the officer may say next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .answers import HIGHEST_LEVEL, Answers, Given, Other
from .framework import Framework, Statement, Theme
from .said import both, short_digest


class RemarkKind(StrEnum):
    """What a remark is."""

    QUESTION = "question"  # the officer asks
    SUGGESTION = "suggestion"  # the officer's other level with its reason, as it was sent to the school
    REPLY = "reply"  # the school answers a question
    ACCEPTANCE = "acceptance"  # the school accepts the level that was suggested
    EXPLANATION = "explanation"  # the school says why it stays with its own
    DIFFERENCE = "difference"  # the officer stays with the suggestion: the co-ordinator decides


OF_OFFICER = frozenset({RemarkKind.QUESTION, RemarkKind.SUGGESTION, RemarkKind.DIFFERENCE})
OF_SCHOOL = frozenset({RemarkKind.REPLY, RemarkKind.ACCEPTANCE, RemarkKind.EXPLANATION})
WITH_A_LEVEL = frozenset({RemarkKind.SUGGESTION, RemarkKind.ACCEPTANCE})


class Stand(StrEnum):
    """Where a statement stands in the review."""

    TO_LOOK_AT = "to_look_at"  # the officer has still to say something
    ASKED = "asked"  # a question is to be sent, or waits for its reply
    SUGGESTED = "suggested"  # another level is to be sent, or waits for the school's word
    AGREED = "agreed"
    DIFFERS = "differs"  # after the school's word both stay: the co-ordinator records the agreed level


SAID = frozenset({Stand.AGREED, Stand.DIFFERS})
"""The officer has said all there is to say. A review is finished when every statement stands so."""

FOR_THE_SCHOOL = frozenset({Stand.ASKED, Stand.SUGGESTED})
"""Something is there for the school to answer."""


class Choice(StrEnum):
    """What the officer can say about a statement."""

    AGREE = "agree"
    ACCEPT = "accept"  # agree on the suggested level, which the school has accepted
    KEEP = "keep"  # stay with the suggestion after the school's word
    ASK = "ask"
    SUGGEST = "suggest"


@dataclass(frozen=True)
class Saying:
    """What the officer says about a statement, as a page shows and sends it. Some choices have a level or a text."""

    choice: Choice | None = None
    given: Given | None = None
    text: str = ""

    @property
    def digest(self) -> str:
        """Twelve letters that differ when the words differ."""
        return short_digest(self.choice or "", self.given or "", self.text)

    def seen_as(self, version: str) -> str:
        """What a page carries to say which words, at which version, it has shown."""
        return f"{version}.{self.digest}"

    def joined_to(self, theirs: "Saying") -> "Saying":
        """Both texts, theirs first, under this choice."""
        return Saying(self.choice, self.given, both(theirs.text, self.text))


@dataclass(frozen=True)
class Word:
    """One remark. `about` is the revision of the school's answer that it speaks of."""

    kind: RemarkKind
    about: int
    text: str = ""
    given: Given | None = None


@dataclass(frozen=True)
class Talk:
    """One statement under review: the three values, and the conversation from first to last.

    `version` differs whenever anything of it has been saved since.
    """

    school: Given | None
    revision: int
    officer: Given | None = None
    officer_reason: str = ""
    agreed: Given | None = None
    agreed_reason: str = ""  # the co-ordinator's, where they recorded the level
    words: tuple[Word, ...] = ()
    version: str = ""

    @property
    def suggestion(self) -> Given | None:
        """The level that the officer suggests in place of the school's; None where they do not.

        A level of the officer's without a reason is none: they agreed, and the school has changed its own since.
        """
        return self.officer if self.officer_reason and self.officer != self.school else None

    @property
    def is_sent(self) -> bool:
        """Whether the school has been sent what the officer suggests."""
        sent = [word for word in self.words if word.kind is RemarkKind.SUGGESTION]
        return bool(sent) and (sent[-1].given, sent[-1].text) == (self.officer, self.officer_reason)

    @property
    def has_an_answer(self) -> bool:
        """Whether the school has had the last word: a remark of its own, or a change of its answer."""
        return bool(self.words) and (self.words[-1].kind in OF_SCHOOL or self.words[-1].about != self.revision)

    @property
    def accepted(self) -> Given | None:
        """The level that the school has accepted, if that was the last word."""
        last = self.words[-1] if self.words else None
        if last is None or last.kind is not RemarkKind.ACCEPTANCE or last.about != self.revision:
            return None
        return last.given if last.given == self.suggestion else None

    @property
    def stand(self) -> Stand:
        """Where the statement stands."""
        if self.agreed is not None:
            return Stand.AGREED
        if self.suggestion is not None and not self.is_sent:
            return Stand.SUGGESTED
        if not self.words or self.has_an_answer:
            return Stand.TO_LOOK_AT
        return _STAND_AFTER[self.words[-1].kind]

    @property
    def saying(self) -> Saying:
        """What the officer says at present, where it can still be changed. What has been sent or asked is said."""
        if self.agreed is not None:
            return Saying(Choice.AGREE if self.agreed == self.school else Choice.ACCEPT)
        if self.suggestion is not None and not self.is_sent:
            return Saying(Choice.SUGGEST, self.officer, self.officer_reason)
        return Saying()

    @property
    def ruling(self) -> Saying:
        """What the co-ordinator has recorded, as a page shows and sends it."""
        return Saying(None, self.agreed, self.agreed_reason)

    @property
    def is_left_to_the_coordinator(self) -> bool:
        """Whether both stayed, so that the agreed level is the co-ordinator's to record (or to correct)."""
        last = self.words[-1] if self.words else None
        if last is None or last.kind is not RemarkKind.DIFFERENCE or last.about != self.revision:
            return False
        return self.agreed is None or bool(self.agreed_reason)

    @property
    def is_for_the_rest(self) -> bool:
        """Whether “agree all the rest” covers it: nothing has been said about it, or the school accepted the level."""
        return self.stand is Stand.TO_LOOK_AT and (self.accepted is not None or self._is_untouched)

    @property
    def _is_untouched(self) -> bool:
        return self.officer is None and not self.words

    @property
    def to_agree_on(self) -> Given | None:
        """What agreeing without more words agrees on: the accepted level, or the school's own."""
        return self.school if self.accepted is None else self.accepted

    def choices(self) -> tuple[Choice, ...]:
        """What the officer may say now, the simplest first."""
        has_had_its_round = self.suggestion is not None and self.is_sent and self._was_answered_since_sent
        return (
            Choice.AGREE,
            *([Choice.ACCEPT] if self.accepted is not None else []),
            *([Choice.KEEP] if has_had_its_round and self.accepted is None else []),
            Choice.ASK,
            Choice.SUGGEST,
        )

    @property
    def _was_answered_since_sent(self) -> bool:
        last_sent = max(place for place, word in enumerate(self.words) if word.kind is RemarkKind.SUGGESTION)
        after = self.words[last_sent + 1 :]
        return any(word.kind in OF_SCHOOL for word in after) or self.words[last_sent].about != self.revision


_STAND_AFTER = {
    RemarkKind.QUESTION: Stand.ASKED,
    RemarkKind.SUGGESTION: Stand.SUGGESTED,
    RemarkKind.DIFFERENCE: Stand.DIFFERS,
}

Talks = Mapping[str, Talk]
"""Statement slug -> what has been said about it."""


class Concern(StrEnum):
    """Why a group of statements is read when it is."""

    ESSENTIAL = "essential"
    NO_EVIDENCE = "no_evidence"
    UNKNOWN = "unknown"
    REST = "rest"


@dataclass(frozen=True)
class Group:
    """Statements that are read together. `theme` is set for the rest, which goes theme by theme."""

    concern: Concern
    statements: tuple[Statement, ...]
    theme: Theme | None = None

    @property
    def slug(self) -> str:
        """A name for addresses within the page."""
        return f"{self.concern.replace('_', '-')}-{self.theme.slug}" if self.theme else self.concern.replace("_", "-")


def reading_order(framework: Framework, answers: Answers, *, evidenced: Iterable[str]) -> tuple[Group, ...]:
    """The order of a desk review: essentials, level 4 without evidence, “do not know yet”, then the rest by theme.

    Each statement stands once, in the first group that fits. Empty groups are left out.
    """
    has_evidence = frozenset(evidenced)
    places: dict[str, list[Statement]] = {}
    for statement in framework.statements:
        concern = _concern(statement, answers.get(statement.slug), statement.slug in has_evidence)
        theme = framework.theme_of(statement.slug).slug if concern is Concern.REST else ""
        places.setdefault(f"{concern}/{theme}", []).append(statement)
    first = [Group(one, tuple(places[f"{one}/"])) for one in Concern if f"{one}/" in places]
    rest = [
        Group(Concern.REST, tuple(places[key]), theme)
        for theme in framework.themes
        if (key := f"{Concern.REST}/{theme.slug}") in places
    ]
    return (*first, *rest)


def _concern(statement: Statement, given: Given | None, has_evidence: bool) -> Concern:
    if statement.is_essential:
        return Concern.ESSENTIAL
    if given == HIGHEST_LEVEL and not has_evidence:
        return Concern.NO_EVIDENCE
    return Concern.UNKNOWN if given == Other.DONT_KNOW else Concern.REST

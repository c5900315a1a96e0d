"""The officer's desk: every statement in the order in which it is read, with what may be said about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readiness.actions import Overtaken
from readiness.domain.answers import Given, Other
from readiness.domain.framework import Statement
from readiness.domain.review import (
    FOR_THE_SCHOOL,
    SAID,
    Choice,
    Concern,
    Group,
    RemarkKind,
    Saying,
    Stand,
    Talk,
    reading_order,
)
from readiness.domain.states import AuditState, Owner
from readiness.forms import ReviewForm, answer_label
from readiness.forms.answers import Option
from readiness.forms.review import offered
from readiness.models import Audit, Conversation, given_by
from readiness.pages.sides import Lectern, Reading, rubric

WHY = {
    Concern.ESSENTIAL: gettext_lazy("They decide whether the school can start, so they come first."),
    Concern.NO_EVIDENCE: gettext_lazy("The highest level, without a line on how the school knows."),
    Concern.UNKNOWN: gettext_lazy("Ask what would help the school to find out."),
}


@dataclass(frozen=True)
class Fields:
    """What may be said about one statement: the fields of the form, ready to draw."""

    choices: tuple[Option, ...]
    levels: tuple[Option, ...]
    text: str
    seen: str
    errors: Mapping[str, str]
    is_said: bool = False  # the fields themselves show what the officer says
    yours: str = ""
    theirs: str = ""
    settle: str = ""


@dataclass(frozen=True)
class Row:
    """One statement: what is read, and what may be said."""

    reading: Reading
    fields: Fields | None = None


@dataclass(frozen=True)
class Section:
    """Statements that are read together. `then` is where saving leads: the next section, or the end of the page."""

    slug: str
    title: str
    why: str
    rows: tuple[Row, ...]
    then: str = ""
    is_theme: bool = False


@dataclass(frozen=True)
class Counts:
    """How far the review has got."""

    total: int
    said: int
    rest: int
    accepted: int
    questions: int
    suggestions: int
    differing: int
    still_to_look_at: tuple[Statement, ...]

    @property
    def is_all_said(self) -> bool:
        """Whether the review can be finished."""
        return self.said == self.total

    @property
    def untouched(self) -> int:
        """How many statements nothing has been said about."""
        return self.rest - self.accepted

    @property
    def to_send(self) -> int:
        """How many statements have something for the school."""
        return self.questions + self.suggestions


@dataclass(frozen=True)
class Desk:
    """The page."""

    sections: tuple[Section, ...]
    counts: Counts
    answered: tuple[Reading, ...]
    errors: tuple[tuple[str, str], ...] = ()


def counts(audit: Audit, conversation: Conversation) -> Counts:
    """How far the review has got."""
    talks = conversation.talks()
    stands = [talk.stand for talk in talks.values()]
    rest = [talk for talk in talks.values() if talk.is_for_the_rest]
    looked_at = {slug for slug, talk in talks.items() if talk.stand in SAID | FOR_THE_SCHOOL}
    return Counts(
        total=len(audit.framework.statements),
        said=sum(stand in SAID for stand in stands),
        rest=len(rest),
        accepted=sum(talk.accepted is not None for talk in rest),
        questions=stands.count(Stand.ASKED),
        suggestions=stands.count(Stand.SUGGESTED),
        differing=stands.count(Stand.DIFFERS),
        still_to_look_at=tuple(one for one in audit.framework.statements if one.slug not in looked_at),
    )


def groups(audit: Audit, conversation: Conversation) -> tuple[Group, ...]:
    """The statements in the order of a desk review."""
    evidenced = [slug for slug, row in conversation.school.items() if row.evidence]
    return reading_order(audit.framework, given_by(dict(conversation.school)), evidenced=evidenced)


def sections(
    audit: Audit, lectern: Lectern, *, form: ReviewForm | None, conflicts: Mapping[str, Overtaken]
) -> tuple[Section, ...]:
    """Every statement, in the order of a desk review; with fields where there is a form."""
    every = groups(audit, lectern.conversation)
    following = [group.slug for group in every[1:]] + ["end"]
    return tuple(
        Section(
            slug=group.slug,
            title=_title(group, lectern),
            why=str(WHY.get(group.concern, "")) or (group.theme.summary if group.theme else ""),
            rows=tuple(_row(one, lectern, form, conflicts) for one in group.statements),
            then=then,
            is_theme=group.theme is not None,
        )
        for group, then in zip(every, following, strict=True)
    )


def _title(group: Group, lectern: Lectern) -> str:
    framework = lectern.framework
    if group.theme:
        return group.theme.title
    if group.concern is Concern.ESSENTIAL:
        return _("Essentials")
    if group.concern is Concern.NO_EVIDENCE:
        return _("“%(level)s”, not yet evidenced") % {"level": framework.level_label(framework.scale[-1].value)}
    return _("“%(answer)s”") % {"answer": framework.other_label(Other.DONT_KNOW)}


def desk(audit: Audit, conversation: Conversation, *, form: ReviewForm, conflicts: Mapping[str, Overtaken]) -> Desk:
    """The officer's page while the audit is in review."""
    lectern = Lectern(audit.framework, conversation, AuditState(audit.state), Owner.OFFICER)
    every = sections(audit, lectern, form=form, conflicts=conflicts)
    readings = [row.reading for section in every for row in section.rows]
    has_news = {slug for slug, talk in conversation.talks().items() if _has_news(talk)}
    return Desk(
        sections=every,
        counts=counts(audit, conversation),
        answered=tuple(one for one in readings if one.statement.slug in has_news),
        errors=tuple(_problems(every)),
    )


@dataclass(frozen=True)
class ReadPage:
    """The review to read: all of it in the order of a desk review, or, for the school, what was talked about."""

    sections: tuple[Section, ...]
    talked_about: tuple[Reading, ...]
    is_left_to_the_coordinator: bool


def read(audit: Audit, lectern: Lectern) -> ReadPage:
    """The page for everybody who does not write on it now."""
    every = sections(audit, lectern, form=None, conflicts={})
    kept = tuple(row for section in every for row in section.rows if _is_talked_about(row.reading))
    if lectern.side is Owner.SCHOOL:
        every = (Section("talked-about", _("What was talked about"), "", kept),) if kept else ()
    talks = lectern.conversation.talks().values()
    return ReadPage(
        sections=every,
        talked_about=() if lectern.side is Owner.SCHOOL else tuple(row.reading for row in kept),
        is_left_to_the_coordinator=any(talk.is_left_to_the_coordinator for talk in talks),
    )


def _is_talked_about(reading: Reading) -> bool:
    return bool(reading.remarks) or reading.agreed is not None


def _has_news(talk: Talk) -> bool:
    return talk.stand is Stand.TO_LOOK_AT and (talk.has_an_answer or talk.officer is not None)


def _problems(every: tuple[Section, ...]) -> list[tuple[str, str]]:
    places = {"say": "say-agree", "text": "text", "settle": "settle_mine"}
    found = []
    for row in (row for section in every for row in section.rows if row.fields):
        slug, text = row.reading.statement.slug, row.reading.statement.text
        places["level"] = f"level-{row.fields.levels[0].value}"
        found += [(problem, f"#{slug}-{places.get(part, 'text')}") for part, problem in row.fields.errors.items()]
        if row.fields.theirs:
            sentence = _("Choose which should stay: “%(statement)s”") % {"statement": text}
            found.append((sentence, f"#{slug}-settle_mine"))
    return found


def _row(statement: Statement, lectern: Lectern, form: ReviewForm | None, conflicts: Mapping[str, Overtaken]) -> Row:
    reading = lectern.reading(statement)
    if form is None:
        return Row(reading)
    return Row(reading, _fields(statement, lectern, form, conflicts.get(statement.slug)))


def _fields(statement: Statement, lectern: Lectern, form: ReviewForm, conflict: Overtaken | None) -> Fields:
    slug = statement.slug
    talk = lectern.conversation.talk(slug)
    saying, errors = talk.saying, form.errors_of(slug)
    chosen, level, text = saying.choice or "", str(saying.given or ""), saying.text
    seen = saying.seen_as(talk.version)
    if errors or conflict or (form.is_bound and form.shows_what_was_typed):
        chosen, level, text = (form.raw(slug, part) for part in ("say", "level", "text"))
        seen = seen if conflict else form.raw(slug, "seen")
    return Fields(
        choices=tuple(_choices(talk, lectern, chosen)),
        levels=tuple(_levels(statement, talk, lectern, level)),
        text=text,
        seen=seen,
        errors=errors,
        is_said=talk.officer is None or (saying.choice is not None and not talk.is_sent),
        yours=said_in_words(conflict.spoken.saying, lectern) if conflict else "",
        theirs=_now_in_words(talk, lectern) if conflict else "",
        settle=form.raw(slug, "settle") if conflict else "",
    )


def _choices(talk: Talk, lectern: Lectern, chosen: str) -> list[Option]:
    words = {
        Choice.AGREE: _("I agree with the school"),
        Choice.ACCEPT: _("We agree on “%(level)s”, which the school accepts")
        % {"level": _label(talk.accepted, lectern)},
        Choice.KEEP: _("I stay with “%(level)s”: the co-ordinator decides")
        % {"level": _label(talk.suggestion, lectern)},
        Choice.ASK: _("I have a question"),
        Choice.SUGGEST: _("I suggest another level"),
    }
    return [Option(choice, words[choice], "", chosen == choice) for choice in talk.choices()]


def _levels(statement: Statement, talk: Talk, lectern: Lectern, chosen: str) -> list[Option]:
    return [
        Option(str(given), answer_label(lectern.framework, given), rubric(statement, given), chosen == str(given))
        for given in offered(statement)
        if given != talk.school
    ]


def _label(given: Given | None, lectern: Lectern) -> str:
    return answer_label(lectern.framework, given) if given is not None else ""


def said_in_words(saying: Saying, lectern: Lectern) -> str:
    """What somebody typed, in words, to be shown beside what was said meanwhile."""
    choices = {
        Choice.AGREE: _("You agree with the school."),
        Choice.ACCEPT: _("You agree on the level that the school accepts."),
        Choice.KEEP: _("You stay with your suggestion."),
        Choice.ASK: _("You ask a question."),
        Choice.SUGGEST: _("You suggest “%(level)s”.") % {"level": _label(saying.given, lectern)},
    }
    first = choices[saying.choice] if saying.choice else _label(saying.given, lectern)
    return "\n".join(part for part in (first, saying.text) if part)


def _now_in_words(talk: Talk, lectern: Lectern) -> str:
    school, officer, agreed = (_label(given, lectern) for given in (talk.school, talk.officer, talk.agreed))
    lines = [
        _("The school says “%(level)s”.") % {"level": school},
        _("The officer says “%(level)s”.") % {"level": officer} if officer else "",
        talk.officer_reason,
        _("Agreed: “%(level)s”.") % {"level": agreed} if agreed else "",
        talk.words[-1].text if talk.words and talk.words[-1].kind is RemarkKind.QUESTION else "",
    ]
    return "\n".join(line for line in lines if line)

"""One statement of a review as it is read: what each voice says, side by side, and the conversation below."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readiness.domain.answers import Given
from readiness.domain.framework import Framework, Statement
from readiness.domain.review import FOR_THE_SCHOOL, OF_OFFICER, RemarkKind, Stand, Talk
from readiness.domain.states import AuditState, Owner
from readiness.forms import answer_label
from readiness.models import Answer, Audit, Conversation, Remark


@dataclass(frozen=True)
class Side:
    """What one voice says."""

    heading: str
    answer: str
    rubric: str = ""
    reason: str = ""
    evidence: str = ""
    signed: str = ""


@dataclass(frozen=True)
class RemarkLine:
    """One remark: who said what kind of thing and when, and the words."""

    who: str
    text: str
    is_officers: bool


@dataclass(frozen=True)
class Reading:
    """One statement as it is read."""

    statement: Statement
    theme: str
    minimum: str
    school: Side
    officer: Side
    agreed: Side | None
    remarks: tuple[RemarkLine, ...]
    stand: Stand
    stand_words: str

    @property
    def sides(self) -> tuple[Side, ...]:
        """The two, and the agreed one where it is not simply what both say."""
        return (self.school, self.officer, *([self.agreed] if self.agreed else []))

    @property
    def colour(self) -> str:
        """What underlines the words of where it stands. It replaces none of them."""
        return _COLOURS[self.stand]


@dataclass(frozen=True)
class Lectern:
    """What readings are made from: the framework, the conversation, the audit's state and the reader's side."""

    framework: Framework
    conversation: Conversation
    state: AuditState
    side: Owner

    def reading(self, statement: Statement) -> Reading:
        """One statement, ready to read."""
        slug = statement.slug
        talk = self.conversation.talk(slug)
        return Reading(
            statement=statement,
            theme=self.framework.theme_of(slug).title,
            minimum=self.framework.level_label(statement.essential_minimum) if statement.is_essential else "",
            school=self._said(statement, self.conversation.school.get(slug), self._heading_of_school),
            officer=self._of_officer(statement, talk),
            agreed=self._agreed(statement, talk),
            remarks=tuple(self._line(one, talk) for one in self.conversation.remarks.get(slug, ())),
            stand=talk.stand,
            stand_words=self.stand_words(talk),
        )

    @property
    def _heading_of_school(self) -> str:
        return _("You said") if self.side is Owner.SCHOOL else _("The school said")

    def _agreed(self, statement: Statement, talk: Talk) -> Side | None:
        if talk.agreed is None or talk.agreed == talk.officer == talk.school:
            return None
        return self._said(statement, self.conversation.agreed[statement.slug], _("Agreed"))

    def _said(self, statement: Statement, row: Answer | None, heading: str) -> Side:
        if row is None or row.given is None:
            return Side(heading, _("Nothing yet"))
        return Side(
            heading=heading,
            answer=answer_label(self.framework, row.given),
            rubric=rubric(statement, row.given),
            reason=row.reason,
            evidence=row.evidence,
            signed=signed(row.by, row.at),
        )

    def _of_officer(self, statement: Statement, talk: Talk) -> Side:
        row = self.conversation.officer.get(statement.slug)
        heading = _("You say") if self.side is Owner.OFFICER else _("The officer says")
        if row is None:
            return Side(heading, _("Asks a question, below") if talk.stand is Stand.ASKED else _("Nothing yet"))
        if row.given == talk.school:
            return Side(heading, _("The same"), signed=signed(row.by, row.at))
        return self._said(statement, row, heading)

    def _line(self, remark: Remark, talk: Talk) -> RemarkLine:
        kind, level = RemarkKind(remark.kind), ""
        if remark.given is not None:
            level = answer_label(self.framework, remark.given)
        who = str(REMARK_WORDS[kind]) % {
            "by": remark.by, "at": date_format(timezone.localtime(remark.at), "j F"), "level": level,
        }  # fmt: skip
        stands_above = (remark.given, remark.text) == (talk.officer, talk.officer_reason)
        return RemarkLine(who, "" if stands_above else remark.text, kind in OF_OFFICER)

    def stand_words(self, talk: Talk) -> str:
        """Where the statement stands, in a few words."""
        if talk.stand is Stand.TO_LOOK_AT and talk.has_an_answer:
            last = talk.words[-1]
            if last.about != talk.revision:
                return _("The school has changed its answer")
            return _("The school accepts the level") if talk.accepted is not None else _("The school has replied")
        if talk.stand is Stand.TO_LOOK_AT and talk.officer is not None:
            return _("The school has changed its answer")
        is_unsent = self.state == AuditState.IN_REVIEW
        return str((_UNSENT if is_unsent else _SENT).get(talk.stand) or _STANDS[talk.stand])


def for_the_school(audit: Audit, conversation: Conversation) -> list[Statement]:
    """The statements with something for the school to answer, in framework order."""
    return [one for one in audit.framework.statements if conversation.talk(one.slug).stand in FOR_THE_SCHOOL]


REMARK_WORDS = {
    RemarkKind.QUESTION: gettext_lazy("%(by)s asked, %(at)s"),
    RemarkKind.SUGGESTION: gettext_lazy("%(by)s suggested “%(level)s”, %(at)s"),
    RemarkKind.REPLY: gettext_lazy("%(by)s replied, %(at)s"),
    RemarkKind.ACCEPTANCE: gettext_lazy("%(by)s accepted “%(level)s”, %(at)s"),
    RemarkKind.EXPLANATION: gettext_lazy("%(by)s explained, %(at)s"),
    RemarkKind.DIFFERENCE: gettext_lazy("%(by)s stays with the suggestion, %(at)s"),
}
_COLOURS = {
    Stand.TO_LOOK_AT: "grey",
    Stand.ASKED: "blue",
    Stand.SUGGESTED: "blue",
    Stand.AGREED: "green",
    Stand.DIFFERS: "orange",
}
_STANDS = {
    Stand.TO_LOOK_AT: gettext_lazy("To look at"),
    Stand.AGREED: gettext_lazy("Agreed"),
    Stand.DIFFERS: gettext_lazy("Still different"),
}
_UNSENT = {
    Stand.ASKED: gettext_lazy("Question, not sent yet"),
    Stand.SUGGESTED: gettext_lazy("Suggestion, not sent yet"),
}
_SENT = {
    Stand.ASKED: gettext_lazy("A question waits for a reply"),
    Stand.SUGGESTED: gettext_lazy("A suggestion waits for a reply"),
}


def rubric(statement: Statement, given: Given | None) -> str:
    """The sentence of a level; nothing for other answers."""
    return statement.rubric(given) if isinstance(given, int) else ""


def signed(by, at) -> str:
    """Who and when: “Morag Sinclair, 20 November, 10:42”."""
    return f"{by}, {date_format(timezone.localtime(at), 'j F, H:i')}"

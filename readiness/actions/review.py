"""The officer's review: begin it, say something about each statement, send it to the school, finish it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from readiness import notifications
from readiness.actions.answers import Locked
from readiness.actions.moves import lock, move
from readiness.domain.answers import BadAnswer, Given, Other, Voice
from readiness.domain.framework import Statement
from readiness.domain.review import FOR_THE_SCHOOL, SAID, Choice, RemarkKind, Saying, Stand, Talk
from readiness.domain.said import Clash, Said, Settle, decide
from readiness.domain.states import AuditState, check_move
from readiness.models import Answer, Audit, Conversation, Remark
from schools.permissions import Permission, require


@dataclass(frozen=True)
class Spoken:
    """What arrived from the officer's page for one statement, and what that page had shown (`Saying.seen_as`)."""

    statement: str
    saying: Saying
    seen: str
    clash_was_shown: bool = False
    settle: Settle | None = None


@dataclass(frozen=True)
class Overtaken:
    """Somebody else's word on a statement that came between: this person's words, and how it stands now."""

    spoken: Spoken
    talk: Talk


class SaidMeanwhile(Exception):
    """Something else has been said on some statements since the page was opened. The rest has been saved."""

    def __init__(self, conflicts: Sequence[Overtaken]) -> None:
        super().__init__(_("Something else has been said meanwhile. Both are shown below."))
        self.conflicts = {conflict.spoken.statement: conflict for conflict in conflicts}


class UnableToSay(Exception):
    """These words do not fit where the statement stands. The message is fit to show to the officer."""


class UnableToReview(Exception):
    """The review cannot go on so. The message is fit to show; `statements` are those that it is about."""

    def __init__(self, message: str, *, statements: Sequence[Statement] = ()) -> None:
        super().__init__(message)
        self.statements = tuple(statements)


@transaction.atomic
def begin_review(*, audit: Audit, by: User, now: datetime) -> None:
    """Begin the review. From here on the school can no longer take its submission back."""
    audit = lock(audit)
    require(by, Permission.REVIEW_AUDIT, audit.school)
    move(audit, AuditState.IN_REVIEW, by=by, now=now)
    notifications.tell_nobody(audit=audit)


def say(*, audit: Audit, spoken: Sequence[Spoken], by: User, now: datetime) -> None:
    """Save what the officer says about some statements. Doing it again changes nothing.

    Raises:
        PermissionDenied: this person does not review the school's audit.
        Locked: the audit is not in review now.
        UnableToSay, BadAnswer: words that do not fit the statement. Nothing has been saved.
        SaidMeanwhile: after saving the rest, when somebody else has said something about some of the statements.
    """
    require(by, Permission.REVIEW_AUDIT, audit.school)
    with transaction.atomic():
        desk = _Desk.open(audit, by=by, now=now)
        conflicts = [conflict for one in spoken if (conflict := desk.take(one))]
    if conflicts:
        raise SaidMeanwhile(conflicts)


def suggest(*, audit: Audit, statement: str, given: Given, reason: str, by: User, now: datetime) -> None:
    """Suggest another level than the school's, with a reason. The school reads it once the audit is sent back."""
    _say_one(audit, statement, Saying(Choice.SUGGEST, given, reason), by, now)


def ask(*, audit: Audit, statement: str, text: str, by: User, now: datetime) -> None:
    """Ask the school about a statement. The school reads it once the audit is sent back."""
    _say_one(audit, statement, Saying(Choice.ASK, text=text), by, now)


def agree_with(*, audit: Audit, statement: str, by: User, now: datetime) -> None:
    """Agree with what the school says about a statement."""
    _say_one(audit, statement, Saying(Choice.AGREE), by, now)


def agree_on_accepted(*, audit: Audit, statement: str, by: User, now: datetime) -> None:
    """Agree on the suggested level, which the school has accepted."""
    _say_one(audit, statement, Saying(Choice.ACCEPT), by, now)


def still_differ(*, audit: Audit, statement: str, text: str, by: User, now: datetime) -> None:
    """Stay with the suggestion after the school's word, and say why: the co-ordinator records the agreed level."""
    _say_one(audit, statement, Saying(Choice.KEEP, text=text), by, now)


def _say_one(audit: Audit, statement: str, saying: Saying, by: User, now: datetime) -> None:
    require(by, Permission.REVIEW_AUDIT, audit.school)
    with transaction.atomic():
        desk = _Desk.open(audit, by=by, now=now)
        desk.write(statement, desk.conversation.talk(statement), saying)


@transaction.atomic
def agree_rest(*, audit: Audit, by: User, now: datetime) -> int:
    """Agree on every statement about which there is nothing to talk over, and give how many those were.

    They are those that nobody has said anything about, and those on which the school accepted what was suggested.
    """
    require(by, Permission.REVIEW_AUDIT, audit.school)
    desk = _Desk.open(audit, by=by, now=now)
    rest = {slug: talk for slug, talk in desk.conversation.talks().items() if talk.is_for_the_rest}
    untouched = {slug: talk for slug, talk in rest.items() if slug not in desk.conversation.officer}
    for voice, talks in ((Voice.OFFICER, untouched), (Voice.AGREED, rest)):
        Answer.objects.bulk_create(desk.new_answer(slug, voice, talk.to_agree_on) for slug, talk in talks.items())
    return len(rest)


@transaction.atomic
def return_to_school(*, audit: Audit, by: User, now: datetime, reason: str = "") -> None:
    """Send to the school what is asked and suggested. It replies, may change its answers, and submits again.

    `reason` is a covering note for the school.

    Raises:
        PermissionDenied: this person does not review the school's audit.
        MoveRefused: the audit is not in review.
        UnableToReview: there is nothing for the school to answer.
    """
    require(by, Permission.REVIEW_AUDIT, audit.school)
    audit = lock(audit)
    check_move(audit.state, AuditState.RETURNED)
    desk = _Desk(audit, Conversation.of(audit), audit.times_returned() + 1, by, now)
    talks = desk.conversation.talks()
    if not any(talk.stand in FOR_THE_SCHOOL for talk in talks.values()):
        raise UnableToReview(_("There is nothing to send: no question is asked, and no other level is suggested."))
    Remark.objects.bulk_create(
        desk.new_remark(slug, talk, RemarkKind.SUGGESTION, talk.officer_reason, talk.suggestion)
        for slug, talk in talks.items()
        if talk.suggestion is not None and talk.stand is Stand.SUGGESTED and not talk.is_sent
    )
    move(audit, AuditState.RETURNED, by=by, now=now, reason=reason)
    notifications.tell(audit=audit, permission=Permission.ANSWER_AUDIT, by=by, now=now)


@transaction.atomic
def finish_review(*, audit: Audit, by: User, now: datetime) -> None:
    """Finish the review: everything has been said. Where both still differ, it is the co-ordinator's turn.

    Raises:
        PermissionDenied: this person does not review the school's audit.
        MoveRefused: the audit is not in review.
        UnableToReview: something is still to look at, to send, or to be answered.
    """
    require(by, Permission.REVIEW_AUDIT, audit.school)
    audit = lock(audit)
    check_move(audit.state, AuditState.MODERATED)
    talks = Conversation.of(audit).talks()
    unsaid = [one for one in audit.framework.statements if talks[one.slug].stand not in SAID]
    if unsaid:
        sentence = ngettext(
            "%(count)d statement is not finished: say what you think of it, or send your question to the school.",
            "%(count)d statements are not finished: say what you think of them, or send your questions to the school.",
            len(unsaid),
        )
        raise UnableToReview(sentence % {"count": len(unsaid)}, statements=unsaid)
    move(audit, AuditState.MODERATED, by=by, now=now)
    if any(talk.stand is Stand.DIFFERS for talk in talks.values()):
        notifications.tell(audit=audit, permission=Permission.SETTLE_DIFFERENCE, by=by, now=now)
    else:
        notifications.tell_nobody(audit=audit)


@dataclass(frozen=True)
class _Desk:
    """A locked audit with everything said about it, ready to be written to by one officer."""

    audit: Audit
    conversation: Conversation
    round: int
    by: User
    now: datetime

    @classmethod
    def open(cls, audit: Audit, *, by: User, now: datetime) -> "_Desk":
        locked = lock(audit)
        if locked.state != AuditState.IN_REVIEW:
            raise Locked(_("This audit is not in review now, so nothing can be added to it. Nothing was changed."))
        return cls(locked, Conversation.of(locked), locked.times_returned() + 1, by, now)

    def take(self, spoken: Spoken) -> Overtaken | None:
        """Write what is new, and give what somebody else has overtaken."""
        talk = self.conversation.talk(spoken.statement)
        if spoken.saying.choice is None or self._said_already(spoken):
            return None
        try:
            saying = decide(
                stored=talk.saying,
                revision=talk.version,
                typed=spoken.saying,
                seen=spoken.seen,
                clash_was_shown=spoken.clash_was_shown,
                settle=spoken.settle,
            )
        except Clash:
            return Overtaken(spoken, talk)
        if saying is None:
            return None
        if saying.choice not in talk.choices():
            return Overtaken(spoken, talk)
        self.write(spoken.statement, talk, saying)
        return None

    def _said_already(self, spoken: Spoken) -> bool:
        """Whether this is the second press of a double click, or a page sent again."""
        kind = {Choice.ASK: RemarkKind.QUESTION, Choice.KEEP: RemarkKind.DIFFERENCE}.get(spoken.saying.choice)
        remarks = self.conversation.remarks.get(spoken.statement, ())
        return bool(remarks) and (remarks[-1].kind, remarks[-1].text) == (kind, spoken.saying.text)

    def write(self, statement: str, talk: Talk, saying: Saying) -> None:
        """Write one saying. What it needs is checked here, whoever calls."""
        self.audit.framework.statement(statement)  # raises NotInFramework
        if saying.choice not in talk.choices():
            raise UnableToSay(_("This cannot be said of the statement as it stands now. Open the page again."))
        _WRITERS[saying.choice](self, statement, talk, saying)

    def agree(self, statement: str, talk: Talk, saying: Saying) -> None:
        if not talk.is_sent:  # what was sent to the school stays as it was said
            self._keep(statement, Voice.OFFICER, talk.school)
        self._keep(statement, Voice.AGREED, talk.school)

    def accept(self, statement: str, talk: Talk, saying: Saying) -> None:
        self._keep(statement, Voice.AGREED, talk.accepted)

    def suggest(self, statement: str, talk: Talk, saying: Saying) -> None:
        asked = self.audit.framework.statement(statement)
        if saying.given is None or (saying.given == Other.NOT_APPLICABLE and not asked.may_not_apply):
            raise BadAnswer(_("Choose the level that you suggest."))
        if saying.given == talk.school:
            raise UnableToSay(_("This is what the school says. Choose “I agree”, or another level."))
        reason = _needed(saying.text, _("Say why you suggest another level."))
        self._keep(statement, Voice.OFFICER, saying.given, reason)
        self._not_agreed(statement)

    def ask(self, statement: str, talk: Talk, saying: Saying) -> None:
        self._remark(statement, talk, RemarkKind.QUESTION, _needed(saying.text, _("Write your question.")))
        self._not_agreed(statement)
        if not talk.is_sent and statement in self.conversation.officer:
            self.conversation.officer[statement].delete()

    def keep(self, statement: str, talk: Talk, saying: Saying) -> None:
        text = _needed(saying.text, _("Say why you stay with your suggestion. The co-ordinator reads it."))
        self._remark(statement, talk, RemarkKind.DIFFERENCE, text)
        self._not_agreed(statement)

    def new_answer(self, statement: str, voice: Voice, given: Given | None, reason: str = "") -> Answer:
        row = Answer(audit=self.audit, statement=statement, voice=voice, by=self.by, at=self.now)
        row.say(Said(given, reason))
        return row

    def new_remark(self, statement: str, talk: Talk, kind: RemarkKind, text: str, given: Given | None = None) -> Remark:
        level = given if isinstance(given, int) else None
        other = given if isinstance(given, Other) else ""
        return Remark(
            audit=self.audit, statement=statement, kind=kind, text=text, level=level, other=other,
            about=talk.revision, round=self.round, by=self.by, at=self.now,
        )  # fmt: skip

    def _remark(self, statement: str, talk: Talk, kind: RemarkKind, text: str) -> None:
        self.new_remark(statement, talk, kind, text).save()

    def _keep(self, statement: str, voice: Voice, given: Given | None, reason: str = "") -> None:
        rows = self.conversation.officer if voice is Voice.OFFICER else self.conversation.agreed
        row = rows.get(statement)
        if row is None:
            self.new_answer(statement, voice, given, reason).save()
        elif (row.given, row.reason) != (given, reason):
            row.say(Said(given, reason))
            row.revision += 1
            row.by, row.at = self.by, self.now
            row.save()

    def _not_agreed(self, statement: str) -> None:
        if statement in self.conversation.agreed:
            self.conversation.agreed[statement].delete()


_WRITERS: dict[Choice, Callable[[_Desk, str, Talk, Saying], None]] = {
    Choice.AGREE: _Desk.agree,
    Choice.ACCEPT: _Desk.accept,
    Choice.KEEP: _Desk.keep,
    Choice.ASK: _Desk.ask,
    Choice.SUGGEST: _Desk.suggest,
}


def _needed(text: str, otherwise: str) -> str:
    if not text.strip():
        raise UnableToSay(otherwise)
    return text

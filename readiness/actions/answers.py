"""Saving answers: a row each, as they are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import User
from readiness.domain.answers import BadAnswer, Other, Voice
from readiness.domain.said import Clash, Said, Settle, decide
from readiness.models import Answer, Audit
from schools.permissions import Permission, require


@dataclass(frozen=True)
class Typed:
    """What arrived from a page for one statement, and what that page had shown (`Said.seen_as`)."""

    statement: str
    said: Said
    seen: str
    clash_was_shown: bool = False
    settle: Settle | None = None


@dataclass(frozen=True)
class Conflict:
    """Two people's words for one statement: this person's, and the row that was saved meanwhile."""

    typed: Typed
    theirs: Answer


class ChangedMeanwhile(Exception):
    """Some statements were changed by somebody else meanwhile. The rest has been saved."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(_("Somebody else has changed an answer on this page. Both answers are shown below."))
        self.conflicts = {conflict.typed.statement: conflict for conflict in conflicts}


class Locked(Exception):
    """The audit's answers cannot be changed now. The message is fit to show."""


def save_answers(*, audit: Audit, typed: Sequence[Typed], by: User, now: datetime) -> None:
    """Save what the school says about some statements. Doing it again changes nothing.

    Raises:
        PermissionDenied: this person does not answer for the school.
        Locked: the audit is not a draft any more.
        BadAnswer: an answer that the framework does not offer for its statement.
        ChangedMeanwhile: after saving the rest, when somebody else has changed some of these statements.
    """
    require(by, Permission.ANSWER_AUDIT, audit.school)
    for one in typed:
        _check_offered(audit, one)
    with transaction.atomic():
        locked = Audit.objects.select_for_update(of=("self",)).get(pk=audit.pk)
        if not locked.is_editable:
            raise Locked(_("This audit has been submitted, so its answers are locked."))
        slugs = [one.statement for one in typed]
        rows = {row.statement: row for row in locked.answers.filter(voice=Voice.SCHOOL, statement__in=slugs)}
        decided = [_decide(locked, one, rows.get(one.statement), by, now) for one in typed]
        _keep([one for one in decided if isinstance(one, Answer)])
    conflicts = [one for one in decided if isinstance(one, Conflict)]
    if conflicts:
        prefetch_related_objects([conflict.theirs for conflict in conflicts], "by")
        raise ChangedMeanwhile(conflicts)


def _check_offered(audit: Audit, one: Typed) -> None:
    statement = audit.framework.statement(one.statement)
    if one.said.given == Other.NOT_APPLICABLE and not statement.may_not_apply:
        raise BadAnswer(_("This statement applies to every school. Choose another answer."))


def _decide(audit: Audit, one: Typed, row: Answer | None, by: User, now: datetime) -> Answer | Conflict | None:
    """What is to be kept of one statement: its answer, two people's words, or nothing, where it says so already."""
    revision = row.revision if row else 0
    answer = Answer(audit=audit, statement=one.statement, voice=Voice.SCHOOL, revision=revision)
    try:
        said = decide(
            stored=row.said if row else Said(),
            revision=revision,
            typed=one.said,
            seen=one.seen,
            clash_was_shown=one.clash_was_shown,
            settle=one.settle,
        )
    except Clash:
        return Conflict(one, row or answer)
    if said is None:
        return None
    answer.say(said)
    answer.revision += 1
    answer.by, answer.at = by, now
    return answer


def _keep(answers: Sequence[Answer]) -> None:
    """Write a row for each, over the one that is there: one query for a whole theme. The audit is locked."""
    Answer.objects.bulk_create(
        answers,
        update_conflicts=True,
        unique_fields=["audit", "statement", "voice"],
        update_fields=["level", "other", "reason", "evidence", "revision", "by", "at"],
    )

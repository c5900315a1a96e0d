"""What the pages of an audit show, built from rows and the domain, ready for templates that only loop."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from readiness.domain.answers import Other, Voice
from readiness.domain.framework import Statement, Theme
from readiness.domain.journey import Journey, Progress
from readiness.domain.review import RemarkKind
from readiness.domain.scoring import evidence_wanted, profile
from readiness.domain.states import OPEN, AuditState
from readiness.forms import answer_label
from readiness.models import Answer, Audit, Conversation, Move, given_by
from readiness.pages.sides import for_the_school
from schools.models import Membership
from schools.permissions import Permission, roles_with

PROGRESS_WORDS = {
    Progress.NOT_STARTED: gettext_lazy("Not started"),
    Progress.IN_PROGRESS: gettext_lazy("In progress"),
    Progress.COMPLETED: gettext_lazy("Completed"),
}

STATE_WORDS = {
    AuditState.DRAFT: gettext_lazy("Draft: only your school sees it"),
    AuditState.SUBMITTED: gettext_lazy("Submitted: waiting for the locality support officer"),
    AuditState.IN_REVIEW: gettext_lazy("In review with the locality support officer"),
    AuditState.RETURNED: gettext_lazy("Returned to the school"),
    AuditState.MODERATED: gettext_lazy("Reviewed: waiting to be agreed"),
    AuditState.AGREED: gettext_lazy("Agreed"),
    AuditState.SUPERSEDED: gettext_lazy("Agreed, and replaced by a later audit"),
    AuditState.WITHDRAWN: gettext_lazy("Withdrawn"),
}

MOVE_WORDS = {
    (AuditState.DRAFT, AuditState.SUBMITTED): gettext_lazy("Submitted"),
    (AuditState.SUBMITTED, AuditState.DRAFT): gettext_lazy("Taken back by the school"),
    (AuditState.SUBMITTED, AuditState.IN_REVIEW): gettext_lazy("Review begun"),
    (AuditState.IN_REVIEW, AuditState.RETURNED): gettext_lazy("Returned to the school"),
    (AuditState.RETURNED, AuditState.SUBMITTED): gettext_lazy("Submitted again"),
    (AuditState.SUBMITTED, AuditState.RETURNED): gettext_lazy("Taken back by the school"),
    (AuditState.IN_REVIEW, AuditState.MODERATED): gettext_lazy("Review finished"),
    (AuditState.MODERATED, AuditState.AGREED): gettext_lazy("Agreed"),
    (AuditState.AGREED, AuditState.SUPERSEDED): gettext_lazy("Replaced by a later audit"),
    **{(state, AuditState.WITHDRAWN): gettext_lazy("Withdrawn") for state in sorted(OPEN)},
}


@dataclass(frozen=True)
class Card:
    """One audit in a list."""

    audit: Audit
    state: str


def card(audit: Audit) -> Card:
    """The audit with its state in words."""
    return Card(audit, str(STATE_WORDS[AuditState(audit.state)]))


@dataclass(frozen=True)
class LastSaved:
    """Who saved what last."""

    by: str
    what: str
    at: datetime


@dataclass(frozen=True)
class TaskListPage:
    """The task list."""

    state: str
    tasks: list[dict[str, Any]]
    journey: Journey
    last_saved: LastSaved | None
    answerers: list[str]
    continue_url: str
    is_draft: bool
    is_returned: bool
    unanswered: int


def task_list(audit: Audit, *, may_answer: bool) -> TaskListPage:
    """The themes in order with their progress, and where to go on."""
    journey = audit.journey()
    following = journey.next_unfinished()
    return TaskListPage(
        state=str(STATE_WORDS[AuditState(audit.state)]),
        tasks=[_task(audit, journey, theme, may_answer) for theme in audit.framework.themes],
        journey=journey,
        last_saved=_last_saved(audit),
        answerers=answerers(audit),
        continue_url=_theme_url(audit, following) if may_answer and following else "",
        is_draft=may_answer,
        is_returned=audit.state == AuditState.RETURNED,
        unanswered=len(_unanswered(audit)),
    )


def _task(audit: Audit, journey: Journey, theme: Theme, may_answer: bool) -> dict[str, Any]:
    progress = journey.progress(theme)
    check = reverse("audit_check", args=[audit.pk])
    return {
        "title": theme.title,
        "url": _theme_url(audit, theme) if may_answer else f"{check}#{theme.slug}",
        "status": PROGRESS_WORDS[progress],
        "done": progress is Progress.COMPLETED,
        "hint": _("%(summary)s %(answered)d of %(total)d answered.")
        % {"summary": theme.summary, "answered": journey.answered_in(theme), "total": len(theme.statements)},
    }


def _theme_url(audit: Audit, theme: Theme) -> str:
    return reverse("audit_theme", args=[audit.pk, theme.slug])


def _last_saved(audit: Audit) -> LastSaved | None:
    rows = audit.school_answers().values()
    if not rows:
        return None
    row = max(rows, key=lambda one: one.at)
    return LastSaved(str(row.by), audit.framework.theme_of(row.statement).title, row.at)


def answerers(audit: Audit) -> list[str]:
    """The names of those who may answer for the school now, head teacher first."""
    memberships = (
        Membership.objects.current()
        .filter(school=audit.school_id, role__in=roles_with(Permission.ANSWER_AUDIT))
        .select_related("user")
    )
    leads = roles_with(Permission.SUBMIT_AUDIT)
    ordered = sorted(memberships, key=lambda one: (one.role not in leads, one.user.last_name, one.user.first_name))
    return list(dict.fromkeys(str(one.user) for one in ordered))


@dataclass(frozen=True)
class CheckRow:
    """One statement with the school's answer."""

    statement: Statement
    answer: str
    rubric: str
    reason: str
    evidence: str
    saved: Answer | None
    url: str
    is_missing: bool
    wants_evidence: bool
    wants_reason: bool


@dataclass(frozen=True)
class CheckTheme:
    """One theme with its rows."""

    theme: Theme
    status: str
    rows: list[CheckRow]


@dataclass(frozen=True)
class CheckPage:
    """Every answer, and what stands in the way of submitting."""

    state: str
    themes: list[CheckTheme]
    missing: list[CheckRow]
    without_reason: list[CheckRow]
    unanswered: list[Statement]
    without_evidence: list[CheckRow]
    journey: Journey


def check(audit: Audit, *, may_answer: bool) -> CheckPage:
    """The answers by theme, each with a link back to its place for those who may change it."""
    journey, rows = audit.journey(), audit.school_answers()
    evidenced = {slug for slug, row in rows.items() if row.evidence}
    wanted = {one.slug for one in evidence_wanted(profile(audit.framework, given_by(rows)), evidenced)}
    themes = []
    for theme in audit.framework.themes:
        change = f"{_theme_url(audit, theme)}?from=check" if may_answer else ""
        checked = [_check_row(audit, one, rows.get(one.slug), change, one.slug in wanted) for one in theme.statements]
        themes.append(CheckTheme(theme, str(PROGRESS_WORDS[journey.progress(theme)]), checked))
    every = [row for theme in themes for row in theme.rows]
    return CheckPage(
        state=str(STATE_WORDS[AuditState(audit.state)]),
        themes=themes,
        missing=[row for row in every if row.is_missing],
        without_reason=[row for row in every if row.wants_reason],
        unanswered=_unanswered(audit),
        without_evidence=[row for row in every if row.wants_evidence],
        journey=journey,
    )


def _unanswered(audit: Audit) -> list[Statement]:
    """The statements that wait for the school's reply to the officer."""
    if audit.state != AuditState.RETURNED:
        return []
    return for_the_school(audit, Conversation.of(audit))


def _check_row(audit: Audit, statement: Statement, row: Answer | None, change: str, wants_evidence: bool) -> CheckRow:
    given = row.given if row else None
    is_level = isinstance(given, int) and not isinstance(given, Other)
    return CheckRow(
        statement=statement,
        answer=answer_label(audit.framework, given) if given is not None else "",
        rubric=statement.rubric(given) if is_level else "",
        reason=row.reason if row and given == Other.NOT_APPLICABLE else "",
        evidence=row.evidence if row else "",
        saved=row,
        url=f"{change}#{statement.slug}" if change else "",
        is_missing=given is None,
        wants_evidence=wants_evidence,
        wants_reason=given == Other.NOT_APPLICABLE and not row.reason,
    )


@dataclass(frozen=True)
class Event:
    """One line of history."""

    what: str
    by: str
    at: datetime
    reason: str


def history(audit: Audit) -> list[Event]:
    """Who did what to this audit, oldest first: every move, and every level that the co-ordinator recorded."""
    started = Event(_("Started"), str(audit.started_by), audit.started_at, "")
    sent = _sent(audit)
    moves = [_moved(move, sent) for move in audit.moves.select_related("by").order_by("pk")]
    recorded = audit.answers.filter(voice=Voice.AGREED).exclude(reason="").select_related("by").order_by("at", "pk")
    events = [*moves, *(_recorded(audit, row) for row in recorded)]
    return [started, *sorted(events, key=lambda event: event.at)]


def _sent(audit: Audit) -> Iterator[str]:
    """What was sent to the school each time round: “1 question and 2 suggestions”."""
    kinds = Counter(audit.remarks.values_list("round", "kind"))
    for number in count(1):
        questions, suggestions = kinds[number, RemarkKind.QUESTION], kinds[number, RemarkKind.SUGGESTION]
        words = [
            ngettext("%(count)d question", "%(count)d questions", questions) % {"count": questions},
            ngettext("%(count)d suggestion", "%(count)d suggestions", suggestions) % {"count": suggestions},
        ]
        said = [word for word, many in zip(words, (questions, suggestions), strict=True) if many]
        yield _(" and ").join(said)


def _moved(move: Move, sent: Iterator[str]) -> Event:
    places = AuditState(move.from_state), AuditState(move.to_state)
    what = str(MOVE_WORDS[places])
    if places == (AuditState.IN_REVIEW, AuditState.RETURNED) and (with_it := next(sent)):
        what = _("Returned to the school with %(what)s") % {"what": with_it}
    return Event(what, str(move.by), move.at, move.reason)


def _recorded(audit: Audit, row: Answer) -> Event:
    what = _("Recorded “%(level)s” for “%(statement)s”") % {
        "level": answer_label(audit.framework, row.given),
        "statement": audit.framework.statement(row.statement).text,
    }
    return Event(what, str(row.by), row.at, row.reason)

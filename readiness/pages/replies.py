"""The school's page of replies, and the co-ordinator's page of differences."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from readiness.actions import Overtaken
from readiness.domain.answers import Given
from readiness.domain.framework import Statement
from readiness.domain.review import FOR_THE_SCHOOL, Talk
from readiness.domain.states import AuditState, Owner
from readiness.forms import ReplyForm, SettleForm, answer_label
from readiness.forms.answers import Option
from readiness.forms.review import offered
from readiness.models import Audit, Conversation
from readiness.pages.review import Fields, Row, said_in_words
from readiness.pages.sides import Lectern, rubric


@dataclass(frozen=True)
class ReplyRow(Row):
    """One statement to reply to. `label` names the text; `change_url` is where the school's own answer is changed."""

    label: str = ""
    change_url: str = ""
    waits: bool = False


@dataclass(frozen=True)
class ReplyPage:
    """What the officer asks and suggests: first what waits for a reply, then what has one."""

    waiting: tuple[ReplyRow, ...]
    answered: tuple[ReplyRow, ...]
    errors: tuple[tuple[str, str], ...]


def talked_about(audit: Audit, conversation: Conversation) -> list[Statement]:
    """The statements on which the officer has said something to the school, in framework order."""
    return [one for one in audit.framework.statements if conversation.remarks.get(one.slug)]


def reply_page(audit: Audit, conversation: Conversation, form: ReplyForm, moved_on: frozenset[str]) -> ReplyPage:
    """The page on which the school replies."""
    lectern = Lectern(audit.framework, conversation, AuditState(audit.state), Owner.SCHOOL)
    rows = [_reply_row(audit, one, lectern, form, moved_on) for one in talked_about(audit, conversation)]
    return ReplyPage(
        waiting=tuple(row for row in rows if row.waits),
        answered=tuple(row for row in rows if not row.waits),
        errors=tuple(
            (problem, f"#{row.reading.statement.slug}-{'say-accept' if part == 'say' else 'text'}")
            for row in rows
            for part, problem in row.fields.errors.items()
        ),
    )


def _reply_row(
    audit: Audit, statement: Statement, lectern: Lectern, form: ReplyForm, moved_on: frozenset[str]
) -> ReplyRow:
    slug = statement.slug
    talk, errors = lectern.conversation.talk(slug), form.errors_of(slug)
    is_typed = bool(errors) or slug in moved_on or (form.is_bound and form.shows_what_was_typed)
    chosen = form.raw(slug, "say") if is_typed else ""
    theme = audit.framework.theme_of(slug).slug
    return ReplyRow(
        reading=lectern.reading(statement),
        fields=Fields(
            choices=tuple(_answers(talk, lectern, chosen)),
            levels=(),
            text=form.raw(slug, "text") if is_typed else "",
            seen=lectern.conversation.heard(slug),
            errors=errors,
        ),
        label=_("Your reply") if talk.suggestion is None else _("In your words"),
        change_url=f"{reverse('audit_theme', args=[audit.pk, theme])}#{slug}",
        waits=talk.stand in FOR_THE_SCHOOL,
    )


def _answers(talk: Talk, lectern: Lectern, chosen: str) -> list[Option]:
    if talk.suggestion is None:
        return []
    own, other = (answer_label(lectern.framework, given) for given in (talk.school, talk.suggestion))
    words = {
        ReplyForm.ACCEPT: _("We accept “%(level)s”") % {"level": other},
        ReplyForm.EXPLAIN: _("We stay with “%(level)s”, and explain") % {"level": own},
    }
    return [Option(value, name, "", value == chosen) for value, name in words.items()]


@dataclass(frozen=True)
class SettlePage:
    """The statements on which both stay, each with its fields."""

    rows: tuple[Row, ...]
    errors: tuple[tuple[str, str], ...]


def to_settle(audit: Audit, conversation: Conversation) -> list[Statement]:
    """The statements whose agreed level is the co-ordinator's to record."""
    return [one for one in audit.framework.statements if conversation.talk(one.slug).is_left_to_the_coordinator]


def settle_page(
    audit: Audit, conversation: Conversation, form: SettleForm, conflicts: Mapping[str, Overtaken]
) -> SettlePage:
    """The page on which the co-ordinator records the agreed level."""
    lectern = Lectern(audit.framework, conversation, AuditState(audit.state), Owner.COORDINATOR)
    rows = [_settle_row(one, lectern, form, conflicts.get(one.slug)) for one in to_settle(audit, conversation)]
    errors = []
    for row in rows:
        slug, places = row.reading.statement.slug, {"level": f"level-{row.fields.levels[0].value}"}
        errors += [(problem, f"#{slug}-{places.get(part, 'text')}") for part, problem in row.fields.errors.items()]
        if row.fields.theirs:
            sentence = _("Choose which should stay: “%(statement)s”") % {"statement": row.reading.statement.text}
            errors.append((sentence, f"#{slug}-settle_mine"))
    return SettlePage(tuple(rows), tuple(errors))


def _settle_row(statement: Statement, lectern: Lectern, form: SettleForm, conflict: Overtaken | None) -> Row:
    slug = statement.slug
    talk, errors = lectern.conversation.talk(slug), form.errors_of(slug)
    level, text = str(talk.agreed or ""), talk.agreed_reason
    seen = talk.ruling.seen_as(talk.version)
    if errors or conflict or (form.is_bound and form.shows_what_was_typed):
        level, text = form.raw(slug, "level"), form.raw(slug, "text")
        seen = seen if conflict else form.raw(slug, "seen")
    fields = Fields(
        choices=(),
        levels=tuple(_level(statement, given, lectern, level) for given in offered(statement)),
        text=text,
        seen=seen,
        errors=errors,
        yours=said_in_words(conflict.spoken.saying, lectern) if conflict else "",
        theirs=said_in_words(talk.ruling, lectern) if conflict else "",
        settle=form.raw(slug, "settle") if conflict else "",
    )
    return Row(lectern.reading(statement), fields)


def _level(statement: Statement, given: Given, lectern: Lectern, chosen: str) -> Option:
    label = answer_label(lectern.framework, given)
    return Option(str(given), label, rubric(statement, given), chosen == str(given))

"""Every statement with its answer, and lists of those that want something: an answer, a line of evidence, a talk."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.domain.answers import Given
from readiness.domain.framework import Framework, Statement, Theme
from readiness.domain.scoring import Profile, evidence_wanted
from readiness.domain.states import EDITABLE
from support.reports.outcome_words import answer_words, items
from support.reports.parts import Item, Part, StatementLine
from support.reports.source import Source
from support.sentences import capital, number_words


def statement_lines(source: Source) -> tuple[StatementLine, ...]:
    """Every statement in framework order, with the answer that counts."""
    return tuple(
        _statement_line(source, theme, statement) for theme in source.framework.themes for statement in theme.statements
    )


def _statement_line(source: Source, theme: Theme, statement: Statement) -> StatementLine:
    own = source.said.get(statement.slug)
    saying = source.agreed.get(statement.slug) if source.is_agreed else own
    given = saying.given if saying else None
    level = given if isinstance(given, int) else None
    return StatementLine(
        slug=statement.slug,
        theme=theme.slug,
        theme_title=theme.title,
        text=statement.text,
        minimum=source.framework.level_label(statement.essential_minimum) if statement.essential_minimum else "",
        level=source.framework.level_label(level) if level else "",
        other=answer_words(source.framework, given) if given and not level else "",
        rubric=statement.rubric(level) if level else "",
        evidence=own.evidence if own else "",
        reason=(saying.reason if saying else "") or (own.reason if own else ""),
        school_said=_school_said(source, given, own.given if own else None),
        by=saying.by if saying else "",
        at=saying.at if saying else None,
    )


def _school_said(source: Source, given: Given | None, own: Given | None) -> str:
    return answer_words(source.framework, own) if source.is_agreed and own != given else ""


def missing(source: Source) -> Part | None:
    """The statements that a draft still needs an answer to."""
    blank = [statement for statement in source.framework.statements if statement.slug not in source.answers]
    if source.state not in EDITABLE or not blank:
        return None
    lead = ngettext(
        "%(number)s statement still needs an answer:", "%(number)s statements still need an answer:", len(blank)
    ) % {"number": capital(number_words(len(blank)))}
    return Part(lead, items(source.framework, blank))


def find_out(profile: Profile) -> Part | None:
    """What the school does not know yet, where the outcome does not hang on it."""
    if profile.is_not_enough_information or not profile.unknown:
        return None
    lead = ngettext(
        "The answer to this is “%(answer)s”, which is a useful answer:",
        "The answer to these is “%(answer)s”, which is a useful answer:",
        len(profile.unknown),
    ) % {"answer": profile.framework.other_label("dont_know")}
    return Part(lead, items(profile.framework, profile.unknown))


def evidence(profile: Profile, source: Source) -> Part | None:
    """The answers that stand, and would be helped by a line on how the school knows."""
    evidenced = {slug for slug, saying in source.said.items() if saying.evidence.strip()}
    wanted = evidence_wanted(profile, evidenced)
    if not wanted:
        return None
    lead = ngettext(
        "This answer stands as it is. A line on how you know would help when you talk it over:",
        "These answers stand as they are. A line on how you know would help when you talk them over:",
        len(wanted),
    )
    return Part(lead, tuple(_with_answer(profile.framework, statement, profile) for statement in wanted))


def _with_answer(framework: Framework, statement: Statement, profile: Profile) -> Item:
    return items(framework, [statement], answer_words(framework, profile.answers.get(statement.slug)))[0]


def differences(source: Source) -> Part | None:
    """Where the agreed answer is not the one that the school gave."""
    lines: list[Item] = []
    for line, statement in zip(statement_lines(source), source.framework.statements, strict=True):
        if line.school_said:
            words = _("the school said %(own)s; agreed: %(agreed)s") % {
                "own": line.school_said,
                "agreed": line.answer or answer_words(source.framework, None),
            }
            lines += items(source.framework, [statement], words)
    if not lines:
        return None
    lead = ngettext(
        "One answer was agreed to be different. Both are kept:",
        "%(number)s answers were agreed to be different. Both are kept:",
        len(lines),
    ) % {"number": capital(number_words(len(lines)))}
    return Part(lead, tuple(lines))

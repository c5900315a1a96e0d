"""From what is known about an audit to its report. Nothing is read and nothing is kept here."""

from django.utils.text import slugify
from django.utils.translation import gettext as _

from charts.theme_profile import digest
from readiness.domain.scoring import profile
from readiness.domain.states import EDITABLE, AuditState
from support.reports.chart import chart
from support.reports.outcome_words import what_would_change, why
from support.reports.over_time import last_steps, over_time
from support.reports.parts import Fact, Headings, Marker, Report
from support.reports.since_words import compared, since
from support.reports.source import Source, given
from support.reports.statement_words import differences, evidence, find_out, missing, statement_lines
from support.reports.theme_words import Scored, help_groups, summary, theme_lines
from support.sentences import day_words, language_tag, moment_words

DIGEST_SHOWN = 12


def compose(source: Source) -> Report:
    """The report of one audit."""
    counted = Scored.of(profile(source.framework, source.answers))
    own = Scored.of(profile(source.framework, given(source.said))) if source.is_agreed else None
    lines, sentence = theme_lines(counted, own), summary(counted)
    moved = compared(counted.profile, source.previous)
    drawn = chart(source.framework, counted.profile.themes, lines, sentence)
    return Report(
        audit_pk=source.audit_pk,
        file_stem=slugify(f"readiness audit {source.school} {source.session.replace('/', '-')}"),
        language=source.framework.language,
        words_language=language_tag(),
        headings=headings(),
        title=_("What this would say today") if source.state in EDITABLE else _("Results"),
        school=source.school,
        session=source.session,
        marker=marker(source),
        missing=missing(source),
        outcome_key=counted.profile.outcome.key,
        outcome=counted.profile.outcome.label,
        why=why(counted.profile),
        change=what_would_change(counted.profile),
        standing=standing(source),
        find_out=find_out(counted.profile),
        evidence=evidence(counted.profile, source),
        differences=differences(source),
        since=since(moved, source.previous),
        over_time=over_time(moved, source.previous, source.session),
        last_steps=last_steps(moved, source.previous),
        table_head=(_("Theme"), _("Kind"), _("Score, from 1 to 4"), _("Essentials"), _("Support")),
        themes=lines,
        chart=drawn,
        chart_digest=digest(drawn),
        summary=sentence,
        help=help_groups(counted, source.offers),
        verification=verification(source),
        statements=statement_lines(source),
        scored_at=source.scored_at,
    )


def headings() -> Headings:
    """The headings of every report."""
    return Headings(
        why=_("Why"),
        change=_("What would change it"),
        chart=_("Your themes and the structure of support"),
        table=_("The same as a table"),
        help=_("Help that goes with it"),
        open_to_all=_("Also open to every school"),
        find_out=_("Still to find out"),
        evidence=_("Not yet evidenced"),
        differences=_("Where the agreed answers differ"),
        since=_("Since last time"),
        then_and_now=_("The same as a table"),
        last_steps=_("The steps of the last plan"),
        missing=_("Still to answer"),
        verification=_("How this was worked out"),
        statements=_("Every statement, and the school’s answer"),
        downloads=_("Take it with you"),
    )


def marker(source: Source) -> Marker:
    """Where the audit has got to, in a word and a sentence."""
    word, sentence = _MARKERS[source.state](source)
    return Marker(key=source.state.value, word=word, sentence=sentence, is_submitted=source.state not in EDITABLE)


def _draft(source: Source) -> tuple[str, str]:
    sentence = _(
        "This has not been submitted. Nobody sees it but the people who answer this audit, and it changes as the "
        "answers change."
    )
    return _("Not submitted"), sentence


def _returned(source: Source) -> tuple[str, str]:
    sentence = _(
        "This audit came back to the school and has not been submitted again. This page changes as the answers change."
    )
    return _("Not submitted"), sentence


def _submitted(source: Source) -> tuple[str, str]:
    return _("Waiting for review"), _("%(when)s The locality support officer looks at it next.") % {
        "when": _sent(source)
    }


def _in_review(source: Source) -> tuple[str, str]:
    sentence = _("%(when)s The locality support officer is looking at it now.") % {"when": _sent(source)}
    return _("In review"), sentence


def _moderated(source: Source) -> tuple[str, str]:
    return _("Waiting to be agreed"), _("%(when)s The review is finished. Agreeing it comes next.") % {
        "when": _sent(source)
    }


def _sent(source: Source) -> str:
    if source.submitted_at is None:
        return ""
    return _("Submitted on %(day)s by %(name)s.") % {"day": day_words(source.submitted_at), "name": source.submitted_by}


def _agreed(source: Source) -> tuple[str, str]:
    day = day_words(source.agreed_at or source.scored_at)
    return _("Agreed"), _("Agreed on %(day)s by %(name)s.") % {"day": day, "name": source.agreed_by}


def _superseded(source: Source) -> tuple[str, str]:
    word, sentence = _agreed(source)
    return word, _("%(agreed)s A later audit of this school has been agreed since.") % {"agreed": sentence}


def _withdrawn(source: Source) -> tuple[str, str]:
    return _("Withdrawn"), _("This audit was withdrawn. It is kept, and nothing follows from it.")


_MARKERS = {
    AuditState.DRAFT: _draft,
    AuditState.RETURNED: _returned,
    AuditState.SUBMITTED: _submitted,
    AuditState.IN_REVIEW: _in_review,
    AuditState.MODERATED: _moderated,
    AuditState.AGREED: _agreed,
    AuditState.SUPERSEDED: _superseded,
    AuditState.WITHDRAWN: _withdrawn,
}


def standing(source: Source) -> str:
    """What the outcome is worth: a recommendation to people, and provisional until it is agreed."""
    if source.is_agreed:
        return _("This is a recommendation to people, not an automatic decision.")
    return _(
        "This is a recommendation to people, not an automatic decision. It is provisional until the head teacher and "
        "the locality support officer have agreed it."
    )


def verification(source: Source) -> tuple[Fact, ...]:
    """By which framework, and from which answers, the result was worked out."""
    digest_shown = f"{source.version_digest[:DIGEST_SHOWN]}…"
    return (
        Fact(_("Framework"), source.framework.title),
        Fact(
            _("Version"),
            _("%(number)s, called %(label)s") % {"number": source.version_number, "label": source.framework.label},
        ),
        Fact(_("Digest of the version"), digest_shown, source.version_digest),
        Fact(_("Worked out from"), _worked_out_from(source)),
    )


def _worked_out_from(source: Source) -> str:
    when = {"when": moment_words(source.scored_at)}
    if source.is_agreed:
        return _("the answers agreed on %(when)s") % when
    if source.state not in EDITABLE and source.submitted_at:
        return _("the answers submitted on %(when)s") % when
    return _("the answers as last saved on %(when)s") % when

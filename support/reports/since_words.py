"""What has moved since the school's last agreed audit, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.domain.comparison import Comparison, Direction, StatementChange, compare
from readiness.domain.scoring import Profile, profile
from support.reports.outcome_words import answer_words, items
from support.reports.parts import Item, Part
from support.reports.source import Previous
from support.sentences import capital, number_words, titled


def compared(now: Profile, previous: Previous | None) -> Comparison | None:
    """Then and now, statement by statement; None without an earlier audit."""
    return compare(profile(previous.framework, previous.answers), now) if previous else None


def since(found: Comparison | None, previous: Previous | None) -> tuple[Part, ...]:
    """The outcome then and now, and the statements that moved. Empty without an earlier audit.

    The themes that moved are said with their chart (`over_time`).
    """
    if found is None or previous is None:
        return ()
    return (
        Part(_outcome(found, previous.session)),
        *_statements(found, Direction.HIGHER),
        *_statements(found, Direction.LOWER),
    )


def _outcome(found: Comparison, session: str) -> str:
    then, now = found.before.outcome.label, found.after.outcome.label
    values = {"session": session, "then": then, "now": now}
    if then == now:
        return _("In %(session)s the outcome was %(then)s too.") % values
    return _("In %(session)s the outcome was %(then)s; it is now %(now)s.") % values


def themes_words(found: Comparison) -> str:
    """Which themes are further on, and which not as far on."""
    higher, lower = (_titles(found, direction) for direction in (Direction.HIGHER, Direction.LOWER))
    if not higher and not lower:
        return _("Every theme that can be compared is about the same.")
    parts = []
    if higher:
        parts.append(_("Further on: %(themes)s.") % {"themes": titled(higher)})
    if lower:
        parts.append(_("Not as far on: %(themes)s.") % {"themes": titled(lower)})
    return " ".join([*parts, _("The rest is about the same, or cannot be compared.")])


def _titles(found: Comparison, direction: Direction) -> list[str]:
    return [change.theme.title for change in found.themes if change.direction is direction]


def _statements(found: Comparison, direction: Direction) -> Iterable[Part]:
    moved = [change for change in found.statements if change.direction is direction]
    if not moved:
        return
    if direction is Direction.HIGHER:
        lead = ngettext("%(number)s statement moved up:", "%(number)s statements moved up:", len(moved))
    else:
        lead = ngettext("%(number)s statement moved down:", "%(number)s statements moved down:", len(moved))
    lines = tuple(_moved(found, change) for change in moved)
    yield Part(lead % {"number": capital(number_words(len(moved)))}, lines)


def _moved(found: Comparison, change: StatementChange) -> Item:
    words = _("from %(before)s to %(after)s") % {
        "before": answer_words(found.before.framework, change.before),
        "after": answer_words(found.after.framework, change.after),
    }
    return items(found.after.framework, [change.statement], words)[0]

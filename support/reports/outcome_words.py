"""Why the outcome is what it is, and what would change it, in words."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from readiness.domain.answers import Given
from readiness.domain.framework import Framework, Statement, Theme
from readiness.domain.scoring import MINIMUM_ANSWERED, Profile, Reason, ReasonKind, ThemeResult
from readiness.domain.way_up import WayUp, way_up
from support.reports.parts import Item, Part
from support.sentences import capital, limit_words, number_words, titled, without_stop

FEW = 3
"""As many names as a sentence can carry."""


def answer_words(framework: Framework, given: Given | None) -> str:
    """An answer as it is named: "In place", "We do not know yet"; for a blank, "not answered"."""
    if given is None:
        return pgettext("a statement", "not answered")
    return framework.level_label(given) if isinstance(given, int) else framework.other_label(given)


def items(framework: Framework, statements: Iterable[Statement], words: str = "") -> tuple[Item, ...]:
    """Statements as lines of a list, each followed by the same words."""
    return tuple(
        Item(
            text=without_stop(statement.text),
            words=words,
            theme=framework.theme_of(statement.slug).slug,
            statement=statement.slug,
        )
        for statement in statements
    )


def why(profile: Profile) -> tuple[Part, ...]:
    """Why the outcome is what it is: what is in place, or what keeps the school from the next better outcome."""
    return tuple(_WHY[reason.kind](profile, reason) for reason in profile.reasons)


def _everything_in_place(profile: Profile, reason: Reason) -> Part:
    lead = _("Every essential is met, and every condition is far enough on.")
    return Part(f"{lead} {_strengths(profile.themes)}".rstrip())


def _strengths(results: Sequence[ThemeResult]) -> str:
    best = max((result.band.minimum for result in results if result.band), default=None)
    names = [result.theme.title for result in results if result.band and result.band.minimum == best]
    if not 0 < len(names) <= FEW:
        return ""
    return _("You are furthest on in %(themes)s.") % {"themes": titled(names)}


def _essentials_unmet(profile: Profile, reason: Reason) -> Part:
    found = len(reason.statements)
    values = {
        "outcome": reason.outcome.label,
        "number": number_words(found),
        "limit": number_words(int(reason.limit or 0)),
    }
    if not reason.limit:
        lead = ngettext(
            "For %(outcome)s, every essential needs to be met. This one is not met yet:",
            "For %(outcome)s, every essential needs to be met. These %(number)s are not met yet:",
            found,
        )
    else:
        lead = ngettext(
            "For %(outcome)s, all essentials but %(limit)s need to be met. This one is not met yet:",
            "For %(outcome)s, all essentials but %(limit)s need to be met. These %(number)s are not met yet:",
            found,
        )
    return Part(lead % values, _unmet_items(profile, reason.statements))


def _unmet_items(profile: Profile, statements: Iterable[Statement]) -> tuple[Item, ...]:
    framework = profile.framework
    lines = []
    for statement in statements:
        words = _("needs at least %(minimum)s; now %(given)s") % {
            "minimum": framework.level_label(statement.essential_minimum or 1),
            "given": answer_words(framework, profile.answers.get(statement.slug)),
        }
        lines += items(framework, [statement], words)
    return tuple(lines)


def _essentials_at_level_1(profile: Profile, reason: Reason) -> Part:
    values = {
        "outcome": reason.outcome.label,
        "level": profile.framework.level_label(1),
        "number": capital(number_words(len(reason.statements))),
    }
    named = {one for other in profile.reasons if other is not reason for one in other.statements}
    if named.issuperset(reason.statements):
        lead = ngettext(
            "For %(outcome)s, no essential may be at “%(level)s”. %(number)s of those above is.",
            "For %(outcome)s, no essential may be at “%(level)s”. %(number)s of those above are.",
            len(reason.statements),
        )
        return Part(lead % values)
    lead = ngettext(
        "For %(outcome)s, no essential may be at “%(level)s”. This one is:",
        "For %(outcome)s, no essential may be at “%(level)s”. These are:",
        len(reason.statements),
    )
    return Part(lead % values, _unmet_items(profile, reason.statements))


def _condition_mean_below(profile: Profile, reason: Reason) -> Part:
    # The mean of all conditions is not printed: one number for a whole school would soon be read as its mark.
    lead = _(
        "For %(outcome)s, the conditions taken together need an average of %(limit)s or more. These are below that:"
    )
    values = {"outcome": reason.outcome.label, "limit": limit_words(reason.limit or 0)}
    return Part(lead % values, _scored_items(_below(profile, reason.limit or 0)))


def _below(profile: Profile, limit: Fraction) -> list[ThemeResult]:
    return [result for result in profile.condition_results if result.mean is not None and result.mean < limit]


def _condition_theme_below(profile: Profile, reason: Reason) -> Part:
    values = {
        "outcome": reason.outcome.label,
        "limit": limit_words(reason.limit or 0),
        "number": capital(number_words(len(reason.themes))),
    }
    if any(other.kind is ReasonKind.CONDITION_MEAN_BELOW for other in profile.reasons):
        lead = ngettext(
            "For %(outcome)s, no condition may be below %(limit)s. %(number)s of those above is.",
            "For %(outcome)s, no condition may be below %(limit)s. %(number)s of those above are.",
            len(reason.themes),
        )
        return Part(lead % values)
    lead = ngettext(
        "For %(outcome)s, no condition may be below %(limit)s. This one is:",
        "For %(outcome)s, no condition may be below %(limit)s. These are:",
        len(reason.themes),
    )
    return Part(lead % values, _scored_items(profile.theme(theme.slug) for theme in reason.themes))


def _scored_items(results: Iterable[ThemeResult]) -> tuple[Item, ...]:
    return tuple(
        Item(text=result.theme.title, words=f"{result.display}, {result.band.label}", theme=result.theme.slug)
        for result in results
        if result.band
    )


def _theme_without_score(profile: Profile, reason: Reason) -> Part:
    lead = ngettext(
        "Too little is known about this condition to say how far on it is:",
        "Too little is known about these conditions to say how far on they are:",
        len(reason.themes),
    )
    return Part(lead, tuple(_short_of(profile, theme) for theme in reason.themes))


def _short_of(profile: Profile, theme: Theme) -> Item:
    result = profile.theme(theme.slug)
    needed = max(1, ceil(MINIMUM_ANSWERED * result.applicable))
    words = ngettext(
        "%(answered)s of %(applicable)s statement has a level; it needs %(needed)s",
        "%(answered)s of %(applicable)s statements have a level; it needs %(needed)s",
        result.applicable,
    ) % {
        "answered": number_words(result.answered),
        "applicable": number_words(result.applicable),
        "needed": number_words(needed),
    }
    return Item(text=theme.title, words=words, theme=theme.slug)


def _too_many_unknown(profile: Profile, reason: Reason) -> Part:
    values = {"number": capital(number_words(len(reason.statements))), "limit": number_words(int(reason.limit or 0))}
    lead = ngettext(
        "%(number)s essential is not known yet, and at most %(limit)s may be:",
        "%(number)s essentials are not known yet, and at most %(limit)s may be:",
        len(reason.statements),
    )
    return Part(lead % values, _unmet_items(profile, reason.statements))


_WHY = {
    ReasonKind.EVERYTHING_IN_PLACE: _everything_in_place,
    ReasonKind.ESSENTIALS_UNMET: _essentials_unmet,
    ReasonKind.ESSENTIALS_AT_LEVEL_1: _essentials_at_level_1,
    ReasonKind.CONDITION_MEAN_BELOW: _condition_mean_below,
    ReasonKind.CONDITION_THEME_BELOW: _condition_theme_below,
    ReasonKind.THEME_WITHOUT_SCORE: _theme_without_score,
    ReasonKind.TOO_MANY_ESSENTIALS_UNKNOWN: _too_many_unknown,
}


def what_would_change(profile: Profile) -> tuple[Part, ...]:
    """What would move the school to a better outcome; for the best one, what keeps it there."""
    if profile.is_not_enough_information:
        return _to_know_more(profile)
    if profile.outcome == profile.framework.ladder[0]:
        return _to_stay(profile)
    found = way_up(profile)
    if found is None:
        return (Part(_("Answer the statements that are still blank. Then this page can say what would change it.")),)
    return (_to_move_up(profile.framework, found),)


def _to_move_up(framework: Framework, found: WayUp) -> Part:
    lead = ngettext(
        "%(number)s thing would move you to %(outcome)s:",
        "%(number)s things would move you to %(outcome)s:",
        len(found.changes),
    ) % {"number": capital(number_words(len(found.changes))), "outcome": found.outcome.label}
    lines: list[Item] = []
    for change in found.changes:
        words = _("from %(before)s to %(after)s") % {
            "before": answer_words(framework, change.given),
            "after": framework.level_label(change.to_level),
        }
        lines += items(framework, [change.statement], words)
    return Part(lead, tuple(lines))


def _to_stay(profile: Profile) -> tuple[Part, ...]:
    framework = profile.framework
    free = Part(_("Nothing stands in the way of starting."))
    edge = [result for result in profile.essentials if result.given == result.statement.essential_minimum]
    if not edge:
        return (free,)
    lead = ngettext(
        "To stay ready, look after this essential. It is just at the level it needs:",
        "To stay ready, look after these essentials. They are just at the level they need:",
        len(edge),
    )
    lines: list[Item] = []
    for result in edge:
        lines += items(framework, [result.statement], answer_words(framework, result.given))
    return (free, Part(lead, tuple(lines)))


def _to_know_more(profile: Profile) -> tuple[Part, ...]:
    """Which answers are missing: those of themes that have too few levels, and essentials when too many are unknown."""
    wanted = {
        statement.slug
        for reason in profile.reasons
        for statement in (
            *reason.statements,
            *(statement for theme in reason.themes for statement in theme.statements),
        )
    }
    unknown = [statement for statement in profile.unknown if statement.slug in wanted]
    if not unknown:
        return (Part(_("Answer the statements that are still blank. Then this page can say more.")),)
    lead = ngettext(
        "Find this out, and the result can say more:", "Find these out, and the result can say more:", len(unknown)
    )
    return (Part(lead, items(profile.framework, unknown)),)

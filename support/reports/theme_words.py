"""Each theme against the structure of support, in words: the table, the chart's sentence, and the help."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from readiness.domain.framework import Tier
from readiness.domain.scoring import Profile, ThemeResult
from readiness.domain.tiers import INTENSIVE_AT_ONE_TIME, TierReason, TierResult, intensive_order, tiers
from support.reports.outcome_words import items
from support.reports.parts import HelpGroup, ThemeHelp, ThemeLine
from support.reports.source import Offers
from support.sentences import capital, number_words, titled

FOR_ALL = "universal"
"""The tier whose help is open to every school."""


@dataclass(frozen=True)
class Scored:
    """A profile with the tier of each of its themes."""

    profile: Profile
    tiers: tuple[TierResult, ...]

    @classmethod
    def of(cls, profile: Profile) -> "Scored":
        """The profile with its calculated tiers."""
        return cls(profile, tiers(profile))

    def tier(self, slug: str) -> TierResult:
        """The tier of the theme of this slug."""
        return next(result for result in self.tiers if result.theme.slug == slug)


def theme_lines(counted: Scored, own: Scored | None) -> tuple[ThemeLine, ...]:
    """The table, in framework order. `own` is what the school's own answers gave, where the agreed ones count."""
    return tuple(_theme_line(counted, own, result) for result in counted.profile.themes)


def _theme_line(counted: Scored, own: Scored | None, result: ThemeResult) -> ThemeLine:
    tier = counted.tier(result.theme.slug)
    return ThemeLine(
        slug=result.theme.slug,
        title=result.theme.title,
        kind_key=result.theme.kind.value,
        kind=kind_words(result),
        score=result.display,
        band=result.band.label if result.band else counted.profile.framework.not_enough_information.label,
        essentials=essentials_words(result),
        tier_key=tier.tier.key,
        tier=tier.tier.label,
        note=note(counted.profile, tier),
        beside=_beside(own, result, tier) if own else "",
    )


def kind_words(result: ThemeResult) -> str:
    """Whether the theme counts towards readiness, in a word or two."""
    return _("Condition") if result.theme.is_condition else _("Starting point")


def essential_counts(result: ThemeResult) -> tuple[int, int]:
    """How many of the theme's essentials are met, and how many are not."""
    essentials = sum(statement.is_essential for statement in result.theme.statements)
    return essentials - len(result.unmet), len(result.unmet)


def essentials_words(result: ThemeResult) -> str:
    """How many of the theme's essentials are met, in words."""
    met, unmet = essential_counts(result)
    if not met and not unmet:
        return _("None in this theme")
    if not unmet and met == 2:
        return _("Both met")
    if not unmet:
        return ngettext("One met", "All %(number)s met", met) % {"number": number_words(met)}
    if not met:
        return pgettext("essentials", "%(number)s not met yet") % {"number": capital(number_words(unmet))}
    return _("%(met)s met, %(unmet)s not met yet") % {
        "met": capital(number_words(met)),
        "unmet": number_words(unmet),
    }


def note(profile: Profile, tier: TierResult) -> str:
    """Why the tier is not the one that the score alone would give; "" when it is."""
    if tier.kind is TierReason.NO_SCORE:
        return _("A talk within four weeks goes with it, to find out more.")
    if tier.kind is TierReason.ESSENTIAL_AT_LEVEL_1:
        return _("An essential is at “%(level)s”.") % {"level": profile.framework.level_label(1)}
    if tier.kind in (TierReason.ESSENTIAL_UNMET, TierReason.ESSENTIALS_UNMET):
        return ngettext(
            "%(number)s essential is not met yet.", "%(number)s essentials are not met yet.", len(tier.unmet)
        ) % {"number": capital(number_words(len(tier.unmet)))}
    return ""


def _beside(own: Scored, result: ThemeResult, tier: TierResult) -> str:
    theirs, their_tier = own.profile.theme(result.theme.slug), own.tier(result.theme.slug)
    if (theirs.display, their_tier.tier) == (result.display, tier.tier):
        return ""
    score = theirs.display or own.profile.framework.not_enough_information.label
    return _("The school’s own answers gave %(score)s and %(tier)s.") % {
        "score": score,
        "tier": their_tier.tier.label.lower(),
    }


def summary(counted: Scored) -> str:
    """The sentence that stands for the chart: the outcome, and how many themes are at each tier, by name."""
    parts = []
    for tier in reversed(counted.profile.framework.tiers):
        titles = [result.theme.title for result in counted.tiers if result.tier == tier and not result.fact_finding]
        if titles:
            parts.append(_tier_part(counted, tier, titles))
    if unknown := [result.theme.title for result in counted.tiers if result.fact_finding]:
        parts.append(_unknown_part(counted, unknown))
    return _("%(outcome)s. Support for the %(number)s themes: %(parts)s.") % {
        "outcome": counted.profile.outcome.label,
        "number": number_words(len(counted.tiers)),
        "parts": "; ".join(parts),
    }


def _tier_part(counted: Scored, tier: Tier, titles: Sequence[str]) -> str:
    values = {"tier": tier.label.lower(), "number": number_words(len(titles)), "themes": titled(titles)}
    if len(titles) == len(counted.tiers):
        return _("%(tier)s for all of them") % values
    if tier.key == FOR_ALL:
        return _("%(tier)s for %(number)s") % values
    return _("%(tier)s for %(number)s (%(themes)s)") % values


def _unknown_part(counted: Scored, titles: Sequence[str]) -> str:
    if len(titles) == len(counted.tiers):
        return _("not enough known yet about any of them")
    return _("not enough known yet about %(themes)s") % {"themes": titled(titles)}


def help_groups(counted: Scored, offers: Offers) -> tuple[HelpGroup, ...]:
    """The help that goes with each theme, most help first. Groups without a theme are left out."""
    framework = counted.profile.framework
    first, then = intensive_order(counted.tiers, counted.profile)
    groups = []
    for tier in reversed(framework.tiers):
        here = tuple(result for result in counted.tiers if result.tier == tier)
        if here and here[0] in (*first, *then):
            begin = _("%(tier)s: to begin with") if then else "%(tier)s"
            groups.append(_group(counted, offers, begin % {"tier": tier.label}, tier.meaning, first))
            groups.append(
                _group(counted, offers, _("%(tier)s: next") % {"tier": tier.label}, _order(first, then), then)
            )
        else:
            groups.append(_group(counted, offers, tier.label, tier.meaning, here))
    return tuple(group for group in groups if group.themes)


def _order(first: Sequence[TierResult], then: Sequence[TierResult]) -> str:
    return _(
        "At most %(number)s themes are intensive at one time, so that the help is real and the workload fair. "
        "The order proposed here is %(first)s first, then %(then)s. You and your locality support officer agree it."
    ) % {
        "number": number_words(INTENSIVE_AT_ONE_TIME),
        "first": titled([result.theme.title for result in first]),
        "then": titled([result.theme.title for result in then]),
    }


def _group(counted: Scored, offers: Offers, heading: str, meaning: str, results: Sequence[TierResult]) -> HelpGroup:
    return HelpGroup(heading, meaning, tuple(_theme_help(counted, offers, result) for result in results))


def _theme_help(counted: Scored, offers: Offers, result: TierResult) -> ThemeHelp:
    framework = counted.profile.framework
    sentences = [note(counted.profile, result)] if not result.fact_finding else []
    if result.may_choose_lighter:
        sentences.append(_("This theme is a starting point: you may choose to begin with a lighter tier."))
    unknown = counted.profile.theme(result.theme.slug).dont_know if result.fact_finding else ()
    if result.fact_finding:
        sentences.append(
            _("A talk with your locality support officer within four weeks will help to find out:")
            if unknown
            else _("A talk with your locality support officer within four weeks will help to find out more.")
        )
    return ThemeHelp(
        slug=result.theme.slug,
        title=result.theme.title,
        tier_key=result.tier.key,
        tier=result.tier.label,
        sentences=tuple(filter(None, sentences)),
        find_out=items(framework, unknown),
        offers=offers.get((result.theme.slug, result.tier.key), ()),
        open_to_all=offers.get((result.theme.slug, FOR_ALL), ()) if result.tier.key != FOR_ALL else (),
    )

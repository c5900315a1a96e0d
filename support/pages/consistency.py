"""What the pages of rounds and rulings show, in words, ready for templates that only loop."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.domain.framework import Framework, Theme
from readiness.models import FrameworkVersion
from support import actions
from support.domain.agreement import ALL, LEAST_OFFICERS, LEAST_PAIRS, Agreement, percent, two_places
from support.models import Decision, Rating, Round


def newest_framework() -> Framework | None:
    """The framework by which rulings are named."""
    version = FrameworkVersion.objects.latest_published()
    return version.as_framework() if version else None


def tasks(of: Round, user: Any) -> list[dict[str, Any]]:
    """The vignettes of an open round, with how far this officer has got in each."""
    rated: dict[int, set[str]] = {}
    for vignette, statement in (
        Rating.objects.visible_to(user).filter(vignette__round=of).values_list("vignette", "statement")
    ):
        rated.setdefault(vignette, set()).add(statement)
    return [_task(vignette, rated.get(vignette.pk, set())) for vignette in of.vignettes.order_by("order")]


def _task(vignette: Any, rated: set[str]) -> dict[str, Any]:
    done, total = len(rated & set(vignette.statements)), len(vignette.statements)
    words = _("Completed") if done == total else _("In progress") if done else _("Not started")
    return {
        "title": vignette.title,
        "url": reverse("vignette", args=[vignette.pk]),
        "status": words,
        "done": done == total,
        "hint": _("%(done)d of %(total)d rated.") % {"done": done, "total": total},
    }


@dataclass(frozen=True)
class RoundRow:
    """One round in the list."""

    round: Round
    name: str
    when: str
    is_over: bool


def row(of: Round, today: date) -> RoundRow:
    """The round with its days in words."""
    days = {"opens": date_format(of.opens, "j F Y"), "closes": date_format(of.closes, "j F Y")}
    return RoundRow(of, name_of(of), _("%(opens)s to %(closes)s") % days, of.is_over(today))


def name_of(of: Round) -> str:
    """What a round is called: the month in which it opens."""
    return _("Round of %(month)s") % {"month": date_format(of.opens, "F Y")}


@dataclass(frozen=True)
class ReportPage:
    """How the officers agreed in a round: a sentence and a table, of the same numbers."""

    officers: str
    summary: str
    head: list[str]
    rows: list[list[str]]


def report(of: Round, *, today: date) -> ReportPage:
    """The report of a round that is over."""
    found = actions.agreement_of(of, today=today)
    themes = [theme for theme in of.version.as_framework().themes if theme.slug in found]
    number = Rating.objects.filter(vignette__round=of).values("officer").distinct().count()
    return ReportPage(
        officers=ngettext("%(count)d officer rated.", "%(count)d officers rated.", number) % {"count": number},
        summary=_summary(themes, found),
        head=[_("Theme"), _("Pairs"), _("Same level"), _("At most one level apart"), _("Weighted kappa")],
        rows=[*(_cells(theme.title, found[theme.slug]) for theme in themes), *_all(found)],
    )


def _all(found: dict[str, Agreement]) -> list[list[str]]:
    return [_cells(_("All themes together"), found[ALL])] if found else []


def _cells(title: str, on: Agreement) -> list[str]:
    if not on.is_told:
        few = _("Fewer than %(number)d officers: not told") % {"number": LEAST_OFFICERS}
        return [title, few, few, few, few]
    return [title, str(on.pairs), _share(on.exact, on.pairs), _share(on.within_one, on.pairs), _kappa(on)]


def _share(part: int, whole: int) -> str:
    return _("%(part)d of %(whole)d (%(percent)d%%)") % {
        "part": part,
        "whole": whole,
        "percent": percent(part, whole),
    }


def _kappa(on: Agreement) -> str:
    if not on.has_enough_pairs:
        return _("Not from fewer than %(number)d pairs") % {"number": LEAST_PAIRS}
    return two_places(on.kappa) if on.kappa is not None else _("Everybody gave one level")


def _summary(themes: list[Theme], found: dict[str, Agreement]) -> str:
    told = [theme for theme in themes if found[theme.slug].is_told]
    if not told:
        return _("Too few officers rated for their agreement to be told.")
    lowest = min(told, key=lambda theme: percent(found[theme.slug].exact, found[theme.slug].pairs))
    on = found[lowest.slug]
    if on.exact == on.pairs:
        return _("Every two officers gave every statement the same level.")
    words = _("Begin your talk with “%(theme)s”: there, pairs gave the same level least often, %(share)s.")
    return words % {"theme": lowest.title, "share": _share(on.exact, on.pairs)}


@dataclass(frozen=True)
class Ruling:
    """One ruling to read."""

    statement: str
    slug: str
    decision: Decision


def rulings(decisions: list[Decision], framework: Framework | None) -> list[Ruling]:
    """The rulings, each with its statement's words; a statement that is gone keeps its short name."""
    texts = statement_texts(framework)
    return [Ruling(texts.get(one.statement, one.statement), one.statement, one) for one in decisions]


def statement_texts(framework: Framework | None) -> dict[str, str]:
    """The words of every statement, by slug."""
    return {statement.slug: statement.text for statement in framework.statements} if framework else {}

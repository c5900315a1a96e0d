"""What the page of a locality shows: what waits, who has not started, and the table of schools and themes."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.cache import caches
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from readiness.domain.framework import Theme
from readiness.domain.states import Owner
from support.overview import reading, words
from support.overview.filters import BY_WAITING, Narrowing
from support.overview.grid import Grid, Reader
from support.overview.rows import SchoolRow, longest_waiting

KEPT_FOR = 60  # seconds
STARTED = secrets.token_hex(8)
"""Another with every start of the product, so that no page of an older one is taken for today's."""

LISTED = 10
"""How many of those that wait for the reader stand above the table. The table has them all."""


@dataclass(frozen=True)
class Waiting:
    """An audit that waits for somebody, as a line above the table."""

    school: str
    url: str
    since: str


@dataclass(frozen=True)
class Figure:
    """So many schools in some position, with the address that lists them."""

    sentence: str
    url: str


@dataclass(frozen=True)
class LocalityPage:
    """Everything that the template shows."""

    place: reading.Place
    schools: int
    listed: int
    narrow: Narrowing
    form: SafeString
    themes: Sequence[Theme]
    body: SafeString
    waiting: Sequence[Waiting]
    waiting_more: int
    figures: Sequence[Figure]
    tiers: Sequence[tuple[str, str]]


def drawn(*, of: reading.Place, asked: Any, today: date, now: datetime) -> SafeString:
    """The page's own part as HTML, drawn once for what it shows. It holds nothing of the person who reads it."""
    cache, key = caches["drawn"], f"locality-{etag(of=of, asked=asked, today=today, now=now)}"
    kept = cache.get(key)
    if kept is None:
        shown = build(of=of, asked=asked, today=today)
        kept = render_to_string("support/locality/main.html", {"page": shown, "place": of})
        cache.set(key, kept, timeout=KEPT_FOR)
    return SafeString(kept)


def etag(*, of: reading.Place, asked: Any, today: date, now: datetime, reader: str = "") -> str:
    """Another text whenever the page may be another. What its stamp does not know of shows after a minute."""
    minute = int(now.timestamp()) // KEPT_FOR
    said = (STARTED, of.stamp, of.reviews, of.runs_programme, asked.urlencode(), today, minute, get_language(), reader)
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()


def build(*, of: reading.Place, asked: Any, today: date) -> LocalityPage:
    """The page for this reader. Three queries, whatever the address bar asks for."""
    rows = reading.rows(of=of)
    first = Owner.OFFICER if of.reviews else Owner.SCHOOL
    narrow = Narrowing(asked, rows=rows, framework=of.framework, today=today, first=first)
    listed = narrow.listed()
    themes = [one for one in of.framework.themes if narrow.only_theme in ("", one.slug)] if of.framework else []
    mine = [row for row in longest_waiting(rows, Owner.OFFICER) if row.owner is Owner.OFFICER]
    return LocalityPage(
        place=of,
        schools=len(rows),
        listed=len(listed),
        narrow=narrow,
        form=narrow.form(reverse("locality", args=[of.slug])),
        themes=themes,
        body=Grid(listed, themes, Reader(today, of.reviews)).body(),
        waiting=list(_waiting(mine[:LISTED], today)),
        waiting_more=max(0, len(mine) - LISTED),
        figures=list(_figures(rows, of, today)),
        tiers=list(words.TIERS.items()),
    )


def _waiting(rows: Iterable[SchoolRow], today: date) -> Iterator[Waiting]:
    days, sentence = words.Days(today), _("%(state)s, since %(since)s (%(days)s)")
    results = reverse("audit_results", args=[0]).replace("/0/", "/%d/")
    for row in rows:
        since = days(days.of(row.since)) if row.since else ""
        state, waited = words.STATES[row.state or words.NOT_STARTED], words.days(row.days_waiting(today) or 0)
        yield Waiting(row.name, results % row.audit, sentence % {"state": state, "since": since, "days": waited})


def _figures(rows: Sequence[SchoolRow], of: reading.Place, today: date) -> Any:
    """The other positions that some school is in, each with the list of those schools."""
    not_started = [row for row in rows if row.state is None]
    theirs = [row for row in rows if row.owner is Owner.SCHOOL and row.state is not None]
    overdue = [row for row in rows if row.is_overdue(today)]
    if not_started:
        sentence = ngettext(
            "%(count)d school has not started this session", "%(count)d schools have not started this session",
            len(not_started),
        )  # fmt: skip
        yield _figure(sentence, len(not_started), of, state=words.NOT_STARTED)
    if theirs:
        sentence = ngettext(
            "%(count)d audit is with its school", "%(count)d audits are with their schools", len(theirs)
        )
        yield _figure(sentence, len(theirs), of, turn=Owner.SCHOOL.value, sort=BY_WAITING)
    if overdue:
        sentence = ngettext(
            "%(count)d audit has waited for more than two weeks",
            "%(count)d audits have waited for more than two weeks",
            len(overdue),
        )
        yield _figure(sentence, len(overdue), of, overdue="yes", sort=BY_WAITING)


def _figure(sentence: str, count: int, of: reading.Place, **asked: str) -> Figure:
    address = reverse("locality", args=[of.slug])
    return Figure(sentence % {"count": count}, f"{address}?{urlencode(asked)}#schools")

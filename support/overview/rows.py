"""One school of a locality, as its row in the overview shows it. Nothing here asks the database."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from readiness.domain.answers import Voice
from readiness.domain.states import AuditState, Owner

LONG = timedelta(days=14)
"""What waits longer is overdue: the ten school days in which a review, or the school's reply, is hoped for."""


class Cell(NamedTuple):
    """The tier of one theme. `is_known` is false where too few statements had a level to work one out."""

    tier: str
    is_known: bool


class Shown(NamedTuple):
    """The audit whose tiers are shown: the newest that was submitted, in which voice, and since when it stands."""

    audit: int
    voice: Voice
    at: datetime


class SchoolRow(NamedTuple):
    """A school with the state of its audit, whose turn it is, and the tiers of its themes.

    `state` is None where the school has not started this session. `since` is when the turn began.
    """

    pk: int
    name: str
    sectors: tuple[str, ...]
    cluster: str
    cluster_name: str
    nudged_at: datetime | None
    state: AuditState | None = None
    owner: Owner = Owner.SCHOOL
    since: datetime | None = None
    audit: int | None = None
    shown: Shown | None = None
    cells: Mapping[str, Cell] | None = None

    def days_waiting(self, today: date) -> int | None:
        """Since how many days somebody's turn has lasted; None where nobody's has begun."""
        if self.since is None or self.owner is Owner.NOBODY:
            return None
        return (today - timezone.localtime(self.since).date()).days

    def is_overdue(self, today: date) -> bool:
        """Whether something has waited for long. A plan's overdue steps belong here as well."""
        days = self.days_waiting(today)
        return days is not None and days > LONG.days

    def has_tier(self, tier: str, theme: str = "") -> bool:
        """Whether this theme is at this tier, or any theme where none is named."""
        cells = self.cells or {}
        return any(cell.tier == tier for slug, cell in cells.items() if theme in ("", slug))


def longest_waiting(rows: Iterable[SchoolRow], first: Owner) -> list[SchoolRow]:
    """Those whose turn is `first` before the others; among each the longest waiting, then by name as they come."""
    never = datetime.max.replace(tzinfo=timezone.get_default_timezone())
    return sorted(
        rows,
        key=lambda row: (row.owner is Owner.NOBODY, row.since is None, row.owner is not first, row.since or never),
    )

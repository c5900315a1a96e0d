"""What may be told of all localities: how many schools are at each tier of each theme, with small numbers suppressed.

It counts the audits agreed in one session, each school once, by locality and by sector. What of it may be shown is
decided in schools/suppression.py, for all tables together: whoever reads one of them may have read the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readiness.domain.answers import Voice
from readiness.domain.framework import Theme
from readiness.models import Audit, FrameworkVersion
from schools.models import Locality, Session
from schools.suppression import Cells, Group, Published, publish

KEPT_FOR = 10 * 60  # seconds; what is counted is in the key
BY_LOCALITY, BY_SECTOR = "locality", "sector"
WAYS = (BY_LOCALITY, BY_SECTOR)

SECTORS = {
    "special": gettext_lazy("Additional support needs"),
    "all_through": gettext_lazy("All-through"),
    "secondary": gettext_lazy("Secondary"),
    "primary": gettext_lazy("Primary"),
    "pre_school": gettext_lazy("Pre-school only"),
}
"""Each school is in one of these, unlike its departments, of which it may have several."""

# One statement, in the words of `Audit.objects.agreed()`: a school that was agreed twice in a session counts with the
# later one. Written by hand because the count of the whole nation is measured against it (docs/performance.md).
COUNTS = """
SELECT school.locality_id,
  CASE WHEN school.has_special THEN 'special'
       WHEN school.has_secondary AND school.has_primary THEN 'all_through'
       WHEN school.has_secondary THEN 'secondary'
       WHEN school.has_primary THEN 'primary'
       ELSE 'pre_school' END AS sector,
  score.theme, score.tier, COUNT(*)
FROM readiness_audit audit
JOIN schools_school school ON school.id = audit.school_id
JOIN readiness_themescore score ON score.audit_id = audit.id AND score.voice = %s
WHERE audit.session_id = %s AND audit.agreed_at IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM readiness_audit later
  WHERE later.school_id = audit.school_id AND later.session_id = audit.session_id
    AND later.agreed_at IS NOT NULL AND later.id > audit.id)
GROUP BY school.locality_id, sector, score.theme, score.tier
"""

STAMP = """
SELECT COUNT(*), MAX(audit.agreed_at), SUM(audit.id), SUM(school.locality_id), SUM(school.id * school.locality_id),
  COUNT(CASE WHEN school.has_special THEN 1 END), COUNT(CASE WHEN school.has_secondary THEN 1 END),
  COUNT(CASE WHEN school.has_primary THEN 1 END)
FROM readiness_audit audit JOIN schools_school school ON school.id = audit.school_id
WHERE audit.session_id = %s AND audit.agreed_at IS NOT NULL
"""


@dataclass(frozen=True)
class ThemeTable:
    """What may be shown of one theme: its rows as HTML, how many they are, and a sentence that says the last one."""

    slug: str
    title: str
    body: SafeString
    rows: int
    sentence: str


@dataclass(frozen=True)
class Partnership:
    """The page: a table for each theme, the tiers that are its columns, and who is not in it."""

    session: Session | None
    sessions: Sequence[Session]
    by: str
    tiers: Sequence[str]
    themes: Sequence[ThemeTable]
    without: Sequence[str]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that may be shown yet."""
        return not any(theme.sentence for theme in self.themes)

    @property
    def is_left_out(self) -> bool:
        """Whether these rows may not be shown beside those by locality."""
        return any(theme.sentence and not theme.rows for theme in self.themes)


def build(*, session: str, by: str) -> Partnership:
    """The page for one session (its label; the newest with agreed audits where there is none) and one way of rows."""
    by = by if by in WAYS else BY_LOCALITY
    agreed = Audit.objects.filter(session=OuterRef("pk"), agreed_at__isnull=False)
    sessions = list(Session.objects.filter(Exists(agreed)).order_by("-starts"))
    chosen = next((one for one in sessions if one.label == session), sessions[0] if sessions else None)
    version = FrameworkVersion.objects.defer("document").latest_published()
    if version is None or chosen is None:
        return Partnership(chosen, sessions, by, (), (), ())
    framework = version.as_framework()
    tiers = tuple(tier.key for tier in framework.tiers)
    published = publications(session=chosen.pk, tiers=tiers)
    names, way, words = _names(), WAYS.index(by), [tier.label for tier in framework.tiers]
    themes = [
        _theme(theme, published[theme.slug], names=names, way=way, tiers=words)
        for theme in framework.themes
        if theme.slug in published
    ]
    without = sorted({names[key] for theme in published.values() for key in theme.empty[way]})
    return Partnership(chosen, sessions, by, words, themes, without)


def publications(*, session: int, tiers: tuple[str, ...]) -> dict[str, Published]:
    """What may be shown of each theme, worked out once for what it counts. Two queries, one where it is kept."""
    cache, key = caches["drawn"], f"partnership-{session}-{tiers}-{counted(STAMP, [session])[0]}".replace(" ", "")
    kept = cache.get(key)
    if kept is None:
        kept = {theme: publish(groups) for theme, groups in groups_of(session=session, tiers=tiers).items()}
        cache.set(key, kept, timeout=KEPT_FOR)
    return kept


def counted(statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    """The rows of one of the statements above."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def groups_of(*, session: int, tiers: tuple[str, ...]) -> dict[str, list[Group]]:
    """The counts of each theme, by locality and sector. One query."""
    found: dict[str, dict[tuple[str, str], list[int]]] = {}
    for locality, sector, theme, tier, count in counted(COUNTS, [Voice.AGREED.value, session]):
        if tier in tiers:
            cells = found.setdefault(theme, {}).setdefault((str(locality or ""), sector), [0] * len(tiers))
            cells[tiers.index(tier)] += count
    return {
        theme: [Group(keys, tuple(cells)) for keys, cells in sorted(groups.items())] for theme, groups in found.items()
    }


def _names() -> dict[str, str]:
    localities = {str(pk): name for pk, name in Locality.objects.values_list("pk", "name")}
    return {**localities, "": _("No locality yet"), **{key: str(word) for key, word in SECTORS.items()}}


def _theme(theme: Theme, published: Published, *, names: dict[str, str], way: int, tiers: Sequence[str]) -> ThemeTable:
    if published.whole is None:
        return ThemeTable(theme.slug, theme.title, SafeString(""), 0, "")
    rows = sorted(
        (_and([names.get(key, key) for key in row.keys]), row.total, row.cells) for row in published.tables[way]
    )
    whole = (_("All of them"), published.whole.total, published.whole.cells)
    body = "".join(_row(*row, tiers=tiers) for row in [*rows, whole])
    counts = zip(tiers, published.whole.cells, strict=True)
    sentence = _("Of %(total)d schools: %(counts)s.") % {
        "total": published.whole.total,
        "counts": ", ".join(f"{tier} {_('not shown') if count is None else count}" for tier, count in counts),
    }
    return ThemeTable(theme.slug, theme.title, SafeString(body), len(rows), sentence)


def _row(name: str, total: int, cells: Cells, *, tiers: Sequence[str]) -> str:
    """One row as HTML. Whatever comes from the database is escaped here."""
    shown = "".join(
        f'<td role="cell" data-heading="{escape(tier)}">{_hidden() if count is None else count}</td>'
        for tier, count in zip(tiers, cells, strict=True)
    )
    heading = escape(_("Schools counted"))
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{escape(name)}</th>'
        f'<td role="cell" data-heading="{heading}">{total}</td>{shown}</tr>\n'
    )


def _hidden() -> str:
    return f'<span aria-hidden="true">c</span><span class="visually-hidden">{escape(_("not shown"))}</span>'


def _and(names: Sequence[str]) -> str:
    """“Airdrie”, “Airdrie and Wishaw”, “Airdrie, Shotts and Wishaw”: those put together, by name."""
    *first, last = sorted(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last

"""What the page of a locality asks of the database: as much for one school as for all, for one year as for ten.

Three statements, written by hand: for this page, putting them together by the ORM takes longer than running them. They
name their tables as the models do, and hold to the QuerySets' words (`running`, `current`); tests compare the two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import compress
from typing import Any

from django.db import connection
from django.http import Http404

from readiness.domain.answers import Voice
from readiness.domain.framework import Framework
from readiness.domain.states import OPEN, OWNERS, AuditState
from readiness.models import FrameworkVersion
from schools.models import Locality, Membership
from schools.permissions import Permission, Scope, roles_with
from support.overview.rows import Cell, SchoolRow, Shown

SECTORS = ("pre_school", "primary", "secondary", "special")

PLACE = """
SELECT place.id, place.name,
  (SELECT id FROM schools_session WHERE starts <= %s ORDER BY starts DESC LIMIT 1),
  (SELECT label FROM schools_session WHERE starts <= %s ORDER BY starts DESC LIMIT 1),
  (SELECT digest FROM readiness_frameworkversion ORDER BY published_at DESC, id DESC LIMIT 1),
  (SELECT MAX(id) FROM readiness_audit), (SELECT MAX(id) FROM readiness_move), (SELECT MAX(id) FROM support_nudge),
  (SELECT MAX(id) FROM readiness_themescore), COUNT(school.id), SUM(school.id * school.id),
  SUM(school.id * COALESCE(school.cluster_id, 0)), SUM(LENGTH(school.name))
FROM schools_locality place
LEFT JOIN schools_school school ON school.locality_id = place.id AND school.closed IS NULL
WHERE place.slug = %s
GROUP BY place.id, place.name
"""

SCHOOLS = """
SELECT school.id, school.name, cluster.slug, cluster.name,
  (SELECT MAX(nudge.sent_at) FROM support_nudge nudge WHERE nudge.school_id = school.id),
  school.has_pre_school, school.has_primary, school.has_secondary, school.has_special,
  audit.id, audit.state, audit.session_id, COALESCE(audit.agreed_at, audit.submitted_at),
  CASE WHEN audit.state <> 'agreed' THEN COALESCE(
    (SELECT move.at FROM readiness_move move
     WHERE move.audit_id = audit.id AND move.to_state <> 'in_review' ORDER BY move.id DESC LIMIT 1),
    audit.started_at) END
FROM schools_school school
LEFT JOIN schools_cluster cluster ON cluster.id = school.cluster_id
LEFT JOIN readiness_audit audit ON audit.school_id = school.id AND NOT (audit.state IN ('superseded', 'withdrawn'))
WHERE school.locality_id = %s AND school.closed IS NULL
ORDER BY school.name, school.id, audit.started_at, audit.id
"""

SCORES = """
SELECT score.audit_id, score.theme, score.tier, score.band
FROM schools_school school
JOIN readiness_audit audit ON audit.id = (
  SELECT MAX(newest.id) FROM readiness_audit newest
  WHERE newest.school_id = school.id AND NOT (newest.state IN ('superseded', 'withdrawn'))
    AND newest.submitted_at IS NOT NULL)
JOIN readiness_themescore score ON score.audit_id = audit.id
  AND score.voice = CASE audit.state WHEN 'agreed' THEN 'agreed' ELSE 'school' END
WHERE school.locality_id = %s AND school.closed IS NULL
"""


@dataclass(frozen=True)
class Place:
    """The locality that a page is about, what its reader does there, and the session and framework of today.

    `stamp` is another whenever the page may be another.
    """

    pk: int
    slug: str
    name: str
    session: str
    session_pk: int | None
    framework: Framework | None
    reviews: bool
    runs_programme: bool
    stamp: tuple[Any, ...]


def _asked(statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def place(*, slug: str, user: Any, today: date) -> Place:
    """The locality of this slug, if this person may see its schools; otherwise 404. Two queries."""
    found = _asked(PLACE, [today, today, slug])
    may = permissions_in(found[0][0], user) if found else frozenset()
    if Permission.SEE_LOCALITY not in may:
        raise Http404
    pk, name, session_pk, session, digest, *_counts = found[0]
    return Place(
        pk=pk,
        slug=slug,
        name=name,
        session=session or "",
        session_pk=session_pk,
        framework=FrameworkVersion.objects.framework_with(digest) if digest else None,
        reviews=Permission.REVIEW_AUDIT in may,
        runs_programme=Permission.RUN_PROGRAMME in may,
        stamp=tuple(found[0]),
    )


def permissions_in(locality: int, user: Any) -> frozenset[Permission]:
    """What this person may do for all schools of a locality. One query."""
    if not user.is_authenticated:
        return frozenset()
    roles = Membership.objects.current().filter(user=user).values_list("role", "scope", "locality")
    here = {role for role, scope, of in roles if scope == Scope.PARTNERSHIP or of == locality}
    return frozenset(permission for permission in Permission if here & roles_with(permission))


def rows(*, of: Place) -> list[SchoolRow]:
    """The locality's schools, alphabetically. Two queries."""
    schools: dict[int, dict[str, Any]] = {}
    for pk, name, cluster, cluster_name, nudged_at, *more in _asked(SCHOOLS, [of.pk]):
        school = schools.setdefault(pk, {
            "pk": pk, "name": name, "cluster": cluster or "", "cluster_name": cluster_name or "",
            "nudged_at": _moment(nudged_at),
            "sectors": tuple(compress(SECTORS, more)),
        })  # fmt: skip
        audit, state, session, stands_since, began = more[len(SECTORS) :]
        if stands_since:
            voice = Voice.AGREED if state == AuditState.AGREED else Voice.SCHOOL
            school["shown"] = Shown(audit, voice, _moment(stands_since))
        if state in OPEN or (state and session == of.session_pk):
            here = AuditState(state)
            school |= {"audit": audit, "state": here, "owner": OWNERS[here], "since": _moment(began)}
    cells = _cells(_asked(SCORES, [of.pk]))
    for school in schools.values():
        school["cells"] = cells.get(school["shown"].audit) if "shown" in school else None
    return [SchoolRow(**school) for school in schools.values()]


def _cells(scores: Iterable[tuple[Any, ...]]) -> dict[int, dict[str, Cell]]:
    kinds: dict[tuple[str, str], Cell] = {}
    found: dict[int, dict[str, Cell]] = {}
    for audit, theme, tier, band in scores:
        cell = kinds.get((tier, band)) or kinds.setdefault((tier, band), Cell(tier, band != ""))
        if audit in found:
            found[audit][theme] = cell
        else:
            found[audit] = {theme: cell}
    return found


def _moment(value: Any) -> datetime | None:
    """A time as the database gives it: SQLite keeps none for what it has worked out, but its text, in UTC."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def localities_of(user: Any) -> list[Locality]:
    """The localities whose schools this person sees side by side, by name."""
    return list(Locality.objects.visible_to(user).order_by("name", "pk"))

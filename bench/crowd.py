"""Many schools over many years, to measure what grows: a locality of 150, or a nation of 2,500 with 3 million answers.

Invented throughout, and the same again from the same seed. Rows are written in bulk, not by actions, so this stands
here and nowhere in the product: every audit has the rows that the actions would have left (moves, scores, voices).

    NURTURE_VAR=/somewhere python -m bench.crowd locality|nation [years]
"""

import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.db import connection, transaction
from django.utils import timezone

from accounts.actions import create_user
from accounts.models import User
from config.demo import PASSWORD
from readiness.domain.answers import Voice
from readiness.domain.scoring import profile
from readiness.domain.states import AuditState
from readiness.domain.tiers import tiers
from readiness.models import Answer, Audit, FrameworkVersion, Move, ThemeScore
from schools.actions import give_role
from schools.models import Cluster, Locality, School, Session
from schools.permissions import Role

BATCH = 5_000
WAYS_TO_ANSWER = 300
OFFICER = "officer@crowd.example"
COORDINATOR = "coordinator@crowd.example"

# What has become of this session's audit, and in how many of a hundred schools.
THIS_SESSION = [("none", 20), ("draft", 12), ("submitted", 18), ("in_review", 10), ("returned", 8), ("agreed", 32)]
PATHS: dict[str, list[AuditState]] = {
    "draft": [AuditState.DRAFT],
    "submitted": [AuditState.DRAFT, AuditState.SUBMITTED],
    "in_review": [AuditState.DRAFT, AuditState.SUBMITTED, AuditState.IN_REVIEW],
    "returned": [AuditState.DRAFT, AuditState.SUBMITTED, AuditState.IN_REVIEW, AuditState.RETURNED],
    "agreed": [
        AuditState.DRAFT, AuditState.SUBMITTED, AuditState.IN_REVIEW, AuditState.MODERATED, AuditState.AGREED,
    ],
}  # fmt: skip
AGAIN = 5  # every fifth school was audited and agreed a second time in the same session


@dataclass(frozen=True)
class Crowd:
    """How much of everything. `code` begins its seed codes, which belong to no real school."""

    code: str
    localities: int
    schools: int  # in all
    years: int
    answers: bool


LOCALITY = Crowd("991", localities=1, schools=150, years=3, answers=True)
NATION = Crowd("992", localities=32, schools=2_500, years=10, answers=True)


@dataclass(frozen=True)
class Way:
    """One way to answer the whole framework, with its scores: many audits share it."""

    levels: tuple[tuple[str, int], ...]
    scores: tuple[tuple[str, int, int, int, str, str], ...]


@transaction.atomic
def seed(crowd: Crowd, *, now: datetime) -> dict[str, Any]:
    """Make the crowd beside whatever is there, and say where it is."""
    return _Seeding(crowd, now).run()


class _Seeding:
    def __init__(self, crowd: Crowd, now: datetime) -> None:
        self.crowd, self.now = crowd, now
        self.dice = random.Random(crowd.schools)  # noqa: S311 - the same crowd every time
        self.version = FrameworkVersion.objects.latest_published()
        self.ways = [self._way() for _number in range(WAYS_TO_ANSWER)]
        self.officer, self.coordinator = self._person(OFFICER), self._person(COORDINATOR)
        give_role(user=self.coordinator, role=Role.COORDINATOR, by=None, now=now - timedelta(days=4000))

    def run(self) -> dict[str, Any]:
        """Places, schools, and then session after session."""
        localities, schools = self._places()
        sessions = self._sessions()
        for session in sessions[:-1]:
            self._earlier(session, schools, is_last=session == sessions[-2])
        self._this_session(sessions[-1], schools)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return {
            "slug": localities[0].slug,
            "session": sessions[-2].label if len(sessions) > 1 else sessions[-1].label,
            "schools": len(schools),
            "audits": Audit.objects.count(),
            "answers": Answer.objects.count(),
            "scores": ThemeScore.objects.count(),
        }

    def _person(self, email: str) -> User:
        found = User.objects.filter(email=email).first()
        return found or create_user(email=email, first_name="Ann", last_name="Example", password=PASSWORD)

    def _way(self) -> Way:
        framework = self.version.as_framework()
        ability = self.dice.choice([1.6, 2.2, 2.6, 2.9, 3.2])
        levels = {one.slug: min(4, max(1, round(self.dice.gauss(ability, 0.7)))) for one in framework.statements}
        scored = profile(framework, levels)
        tier_of = {result.theme.slug: result.tier.key for result in tiers(scored)}
        return Way(
            tuple(levels.items()),
            tuple(
                (one.theme.slug, one.total, one.answered, one.applicable, one.band.key if one.band else "",
                 tier_of[one.theme.slug])
                for one in scored.themes
            ),
        )  # fmt: skip

    def _places(self) -> tuple[list[Locality], list[School]]:
        localities, schools = [], []
        for number in range(self.crowd.localities):
            name = f"Crowd {self.crowd.schools}-{number + 1:02}"
            locality = Locality.objects.create(name=name, slug=name.lower().replace(" ", "-"))
            give_role(
                user=self.officer, role=Role.OFFICER, locality=locality, by=None, now=self.now - timedelta(days=4000)
            )
            clusters = [
                Cluster.objects.create(name=f"{name} cluster {each}", slug=f"{locality.slug}-cluster-{each}")
                for each in range(1, 9)
            ]
            localities.append((locality, clusters))
        for number in range(self.crowd.schools):
            locality, clusters = localities[number % len(localities)]
            kind = self.dice.choices(["primary", "secondary", "special"], [79, 15, 6])[0]
            words = {"primary": "Primary School", "secondary": "High School", "special": "School"}[kind]
            schools.append(
                School(
                    seed_code=f"{self.crowd.code}{number:04}",
                    name=f"Example {number:04} {words}",
                    local_authority="Demonstration Council",
                    locality=locality,
                    cluster=self.dice.choice(clusters),
                    roll=self.dice.randint(20, 900),
                    **{f"has_{kind}": True},
                )
            )
        return [locality for locality, _clusters in localities], School.objects.bulk_create(schools, BATCH)

    def _sessions(self) -> list[Session]:
        """The session of today and those before it, oldest first."""
        this = Session.objects.at(self.now.date())
        found = []
        for back in range(self.crowd.years - 1, -1, -1):
            year = this.starts.year - back
            made, _is_new = Session.objects.get_or_create(
                label=f"{year}/{(year + 1) % 100:02}",
                defaults={"starts": date(year, 8, 12), "ends": date(year + 1, 6, 25)},
            )
            found.append(made)
        return found

    def _earlier(self, session: Session, schools: list[School], *, is_last: bool) -> None:
        """Everybody was agreed in the spring; every fifth school once before, in the autumn."""
        autumn, spring = (self._moment(session, days) for days in (60, 230))
        twice = [school for number, school in enumerate(schools) if number % AGAIN == 0]
        self._audits(session, twice, "agreed", autumn, ends=AuditState.SUPERSEDED)
        self._audits(session, schools, "agreed", spring, ends=AuditState.AGREED if is_last else AuditState.SUPERSEDED)

    def _this_session(self, session: Session, schools: list[School]) -> None:
        kinds, weights = zip(*THIS_SESSION, strict=True)
        chosen = self.dice.choices(kinds, weights, k=len(schools))
        for kind in kinds[1:]:
            mine = [school for school, one in zip(schools, chosen, strict=True) if one == kind]
            start = self.now - timedelta(days=40)
            if kind == "agreed":  # what was agreed before is superseded now
                earlier = Audit.objects.filter(state=AuditState.AGREED, school__in=[school.pk for school in mine])
                moves = [self._move(audit.pk, "agreed", "superseded", self.now) for audit in earlier]
                Move.objects.bulk_create(moves, BATCH)
                earlier.update(state=AuditState.SUPERSEDED)
            self._audits(session, mine, kind, start, ends=PATHS[kind][-1])

    def _moment(self, session: Session, days: int) -> datetime:
        return timezone.make_aware(datetime.combine(session.starts + timedelta(days=days), time(10)))

    def _audits(self, session: Session, schools: list[School], kind: str, start: datetime, *, ends: AuditState) -> None:
        """An audit for each school, with the moves, scores and answers that it would have in this state."""
        path = PATHS[kind] + ([ends] if ends != PATHS[kind][-1] else [])
        made = Audit.objects.bulk_create([self._audit(session, school, path, start) for school in schools], BATCH)
        ways = [self.dice.choice(self.ways) for _audit in made]
        Move.objects.bulk_create(
            [
                self._move(audit.pk, one, other, audit.started_at + timedelta(days=number))
                for audit in made
                for number, (one, other) in enumerate(pairwise(path), start=1)
            ],
            BATCH,
        )
        was_submitted, was_agreed = len(path) > 1, AuditState.AGREED in path
        voices = [Voice.SCHOOL] * was_submitted + [Voice.AGREED] * was_agreed
        scores = (
            ThemeScore(
                audit=audit, voice=voice, theme=theme, total=total, answered=answered, applicable=applicable,
                band=band, tier=tier,
            )
            for audit, way in zip(made, ways, strict=True)
            for voice in voices
            for theme, total, answered, applicable, band, tier in way.scores
        )  # fmt: skip
        ThemeScore.objects.bulk_create(scores, BATCH)
        if self.crowd.answers:
            # An officer has said something about every statement of an agreed audit, so there are all three voices.
            said = [Voice.SCHOOL, *([Voice.OFFICER, Voice.AGREED] if was_agreed else [])]
            _write_answers(self._answers(made, ways, said))

    def _audit(self, session: Session, school: School, path: list[AuditState], start: datetime) -> Audit:
        began = start + timedelta(days=self.dice.randint(0, 25), minutes=self.dice.randint(0, 300))
        was_submitted, was_agreed = len(path) > 1, AuditState.AGREED in path
        return Audit(
            school=school,
            version=self.version,
            session=session,
            state=path[-1],
            started_at=began,
            started_by=self.officer,
            submitted_at=began + timedelta(days=1) if was_submitted else None,
            submitted_by=self.officer if was_submitted else None,
            agreed_at=began + timedelta(days=4) if was_agreed else None,
            agreed_by=self.officer if was_agreed else None,
        )

    def _move(self, audit: int, one: str, other: str, at: datetime) -> Move:
        return Move(audit_id=audit, from_state=one, to_state=other, by=self.officer, at=at)

    def _answers(self, audits: list[Audit], ways: list[Way], voices: list[Voice]) -> Iterator[tuple[Any, ...]]:
        """Each answer as the columns of `ANSWER`."""
        for audit, way in zip(audits, ways, strict=True):
            for voice in voices:
                for statement, level in way.levels:
                    yield (audit.pk, statement, voice.value, level, "", "", "", 1, self.officer.pk, audit.started_at)


ANSWER = ("audit_id", "statement", "voice", "level", "other", "reason", "evidence", "revision", "by_id", "at")


def _write_answers(rows: Iterator[tuple[Any, ...]]) -> None:
    """COPY on PostgreSQL, one prepared statement on SQLite: objects of the ORM would take several times as long."""
    table, columns = Answer._meta.db_table, ", ".join(f'"{name}"' for name in ANSWER)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" for _name in ANSWER)
            raw = connection.connection.cursor()  # Django's own would look at each row's parameters
            raw.executemany(
                f'INSERT INTO "{table}" ({columns}) VALUES ({marks})',  # noqa: S608 - names from the model
                ((*row[:-1], row[-1].astimezone(timezone.get_fixed_timezone(0)).strftime("%Y-%m-%d %H:%M:%S"))
                 for row in rows),
            )  # fmt: skip


def main(what: str, years: str = "") -> None:
    """Seed the site that the environment names."""
    crowd = {"locality": LOCALITY, "nation": NATION}[what]
    if years:
        crowd = replace(crowd, years=int(years))
    sys.stdout.write(f"{seed(crowd, now=timezone.now())}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

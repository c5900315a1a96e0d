"""What a report is made from, read from the database once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from wagtail.models import Page

from accounts.models import User
from readiness.domain.answers import Given, Voice
from readiness.domain.framework import Framework
from readiness.domain.states import AuditState
from readiness.models import Answer, Audit
from readiness.models.audit import HAS_BEEN_AGREED, given_in
from support.models import Offer
from support.reports.parts import OfferLine


@dataclass(frozen=True)
class Saying:
    """What one voice says about one statement, by whom and when. `given` is None for a note without an answer."""

    given: Given | None
    reason: str
    evidence: str
    by: str
    at: datetime


Sayings = Mapping[str, Saying]
"""Statement slug -> what is said."""

Offers = Mapping[tuple[str, str], tuple[OfferLine, ...]]
"""Theme slug and tier key -> the offers, in their own order."""


@dataclass(frozen=True)
class Previous:
    """The answers that were agreed last time, and what they were answered to."""

    session: str
    framework: Framework
    answers: Mapping[str, Given]


@dataclass(frozen=True)
class Source:
    """Everything a report is made from. `agreed` is empty until the audit has been agreed."""

    audit_pk: int
    school: str
    session: str
    state: AuditState
    framework: Framework
    version_number: int
    version_digest: str
    submitted_at: datetime | None
    submitted_by: str
    agreed_at: datetime | None
    agreed_by: str
    said: Sayings
    agreed: Sayings
    offers: Offers
    previous: Previous | None
    now: datetime

    @property
    def is_agreed(self) -> bool:
        """Whether the agreed answers are the ones that count."""
        return self.state in HAS_BEEN_AGREED

    @property
    def answers(self) -> dict[str, Given]:
        """The answers that count: the agreed ones where there are such, else the school's. Blanks are left out."""
        return given(self.agreed if self.is_agreed else self.said)

    @property
    def scored_at(self) -> datetime:
        """When the answers that count were given over; in a draft, when one was last saved."""
        if self.is_agreed and self.agreed_at:
            return self.agreed_at
        if self.submitted_at and self.state != AuditState.RETURNED:
            return self.submitted_at
        return max((saying.at for saying in self.said.values()), default=self.now)


def given(sayings: Sayings) -> dict[str, Given]:
    """The answers alone, without blanks."""
    return {slug: saying.given for slug, saying in sayings.items() if saying.given is not None}


@dataclass(frozen=True)
class Stored:
    """Everything that a report is made from, as the database gave it. `digest` is the same while all of it is."""

    audit: Audit
    answers: Sequence[tuple[str, str, int | None, str, str, str, int, datetime]]
    people: Mapping[int, str]
    offers: Sequence[tuple[str, int, str, str, str, str, int | None]]
    pages: Mapping[int, str]
    previous: Audit | None
    agreed_last_time: Sequence[tuple[str, int | None, str]]

    @property
    def digest(self) -> str:
        """64 hexadecimal digits. `now` is not in it: it counts only where nobody has answered anything."""
        audit, earlier = self.audit, self.previous
        about = (
            (audit.pk, audit.school.name, audit.session.label, audit.state, audit.version.digest, audit.version.number),
            (audit.submitted_at, str(audit.submitted_by), audit.agreed_at, str(audit.agreed_by)),
            (earlier.pk, earlier.session.label, earlier.version.digest) if earlier else None,
        )
        rows = (self.answers, sorted(self.people.items()), self.offers, sorted(self.pages.items()))
        return hashlib.sha256(repr((about, rows, self.agreed_last_time)).encode()).hexdigest()

    def source(self, *, now: datetime) -> Source:
        """The same in the words of the domain."""
        audit = self.audit
        voices = self._voices()
        return Source(
            audit_pk=audit.pk,
            school=audit.school.name,
            session=audit.session.label,
            state=AuditState(audit.state),
            framework=audit.framework,
            version_number=audit.version.number,
            version_digest=audit.version.digest,
            submitted_at=audit.submitted_at,
            submitted_by=str(audit.submitted_by or ""),
            agreed_at=audit.agreed_at,
            agreed_by=str(audit.agreed_by or ""),
            said=voices[Voice.SCHOOL],
            agreed=voices[Voice.AGREED],
            offers=self._offers(),
            previous=self._previous(),
            now=now,
        )

    def _voices(self) -> dict[Voice, dict[str, Saying]]:
        found: dict[Voice, dict[str, Saying]] = {Voice.SCHOOL: {}, Voice.AGREED: {}}
        for voice, statement, level, other, reason, evidence, by, at in self.answers:
            saying = Saying(given_in(level, other), reason=reason, evidence=evidence, by=self.people[by], at=at)
            found[Voice(voice)][statement] = saying
        return found

    def _offers(self) -> dict[tuple[str, str], tuple[OfferLine, ...]]:
        found: dict[tuple[str, str], tuple[OfferLine, ...]] = {}
        for theme, _order, tier, title, provided_by, amount, page in self.offers:
            url = self.pages.get(page, "") if page else ""
            line = OfferLine(title=title, provided_by=provided_by, amount=amount, url=url)
            found[theme, tier] = (*found.get((theme, tier), ()), line)
        return found

    def _previous(self) -> Previous | None:
        if self.previous is None:
            return None
        given_then = {statement: given_in(level, other) for statement, level, other in self.agreed_last_time}
        answers = {statement: one for statement, one in given_then.items() if one is not None}
        return Previous(session=self.previous.session.label, framework=self.previous.framework, answers=answers)


def read(audit: Audit) -> Stored:
    """Read what the report of this audit is made from: four queries, and one more each for what not every audit has."""
    answers = audit.answers.filter(voice__in=[Voice.SCHOOL, Voice.AGREED]).values_list(
        "voice", "statement", "level", "other", "reason", "evidence", "by", "at"
    )
    offers = _offers(audit.framework)
    earlier = audit.previous()
    agreed_then = earlier.answers.filter(voice=Voice.AGREED) if earlier else Answer.objects.none()
    found = sorted(answers)  # each statement once a voice, so nothing beyond the second value is compared
    return Stored(
        audit=audit,
        answers=found,
        people={user.pk: str(user) for user in User.objects.filter(pk__in={row[6] for row in found})},
        offers=offers,
        pages=_addresses({row[6] for row in offers if row[6]}),
        previous=earlier,
        agreed_last_time=sorted(agreed_then.values_list("statement", "level", "other")),
    )


def _offers(framework: Framework) -> list[tuple[str, int, str, str, str, str, int | None]]:
    found = Offer.objects.current().of_framework(framework.slug)
    return sorted(found.values_list("theme", "order", "tier", "title", "provided_by", "amount", "page"))


def _addresses(pages: set[int]) -> dict[int, str]:
    if not pages:
        return {}
    # Wagtail looks up its sites for every page anew, unless it is given something on which to keep them.
    sites = SimpleNamespace()
    parts = {page.pk: page.get_url_parts(request=sites) for page in Page.objects.live().filter(pk__in=pages)}
    return {pk: found[2] or "" for pk, found in parts.items() if found}

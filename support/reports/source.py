"""What a report is made from, read from the database once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from readiness.domain.answers import Given, Voice
from readiness.domain.framework import Framework
from readiness.domain.states import AuditState
from readiness.models import Answer, Audit
from readiness.models.audit import HAS_BEEN_AGREED
from support.models import Offer, Step
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
class PlannedStep:
    """One step of the plan that was agreed last time. `statement` is "" and `level` None where it was to move none."""

    text: str
    status: str
    statement: str
    level: int | None


@dataclass(frozen=True)
class Previous:
    """The answers that were agreed last time, what they were answered to, and the steps that followed from them."""

    session: str
    framework: Framework
    answers: Mapping[str, Given]
    steps: tuple[PlannedStep, ...] = ()


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


def read(audit: Audit, *, now: datetime) -> Source:
    """Read what the report of this audit is made from: four queries, and two more where there is a previous audit."""
    voices = _voices(audit)
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
        offers=_offers(audit.framework),
        previous=_previous(audit),
        now=now,
    )


def _voices(audit: Audit) -> dict[Voice, dict[str, Saying]]:
    found: dict[Voice, dict[str, Saying]] = {Voice.SCHOOL: {}, Voice.AGREED: {}}
    for row in audit.answers.filter(voice__in=list(found)).select_related("by"):
        found[Voice(row.voice)][row.statement] = _saying(row)
    return found


def _saying(row: Answer) -> Saying:
    return Saying(given=row.given, reason=row.reason, evidence=row.evidence, by=str(row.by), at=row.at)


def _offers(framework: Framework) -> dict[tuple[str, str], tuple[OfferLine, ...]]:
    found = Offer.objects.current().of_framework(framework.slug).by_theme_and_tier()
    sites = SimpleNamespace()
    return {place: tuple(_offer_line(offer, sites) for offer in offers) for place, offers in found.items()}


def _offer_line(offer: Offer, sites: SimpleNamespace) -> OfferLine:
    # Wagtail looks up its sites for every page anew, unless it is given something on which to keep them.
    parts = offer.page.get_url_parts(request=sites) if offer.page and offer.page.live else None
    url = parts[2] if parts else None
    return OfferLine(title=offer.title, provided_by=offer.provided_by, amount=offer.amount, url=url or "")


def _previous(audit: Audit) -> Previous | None:
    earlier = audit.previous()
    if earlier is None:
        return None
    rows = earlier.answers.filter(voice=Voice.AGREED)
    answers = {row.statement: row.given for row in rows if row.given is not None}
    steps = Step.objects.filter(theme__plan__audit=earlier).order_by("theme__place", "due_on", "pk")
    return Previous(
        session=earlier.session.label,
        framework=earlier.framework,
        answers=answers,
        steps=tuple(PlannedStep(step.text, step.status, step.statement, step.level) for step in steps),
    )

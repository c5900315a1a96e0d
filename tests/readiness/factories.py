"""Frameworks and audits for tests, moved along by the product's own actions."""

from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from readiness import actions
from readiness.domain.answers import Given
from readiness.domain.said import Said
from readiness.domain.states import AuditState
from readiness.models import Answer, Audit, Digest, Framework, FrameworkVersion, Move, Remark, ThemeScore, Waiting
from schools.models import Membership, School, Session
from schools.permissions import Role
from tests.factories import LONG_AGO, MembershipFactory, SchoolFactory, SessionFactory, UserFactory
from tests.readiness.framework_texts import document, live_framework, published

STARTED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


class FrameworkFactory(DjangoModelFactory):
    """The whole framework, under a slug of its own, live."""

    class Meta:
        model = Framework

    slug = factory.Sequence(lambda n: f"framework-{n}")

    @classmethod
    def _create(cls, model_class: type[Framework], *, slug: str) -> Framework:
        text = document()
        text["framework"]["slug"] = slug
        return live_framework(text)


class FrameworkVersionFactory(DjangoModelFactory):
    """Version 1 of a framework."""

    class Meta:
        model = FrameworkVersion

    framework = factory.SubFactory(FrameworkFactory)
    published_at = LONG_AGO

    @classmethod
    def _create(
        cls, model_class: type[FrameworkVersion], *, framework: Framework, published_at: datetime
    ) -> FrameworkVersion:
        return actions.publish_version(framework=framework, by=None, now=published_at)


class AuditFactory(DjangoModelFactory):
    """A draft, or with a trait what became of it: every statement answered, submitted, in review, and so on.

    Said: in review, and the officer has agreed with everything. Returned: the officer asks about the first statement
    and suggests level 2 on the second. Differing: the school explains, the officer stays with it, and the review is
    finished. Moderated: officer and school agree throughout.

    The newest framework version is used, and made where there is none; so is the session. The school's head starts it.
    """

    class Meta:
        model = Audit

    class Params:
        submitted = factory.Trait(state=AuditState.SUBMITTED)
        in_review = factory.Trait(state=AuditState.IN_REVIEW)
        said = factory.Trait(state="said")
        returned = factory.Trait(state=AuditState.RETURNED)
        differing = factory.Trait(state="differing")
        moderated = factory.Trait(state=AuditState.MODERATED)
        agreed = factory.Trait(state=AuditState.AGREED)

    school = factory.SubFactory(SchoolFactory)
    started_at = STARTED
    state = AuditState.DRAFT
    level = 3

    @classmethod
    def _create(
        cls, model_class: type[Audit], *, school: School, started_at: datetime, state: str, level: int
    ) -> Audit:
        if FrameworkVersion.objects.latest_published() is None:
            published(LONG_AGO)
        if Session.objects.at(started_at.date()) is None:
            SessionFactory(year=started_at.year)
        head = _with_role(Role.HEAD, school=school)
        audit = actions.start_audit(school=school, by=head, now=started_at)
        later = started_at + timedelta(hours=1)
        if state != AuditState.DRAFT:
            _answer_everything(audit, level=level, by=head, now=later)
            actions.submit(audit=audit, by=head, now=later)
        if state not in {AuditState.DRAFT, AuditState.SUBMITTED}:
            officer = _with_role(Role.OFFICER, locality=school.locality)
            _REVIEWS[state](audit, head, officer, later)
        return Audit.objects.get(pk=audit.pk)


def voices(statement: str = "made-room") -> dict[str, Given | None]:
    """What each voice says about a statement of the one audit there is."""
    return {row.voice: row.given for row in Answer.objects.filter(statement=statement)}


def review_and_agree(audit: Audit, head: User, officer: User, now: datetime) -> None:
    """Take a submitted audit to its agreement: the officer agrees with everything."""
    _moderated(audit, head, officer, now)
    actions.agree(audit=audit, by=officer, now=now)


def _in_review(audit: Audit, head: User, officer: User, now: datetime) -> None:
    actions.begin_review(audit=audit, by=officer, now=now)


def _said(audit: Audit, head: User, officer: User, now: datetime) -> None:
    _in_review(audit, head, officer, now)
    actions.agree_rest(audit=audit, by=officer, now=now)


def _moderated(audit: Audit, head: User, officer: User, now: datetime) -> None:
    _said(audit, head, officer, now)
    actions.finish_review(audit=audit, by=officer, now=now)


def _returned(audit: Audit, head: User, officer: User, now: datetime) -> None:
    _in_review(audit, head, officer, now)
    first, second = (statement.slug for statement in audit.framework.statements[:2])
    given = {"audit": audit, "by": officer, "now": now}
    actions.ask(statement=first, text="When did this last happen?", **given)
    actions.suggest(statement=second, given=2, reason="The team is named, and has not met yet.", **given)
    actions.return_to_school(reason="", **given)


def _differing(audit: Audit, head: User, officer: User, now: datetime) -> None:
    _returned(audit, head, officer, now)
    first, second = (statement.slug for statement in audit.framework.statements[:2])
    for statement, text in ((first, "In October."), (second, "It met in August and in October.")):
        actions.reply(audit=audit, statement=statement, text=text, by=head, now=now)
    actions.submit(audit=audit, by=head, now=now)
    _in_review(audit, head, officer, now)
    given = {"audit": audit, "by": officer, "now": now}
    actions.agree_with(statement=first, **given)
    actions.still_differ(statement=second, text="The minutes name two people only.", **given)
    actions.agree_rest(**given)
    actions.finish_review(**given)


_REVIEWS = {
    AuditState.IN_REVIEW: _in_review,
    "said": _said,
    AuditState.RETURNED: _returned,
    "differing": _differing,
    AuditState.MODERATED: _moderated,
    AuditState.AGREED: review_and_agree,
}


def _with_role(role: Role, **target: Any) -> User:
    """Somebody who has this role there already, or gets it now."""
    found = Membership.objects.current().filter(role=role, **target).first()
    return (found or MembershipFactory(role=role, **target)).user


def _answer_everything(audit: Audit, *, level: int, by: User, now: datetime) -> None:
    blank = Said().seen_as(0)
    typed = [actions.Typed(statement.slug, Said(level), blank) for statement in audit.framework.statements]
    actions.save_answers(audit=audit, typed=typed, by=by, now=now)


class AnswerFactory(DjangoModelFactory):
    """The school's level for the first statement."""

    class Meta:
        model = Answer

    audit = factory.SubFactory(AuditFactory)
    statement = factory.LazyAttribute(lambda answer: answer.audit.framework.statements[0].slug)
    voice = "school"
    level = 3
    by = factory.SelfAttribute("audit.started_by")
    at = STARTED


class MoveFactory(DjangoModelFactory):
    """A line of history. The audit itself is not moved: actions do that."""

    class Meta:
        model = Move

    audit = factory.SubFactory(AuditFactory)
    from_state = AuditState.DRAFT
    to_state = AuditState.SUBMITTED
    by = factory.SelfAttribute("audit.started_by")
    at = STARTED


class RemarkFactory(DjangoModelFactory):
    """A question about the first statement. The audit itself is not moved: actions do that."""

    class Meta:
        model = Remark

    audit = factory.SubFactory(AuditFactory)
    statement = factory.LazyAttribute(lambda remark: remark.audit.framework.statements[0].slug)
    kind = "question"
    text = "When did this last happen?"
    about = 1
    by = factory.SelfAttribute("audit.started_by")
    at = STARTED


class WaitingFactory(DjangoModelFactory):
    """Something that waits for somebody who has not been told."""

    class Meta:
        model = Waiting

    user = factory.SubFactory(UserFactory)
    thing = factory.Sequence(lambda n: f"audit-{n}")
    since = STARTED


class DigestFactory(DjangoModelFactory):
    """Somebody who was told on the day that STARTED is."""

    class Meta:
        model = Digest

    user = factory.SubFactory(UserFactory)
    last_on = STARTED.date()


class ThemeScoreFactory(DjangoModelFactory):
    """The first theme, four statements at level 3."""

    class Meta:
        model = ThemeScore

    audit = factory.SubFactory(AuditFactory)
    theme = factory.LazyAttribute(lambda score: score.audit.framework.themes[0].slug)
    voice = "school"
    total = 12
    answered = 4
    applicable = 4
    band = "secure"
    tier = "universal"

"""Offers and plans for tests. A plan is agreed as the product agrees it."""

from datetime import date, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from readiness.models import Audit
from support import actions
from support.models import (
    CalendarFeed,
    Capacity,
    ChosenOffer,
    Nudge,
    Offer,
    Plan,
    PlanDraft,
    PlanTheme,
    Review,
    ReviewedLevel,
    Step,
    Tier,
)
from support.models.overview import week_of
from tests.factories import LONG_AGO, SchoolFactory, TermFactory, UserFactory
from tests.readiness.factories import STARTED, AuditFactory, FrameworkFactory

AGREED = STARTED + timedelta(days=1)
TODAY = AGREED.date()


class OfferFactory(DjangoModelFactory):
    """A named help at the targeted tier."""

    class Meta:
        model = Offer

    code = factory.Sequence(lambda n: f"sample-{n}")
    framework = factory.SubFactory(FrameworkFactory)
    theme = "time-and-fit"
    tier = Tier.TARGETED
    order = factory.Sequence(lambda n: n + 1)
    title = "“What can we stop?” workshop"
    provided_by = "Locality support officer"
    amount = "1 session of 90 minutes"


def ready_to_agree(**audit: Any) -> Audit:
    """An audit that has been reviewed: all that is left is to agree it."""
    return AuditFactory(moderated=True, **audit)


def reviewer(audit: Audit) -> User:
    """The officer who has reviewed it."""
    return audit.moves.latest("pk").by


class PlanFactory(DjangoModelFactory):
    """The plan of an audit in which everything is at one level: at 2 all eight themes are targeted, at 1 intensive."""

    class Meta:
        model = Plan

    audit = factory.LazyFunction(lambda: ready_to_agree(level=2))
    agreed_at = AGREED

    @classmethod
    def _create(cls, model_class: type[Plan], *, audit: Audit, agreed_at: Any) -> Plan:
        return actions.agree(audit=audit, by=reviewer(audit), now=agreed_at)


class PlanThemeFactory(DjangoModelFactory):
    """One more theme of a plan, universal, under a name that no framework has."""

    class Meta:
        model = PlanTheme

    plan = factory.SubFactory(PlanFactory)
    theme = factory.Sequence(lambda n: f"one-more-theme-{n}")
    place = factory.Sequence(lambda n: 100 + n)
    tier_calculated = Tier.UNIVERSAL
    tier_agreed = factory.SelfAttribute("tier_calculated")
    started_on = TODAY


class ChosenOfferFactory(DjangoModelFactory):
    class Meta:
        model = ChosenOffer

    theme = factory.SubFactory(PlanThemeFactory)
    offer = factory.SubFactory(OfferFactory)


class StepFactory(DjangoModelFactory):
    """A step of the school's, due in five weeks."""

    class Meta:
        model = Step

    theme = factory.LazyFunction(lambda: PlanFactory().themes.get(theme="time-and-fit"))
    owner = Step.Owner.SCHOOL
    who = "Depute head teacher"
    text = "Put both training days in the calendar."
    due_on = TODAY + timedelta(weeks=5)
    by = factory.SelfAttribute("theme.plan.agreed_by")
    at = AGREED


class ReviewFactory(DjangoModelFactory):
    """A review that is planned."""

    class Meta:
        model = Review

    class Params:
        held = factory.Trait(
            held_on=TODAY + timedelta(weeks=6),
            held_by=factory.SelfAttribute("theme.plan.agreed_by"),
            note="Both dates are kept.",
            decision=Review.Decision.CARRY_ON,
        )

    theme = factory.SubFactory(PlanThemeFactory)
    planned_on = date(2026, 12, 11)


class ReviewedLevelFactory(DjangoModelFactory):
    class Meta:
        model = ReviewedLevel

    review = factory.SubFactory(ReviewFactory, held=True)
    statement = "made-room"
    level = 3


class PlanDraftFactory(DjangoModelFactory):
    class Meta:
        model = PlanDraft

    audit = factory.LazyFunction(ready_to_agree)
    theme = ""
    document = factory.LazyFunction(lambda: {"stop_or_pause": "The spelling project.", "order": []})
    by = factory.SelfAttribute("audit.started_by")
    at = STARTED


class CalendarFeedFactory(DjangoModelFactory):
    class Meta:
        model = CalendarFeed

    user = factory.SubFactory(UserFactory)
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    made_at = LONG_AGO


class NudgeFactory(DjangoModelFactory):
    """A reminder to some school, in the week in which it was sent."""

    class Meta:
        model = Nudge

    school = factory.SubFactory(SchoolFactory)
    sent_at = LONG_AGO
    week = factory.LazyAttribute(lambda nudge: week_of(nudge.sent_at.date()))
    sent_by = factory.SubFactory(UserFactory)


class CapacityFactory(DjangoModelFactory):
    """Eight places of some offer in some term."""

    class Meta:
        model = Capacity

    offer = factory.SubFactory(OfferFactory)
    term = factory.SubFactory(TermFactory)
    places = 8
    entered_at = LONG_AGO
    entered_by = factory.SubFactory(UserFactory)

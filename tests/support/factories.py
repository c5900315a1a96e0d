"""Offers for tests."""

import factory
from factory.django import DjangoModelFactory

from support.models import Capacity, Nudge, Offer, Tier
from support.models.overview import week_of
from tests.factories import LONG_AGO, SchoolFactory, TermFactory, UserFactory
from tests.readiness.factories import FrameworkFactory


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

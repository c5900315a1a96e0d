"""Offers for tests."""

import factory
from factory.django import DjangoModelFactory

from support.models import Offer, Tier
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

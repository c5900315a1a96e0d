"""Rounds, vignettes, ratings and rulings for tests."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from readiness.models import FrameworkVersion
from support import actions
from support.models import Decision, Rating, Round, Vignette
from tests.factories import LONG_AGO, MembershipFactory
from tests.readiness.framework_texts import published

RATED = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


class RoundFactory(DjangoModelFactory):
    """A round of two weeks with the three vignettes that the product brings, planned by a co-ordinator.

    Each is a month after the one before. `RoundFactory(opens=date(2026, 11, 16))` is open at that time.
    """

    class Meta:
        model = Round

    opens = factory.Sequence(lambda n: date(2100, 1, 4) + timedelta(days=30 * n))
    closes = factory.LazyAttribute(lambda of: of.opens + timedelta(days=14))

    @classmethod
    def _create(cls, model_class: type[Round], *, opens: date, closes: date) -> Round:
        if FrameworkVersion.objects.latest_published() is None:
            published(LONG_AGO)
        coordinator = MembershipFactory(coordinator=True).user
        return actions.plan_round(opens=opens, closes=closes, by=coordinator, now=LONG_AGO)


class VignetteFactory(DjangoModelFactory):
    """A fourth vignette of a round."""

    class Meta:
        model = Vignette

    round = factory.SubFactory(RoundFactory)
    order = factory.Sequence(lambda n: n + 4)
    title = "Sample Primary School"
    text = "Two adults stand at the door each morning and greet each child by name."
    statements = factory.LazyFunction(lambda: ["welcome-and-predictability", "calm-places"])


class RatingFactory(DjangoModelFactory):
    """An officer's level for one statement."""

    class Meta:
        model = Rating

    vignette = factory.SubFactory(VignetteFactory)
    officer = factory.LazyFunction(lambda: MembershipFactory(officer=True).user)
    statement = "calm-places"
    level = 2
    at = RATED


class DecisionFactory(DjangoModelFactory):
    """A ruling by an officer."""

    class Meta:
        model = Decision

    statement = "calm-places"
    situation = "There is one room, and children go there only when they are sent."
    ruling = "Level 2. A room that children may not choose is not one that they can use when they need to."
    by = factory.LazyFunction(lambda: MembershipFactory(officer=True).user)
    at = RATED

from datetime import date, timedelta

import pytest

from support.models import Nudge
from support.models.overview import week_of
from tests.factories import LONG_AGO, UserFactory
from tests.support.factories import CapacityFactory, NudgeFactory

pytestmark = pytest.mark.django_db


class TestNudge:
    def test_nudge_once_a_week(self, refused, school, officer):
        first = NudgeFactory(school=school)
        again = Nudge(school=school, week=first.week, sent_at=first.sent_at + timedelta(days=1), sent_by=officer)

        refused(again, by="nudge_once_a_week")

    def test_the_next_week_is_another(self, school):
        NudgeFactory(school=school)
        NudgeFactory(school=school, sent_at=LONG_AGO + timedelta(days=7))

        assert Nudge.objects.count() == 2

    @pytest.mark.parametrize("day", [date(2026, 11, 16), date(2026, 11, 20), date(2026, 11, 22)])
    def test_a_week_begins_on_monday(self, day):
        assert week_of(day) == date(2026, 11, 16)

    def test_is_seen_by_those_who_may_send_one(self, school, officer, coordinator, head, stranger):
        nudge = NudgeFactory(school=school)

        assert [who for who in (officer, coordinator, head, stranger) if nudge in Nudge.objects.visible_to(who)] == [
            officer,
            coordinator,
        ]


class TestCapacity:
    def test_capacity_once_per_term(self, refused):
        first = CapacityFactory()

        refused(
            CapacityFactory.build(offer=first.offer, term=first.term, entered_by=UserFactory()),
            by="capacity_once_per_term",
        )

    def test_capacity_places_are_few_enough(self, refused):
        first = CapacityFactory()
        other = CapacityFactory().term

        refused(
            CapacityFactory.build(offer=first.offer, term=other, places=10_001, entered_by=UserFactory()),
            by="capacity_places_are_few_enough",
        )

    def test_goes_with_its_term(self):
        capacity = CapacityFactory()

        capacity.term.delete()

        assert not type(capacity).objects.exists()

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Locale, Page

from support.models import Offer, Tier
from tests.readiness.framework_texts import live_framework

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework():
    return live_framework()


@pytest.fixture
def make(framework):
    def offer(code="tf-t1", **fields):
        given = {
            "framework": framework,
            "theme": "time-and-fit",
            "tier": Tier.TARGETED,
            "order": 1,
            "title": "“What can we stop?” workshop",
            "provided_by": "locality support officer",
            "amount": "1 session of 90 minutes",
        }
        return Offer(code=code, **{**given, **fields})

    return offer


def assert_refused(offer, sentence):
    with pytest.raises(ValidationError, match=sentence):
        offer.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        offer.save()


class TestConstraints:
    def test_offer_tier_exists(self, make):
        offer = make(tier="enormous")
        with pytest.raises(ValidationError, match="Choose a tier"):
            offer.validate_constraints()
        assert_refused(offer, "enormous")

    def test_offer_order_from_one(self, make):
        assert_refused(make(order=0), "Places begin at 1")

    def test_offer_one_in_each_place(self, make):
        make().save()
        assert_refused(make("tf-t2"), "has this place")

    def test_offer_one_in_each_place_leaves_retired_ones_out(self, make):
        make(retired_at=NOW).save()
        make("tf-t2").save()
        assert Offer.objects.count() == 2

    def test_a_code_is_used_once(self, make):
        make().save()
        assert_refused(make(order=2), "already exists")


class TestClean:
    def test_accepts_a_theme_of_its_framework(self, make):
        assert make().full_clean() is None

    def test_refuses_a_theme_that_its_framework_does_not_have(self, make):
        with pytest.raises(ValidationError, match="no theme “gardening”") as refused:
            make(theme="gardening").full_clean()
        assert set(refused.value.error_dict) == {"theme"}


class TestLists:
    def test_current_leaves_retired_ones_out(self, make):
        kept = make("tf-t2")
        kept.save()
        make(retired_at=NOW).save()
        assert list(Offer.objects.current()) == [kept]

    def test_of_framework_finds_its_own(self, make, framework):
        make().save()
        assert Offer.objects.of_framework(framework.slug).count() == 1
        assert Offer.objects.of_framework("another").count() == 0

    def test_for_theme_and_tier_finds_one_cell_of_the_structure(self, make):
        make().save()
        make("tf-i1", tier=Tier.INTENSIVE).save()
        assert [offer.code for offer in Offer.objects.for_theme_and_tier("time-and-fit", "targeted")] == ["tf-t1"]

    def test_in_order_begins_with_the_lightest_tier(self, make):
        for code, fields in {
            "tf-i1": {"tier": Tier.INTENSIVE},
            "tf-t2": {"order": 2},
            "tf-t1": {},
            "tf-u1": {"tier": Tier.UNIVERSAL},
        }.items():
            make(code, **fields).save()
        assert [offer.code for offer in Offer.objects.in_order()] == ["tf-u1", "tf-t1", "tf-t2", "tf-i1"]

    def test_by_theme_and_tier_asks_once_for_all_cells(self, make, django_assert_num_queries):
        make("tf-t2", order=2).save()
        make().save()
        with django_assert_num_queries(1):
            cells = Offer.objects.current().by_theme_and_tier()
        assert [offer.code for offer in cells["time-and-fit", "targeted"]] == ["tf-t1", "tf-t2"]


def test_an_offer_stands_without_its_page(make):
    Locale.objects.get_or_create(language_code="en-gb")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    page = root.add_child(title="A workshop", slug="a-workshop")
    offer = make(page=page)
    offer.save()
    page.delete()
    offer.refresh_from_db()
    assert offer.page is None


def test_an_offer_says_what_it_is(make):
    assert str(make()) == "“What can we stop?” workshop (tf-t1)"

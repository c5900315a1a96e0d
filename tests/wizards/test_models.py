from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from wizards.models import HeldPost, WizardRecord

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def keep(**fields):
    return WizardRecord.objects.create(prefix="trip-1", updated_at=NOW, **fields)


def hold(user, key_hash="a" * 64, path="/form/", expires_at=NOW):
    return HeldPost.objects.create(key_hash=key_hash, user=user, path=path, body=b"x", expires_at=expires_at)


class TestWizardRecord:
    def test_is_named_by_its_prefix(self):
        assert str(WizardRecord(prefix="trip-1")) == "trip-1"

    @pytest.mark.django_db
    def test_wizard_record_owner_or_visitor_refuses_neither(self):
        with pytest.raises(IntegrityError, match="wizard_record_owner_or_visitor"):
            keep()

    def test_wizard_record_owner_or_visitor_refuses_both(self, ailsa):
        with pytest.raises(IntegrityError, match="wizard_record_owner_or_visitor"):
            keep(owner=ailsa, visitor="key")

    def test_wizard_record_once_per_owner(self, ailsa, bruce):
        keep(owner=ailsa)
        keep(owner=bruce)
        with pytest.raises(IntegrityError):
            keep(owner=ailsa)
        assert "wizard_record_once_per_owner" in {constraint.name for constraint in WizardRecord._meta.constraints}

    @pytest.mark.django_db
    def test_wizard_record_once_per_visitor(self):
        keep(visitor="one")
        keep(visitor="two")
        with pytest.raises(IntegrityError):
            keep(visitor="one")
        assert "wizard_record_once_per_visitor" in {constraint.name for constraint in WizardRecord._meta.constraints}

    def test_goes_when_its_person_goes(self, ailsa):
        keep(owner=ailsa)
        ailsa.delete()
        assert not WizardRecord.objects.exists()


class TestHeldPost:
    def test_is_named_by_its_path(self):
        assert str(HeldPost(path="/form/")) == "/form/"

    def test_held_post_once_per_browser_person_and_page(self, ailsa, bruce):
        hold(ailsa)
        hold(bruce)
        hold(ailsa, path="/other/")
        hold(ailsa, key_hash="b" * 64)
        with pytest.raises(IntegrityError):
            hold(ailsa)
        assert "held_post_once_per_browser_person_and_page" in {c.name for c in HeldPost._meta.constraints}

    def test_is_live_until_it_expires(self, ailsa):
        held = hold(ailsa, expires_at=NOW)
        just_before = NOW - timedelta(microseconds=1)
        assert list(HeldPost.objects.live(just_before)) == [held]
        assert not HeldPost.objects.expired(just_before)
        assert not HeldPost.objects.live(NOW)
        assert list(HeldPost.objects.expired(NOW)) == [held]

    def test_goes_when_its_person_goes(self, ailsa):
        hold(ailsa)
        ailsa.delete()
        assert not HeldPost.objects.exists()

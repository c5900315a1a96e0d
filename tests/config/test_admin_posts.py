"""Posts that Wagtail's admin itself does not bear."""

import pytest
from django.urls import reverse

from config.middleware import AdminPosts
from schools.models import School
from tests.factories import LocalityFactory, SchoolFactory


@pytest.fixture
def in_use(db):
    """A locality whose school was put there as an import does it, which Wagtail's index of uses does not see."""
    locality, school = LocalityFactory(), SchoolFactory()
    School.objects.filter(pk=school.pk).update(locality=locality)
    return locality


def test_what_is_in_use_is_not_deleted_and_that_is_said(admin_client, in_use):
    where = reverse("wagtailsnippets_schools_locality:delete", args=[in_use.pk])

    page = admin_client.post(where, follow=True)

    assert "This is still in use, so it was not deleted." in page.text
    assert type(in_use).objects.filter(pk=in_use.pk).exists()


def test_a_number_that_is_none_is_a_bad_request_with_its_place_in_the_log(admin_client, db, caplog):
    where = reverse("wagtailsnippets_support_offer:add")

    answer = admin_client.post(where, {"page": "nobody"})

    assert answer.status_code == 400
    assert "Field 'id' expected a number but got 'nobody'" in caplog.text


@pytest.mark.parametrize("way", [{"method": "GET", "path": "/cms-admin/"}, {"method": "POST", "path": "/home/"}])
def test_elsewhere_a_fault_stays_a_fault(rf, way):
    request = rf.generic(way["method"], way["path"])

    assert AdminPosts(lambda request: None).process_exception(request, ValueError("A fault of ours")) is None

import pytest
from django.db import transaction
from django.utils import timezone

from tests import world as worlds


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once for a module. Each example undoes what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build(timezone.now())
        transaction.set_rollback(True)

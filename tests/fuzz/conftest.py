"""How many examples: 100 a form in `make test`, the same ones each time; 2,000 new ones in `make test-deep`."""

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings

from tests import world as worlds

QUIET = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "print_blob": True}
settings.register_profile("quick", max_examples=100, derandomize=True, **QUIET)
settings.register_profile("deep", max_examples=2000, **QUIET)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once for a module. Each example undoes what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build(timezone.now())
        transaction.set_rollback(True)

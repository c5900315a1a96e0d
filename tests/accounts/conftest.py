import pytest
from django.core.cache import cache


@pytest.fixture
def limits_on(settings):
    """Sign-in limits as the product has them, counted from zero."""
    from config import settings as product  # noqa: TID251 - the tests' own settings have them off

    settings.ACCOUNT_RATE_LIMITS = product.ACCOUNT_RATE_LIMITS
    cache.clear()
    yield settings.ACCOUNT_RATE_LIMITS
    cache.clear()

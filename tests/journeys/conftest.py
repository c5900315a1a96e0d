import pytest

from tests.readiness.framework_texts import published


@pytest.fixture
def version(db, now):
    """The whole framework, published."""
    return published(now)

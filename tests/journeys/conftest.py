from datetime import timedelta

import pytest

from config.framework_file import read
from config.loading import load
from tests.readiness.framework_texts import FILE, published


@pytest.fixture
def version(db, now):
    """The whole framework, published."""
    return published(now)


@pytest.fixture
def offers(db, now):
    """The whole framework, published, with the help that goes with it."""
    load(file=read(FILE), now=now - timedelta(days=1))

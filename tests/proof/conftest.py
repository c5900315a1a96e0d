import pytest

from tests.browser.site import Site, prepare


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A folder with the demo story told, to be copied."""
    var = tmp_path_factory.mktemp("prepared") / "var"
    prepare(var)
    return var


@pytest.fixture
def fresh_site(prepared, request):
    """A server whose data this test may change."""
    with Site(prepared, prepared.parent / request.node.name) as running:
        yield running

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory

# No test of this folder asks for the database, so any query from a template fails the test by itself.


@pytest.fixture
def parsed():
    """Parse HTML."""
    return lambda html: BeautifulSoup(html, "html.parser")


@pytest.fixture
def component(parsed):
    """Render one component and parse it."""

    def render(name, /, **context):
        return parsed(render_to_string(f"components/{name}.html", context))

    return render


@pytest.fixture
def drawn(parsed):
    """Render a whole page, for somebody signed in or for nobody, and parse it."""

    def render(name, /, *, signed_in=False, path="/", **context):
        request = RequestFactory().get(path)
        request.user = SimpleNamespace(is_authenticated=signed_in)
        return parsed(render_to_string(name, {"request": request, **context}))

    return render

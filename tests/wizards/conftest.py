from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory


@pytest.fixture
def make_user(db):
    """Make a person by the name before the @ of their address."""
    return lambda name: get_user_model().objects.create_user(email=f"{name}@school.example")


@pytest.fixture
def ailsa(make_user):
    return make_user("ailsa")


@pytest.fixture
def bruce(make_user):
    return make_user("bruce")


@pytest.fixture
def new_session():
    return import_module(settings.SESSION_ENGINE).SessionStore


@pytest.fixture
def make_request(db, new_session):
    """Make a request of a person (nobody by default) with a session, outside the middleware."""

    def make(method="POST", path="/form/", data=None, *, user=None, session=None, cookies=None):
        request = getattr(RequestFactory(), method.lower())(path, data or {})
        request.user = user or AnonymousUser()
        request.session = new_session() if session is None else session
        request.COOKIES.update(cookies or {})
        return request

    return make

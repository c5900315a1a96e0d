"""Every address asks strangers to sign in, unless it stands here as open on purpose."""

import inspect
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.urls import URLPattern, get_resolver

# Ours, and sign-in itself.
OPEN = {
    "healthz",
    "gallery",  # in development only
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "invitation",  # the link itself is the key
}
# Wagtail's: the public pages and documents, which know themselves whom they are for, and the admin's icons and words.
OPEN_OF_WAGTAIL = {
    "wagtail_serve",
    "wagtailcore_authenticate_with_password",
    "wagtaildocs_serve",
    "wagtaildocs_authenticate_with_password",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}
# What changes something by a single button, and so never by following a link.
POST_ONLY = {
    "keep_alive",
    "forget_new_address",
    "sign_out_everywhere",
    "switch_place",
    "invitation_withdraw",
    "invitation_send_again",
    "audit_withdraw",
}

SAMPLES = {
    "int": "1",
    "slug": "sample",
    "str": "sample",
    "path": "sample",
    "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
}
OUR_PACKAGES = {config.name for config in apps.get_app_configs() if Path(config.path).parent == Path(settings.BASE_DIR)}


class Address(NamedTuple):
    route: str
    name: str
    view: object

    @property
    def is_wagtails(self):
        return self.view.__module__.startswith("wagtail.") or self.route.startswith(("cms-admin/", "_util/"))

    @property
    def is_ours(self):
        return self.view.__module__.split(".")[0] in OUR_PACKAGES

    @property
    def is_a_pattern_of_characters(self):
        return "^" in self.route or "(?P" in self.route

    @property
    def sample(self):
        return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], self.route)

    @property
    def methods(self):
        """The methods that the view says it takes; None when it says nothing."""
        if view_class := getattr(self.view, "view_class", None):
            return {name for name in view_class.http_method_names if hasattr(view_class, name)}
        view = self.view
        while view is not None:
            if named := inspect.getclosurevars(view).nonlocals.get("request_method_list"):
                return {method.lower() for method in named}
            view = getattr(view, "__wrapped__", None)
        return None


def walk(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(route, pattern.name or "", pattern.callback)
        else:
            yield from walk(pattern.url_patterns, route)


ADDRESSES = list(walk(get_resolver().url_patterns))
LOCKED = [address for address in ADDRESSES if not address.is_wagtails and address.name not in OPEN]
LOCKED_BY_WAGTAIL = [
    address
    for address in ADDRESSES
    if address.is_wagtails and address.name not in OPEN_OF_WAGTAIL and not address.is_a_pattern_of_characters
]
OURS = [address for address in ADDRESSES if address.is_ours]


def named(addresses):
    return [pytest.param(address, id=address.route) for address in addresses]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", named(LOCKED))
def test_a_stranger_signs_in_first_and_comes_back(db, client, address, method):
    assert not address.is_a_pattern_of_characters, "Use path(), so that a sample of the address can be made."

    response = getattr(client, method)(address.sample)

    assert response.status_code == 302
    assert response.url == redirect_to_login(address.sample).url


def test_wagtails_own_addresses_are_no_second_door(db, client):
    """Its own sign-in and password pages would stand open without our limits."""
    asked = {address.route: client.get(address.sample) for address in LOCKED_BY_WAGTAIL}

    by_itself = {route for route, answer in asked.items() if not _leads_to_sign_in(answer)}
    assert len(asked) > 100
    assert by_itself == set()


def _leads_to_sign_in(answer):
    return answer.status_code == 404 or (answer.status_code == 302 and answer.url.startswith("/accounts/login/"))


def test_what_is_open_exists():
    names = {address.name for address in ADDRESSES}

    assert (OPEN | OPEN_OF_WAGTAIL) - names <= {"gallery"}


@pytest.mark.parametrize("address", named(OURS))
def test_every_view_of_ours_says_which_methods_it_takes(address):
    assert address.methods is not None, "Add require_GET, require_POST or the like."


def test_what_only_posts_is_known():
    found = {address.name for address in OURS if address.methods and address.methods <= {"post", "options"}}

    assert found == POST_ONLY


@pytest.mark.parametrize("address", named(address for address in ADDRESSES if address.name in POST_ONLY))
def test_what_only_posts_refuses_get(as_user, head, address):
    response = as_user(head).get(address.sample)

    # 403 where only the co-ordinator comes in, 404 where the sample names a record that is not there.
    assert response.status_code in {403, 404, 405}
    if "<" not in address.route:
        assert response.status_code == 405

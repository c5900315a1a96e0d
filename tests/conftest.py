import fcntl
import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, models, transaction
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as generated

from tests.factories import (
    LocalityFactory,
    MembershipFactory,
    SchoolFactory,
    SessionFactory,
    UserFactory,
)

# Folders and modules that take long for what they are: `make check` leaves them to `make test`.
SLOW = (
    "tests/architecture/test_url_role_matrix.py",
    "tests/charts/",
    "tests/cms/",
    "tests/config/test_settings.py",
    "tests/conformance/",
    "tests/fuzz/",
    "tests/journeys/",
    "tests/proof/",
    "tests/readiness/domain/test_scoring_properties.py",
    "tests/readiness/domain/test_way_up.py",
    "tests/schools/imports/",
    "tests/support/test_chart_page.py",
    "tests/support/test_pdf.py",
    "tests/support/test_results_page.py",
)


# Generated examples: 100 in `make test`, the same ones each time and on any machine, so that no run fails by chance;
# 2,000 new ones in `make test-deep`. What a test sets itself goes before this.
ON_ANY_MACHINE = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "print_blob": True,
}
generated.register_profile("quick", max_examples=100, derandomize=True, **ON_ANY_MACHINE)
generated.register_profile("deep", max_examples=2000, **ON_ANY_MACHINE)
generated.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """Keep the migrated database for the next run (tests/settings.py)."""
    kept = settings.MIGRATED
    if kept.exists() or connection.vendor != "sqlite" or request.config.getvalue("nomigrations"):
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [f"{kept}.{os.getpid()}"])
    Path(f"{kept}.{os.getpid()}").rename(kept)


@pytest.fixture(autouse=True)
def _nothing_cached():
    """What one test leaves in the cache (Wagtail keeps each site's root path there) is not the next one's truth."""
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the Chromium that scripts/find_chromium.py has found."""
    path = os.environ.get("CHROMIUM")
    if not path:
        pytest.fail("The browser tests need $CHROMIUM. Run make test, which finds one.", pytrace=False)
    return {**browser_type_launch_args, "executable_path": path, "args": QUIET}


@pytest.fixture(scope="session")
def base_url():
    """Stand in for the browser plugin's own fixture, which warns of its own making under pytest 9."""
    return None


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, worker_id):
    """A folder with the demo story told, to be copied. Made once, by the first core that needs it."""
    from tests.browser.site import prepare  # most tests start no server

    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "prepared"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            prepare(folder / "var")
            (folder / "done").touch()
    return folder / "var"


@pytest.fixture(scope="session")
def started():
    """The servers that are kept from test to test."""
    return []


@pytest.fixture(autouse=True)
def _put_back(started):
    """Give the kept server its story again before the next test."""
    for each in started:
        each.put_back()


@pytest.fixture(scope="session")
def site(prepared, started, tmp_path_factory):
    """A server with the demo story. What a test changes is put back before the next one (tests/browser/kept.py)."""
    from tests.browser.kept import KeptSite

    with KeptSite(prepared, tmp_path_factory.mktemp("kept") / "var") as running:
        started.append(running)
        yield running


@pytest.fixture
def fresh_site(site):
    """The same server, for a test that changes what it holds."""
    return site


@pytest.fixture
def own_site(prepared, tmp_path):
    """A server for this test alone, which may be killed."""
    from tests.browser.site import Site

    with Site(prepared, tmp_path / "own") as running:
        yield running


@pytest.fixture
def now():
    """A Friday in the second term of 2026/27, at ten in the morning."""
    return datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def today(now):
    return now.date()


@pytest.fixture
def session_2026(db):
    return SessionFactory(year=2026)


@pytest.fixture
def locality(db):
    return LocalityFactory(name="Northbank")


@pytest.fixture
def school(locality):
    return SchoolFactory(name="Sample Primary School", locality=locality)


@pytest.fixture
def head(school):
    return MembershipFactory(head=True, school=school).user


@pytest.fixture
def acting_head(school):
    return MembershipFactory(acting_head=True, school=school).user


@pytest.fixture
def core_member(school):
    return MembershipFactory(core_team=True, school=school).user


@pytest.fixture
def staff_member(school):
    return MembershipFactory(staff=True, school=school).user


@pytest.fixture
def officer(locality):
    return MembershipFactory(officer=True, locality=locality).user


@pytest.fixture
def coordinator(db):
    return MembershipFactory(coordinator=True).user


@pytest.fixture
def stranger(db):
    """The head of another school in another locality."""
    return MembershipFactory(head=True).user


@pytest.fixture
def superuser(db):
    """May do everything in Wagtail's admin, and has no role."""
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.fixture
def nobody():
    return AnonymousUser()


@pytest.fixture
def as_user():
    """Give the browser of somebody who is signed in: `as_user(head).get("/home/")`."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def refused(db):
    """Check that the database refuses an object by the constraint of this name, and that a form says its sentence.

    `refused(SchoolFactory.build(seed_code="12"), by="school_seed_code_is_seven_digits")`
    """

    def check(thing, *, by):
        constraint = next(each for each in thing._meta.constraints if each.name == by)
        with pytest.raises(ValidationError) as said:
            thing.validate_constraints()
        assert constraint.get_violation_error_message() in said.value.messages
        with pytest.raises((IntegrityError, DataError)) as refusal, transaction.atomic():
            type(thing)._base_manager.bulk_create([thing])
        # PostgreSQL looks at the length of a text before it looks at constraints.
        names = (_name_in_the_database(thing, constraint), "value too long for type")
        assert any(name in str(refusal.value) for name in names)

    return check


def _name_in_the_database(thing, constraint):
    if connection.vendor == "sqlite" and isinstance(constraint, models.UniqueConstraint):  # SQLite names the columns
        columns = [thing._meta.get_field(name).column for name in constraint.fields]
        return ", ".join(f"{thing._meta.db_table}.{column}" for column in columns)
    return constraint.name

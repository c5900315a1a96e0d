"""Two people at the same moment, each with a real connection to a database whose changes stay."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection, connections, transaction

PATIENCE = 180  # seconds
WAITING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of pytest-django's: a copy of the test database, in which saving is for good. It goes with the test.

    A module that imports this has it for every test that asks for `db`, and for every fixture that does.
    """
    with django_db_blocker.unblock():
        connection.close()  # nobody has a database open that is copied
        connection.creation.clone_test_db("at_once", verbosity=0)
        usual = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = connection.creation.get_test_db_clone_settings("at_once")["NAME"]
        yield
        connection.close()
        connection.settings_dict["NAME"] = usual
        connection.creation.destroy_test_db(suffix="at_once", verbosity=0)


def overlapping(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """What came of both: `first` has done its work, and keeps its transaction open until `second` waits for it.

    Where `second` waits for nothing, it comes to its end before `first` is saved. What was raised stands for a result.
    """
    done, may_be_saved, begins = Event(), Event(), Event()

    def hold() -> Any:
        with transaction.atomic():
            result = first()
            done.set()
            assert may_be_saved.wait(PATIENCE)
        return result

    def come() -> Any:
        begins.set()
        return second()

    with ThreadPoolExecutor(2) as pool:
        holding = pool.submit(_in_a_thread, hold)
        while not (done.wait(0.01) or holding.done()):
            pass
        coming = pool.submit(_in_a_thread, come)
        _wait_until_it_waits(coming, begins)
        may_be_saved.set()
    return [holding.result(), coming.result()]


def racing(*work: Callable[[], Any]) -> list[Any]:
    """What came of all of them, let go at once. What was raised stands for a result."""
    start = Barrier(len(work))

    def run(one: Callable[[], Any]) -> Any:
        connection.ensure_connection()
        start.wait(PATIENCE)
        return one()

    with ThreadPoolExecutor(len(work)) as pool:
        running = [pool.submit(_in_a_thread, lambda one=one: run(one)) for one in work]
    return [each.result() for each in running]


def _in_a_thread(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Exception as raised:
        return raised
    finally:
        connections.close_all()


def _wait_until_it_waits(coming: Future, begins: Event) -> None:
    assert begins.wait(PATIENCE)
    if connection.vendor == "sqlite":
        return  # it has one writer: whoever comes second waits before the first thing that it reads
    deadline = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while not coming.done():
            cursor.execute(WAITING)
            if cursor.fetchone():
                return
            assert time.monotonic() < deadline, "it neither waits nor comes to its end"
            time.sleep(0.01)  # the database tells nobody when somebody begins to wait

"""The worker of `make run`: the queue whenever something is in it, and the digests every five minutes."""

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django_tasks_db.management.commands.db_worker import Worker

from config.management.commands import work


@pytest.fixture
def looks(monkeypatch):
    """How often the worker has looked at its queue. It is stopped at the third look."""
    made = []

    def run(worker):
        made.append(worker)
        worker.running = len(made) < 3

    monkeypatch.setattr(Worker, "run", run)
    monkeypatch.setattr(Worker, "configure_signals", lambda worker: None)
    monkeypatch.setattr(work, "BETWEEN_LOOKS", 0)
    return made


def test_sends_the_digests_at_once_and_then_seldom(looks, monkeypatch):
    sent = []
    monkeypatch.setattr(work, "send_digests", lambda **given: sent.append(given))

    call_command("work")

    assert len(looks) == 3
    assert len(sent) == 1


def test_sends_them_again_when_it_is_time(looks, monkeypatch):
    sent = []
    monkeypatch.setattr(work, "send_digests", lambda **given: sent.append(given))
    monkeypatch.setattr(work, "BETWEEN_DIGESTS", 0)

    call_command("work")

    assert len(sent) == 2  # none once it has been stopped


def test_a_busy_database_does_not_stop_it(looks, monkeypatch, caplog):
    def busy(**given):
        raise OperationalError("database is locked")

    monkeypatch.setattr(work, "send_digests", busy)

    call_command("work")

    assert len(looks) == 3
    assert "could not be sent" in caplog.text

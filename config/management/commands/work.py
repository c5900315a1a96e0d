import logging
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from readiness.notifications import send_digests

logger = logging.getLogger(__name__)

BETWEEN_LOOKS = 1  # seconds
BETWEEN_DIGESTS = 300


class Command(BaseCommand):
    help = "Does the tasks that wait in the database, and sends the digests that are due, until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Stay in the foreground: the queue whenever something is in it, the digests every five minutes."""
        worker = Worker(
            queue_names=["default"],
            interval=BETWEEN_LOOKS,
            batch=True,  # come back when the queue is empty
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        digests_at = 0.0
        while worker.running:
            worker.run()
            if worker.running and time.monotonic() >= digests_at:
                self._send_digests()
                digests_at = time.monotonic() + BETWEEN_DIGESTS
            if worker.running:
                time.sleep(BETWEEN_LOOKS)

    def _send_digests(self) -> None:
        try:
            send_digests(now=timezone.now())
        except OperationalError:  # a database that is busy or away: the next look comes soon enough
            logger.exception("The digests could not be sent")
        close_old_connections()

"""Serves the product as `make run` does; while it answers somebody, it holds a lock that a test can wait for."""

import fcntl
import os
import threading
from pathlib import Path

import django
from django.core.management import call_command

LOCK = "answering.lock"


class Answering:
    """The shared lock of every request under way. Whoever holds it alone knows that nobody is being answered."""

    def __init__(self, path: Path) -> None:
        self.path, self.here = path, threading.local()
        path.touch()

    def begin(self, worker: object, request: object) -> None:
        self.here.held = self.path.open()
        fcntl.flock(self.here.held, fcntl.LOCK_SH)

    def end(self, worker: object, request: object, environ: object, response: object) -> None:
        self.here.held.close()


def main() -> None:
    django.setup()

    from django.conf import settings

    from config.management.commands import run  # needs the apps

    answering = Answering(settings.VAR_DIR / LOCK)

    class Server(run.Server):
        def load_config(self) -> None:
            super().load_config()
            self.cfg.set("pre_request", answering.begin)
            self.cfg.set("post_request", answering.end)

    run.Server = Server
    call_command("run")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from gunicorn.app.base import BaseApplication

from config.demo import ACCOUNTS, PASSWORD

THREADS = 8
# Without the query string, where words that people searched for might stand.
ACCESS_LOG = '%(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'


def _logs() -> Path:
    """The folder of what the processes have to say."""
    logs = Path(settings.VAR_DIR) / "log"
    logs.mkdir(parents=True, exist_ok=True)
    return logs


class Server(BaseApplication):
    """gunicorn, started from this process, so that Django is loaded once."""

    def __init__(self, *, port: str, on_ready: Any, on_exit: Any) -> None:
        self.port, self.on_ready, self.on_exit = port, on_ready, on_exit
        super().__init__()

    def load_config(self) -> None:
        """Threads, because SQLite has one writer and the pages wait on nothing else."""
        logs = _logs()
        for name, value in {
            "bind": f"127.0.0.1:{self.port}",
            "workers": 1,
            "threads": THREADS,
            "preload_app": True,
            "control_socket_disable": True,
            "accesslog": str(logs / "access.log"),
            "access_log_format": ACCESS_LOG,
            "loglevel": "warning",
            "when_ready": lambda server: self.on_ready(),
            "on_exit": lambda server: self.on_exit(),
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, with no database connection carried into the worker."""
        from config.wsgi import application

        connections.close_all()
        return application


class Command(BaseCommand):
    help = "Makes everything ready, then serves it on 127.0.0.1:$PORT with the task worker, until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Stay in the foreground; stop the task worker with the server."""
        call_command("bootstrap", stdout=self.stdout)
        port = os.environ.get("PORT", "8000")
        worker = self._start_worker()

        def stop_worker() -> None:
            worker.terminate()
            worker.wait()

        try:
            Server(port=port, on_ready=lambda: self._say(port), on_exit=stop_worker).run()
        finally:
            if worker.poll() is None:
                stop_worker()

    def _start_worker(self) -> subprocess.Popen[bytes]:
        """The task worker. It writes two lines a task, which would push the address off the screen: into a file."""
        with (_logs() / "tasks.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "manage.py", "db_worker"], cwd=settings.BASE_DIR, stdout=log, stderr=log
            )

    def _say(self, port: str) -> None:
        self.stdout.write(f"\nThe nurture pathway is at http://127.0.0.1:{port}/ (Ctrl+C stops it)\n\n")
        if not settings.PRODUCTION:
            self.stdout.write(f"Demo accounts, password {PASSWORD}:\n")
            for account in ACCOUNTS:
                self.stdout.write(f"  {account.email:26} {account.about}\n")
        self.stdout.flush()

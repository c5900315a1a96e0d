"""One server for many tests: what a test has changed is put back before the next one begins."""

import fcntl
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from tests.browser.serve import LOCK
from tests.browser.site import PATIENCE, POSTGRES, Site, address_of_database, environment_of

NOT_BEGUN = f"DELETE FROM {DBTaskResult._meta.db_table} WHERE status = 'READY'"  # noqa: S608 - a table's name
UNDER_WAY = f"SELECT 1 FROM {DBTaskResult._meta.db_table} WHERE status = 'RUNNING'"  # noqa: S608


class KeptSite(Site):
    """A server that outlives its tests. The story stands in a copy beside it; nobody's session outlives a test."""

    program = ("-m", "tests.browser.serve")

    def __init__(self, prepared: Path, var: Path) -> None:
        super().__init__(prepared, var)
        self.story = PostgresStory(var) if POSTGRES else SqliteStory(prepared, var)

    def __enter__(self) -> "KeptSite":
        self.desk = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.desk"],
            cwd=settings.BASE_DIR,
            env=environment_of(self.var, PORT=str(self.port), **self.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        super().__enter__()
        return self

    def __exit__(self, *about: object) -> None:
        self.desk.communicate()
        super().__exit__(*about)

    def manage(self, code: str) -> str:
        """Run Python in the site's own settings, in another process than the server's, and give what it prints."""
        self.desk.stdin.write(json.dumps(code) + "\n")
        self.desk.stdin.flush()
        said, wrong = json.loads(self.desk.stdout.readline())
        assert not wrong, wrong
        return said.strip()

    def put_back(self) -> None:
        """Give the site its story again. Everybody has been answered by then, and nobody is answered meanwhile."""
        with (self.var / LOCK).open() as lock:
            _wait_until(lambda: _locked(lock), "a request does not come to its end")
            self.story.tell_again()
            shutil.rmtree(self.var / "mail", ignore_errors=True)


def _locked(file) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _no_task_is_under_way(database) -> bool:
    # The worker ends the one that it is at; those that it has not begun are no part of the story.
    database.execute(NOT_BEGUN)
    return database.execute(UNDER_WAY).fetchone() is None


def _wait_until(condition, otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.02)  # another process is at work, and tells nobody when it has done


class SqliteStory:
    """The prepared file, copied over the one in use as SQLite copies: in one transaction, whoever has it open."""

    def __init__(self, prepared: Path, var: Path) -> None:
        self.prepared, self.used = prepared / "nurture.sqlite3", var / "nurture.sqlite3"

    def tell_again(self) -> None:
        with (
            closing(sqlite3.connect(self.prepared)) as story,
            closing(sqlite3.connect(self.used, timeout=PATIENCE, isolation_level=None)) as used,
        ):
            used.execute("PRAGMA synchronous=OFF")
            _wait_until(lambda: _no_task_is_under_way(used), "a task does not come to its end")
            story.backup(used)


class PostgresStory:
    """A copy of every table in a schema of its own: the server's connections stay, which a new database would end."""

    def __init__(self, var: Path) -> None:
        self.address = address_of_database(var)
        with psycopg.connect(self.address) as used:
            self.tables = self._names(used, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            used.execute("CREATE SCHEMA story")
            for table in self.tables:
                used.execute(f"CREATE TABLE story.{table} AS TABLE public.{table}")
            used.execute(
                "CREATE TABLE story.numbers AS SELECT quote_ident(sequencename) AS name, last_value"
                " FROM pg_sequences WHERE schemaname = 'public'"
            )

    @staticmethod
    def _names(used, sql: str) -> list[str]:
        return [f'"{name}"' for (name,) in used.execute(sql)]

    def tell_again(self) -> None:
        with psycopg.connect(self.address, autocommit=True) as used:
            _wait_until(lambda: _no_task_is_under_way(used), "a task does not come to its end")
            with used.transaction():
                used.execute("SET LOCAL session_replication_role = replica")  # tables in any order
                for table in self.tables:
                    used.execute(f"DELETE FROM public.{table}")  # noqa: S608 - the database's own names
                    used.execute(f"INSERT INTO public.{table} OVERRIDING SYSTEM VALUE TABLE story.{table}")
                used.execute(
                    "SELECT setval('public.' || name, coalesce(last_value, 1), last_value IS NOT NULL)"
                    " FROM story.numbers"
                )

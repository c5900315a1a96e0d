"""A real server of the product, on a folder of its own, as `make run` starts it."""

import hashlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

PASSWORD = "nurture-demo"
PATIENCE = 180  # seconds for a server to answer, on a machine that has much else to do
PORTS = range(20_000, 30_000)
POSTGRES = os.environ.get("DATABASE_URL", "") if connection.vendor == "postgresql" else ""


def environment_of(var: Path, **more: str) -> dict[str, str]:
    """The product's own settings, not the quick ones of the tests, for the site in this folder."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTEST_"))}
    mine = {"DATABASE_URL": address_of_database(var)} if POSTGRES else {}
    return {**clean, "NURTURE_VAR": str(var), "STATIC_ROOT": str(var.parent / "static"), **mine, **more}


def address_of_database(var: Path) -> str:
    """Where PostgreSQL keeps the site in this folder."""
    return f"{POSTGRES.rpartition('/')[0]}/{_database(var)}"


def _database(var: Path) -> str:
    # The folder of one run and its place there, in what PostgreSQL takes for a name (63 letters).
    return f"site_{hashlib.sha256(str(var).encode()).hexdigest()[:16]}"


def _copy_database(of: str, to: Path) -> None:
    """PostgreSQL copies a whole database that nobody has open, as a folder of SQLite is copied."""
    if POSTGRES:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{_database(to)}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{_database(to)}" TEMPLATE "{of}"')


def prepare(var: Path) -> None:
    """Fill a folder as `make run` does the first time, from a database that has been migrated where there is one."""
    var.mkdir(parents=True)
    if POSTGRES:
        _copy_database(os.environ.get("MIGRATED_DATABASE", "template0"), var)
    elif settings.MIGRATED.exists():
        shutil.copy(settings.MIGRATED, var / "nurture.sqlite3")
    subprocess.run(
        [sys.executable, "manage.py", "bootstrap"],
        cwd=settings.BASE_DIR,
        env=environment_of(var),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def command(var: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one command of `manage.py` on the site in this folder, whether or not its server runs."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env=environment_of(var, **environment),
        check=False,
        capture_output=True,
        text=True,
    )


def copy_of(prepared: Path, var: Path) -> Path:
    """A copy of a prepared site, database and files, in a folder of its own."""
    shutil.copytree(prepared, var)
    _copy_database(_database(prepared), var)
    return var


def empty(var: Path) -> Path:
    """A site with its tables and nobody's work in it: nothing has been loaded yet."""
    _copy_database(os.environ.get("MIGRATED_DATABASE", "template0"), var)
    var.mkdir(parents=True)
    done = command(var, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return var


class Site:
    """One running server: `url`, and `manage` for what no page does yet."""

    program: tuple[str, ...] = ("manage.py", "run")

    def __init__(self, prepared: Path, var: Path, **environment: str) -> None:
        copy_of(prepared, var)
        self.var = var
        self.environment = {"STATIC_ROOT": str(prepared.parent / "static"), **environment}
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Site":
        self.log = (self.var / "server.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, *self.program],
            cwd=settings.BASE_DIR,
            env=environment_of(self.var, PORT=str(self.port), **self.environment),
            stdout=self.log,
            stderr=self.log,
        )
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=PATIENCE)
        self.log.close()

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):  # noqa: S310 - our own server
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)  # another process is starting; there is nothing to wait on but its port
        raise RuntimeError(f"The server did not start:\n{(self.var / 'server.log').read_text()}")

    def manage(self, code: str) -> str:
        """Run Python in the site's own settings and give what it prints."""
        done = command(self.var, "shell", "-v", "0", "-c", code, **self.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


class AfterTheKill(Site):
    """The same folder and the same port as a server that was killed."""

    def __init__(self, killed):
        self.var, self.environment = killed.var, killed.environment
        self.port, self.url = killed.port, killed.url


def kill(site):
    """Take the server and its workers away at once, as a power cut does."""
    found = subprocess.run(
        ["ps", "--ppid", str(site.process.pid), "-o", "pid="], capture_output=True, text=True, check=True
    )
    for pid in (site.process.pid, *map(int, found.stdout.split())):
        os.kill(pid, signal.SIGKILL)
    site.process.wait()


def sign_in(page, site: Site, email: str, *, to: str = "/home/") -> None:
    """Sign in through the page, as a person does, and arrive at `to`."""
    page.goto(f"{site.url}/accounts/login/?next={to}")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.url}{to}")


def pressed_twice(page, to: str) -> None:
    """Wait until both presses of a button have been answered, and the page that they lead to is there.

    The second press breaks the first one's way off, which Playwright's own waiting takes for a failure.
    """
    expect(page).to_have_url(re.compile(to))
    page.wait_for_load_state("networkidle")
    expect(page).to_have_url(re.compile(to))


def _free_port() -> int:
    # Below those that the system gives to whoever connects to something: one of them may be taken again before our
    # server, or the next one on the same port, has come up.
    for _each in range(100):
        port = PORTS.start + secrets.randbelow(len(PORTS))
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise RuntimeError("no port is free")

"""The product's settings, made quick and quiet for tests."""

import atexit
import hashlib
import os
import shutil
import tempfile

if "NURTURE_VAR" not in os.environ:
    os.environ["NURTURE_VAR"] = tempfile.mkdtemp(prefix="nurture-tests-")
    atexit.register(shutil.rmtree, os.environ["NURTURE_VAR"], ignore_errors=True)

from config.settings import *  # noqa: F403
from config.settings import BASE_DIR, DATABASES, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "drawn")
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
ACCOUNT_RATE_LIMITS = False
WHITENOISE_AUTOREFRESH = True

# Migrating takes 15 s. A migrated database is kept until a migration or a dependency changes (tests/conftest.py),
# and each run works on a copy of its own.
_said = [*sorted(BASE_DIR.glob("*/migrations/*.py")), BASE_DIR / "requirements.txt"]
MIGRATED = (
    BASE_DIR
    / "var"
    / "migrated"
    / f"{hashlib.sha256(b''.join(path.read_bytes() for path in _said)).hexdigest()[:16]}.sqlite3"
)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    _worker = os.environ.get("PYTEST_XDIST_WORKER")  # pytest-django adds its name to that of the database
    if MIGRATED.exists():
        shutil.copy(MIGRATED, VAR_DIR / (f"test.sqlite3_{_worker}" if _worker else "test.sqlite3"))
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
else:
    # scripts/with_postgres.sh has migrated one.
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("MIGRATED_DATABASE")}

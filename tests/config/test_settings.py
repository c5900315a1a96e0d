import os
import subprocess
import sys

import pytest
from django.conf import settings

ENOUGH = {
    "NURTURE_ENV": "production",
    "SECRET_KEY": "a-long-secret-for-this-test-only-0123456789-abcdefghijklmnop",
    "ALLOWED_HOSTS": "pathway.example",
    "DATABASE_URL": "sqlite:////tmp/nurture-production-settings-test.sqlite3",
    "ENCRYPTION_KEYS": "Q0hBTkdFLU1FLUNIQU5HRS1NRS1DSEFOR0UtTUUtMTI=",
}


def manage(*words, **environment):
    return python("manage.py", *words, **environment)


def start(**environment):
    """Only read the settings: that is where it refuses."""
    return python("-c", "import config.settings", **environment)


def python(*words, **environment):
    clean = {name: value for name, value in os.environ.items() if name not in {*ENOUGH, "DJANGO_SETTINGS_MODULE"}}
    return subprocess.run(
        [sys.executable, *words],
        cwd=settings.BASE_DIR,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_is_clean_in_production(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **ENOUGH, NURTURE_VAR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "ENCRYPTION_KEYS"])
def test_production_refuses_to_start_without(missing, tmp_path):
    environment = {name: value for name, value in ENOUGH.items() if name != missing}
    done = start(**environment, NURTURE_VAR=str(tmp_path))
    assert done.returncode != 0
    assert f"Production needs {missing} in the environment" in done.stderr


def test_production_refuses_the_demo_database(tmp_path):
    demo = f"sqlite:///{settings.BASE_DIR / 'var' / 'nurture.sqlite3'}"
    done = start(**{**ENOUGH, "DATABASE_URL": demo}, NURTURE_VAR=str(tmp_path))
    assert done.returncode != 0
    assert "names the demo database" in done.stderr


def test_the_demo_story_is_never_told_in_production(tmp_path):
    done = manage("demo", **ENOUGH, NURTURE_VAR=str(tmp_path))
    assert done.returncode != 0
    assert "never told in production" in done.stderr


def test_an_unknown_environment_is_refused(tmp_path):
    done = start(NURTURE_ENV="staging", NURTURE_VAR=str(tmp_path))
    assert done.returncode != 0
    assert "Use “embedded” or “production”" in done.stderr

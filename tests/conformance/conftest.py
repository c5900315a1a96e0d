import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.fetch_formtools_tests import TARGET, pinned

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def verdicts(tmp_path_factory):
    """What formtools' own tests say about our storage: the name of each, and None or its traceback."""
    folder = TARGET / pinned()["digest"]
    if not folder.is_dir():
        pytest.fail(
            "formtools' own tests are not here: run make test or python scripts/fetch_formtools_tests.py", pytrace=False
        )
    done = subprocess.run(
        [sys.executable, "-W", "error", str(HERE / "run_formtools.py"), str(folder)],
        env={**os.environ, "DJANGO_TEST_TEMP_DIR": str(tmp_path_factory.mktemp("formtools"))},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
ELSEWHERE = {".venv", "var", "node_modules", "migrations", ".git"}

MODULES = [path for path in ROOT.rglob("*.py") if not ELSEWHERE & set(path.relative_to(ROOT).parts)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_sizes(path):
    source = path.read_text(encoding="utf-8")
    functions = (
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    long = {
        f"{one.name} ({lines})" for one in functions if (lines := one.end_lineno - one.lineno + 1) > LONGEST_FUNCTION
    }

    assert len(source.splitlines()) <= LONGEST_MODULE, "Make it a package of the same name."
    assert not long, "Split these functions."


def test_there_is_something_to_measure():
    assert ROOT / "schools" / "permissions.py" in MODULES

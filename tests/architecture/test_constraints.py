import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

TESTS = Path(__file__).parents[1]
OUR_MODELS = [
    model
    for config in apps.get_app_configs()
    if Path(config.path).parent == Path(settings.BASE_DIR)
    for model in config.get_models()
]
CONSTRAINTS = sorted({constraint.name for model in OUR_MODELS for constraint in model._meta.constraints})
SOURCE = "\n".join(path.read_text() for path in TESTS.rglob("test_*.py") if path != Path(__file__))


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_every_constraint_has_a_test_that_names_it(name):
    in_a_function = rf"def test_\w*{name}"
    as_a_parameter = rf"""["']{name}["']"""

    assert re.search(rf"{in_a_function}|{as_a_parameter}", SOURCE), f"Write a test named test_{name}."


def test_there_is_something_to_look_for():
    assert "school_seed_code_is_seven_digits" in CONSTRAINTS

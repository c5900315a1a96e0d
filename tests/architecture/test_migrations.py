import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as product
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

OUR_APPS = [
    config.label
    for config in apps.get_app_configs()
    if Path(config.path).parent == Path(product.BASE_DIR) and list(config.get_models())
]


@pytest.fixture(autouse=True)
def _with_migrations(settings):
    """Look at the real ones, also where the test database is made without them."""
    settings.MIGRATION_MODULES = {}


@pytest.fixture
def graph():
    return MigrationLoader(None, ignore_no_migrations=True).graph


def test_the_models_and_the_migrations_agree(db, capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True, interactive=False)
    except SystemExit:
        pytest.fail(f"Make a migration, and name it by hand.\n{capsys.readouterr().out}", pytrace=False)


@pytest.mark.parametrize("app", OUR_APPS)
def test_an_app_has_one_last_migration(graph, app):
    assert len(graph.leaf_nodes(app)) == 1


@pytest.mark.parametrize("app", OUR_APPS)
def test_migrations_are_named_by_hand(graph, app):
    names = [name for label, name in graph.nodes if label == app]

    assert not [name for name in names if re.search(r"_auto_|^\d+_initial$|^\d+_alter_", name)]

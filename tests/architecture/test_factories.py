from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from factory.django import DjangoModelFactory
from wagtail.models import Locale

# tests/factories.py, and the factories of one room beside its tests.
MODULES = [
    import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))
    for path in sorted(Path(__file__).parents[1].rglob("factories.py"))
]
FACTORIES = {
    each._meta.model: each
    for module in MODULES
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, DjangoModelFactory) and not each._meta.abstract
}
OUR_MODELS = [
    model
    for config in apps.get_app_configs()
    if Path(config.path).parent == Path(settings.BASE_DIR)
    for model in config.get_models()
]


@pytest.fixture(autouse=True)
def _language(db):
    """Pages need one; a database made without migrations has none."""
    Locale.objects.get_or_create(language_code="en-gb")


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
class TestEveryModel:
    def test_has_a_factory(self, model):
        assert model in FACTORIES, f"Write {model.__name__}Factory."

    def test_is_saved_by_its_factory_again_and_again(self, model):
        made = [FACTORIES[model](), FACTORIES[model]()]

        assert model._base_manager.filter(pk__in={thing.pk for thing in made}).count() == 2

    def test_has_a_name_for_people(self, model):
        assert "object (" not in str(FACTORIES[model]())

import pytest

from tests.architecture.test_factories import FACTORIES, OUR_MODELS

GUARDED = [model for model in OUR_MODELS if hasattr(model._default_manager, "visible_to")]


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("who", ["nobody", "superuser"])
def test_without_a_role_there_is_nothing_to_see(request, db, model, who):
    FACTORIES[model]()

    assert model._default_manager.exists()
    assert not model._default_manager.visible_to(request.getfixturevalue(who)).exists()


def test_what_belongs_to_schools_is_guarded():
    assert {"schools.School", "schools.Membership", "readiness.Audit"} <= {model._meta.label for model in GUARDED}

"""The check itself: it sees every model of a side, and it fails when something is written there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from readiness.models import Answer, Audit
from schools.models import Invitation, Locality, Membership, School
from schools.models.places import HeldRoles
from tests import world as worlds
from tests.fuzz import outside, typed

pytestmark = pytest.mark.django_db

CHANGES = {
    School: {"name": "Changed"},
    Locality: {"name": "Changed"},
    Membership: {"ended": "2030-01-01T00:00Z"},
    Invitation: {"first_name": "Changed"},
    Audit: {"started_at": "2020-01-01T00:00Z"},
    Answer: {"evidence": "Changed"},
    User: {"first_name": "Changed"},
}


@pytest.mark.parametrize("model", CHANGES, ids=lambda model: model.__name__)
def test_a_change_to_one_row_of_the_other_side_is_seen(world, model):
    before = outside.out_of_reach(world, "head")
    rows = outside.rows_of(world.other)[model._meta.label]

    with worlds.undone():
        model._base_manager.filter(pk=rows[0][0]).update(**CHANGES[model])

        with pytest.raises(outside.Wrote):
            outside.check_unchanged(world, "head", before)


def test_own_changes_are_not_held_against_anybody(world):
    before = outside.out_of_reach(world, "head")

    with worlds.undone():
        world.client("head").post(worlds.address(world, world.own, "school_end_role"))

        assert not Membership.objects.current().filter(pk=world.own.membership.pk).exists()
        outside.check_unchanged(world, "head", before)


def test_a_product_that_lets_everybody_in_everywhere_is_caught(world, monkeypatch):
    everywhere = ([], [], True)
    monkeypatch.setattr(HeldRoles, "_carrying", lambda self, permission: everywhere)
    before = outside.out_of_reach(world, "head")

    @settings(max_examples=1)
    @given(st.just([("x", "y")]))
    def try_it(pairs):
        with worlds.undone():
            address = worlds.address(world, world.other, "invitation_withdraw")
            kind = "application/x-www-form-urlencoded"
            assert world.client("head").post(address, typed.encoded(pairs), content_type=kind).status_code == 302
            outside.check_unchanged(world, "head", before)

    with pytest.raises(outside.Wrote):
        try_it()


def test_every_model_that_belongs_to_a_side_is_watched():
    assert {model._meta.model_name for model, _ways in outside.MODELS} == {
        "school", "locality", "user", "membership", "invitation", "audit", "answer", "move", "themescore",
        "wizardrecord", "heldpost", "emailaddress",
    }  # fmt: skip

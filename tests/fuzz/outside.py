"""What a person must not be able to write: the rows of a side that is not theirs, as one digest."""

import hashlib

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import ForeignKey, Q

from accounts.models import User
from readiness.models import Audit
from schools.models import Locality, School
from tests.architecture.test_urls import OUR_PACKAGES

ROOTS = (School, Locality, User)
NOT_OF_A_SIDE = {"framework", "frameworkversion", "session", "term", "cluster", "import", "offer", "nonteachingday"}
NOT_OF_A_SIDE |= {"promptset", "promptsversion", "homepage", "contentpage", "loadedpage"}


def models_of_a_side():
    """Every model with a way by foreign keys to a school, a locality or the person it belongs to: (model, ways)."""
    ours = [model for model in apps.get_models() if model._meta.app_label in OUR_PACKAGES]
    for model in [*ours, EmailAddress]:
        if model._meta.model_name not in NOT_OF_A_SIDE and (ways := dict(_ways(model))):
            yield model, ways


def _ways(model, before="", depth=0):
    if model in ROOTS:
        yield f"{before}pk", model
        return
    for field in model._meta.get_fields():
        # `by` and its kind say who did something, anywhere; `user` and `owner` say whose it is.
        if isinstance(field, ForeignKey) and depth < 3 and (_is_place(field) or field.name in {"user", "owner"}):
            yield from _ways(field.related_model, f"{before}{field.name}__", depth + 1)


def _is_place(field):
    related = field.related_model
    if related is User or related._meta.model_name in NOT_OF_A_SIDE:
        return False
    return related in ROOTS or any(_ways(related))


MODELS = list(models_of_a_side())


def rows_of(side, models=None):
    """{model's name: its rows on this side}, for a failing test to show."""
    ids = {
        School: [side.school.pk, side.second.pk, side.third.pk],
        Locality: [side.locality.pk],
        User: side.user_ids,
    }
    kept = {}
    for model, ways in MODELS:
        if models is None or model in models:
            mine = Q(*(Q(**{f"{way}__in": ids[root]}) for way, root in ways.items()), _connector=Q.OR)
            kept[model._meta.label] = list(model._base_manager.filter(mine).order_by("pk").distinct().values_list())
    return kept


def digest(*sides, models=None):
    """One text that changes when any row of these sides does."""
    return hashlib.sha256(repr([rows_of(side, models) for side in sides]).encode("utf-8", "replace")).hexdigest()


def out_of_reach(world, role):
    """The digest of what somebody of this role may never change."""
    if role == "coordinator":  # runs every school, and answers for none
        readiness = {model for model, _ways in MODELS if model._meta.app_label == Audit._meta.app_label}
        return digest(world.own, world.other, models=readiness)
    return digest(world.own if role.startswith("other_") else world.other)


class Wrote(AssertionError):
    """Something changed that is out of this role's reach."""


def check_unchanged(world, role, before):
    """Raise Wrote when what is out of this role's reach is not as it was."""
    if out_of_reach(world, role) != before:
        raise Wrote(f"{role} changed rows that are out of reach")

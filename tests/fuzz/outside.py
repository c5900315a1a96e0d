"""What a person must not be able to write: the rows of a side that is not theirs, as one digest."""

import hashlib

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import ForeignKey, Q

from accounts.models import User
from readiness.models import Answer, Audit, Digest, Waiting
from schools.models import Locality, School
from support.models import Plan
from tests.architecture.test_urls import OUR_PACKAGES

ROOTS = (School, Locality, User)
DEEPEST = 6  # a level found by a review: its review, its theme, its plan, its audit, its school
# About a school, and declared by somebody who need not be there: it belongs to its person alone.
OF_ITS_PERSON = {"tie"}
NOT_OF_A_SIDE = {"framework", "frameworkversion", "session", "term", "cluster", "import", "offer", "nonteachingday"}
OF_SCHOOLS = {Audit._meta.app_label, Plan._meta.app_label}  # what schools say, and what is agreed with them
NOT_OF_A_SIDE |= {"round", "vignette", "rating", "decision", "homepage", "contentpage", "loadedpage"}
NOT_OF_A_SIDE |= {"promptset", "promptsversion"}


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
        is_elsewhere = model._meta.model_name in OF_ITS_PERSON and field.name != "user"
        if isinstance(field, ForeignKey) and depth < DEEPEST and not is_elsewhere and _belongs(field):
            yield from _ways(field.related_model, f"{before}{field.name}__", depth + 1)


def _belongs(field):
    return _is_place(field) or field.name in {"user", "owner"}


def _is_place(field):
    related = field.related_model
    if related is User or related._meta.model_name in NOT_OF_A_SIDE:
        return False
    return related in ROOTS or any(_ways(related))


MODELS = list(models_of_a_side())


def rows_of(side, models=None):
    """{model's name: its rows on this side}, for a failing test to show."""
    ids = {
        School: [school.pk for school in side.schools],
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
    if role == "coordinator":  # runs every school, answers for none, and in a review records agreed levels only
        theirs = {model for model, _ways in MODELS if model._meta.app_label in OF_SCHOOLS}
        kept = digest(world.own, world.other, models=theirs - {Answer, Waiting, Digest})
        return kept + answers(world.own, world.other, voices=("school", "officer"))
    mine, others = (world.other, world.own) if role.startswith("other_") else (world.own, world.other)
    return digest(others) + (answers(mine, voices=("school",)) if role.endswith("officer") else "")


def answers(*sides, voices):
    """The digest of what these voices say on these sides: nobody else may change a word of it."""
    schools = [school.pk for side in sides for school in side.schools]
    rows = Answer._base_manager.filter(audit__school__in=schools, voice__in=voices).order_by("pk").values_list()
    return hashlib.sha256(repr(list(rows)).encode("utf-8", "replace")).hexdigest()


class Wrote(AssertionError):
    """Something changed that is out of this role's reach."""


def check_unchanged(world, role, before):
    """Raise Wrote when what is out of this role's reach is not as it was."""
    if out_of_reach(world, role) != before:
        raise Wrote(f"{role} changed rows that are out of reach")

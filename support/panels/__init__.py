"""Pieces of this room on the signed-in home."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from laces.components import Component

from schools.models import School
from support.panels.localities import my_localities
from support.panels.plans import next_steps
from support.panels.visits import visits_and_rounds


def for_home(user: Any, *, today: date, among: QuerySet[School] | None = None) -> list[Component]:
    """Their localities, and their part in plans, visits and rounds, for the schools `among` these if given."""
    return [
        *my_localities(user),
        *next_steps(user, today=today, among=among),
        *visits_and_rounds(user, today=today, among=among),
    ]

"""Pieces of support on other rooms' pages."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from laces.components import Component

from schools.models import School
from support.panels.plans import next_steps


def for_home(user: Any, *, today: date, among: QuerySet[School] | None = None) -> list[Component]:
    """The panels of support for this person's home, for the schools `among` these only when that is given."""
    return next_steps(user, today=today, among=among)

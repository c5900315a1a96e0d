"""Whether one audit is visible, for a request that needs nothing else of it, such as that for a picture.

It is `Audit.objects.visible_to` and no rule of its own: Django writes that query's SQL once for people with the same
kinds of roles, which takes longer than all the rest of such a request, and each asking puts its own numbers in.
"""

from functools import lru_cache
from itertools import count
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from readiness.models.audit import Audit
from schools.models.places import HeldRoles, roles_of

Shape = tuple[tuple[str, bool, bool], ...]
"""What somebody's roles are, without where: (role, at a school, in a locality)."""

_THE_AUDIT = -1


def is_visible(audit_pk: int, user: Any) -> bool:
    """Whether `Audit.objects.visible_to(user)` has this audit."""
    held = roles_of(user).held
    shape = tuple((role, school is not None, locality is not None) for role, school, locality in held)
    sql, params = _written(shape)
    if not sql:
        return False
    real = [audit_pk, *(place for _role, *places in held for place in places if place is not None)]
    numbers = dict(zip(_stand_ins(), real, strict=False))
    with connection.cursor() as cursor:
        cursor.execute(sql, [numbers.get(one, one) for one in params])
        return cursor.fetchone() is not None


@lru_cache(maxsize=256)
def _written(shape: Shape) -> tuple[str, tuple[Any, ...]]:
    """The SQL, with numbers in it that no row has; "" where such roles see no audit at all."""
    numbers = _stand_ins()
    pk = next(numbers)
    held = tuple(
        (role, next(numbers) if school else None, next(numbers) if locality else None)
        for role, school, locality in shape
    )
    wanted = Audit.objects.readable_with(HeldRoles(held)).filter(pk=pk).values_list("pk")
    try:
        return wanted.query.sql_with_params()
    except EmptyResultSet:
        return "", ()


def _stand_ins() -> count:
    return count(_THE_AUDIT, -1)

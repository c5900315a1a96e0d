"""Sealing everything anew with the first key, so that older keys can be taken away."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction

from sealed.fields import SealedField

AT_A_TIME = 200


def sealed_columns() -> Iterator[tuple[type[models.Model], list[SealedField]]]:
    """Every table that has sealed columns, with them."""
    for model in apps.get_models(include_auto_created=True):
        if found := [field for field in model._meta.local_concrete_fields if isinstance(field, SealedField)]:
            yield model, found


def seal_anew(model: type[models.Model], fields: list[SealedField]) -> int:
    """Open every row of a table and seal it with the first key; give how many rows. People go on saving meanwhile.

    Raises:
        sealed.cipher.Unreadable: a row is sealed with a key that the site has not. Rows before it are done.
    """
    names = [field.name for field in fields]
    done, last = 0, 0
    while True:
        # A few rows at a time: whoever saves one of them waits for these few, and is never written over.
        with transaction.atomic():
            rows = model._base_manager.select_for_update().filter(pk__gt=last).order_by("pk").only("pk", *names)
            some = list(rows[:AT_A_TIME])
            for row in some:
                model._base_manager.filter(pk=row.pk).update(**{name: getattr(row, name) for name in names})
        if not some:
            return done
        done, last = done + len(some), some[-1].pk

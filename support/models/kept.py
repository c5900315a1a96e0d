from typing import Any, NoReturn

from django.db import models


class FinalError(Exception):
    """What is final, or is only ever added to, was about to be changed or taken away."""


class KeptQuerySet(models.QuerySet[Any]):
    """Rows that are added, and then stay as they are."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: these rows stay as they are."""
        raise FinalError("What was said here stays as it is. Add to it instead.")

    def delete(self) -> NoReturn:
        """Refuse: these rows stay."""
        raise FinalError("What was said here stays.")


class Kept(models.Model):
    """A row that is added, and then stays as it is."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only. Raises FinalError on any later save."""
        if self.pk is not None and not kwargs.get("force_insert"):
            raise FinalError("What was said here stays as it is. Add to it instead.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: these rows stay."""
        raise FinalError("What was said here stays.")

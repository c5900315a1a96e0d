"""Columns that the database, and every copy of it, holds sealed. Only the product's own pages open them."""

import json
from typing import Any, NoReturn

from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from sealed.cipher import Unreadable, seal, unseal

WRITTEN = "sealed:"


class SealedField(models.BinaryField):
    """A column whose value is sealed on its way in and opened on its way out. It cannot be searched or ordered by.

    Serializers (dumpdata) write it sealed. Opening raises Unreadable where no key fits.
    """

    def opened(self, plain: bytes) -> Any:
        """The value from its bytes."""
        return plain

    def closed(self, value: Any) -> bytes:
        """The bytes of a value."""
        return value if isinstance(value, bytes) else bytes(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Open what is stored."""
        return None if value is None else self.opened(unseal(bytes(value)))

    def get_prep_value(self, value: Any) -> Any:
        """Seal what is to be stored."""
        return None if value is None else seal(self.closed(value))

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every comparison: the same words are never sealed to the same bytes twice."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed, so it cannot be searched.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        """Write it sealed, for a serializer."""
        value = self.value_from_object(obj)
        return "" if value is None else WRITTEN + seal(self.closed(value)).decode()

    def to_python(self, value: Any) -> Any:
        """Open what a serializer wrote, and leave everything else."""
        if isinstance(value, str) and value.startswith(WRITTEN):
            try:
                return self.opened(unseal(value.removeprefix(WRITTEN).encode()))
            except Unreadable:  # somebody's own words may begin so
                return value
        return value

    def get_default(self) -> Any:
        """A BinaryField's own default would be bytes."""
        return models.Field.get_default(self)

    def _check_str_default_value(self) -> list[Any]:
        """A text is a fine default for a sealed text, though not for bare bytes."""
        return []

    def formfield(self, **kwargs: Any) -> NoReturn:
        """No form is made of a sealed column by itself."""
        raise FieldError(f"{self.name} is sealed: write a form for it by hand.")


class SealedBytes(SealedField):
    """Sealed bytes."""


class SealedText(SealedField):
    """A sealed text."""

    empty_values = [None, ""]

    def opened(self, plain: bytes) -> str:
        """The text from its bytes."""
        return plain.decode()

    def closed(self, value: Any) -> bytes:
        """The bytes of a text. Half of a pair of characters, which no database takes, becomes a question mark."""
        return str(value).encode("utf-8", "replace")


class SealedJSON(SealedField):
    """Sealed names with their values, as JSON."""

    empty_values = [None, "", {}, []]

    def opened(self, plain: bytes) -> Any:
        """What was written."""
        return json.loads(plain)

    def closed(self, value: Any) -> bytes:
        """The JSON of a value."""
        return json.dumps(value, cls=DjangoJSONEncoder).encode()

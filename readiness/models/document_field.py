import json
from typing import Any

from django.db import models


class DocumentField(models.TextField):
    """A JSON document, kept as it was written.

    `JSONField` is `jsonb` on PostgreSQL, which puts the keys of every object into an order of its own; the words of
    a key are shown in the order that their writers chose.
    """

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Read what is stored."""
        return self.to_python(value)

    def to_python(self, value: Any) -> Any:
        """Read text, and leave what has been read already."""
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str | None:
        """Write it."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def value_to_string(self, obj: models.Model) -> str | None:
        """Write it for a serializer."""
        return self.get_prep_value(self.value_from_object(obj))

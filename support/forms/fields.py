"""Fields that several forms of a plan share."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from readiness.forms import Text

RELEASED = _("Write as if this could be released: notes of the council can be asked for under freedom of information.")
TEXT_LIMIT = 500
WORDS = 60


class Day(forms.DateField):
    """A day. Browsers show a calendar; what is typed by hand may be 12/3/2027."""

    def __init__(self, **kwargs: Any) -> None:
        said = kwargs.pop("error_messages", {})
        errors = {"invalid": _("Write the day as in 12/3/2027."), "required": _("Choose a day."), **said}
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, error_messages=errors, **kwargs)


class Words(Text):
    """A text of some lines, which says by how much it is too long. A text that is needed has words for `missing`."""

    def __init__(self, *, label: Any, help_text: Any = "", missing: Any = "", limit: int = TEXT_LIMIT) -> None:
        super().__init__(limit)
        self.label, self.help_text, self.required = label, help_text, bool(missing)
        self.error_messages["required"] = missing
        self.widget = forms.Textarea(attrs={"rows": 3, "data-soft-limit": WORDS})


def later_than(day: date | None, today: date, sentence: Any) -> None:
    """Refuse a day that is not after today, in these words."""
    if day is not None and day <= today:
        raise forms.ValidationError(sentence)

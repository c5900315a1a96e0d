from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from readiness.domain.answers import LEVELS
from readiness.domain.framework import Framework, Statement
from readiness.forms import Text
from support.forms.visits import NoteField
from support.models import Vignette
from support.starter import VignetteText

VIGNETTE_LIMIT = 5000
_DAY_WRONG = _("Give the day, such as 24/11/2026.")


def _day(label: Any, missing: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": _DAY_WRONG},
    )


class RoundForm(forms.Form):
    """From when until when officers rate."""

    opens = _day(_("On which day does it open?"), _("Give the first day."), _("Two or three weeks are enough."))
    closes = _day(_("What is the last day?"), _("Give the last day."), _("From the day after, the agreement is told."))


class VignetteForm(forms.Form):
    """A vignette: its words, and the statements to rate it on."""

    title = forms.CharField(
        label=_("Name of the invented school"),
        max_length=100,
        error_messages={"required": _("Give the school a name.")},
    )

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework
        text = Text(VIGNETTE_LIMIT)
        text.label, text.required = _("What an officer would see, hear and read there"), True
        text.help_text = _("About 300 words. Leave room for two fair readings: that is what the officers talk about.")
        text.error_messages["required"] = _("Describe the school.")
        text.widget = forms.Textarea(attrs={"rows": 16})
        self.fields["text"] = text
        for theme in framework.themes:
            self.fields[theme.slug] = forms.MultipleChoiceField(
                label=theme.title,
                required=False,
                choices=[(statement.slug, statement.text) for statement in theme.statements],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": _("Tick statements from the list.")},
            )

    @property
    def words(self) -> list[forms.BoundField]:
        """The name and the text."""
        return [self["title"], self["text"]]

    @property
    def themes(self) -> list[tuple[forms.BoundField, int]]:
        """The statements by theme, and how many of them are ticked."""
        fields = [self[theme.slug] for theme in self.framework.themes]
        return [(field, len(field.value() or [])) for field in fields]

    @property
    def vignette(self) -> VignetteText:
        """What was typed, once the form is valid."""
        given: Mapping[str, Any] = self.cleaned_data
        ticked = [slug for theme in self.framework.themes for slug in given[theme.slug]]
        return VignetteText(given["title"], given["text"], tuple(ticked))


@dataclass(frozen=True)
class RatingRow:
    """One statement as its page draws it."""

    statement: Statement
    field: forms.BoundField
    options: list[dict[str, Any]]


class RateForm(forms.Form):
    """An officer's levels for one vignette. All may be left out: what is there is kept."""

    def __init__(self, *args: Any, vignette: Vignette, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework, self.slugs = framework, list(vignette.statements)
        for slug in self.slugs:
            self.fields[slug] = forms.TypedChoiceField(
                required=False,
                choices=[(level, framework.level_label(level)) for level in LEVELS],
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one of the levels shown.")},
            )

    @property
    def rows(self) -> list[RatingRow]:
        """The statements in order, each with its levels."""
        rows = []
        for slug in self.slugs:
            statement, field = self.framework.statement(slug), self[slug]
            chosen = str(field.value() or "")
            options = [
                {
                    "value": level,
                    "name": self.framework.level_label(level),
                    "text": statement.rubric(level),
                    "chosen": chosen == str(level),
                }
                for level in LEVELS
            ]
            rows.append(RatingRow(statement, field, options))
        return rows

    @property
    def levels(self) -> dict[str, int]:
        """What was chosen, once the form is valid."""
        return {slug: level for slug in self.slugs if (level := self.cleaned_data.get(slug))}


class FindDecisionsForm(forms.Form):
    """Which rulings to list. Everything is in the address bar, and anything that it does not know is left out."""

    statement = forms.ChoiceField(label=_("Statement"), required=False)
    words = forms.CharField(label=_("Words"), required=False, max_length=200)

    def __init__(self, *args: Any, framework: Framework | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statement"].choices = [("", _("All statements")), *choices_of(framework)]

    @property
    def wanted(self) -> tuple[str, list[str]]:
        """The statement's slug, or nothing; and the words."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return given.get("statement") or "", (given.get("words") or "").split()[:10]


class DecisionForm(forms.Form):
    """A ruling for the library."""

    statement = forms.ChoiceField(
        label=_("Which statement is it about?"),
        error_messages={
            "required": _("Choose the statement from the list."),
            "invalid_choice": _("Choose the statement from the list."),
        },
    )

    def __init__(self, *args: Any, framework: Framework | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statement"].choices = [("", _("Choose a statement")), *choices_of(framework)]
        self.fields["situation"] = NoteField(
            label=_("The situation"), hint=_("What made it hard to decide. Name no school."), required=True
        )
        self.fields["situation"].error_messages["required"] = _("Describe the situation.")
        self.fields["ruling"] = NoteField(
            label=_("What you decided"), hint=_("So that a colleague would decide the same."), required=True
        )
        self.fields["ruling"].error_messages["required"] = _("Say what you decided.")


def choices_of(framework: Framework | None) -> list[Any]:
    """The statements, by theme, for a list to choose from."""
    if framework is None:
        return []
    return [(theme.title, [(one.slug, one.text) for one in theme.statements]) for theme in framework.themes]

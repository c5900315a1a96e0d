from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from readiness.domain.answers import LEVELS
from readiness.domain.framework import Framework, Theme
from readiness.forms import Text
from support.actions import Note
from support.models import Visit

NOTE_LIMIT = 5000
"""What a note field takes at most, in characters."""

COULD_BE_RELEASED = _("Write as if this could be released: name no child, family or member of staff.")


class NoteField(Text):
    """A field of a note that others may ask for under freedom of information. It says so."""

    def __init__(self, *, label: Any, hint: Any = "", required: bool = False, rows: int = 5) -> None:
        super().__init__(NOTE_LIMIT)
        self.required, self.label = required, label
        self.help_text = format_lazy("{} {}", hint, COULD_BE_RELEASED) if hint else COULD_BE_RELEASED
        self.widget = forms.Textarea(attrs={"rows": rows})
        self.widget.is_required = required


class PlanVisitForm(forms.Form):
    """When somebody goes, how, and who is there."""

    kind = forms.ChoiceField(
        label=_("How will you meet?"),
        choices=Visit.Kind.choices,
        widget=forms.RadioSelect,
        initial=Visit.Kind.VISIT,
        error_messages={"required": _("Choose a visit or a call."), "invalid_choice": _("Choose a visit or a call.")},
    )
    on = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Half a day is enough. Ask the school first which day suits."),
        error_messages={"required": _("Give the day."), "invalid": _("Give the day, such as 24/11/2026.")},
    )
    reason = NoteField(label=_("Why would a visit help?"), rows=3)

    def __init__(self, *args: Any, is_offered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"] = NoteField(
            label=_("Who will be there?"),
            hint=_("Roles are enough: head teacher, two of the core team, one of them support staff."),
            required=True,
            rows=3,
        )
        self.fields["who"].error_messages["required"] = _("Say who will be there.")
        reason = self.fields.pop("reason")
        if not is_offered:
            reason.required = True
            reason.error_messages["required"] = _("Say why a visit would help.")
            self.fields["reason"] = reason


@dataclass(frozen=True)
class LevelGroup:
    """The level fields of one theme, and how many of them say something."""

    theme: Theme
    fields: list[forms.BoundField]
    given: int


class NoteForm(forms.Form):
    """The note of a visit. Everything may be empty while it is a draft."""

    strengths = NoteField(label=_("Strengths"), hint=_("What the school does well, with an example."))
    seen = NoteField(
        label=_("What we saw, heard and read"),
        hint=_("On the walk round, from staff and pupils, and in papers. Grade no lesson."),
        rows=8,
    )
    agreed_actions = NoteField(label=_("Actions"), hint=_("What was agreed: who does what, by when."))
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, framework: Framework, note: Note, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework
        said = {"strengths": note.strengths, "seen": note.seen, "agreed_actions": note.agreed_actions}
        self.initial = {**said, **{f"level-{slug}": level for slug, level in note.levels.items()}, **self.initial}
        choices = [("", _("Not agreed at the visit")), *((level, framework.level_label(level)) for level in LEVELS)]
        for statement in framework.statements:
            self.fields[f"level-{statement.slug}"] = forms.TypedChoiceField(
                label=statement.text,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                error_messages={"invalid_choice": _("Choose one of the levels shown.")},
            )

    @property
    def texts(self) -> list[forms.BoundField]:
        """The three texts."""
        return [self[name] for name in ("strengths", "seen", "agreed_actions")]

    @property
    def level_groups(self) -> list[LevelGroup]:
        """The fields of the levels, by theme."""
        groups = []
        for theme in self.framework.themes:
            fields = [self[f"level-{statement.slug}"] for statement in theme.statements]
            groups.append(LevelGroup(theme, fields, sum(bool(field.value()) for field in fields)))
        return groups

    @property
    def note(self) -> Note:
        """What was typed, once the form is valid."""
        given: Mapping[str, Any] = self.cleaned_data
        levels = {slug: level for slug in self.framework.positions if (level := given.get(f"level-{slug}"))}
        return Note(given["strengths"], given["seen"], given["agreed_actions"], levels)


class ReadForm(forms.Form):
    """The head's word on the note. The comment may be left out."""

    comment = NoteField(
        label=_("Your comment"), hint=_("It stays with the note for ever, just as you write it. Nobody can change it.")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from schools.actions import OFFICERS
from schools.models import School, Tie

DAY_WRONG = _("Give the day, such as 24/11/2026.")


def _day(label: Any, **given: Any) -> forms.DateField:
    errors = {"required": _("Give the last day."), "invalid": DAY_WRONG}
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=errors, **given)


class TieForm(forms.Form):
    """A school that somebody is close to."""

    school = forms.ModelChoiceField(
        label=_("Which school?"),
        queryset=School.objects.none(),
        empty_label=_("Choose a school"),
        error_messages={
            "required": _("Choose a school from the list."),
            "invalid_choice": _("Choose a school from the list."),
        },
    )
    kind = forms.ChoiceField(
        label=_("What is the tie?"),
        choices=[
            (Tie.Kind.WORKED.value, _("I work or worked there")),
            (Tie.Kind.RELATIVE.value, _("A close relative works or worked there")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the tie is."), "invalid_choice": _("Choose what the tie is.")},
    )
    until = _day(
        _("What was the last day?"), required=False, help_text=_("Leave it empty while you or they still work there.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.running().exclude(locality=None).alphabetical()
        self.fields["school"].label_from_instance = lambda school: school.name


class EndTieForm(forms.Form):
    """When a tie ended."""

    until = _day(_("What was the last day?"))


class GiveSchoolForm(forms.Form):
    """Which officer takes one school over."""

    officer = forms.ModelChoiceField(
        label=_("Who reviews this school’s audit?"),
        queryset=User.objects.none(),
        empty_label=_("Choose an officer"),
        error_messages={
            "required": _("Choose an officer from the list."),
            "invalid_choice": _("Choose an officer from the list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = User.objects.filter(is_active=True, memberships__ended__isnull=True, memberships__role__in=OFFICERS)
        self.fields["officer"].queryset = officers.distinct().order_by("last_name", "first_name", "pk")

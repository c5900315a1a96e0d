from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from schools.actions import NAMED_BY_HEAD
from schools.models import School
from schools.permissions import Role

ROLE_WORDS = {
    Role.CORE_TEAM: _("Core team: may answer the audit"),
    Role.ACTING_HEAD: _("Acting head: may do all that the head teacher may"),
}


class NameForm(forms.Form):
    """Who joins the team, and as what."""

    person = forms.ModelChoiceField(
        label=_("Who?"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={
            "required": _("Choose a person from the list."),
            "invalid_choice": _("Choose somebody who works at your school."),
        },
    )
    role = forms.ChoiceField(
        label=_("As what?"),
        choices=[(role, ROLE_WORDS[role]) for role in NAMED_BY_HEAD],
        widget=forms.RadioSelect,
        initial=Role.CORE_TEAM,
        error_messages={"required": _("Choose what they will be.")},
    )

    def __init__(self, *args, school: School, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = (
            User.objects.filter(memberships__school=school, memberships__ended__isnull=True)
            .distinct()
            .order_by("last_name", "first_name")
        )

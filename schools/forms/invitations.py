from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import (
    ADDRESS,
    ADDRESS_MISSING,
    ADDRESS_WRONG,
    AGAIN_DIFFERS,
    AGAIN_MISSING,
    NEW_PASSWORD_HINT,
    NEW_PASSWORD_MISSING,
)
from schools.actions import INVITED_BY_COORDINATOR, INVITED_BY_HEAD
from schools.models import Locality, School
from schools.permissions import SCOPE, Role, Scope

ROLE_WORDS = {
    Role.STAFF: _("Staff: sees that the school takes part"),
    Role.CORE_TEAM: _("Core team: may answer the audit"),
    Role.ACTING_HEAD: _("Acting head: may do all that the head teacher may"),
    Role.HEAD: _("Head teacher: leads the school’s audit and its team"),
    Role.OFFICER: _("Locality support officer: supports the schools of a locality"),
    Role.COORDINATOR: _("Programme co-ordinator: runs the pathway"),
}


def _name(label: Any, missing: Any, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=150,
        error_messages={"required": missing},
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
    )


class InviteForm(forms.Form):
    """Whom a head teacher invites to their school, and as what."""

    email = forms.EmailField(
        label=ADDRESS,
        help_text=_("The address at which they read their work mail. The link goes there."),
        max_length=254,
        error_messages={"required": ADDRESS_MISSING, "invalid": ADDRESS_WRONG},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    first_name = _name(_("First name"), _("Enter their first name."), "off")
    last_name = _name(_("Last name"), _("Enter their last name."), "off")
    role = forms.ChoiceField(
        label=_("As what?"),
        choices=[(role, ROLE_WORDS[role]) for role in INVITED_BY_HEAD],
        widget=forms.RadioSelect,
        initial=Role.STAFF,
        error_messages={"required": _("Choose what they will be.")},
    )


class SchoolField(forms.ModelChoiceField):
    """One of many schools: several have the same name, so each says which one it is."""

    def label_from_instance(self, school: School) -> str:
        """The name with the authority and the SEED code."""
        return ", ".join(filter(None, (school.name, school.local_authority, school.seed_code)))


class InviteLeaderForm(InviteForm):
    """Whom the co-ordinator invites: a head to a school, an officer to a locality, another co-ordinator."""

    school = SchoolField(
        label=_("School, for a head teacher"),
        queryset=School.objects.none(),
        required=False,
        empty_label=_("No school"),
        error_messages={"invalid_choice": _("Choose a school from the list.")},
    )
    locality = forms.ModelChoiceField(
        label=_("Locality, for a support officer"),
        queryset=Locality.objects.none(),
        required=False,
        empty_label=_("No locality"),
        error_messages={"invalid_choice": _("Choose a locality from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        role.choices = [(each, ROLE_WORDS[each]) for each in INVITED_BY_COORDINATOR]
        role.initial = Role.HEAD
        # Neither is optional for the role that it is for, as its label says.
        self.fields["school"].depends = self.fields["locality"].depends = True
        self.fields["school"].queryset = School.objects.running().alphabetical()
        self.fields["locality"].queryset = Locality.objects.order_by("name")

    def clean(self) -> dict[str, Any]:
        """Ask for the school or the locality that the role needs."""
        given = super().clean() or self.cleaned_data
        scope = SCOPE.get(given.get("role"))  # type: ignore[call-overload]
        if scope is Scope.SCHOOL and not given.get("school") and "school" not in self.errors:
            self.add_error("school", _("Choose the school that this head teacher leads."))
        if scope is Scope.LOCALITY and not given.get("locality") and "locality" not in self.errors:
            self.add_error("locality", _("Choose the locality whose schools this officer supports."))
        return given


class AcceptForm(forms.Form):
    """The name and the password of somebody who comes by an invitation."""

    first_name = _name(_("First name"), _("Enter your first name."), "given-name")
    last_name = _name(_("Last name"), _("Enter your last name."), "family-name")
    password1 = forms.CharField(
        label=_("Password"),
        help_text=NEW_PASSWORD_HINT,
        strip=False,
        max_length=1000,
        error_messages={"required": NEW_PASSWORD_MISSING},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password again"),
        strip=False,
        max_length=1000,
        error_messages={"required": AGAIN_MISSING},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password1(self) -> str:
        """Refuse a password that is easy to guess, in Django's words."""
        password = self.cleaned_data["password1"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two different passwords."""
        first, second = (self.cleaned_data.get(name) for name in ("password1", "password2"))
        if first and second and first != second:
            self.add_error("password2", ValidationError(AGAIN_DIFFERS))
        return self.cleaned_data

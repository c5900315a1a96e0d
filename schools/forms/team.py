from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from schools.actions import ENDED_BY_HEAD, NAMED_BY_HEAD
from schools.forms.invitations import ROLE_WORDS
from schools.models import School
from schools.permissions import AT_SCHOOL, Role


class PersonField(forms.ModelChoiceField):
    """Somebody who works at a school."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=User.objects.none(),
            empty_label=_("Choose a person"),
            error_messages={
                "required": _("Choose a person from the list."),
                "invalid_choice": _("Choose somebody who works at your school."),
            },
            **kwargs,
        )


def people_of(school: School):
    """Those who work at this school now, by name."""
    return (
        User.objects.filter(
            memberships__school=school, memberships__ended__isnull=True, memberships__role__in=AT_SCHOOL
        )
        .distinct()
        .order_by("last_name", "first_name")
    )


class NameForm(forms.Form):
    """Who joins the team, and as what."""

    person = PersonField(label=_("Who?"))
    role = forms.ChoiceField(
        label=_("As what?"),
        choices=[(role, ROLE_WORDS[role]) for role in NAMED_BY_HEAD],
        widget=forms.RadioSelect,
        initial=Role.CORE_TEAM,
        error_messages={"required": _("Choose what they will be.")},
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_of(school)


class ChangeRoleForm(forms.Form):
    """What a member of staff is from now on."""

    role = forms.ChoiceField(
        label=_("What will they be from now on?"),
        choices=[(role, ROLE_WORDS[role]) for role in ENDED_BY_HEAD],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they will be.")},
    )


class HandOverForm(forms.Form):
    """Who leads the school from now on."""

    person = PersonField(label=_("Who leads the school after you?"))

    def __init__(self, *args: Any, school: School, leaver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_of(school).exclude(pk=leaver.pk)

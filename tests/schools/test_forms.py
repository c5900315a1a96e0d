import pytest
from django.utils import timezone

from readiness.forms import StartForm
from schools.forms.invitations import InviteLeaderForm
from schools.forms.programme import AssignForm, GiveSchoolsForm
from schools.forms.team import HandOverForm, NameForm
from schools.models import School


@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 40, "-" + "9" * 40, "1.5"])
def test_a_number_that_no_database_holds_is_not_in_the_list(head, school, number):
    """The single choices answer by Django itself; the many ticked schools needed `SchoolsField`."""
    forms = {
        "school": InviteLeaderForm({"school": number, "role": "head"}),
        "locality": InviteLeaderForm({"locality": number, "role": "officer"}),
        "officer": GiveSchoolsForm({"officer": number}),
        "to": GiveSchoolsForm({"to": number}),
        "schools": AssignForm({"schools": [number]}, among=School.objects.all(), today=timezone.localdate()),
    }
    for field, form in forms.items():
        (said,) = form.errors[field]
        assert said.endswith("from the list."), field
    assert NameForm({"person": number}, school=school).errors["person"]
    assert HandOverForm({"person": number}, school=school, leaver=head).errors["person"]
    assert StartForm({"school": number}, schools=School.objects.all()).errors["school"]

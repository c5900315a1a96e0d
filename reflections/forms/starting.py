from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reflections.domain.prompts import Form, Prompts
from schools.models import School


class NewEntryForm(forms.Form):
    """Which form an entry has, and at which school. Most people work at one, and are not asked."""

    form = forms.ChoiceField(
        label=gettext_lazy("How much would you like to write?"),
        widget=forms.RadioSelect,
        initial=Form.FULL.value,
        error_messages={
            "required": gettext_lazy("Choose the full or the short form."),
            "invalid_choice": gettext_lazy("Choose the full or the short form."),
        },
    )
    school = forms.ModelChoiceField(
        label=gettext_lazy("School"),
        queryset=School.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose a school."),
            "invalid_choice": gettext_lazy("Choose a school."),
        },
    )
    use_required_attribute = False

    def __init__(self, *args: Any, schools: Any, prompts: Prompts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = {form: len([step for step in prompts.steps_of(form) if step.has_text]) for form in Form}
        self.fields["form"].choices = [
            (
                Form.FULL.value,
                _("The full form: %(count)d questions, about %(minutes)d minutes")
                % {"count": texts[Form.FULL], "minutes": prompts.expected_minutes},
            ),
            (Form.SHORT.value, _("The short form: %(count)d questions") % {"count": texts[Form.SHORT]}),
        ]
        self.fields["school"].queryset = schools
        self.fields["school"].label_from_instance = lambda school: school.name
        if len(schools) == 1:
            self.fields["school"].widget = forms.HiddenInput()
            self.fields["school"].initial = schools[0].pk

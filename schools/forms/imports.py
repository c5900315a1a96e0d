from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.models import Import, School


class ImportForm(forms.Form):
    """A published file, what it lists, and whose schools are meant."""

    kind = forms.ChoiceField(
        label=_("What does the file list?"),
        choices=Import.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what the file lists."),
            "invalid_choice": _("Choose what the file lists."),
        },
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("The workbook (.xlsx) as the Scottish Government publishes it, 20 MB at the most."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": _("Choose the file."),
            "empty": _("This file is empty. Choose the .xlsx file that was published."),
            "missing": _("Choose the file."),
            "invalid": _("Choose the file."),
            "max_length": _("This file’s name is too long. Give it a shorter name."),
        },
        max_length=255,
    )
    local_authority = forms.CharField(
        label=_("Local authority"),
        help_text=_("Only its schools are brought in. Leave this empty for all the authorities in the file."),
        required=False,
        max_length=100,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = Import.objects.newest_first().values_list("local_authority", flat=True).first()
        first = School.objects.order_by("pk").values_list("local_authority", flat=True).first()
        self.fields["local_authority"].initial = first if latest is None else latest

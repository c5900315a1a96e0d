from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from schools.models import Cluster, Locality, School
from schools.models.places import PlaceQuerySet, SchoolQuerySet
from schools.permissions import Role

NONE = "none"


class OfficerField(forms.ModelChoiceField):
    """Somebody who is an officer now, or who has been one and whose account is open."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=User.objects.none(),
            empty_label=_("Choose an officer"),
            error_messages={
                "required": _("Choose an officer from the list."),
                "invalid_choice": _("Choose an officer from the list."),
            },
            **kwargs,
        )


class GiveSchoolsForm(forms.Form):
    """Whose schools go to whom."""

    officer = OfficerField(label=_("Whose schools?"))
    to = OfficerField(label=_("Who supports them from now on?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = User.objects.filter(is_active=True, memberships__role=Role.OFFICER)
        by_name = ("last_name", "first_name", "pk")
        self.fields["officer"].queryset = officers.filter(memberships__ended__isnull=True).distinct().order_by(*by_name)
        self.fields["to"].queryset = officers.distinct().order_by(*by_name)

    def clean(self) -> dict[str, Any]:
        """Refuse to give somebody their own schools."""
        given = super().clean() or self.cleaned_data
        if given.get("officer") and given.get("officer") == given.get("to"):
            self.add_error("to", _("Choose another officer to take the schools over."))
        return given


class FindSchoolsForm(forms.Form):
    """Which schools to list. Everything is in the address bar, and anything that it does not know is left out."""

    name = forms.CharField(label=_("Name or SEED code"), required=False, max_length=100)
    authority = forms.ChoiceField(label=_("Local authority"), required=False)
    locality = forms.ChoiceField(label=_("Locality"), required=False)
    cluster = forms.ChoiceField(label=_("Cluster"), required=False)
    closed = forms.BooleanField(label=_("Closed schools as well"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = School.objects.order_by("local_authority").values_list("local_authority", flat=True).distinct()
        self.fields["authority"].choices = [("", _("All authorities")), *((name, name) for name in names)]
        self.fields["locality"].choices = [
            ("", _("All localities")),
            (NONE, _("No locality yet")),
            *_by_slug(Locality.objects.all()),
        ]
        self.fields["cluster"].choices = [
            ("", _("All clusters")),
            (NONE, _("No cluster yet")),
            *_by_slug(Cluster.objects.all()),
        ]

    def narrowed(self, schools: SchoolQuerySet) -> SchoolQuerySet:
        """The schools that fit."""
        self.is_valid()
        wanted = getattr(self, "cleaned_data", {})
        if text := wanted.get("name"):
            schools = schools.filter(Q(name__icontains=text) | Q(seed_code__startswith=text))
        if authority := wanted.get("authority"):
            schools = schools.filter(local_authority=authority)
        for kind in ("locality", "cluster"):
            if slug := wanted.get(kind):
                schools = schools.filter(**({f"{kind}__isnull": True} if slug == NONE else {f"{kind}__slug": slug}))
        return schools if wanted.get("closed") else schools.running()


class SchoolsField(forms.ModelMultipleChoiceField):
    """Ticked schools. (A single choice needs no such care: Django asks for one number, and knows its limits.)"""

    def clean(self, value: Any) -> Any:
        """Refuse a number that SQLite cannot even be asked for as one that is not in the list."""
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class AssignForm(forms.Form):
    """Where the ticked schools go."""

    locality = forms.ChoiceField(label=_("Move to locality"), required=False)
    cluster = forms.ChoiceField(label=_("Move to cluster"), required=False)
    schools = SchoolsField(
        queryset=School.objects.none(),
        error_messages={
            "required": _("Tick at least one school."),
            "invalid_choice": _("Tick schools from the list."),
            "invalid_pk_value": _("Tick schools from the list."),
        },
    )

    def __init__(self, *args: Any, among: SchoolQuerySet, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stay = ("", _("Leave as it is"))
        localities, clusters = Locality.objects.on(today), Cluster.objects.on(today)  # nobody moves to one that is over
        self.fields["locality"].choices = [stay, (NONE, _("No locality")), *_by_slug(localities)]
        self.fields["cluster"].choices = [stay, (NONE, _("No cluster")), *_by_slug(clusters)]
        self.fields["schools"].queryset = among

    def clean(self) -> dict[str, Any]:
        """Turn the two choices into what `actions.assign` takes."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("locality") and not given.get("cluster"):
            self.add_error("locality", _("Choose a locality or a cluster."))
        return given

    @property
    def places(self) -> dict[str, Any]:
        """What to change, once the form is valid."""
        given = self.cleaned_data
        return {
            "locality": Locality.objects.filter(slug=given["locality"]).first(),
            "cluster": Cluster.objects.filter(slug=given["cluster"]).first(),
            "no_locality": given["locality"] == NONE,
            "no_cluster": given["cluster"] == NONE,
        }


def _by_slug(places: PlaceQuerySet) -> list[tuple[str, str]]:
    return [(place.slug, place.name) for place in places.order_by("name")]

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readiness.domain.framework import Framework
from readiness.domain.tiers import INTENSIVE_AT_ONE_TIME, TierResult
from support.domain.draft import DraftStep, DraftTheme, is_free_choice
from support.forms.fields import RELEASED, Day, Words, later_than
from support.models import Offer


class ThemeForm(forms.Form):
    """How much support one theme gets, and which help. A draft may lack what agreeing needs."""

    tier = forms.ChoiceField(
        label=gettext_lazy("How much support do you agree?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how much support you agree."),
            "invalid_choice": gettext_lazy("Choose one of the tiers shown."),
        },
    )
    reason = Words(label=gettext_lazy("If you choose another tier: why?"), help_text=RELEASED)
    review_on = Day(label=gettext_lazy("And when do you look at it again?"), required=False)
    offers = forms.MultipleChoiceField(
        label=gettext_lazy("Help"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose from the help shown.")},
    )
    shown_tier = forms.CharField(required=False, widget=forms.HiddenInput)
    shown_offers = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        framework: Framework,
        result: TierResult,
        offers: Sequence[Offer],
        usual: Mapping[str, Sequence[str]],
        steps: Sequence[DraftStep],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.framework, self.result, self.usual, self.steps, self.today = framework, result, usual, steps, today
        self.fields["tier"].choices = [(tier.key, tier.label) for tier in framework.tiers]
        self.fields["offers"].choices = [(offer.code, offer.title) for offer in offers]

    def clean_review_on(self) -> date | None:
        """A day to look again lies ahead."""
        day = self.cleaned_data["review_on"]
        later_than(day, self.today, _("Choose a day that is still to come."))
        return day

    def draft(self) -> DraftTheme:
        """What was chosen. When the tier changes and the ticks do not, the help of the new tier is taken."""
        given = self.cleaned_data
        codes = given["offers"]
        if given["tier"] != given["shown_tier"] and sorted(codes) == sorted(given["shown_offers"].split()):
            codes = self.usual[given["tier"]]
        return DraftTheme(given["tier"], given["reason"], given["review_on"], tuple(codes), tuple(self.steps))

    def insist(self) -> bool:
        """Whether nothing is lacking; otherwise the form says what. What is saved is saved all the same."""
        tier = self.cleaned_data["tier"]
        if tier == self.result.tier.key or is_free_choice(self.result, tier):
            return True
        if not self.cleaned_data["reason"]:
            sentence = _("The answers give “%(tier)s”, and you have chosen another tier. Say why.")
            self.add_error("reason", sentence % {"tier": self.result.tier.label})
        if not self.cleaned_data["review_on"]:
            self.add_error("review_on", _("You have chosen another tier. Say when you look at it again."))
        return not self.errors


class WholeForm(forms.Form):
    """What belongs to no theme, and the declaration of the two people who agree."""

    stop_or_pause = Words(
        label=gettext_lazy("What will the school stop or pause, to make room?"),
        help_text=gettext_lazy("Name one thing at least, if you can: new work needs room."),
    )
    declaration = forms.BooleanField(
        label=gettext_lazy("The head teacher and I have talked this over, and we agree it."), required=False
    )
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, intensive: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`intensive`: slug and title of the themes that were agreed to be intensive, in their order so far."""
        super().__init__(*args, **kwargs)
        self.intensive = intensive if len(intensive) > INTENSIVE_AT_ONE_TIME else ()
        places = [(str(place), str(place)) for place in range(1, len(self.intensive) + 1)]
        for place, (slug, title) in enumerate(self.intensive, start=1):
            self.fields[f"place-{slug}"] = forms.ChoiceField(
                label=title, choices=places, initial=str(place), required=False
            )

    @property
    def place_fields(self) -> list[forms.BoundField]:
        """The fields that say which theme begins first."""
        return [self[f"place-{slug}"] for slug, _title in self.intensive]

    def order(self) -> list[str]:
        """The intensive themes in the order that was chosen. Two with one number stay as they were."""
        last = str(len(self.intensive))
        return sorted(
            (slug for slug, _title in self.intensive), key=lambda slug: int(self.cleaned_data[f"place-{slug}"] or last)
        )

    def insist(self) -> bool:
        """Whether the two people have said that they agree."""
        if not self.cleaned_data["declaration"]:
            self.add_error("declaration", _("Tick the box to say that you both agree."))
        return not self.errors

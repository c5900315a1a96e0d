from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from support.models import Offer
from support.models.overview import MOST_PLACES

LARGEST = 2**63 - 1  # what a database holds as a number


class NudgeForm(forms.Form):
    """Which school to remind."""

    school = forms.IntegerField(min_value=1, max_value=LARGEST)


class PlacesForm(forms.Form):
    """How many places each offer has in one term. An empty box: nobody has said yet."""

    def __init__(self, *args: Any, offers: Iterable[Offer], entered: Mapping[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {f"offer-{offer.pk}": offer for offer in offers}
        for name, offer in self.offers.items():
            self.fields[name] = forms.IntegerField(
                label=offer.title,
                help_text=offer.amount,
                required=False,
                min_value=0,
                max_value=MOST_PLACES,
                initial=entered.get(offer.pk),
                error_messages={
                    "invalid": _("Enter a whole number, such as 12, or leave the box empty."),
                    "min_value": _("Enter 0 or more places."),
                    "max_value": _("Enter 10,000 places or fewer."),
                },
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @property
    def places(self) -> dict[Offer, int | None]:
        """What was entered, once the form is valid."""
        return {offer: self.cleaned_data[name] for name, offer in self.offers.items()}

    def by_theme(self) -> Iterator[tuple[str, str, list[forms.BoundField]]]:
        """The fields in groups: theme, tier, and its boxes."""
        for (theme, tier), offers in groupby(
            self.offers.items(), key=lambda one: (one[1].theme, one[1].get_tier_display())
        ):
            yield theme, tier, [self[name] for name, _offer in offers]

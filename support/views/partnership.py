"""The pages of whoever runs the programme: what may be told of all localities, the demand for help, and the places."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from schools.models import Term
from schools.views.programme import ProgrammePage
from support import actions
from support.forms.overview import PlacesForm
from support.models import Capacity, Offer
from support.overview import demand, partnership
from support.views.results import private


class PartnershipPage(ProgrammePage, TemplateView):
    """How many schools are at each tier of each theme, with small numbers suppressed. It may be shared."""

    template_name = "support/partnership/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The tables that the address bar asks for."""
        asked = self.request.GET
        page = partnership.build(session=asked.get("session", ""), by=asked.get("by", ""))
        return super().get_context_data(page=page, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Not to be kept by anything between here and the reader."""
        return private(super().render_to_response(context, **kwargs))


class PartnershipDemand(ProgrammePage, TemplateView):
    """For each offer: who needs it, for how many there is a place, and who waits."""

    template_name = "support/locality/demand.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every school's need."""
        return super().get_context_data(demand=demand.of_schools(None, today=timezone.localdate()), **kwargs)


class PlacesPage(ProgrammePage, FormView):
    """How many places each offer has in a term, entered by the co-ordinator."""

    template_name = "support/partnership/places.html"
    form_class = PlacesForm

    @cached_property
    def terms(self) -> list[Term]:
        """The term under way and the next, as far as their dates are known."""
        return [term for term in demand.terms(timezone.localdate()) if term]

    @cached_property
    def term(self) -> Term | None:
        """The one that the address bar asks for, or the first."""
        asked = self.request.GET.get("term")
        return next((term for term in self.terms if str(term.pk) == asked), self.terms[0] if self.terms else None)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The offers, with the places entered so far."""
        entered = Capacity.objects.filter(term=self.term).values_list("offer", "places")
        offers = Offer.objects.current().in_order() if self.term else Offer.objects.none()
        return {**super().get_form_kwargs(), "offers": list(offers), "entered": dict(entered)}

    def form_valid(self, form: PlacesForm) -> HttpResponse:
        """Keep the numbers, and show them again."""
        if self.term:
            actions.set_places(term=self.term, places=form.places, by=self.request.user, now=timezone.now())
            messages.success(self.request, _("The places are saved."))
        return redirect(f"{reverse('partnership_places')}?term={self.term.pk}" if self.term else "partnership_places")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The terms to choose between."""
        form = kwargs.pop("form", None) or self.get_form()
        titles = demand.theme_titles()
        order = list(titles)
        groups = sorted(form.by_theme(), key=lambda group: order.index(group[0]) if group[0] in titles else len(order))
        groups = [(titles.get(theme, theme), tier, fields) for theme, tier, fields in groups]
        return super().get_context_data(term=self.term, terms=self.terms, form=form, groups=groups, **kwargs)

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.functional import cached_property
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from schools.models import Locality, School
from schools.permissions import Permission
from support import actions
from support.forms.overview import NudgeForm
from support.overview import demand, page, reading
from support.views.results import private


class LocalityList(TemplateView):
    """The localities that this person supports. Somebody with one is led on to it."""

    template_name = "support/locality/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list, or the only page on it."""
        if len(self.localities) == 1:
            return redirect("locality", slug=self.localities[0].slug)
        return super().get(request, *args, **kwargs)

    @cached_property
    def localities(self) -> list[Locality]:
        """By name."""
        return reading.localities_of(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The localities."""
        return super().get_context_data(localities=self.localities, **kwargs)


class LocalityPage(TemplateView):
    """Every school of a locality with its themes: who to ring on Monday."""

    template_name = "support/locality/overview.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the locality; a stranger gets 404."""
        super().setup(request, *args, **kwargs)
        self.today = timezone.localdate()
        self.place = reading.place(slug=kwargs["slug"], user=request.user, today=self.today)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or that the browser has it still: then nothing has changed that it shows."""
        asked, now = request.GET, timezone.now()
        # The form's token belongs to this sign-in, and a message is shown once.
        reader = f"{request.user.pk} {request.COOKIES.get(settings.CSRF_COOKIE_NAME)}"
        etag = quote_etag(page.etag(of=self.place, asked=asked, today=self.today, now=now, reader=reader))
        has_messages = bool(len(messages.get_messages(request)))
        if not has_messages and (unchanged := get_conditional_response(request, etag=etag)):
            return private(unchanged)
        main = page.drawn(of=self.place, asked=asked, today=self.today, now=now)
        response = self.render_to_response(self.get_context_data(main=main, place=self.place))
        if not has_messages:
            response.headers["ETag"] = etag
        return private(response)


class SendNudge(View):
    """Remind the people who lead a school that something is waiting."""

    http_method_names = ["post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the locality; a stranger gets 404."""
        super().setup(request, *args, **kwargs)
        self.locality = get_object_or_404(Locality.objects.visible_to(request.user), slug=kwargs["slug"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it, and show the same schools again."""
        form = NudgeForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose a school of this list."))
            return self._back()
        schools = School.objects.where(request.user, Permission.NUDGE_SCHOOL).filter(locality=self.locality)
        school = get_object_or_404(schools, pk=form.cleaned_data["school"])
        try:
            actions.nudge(school=school, by=request.user, now=timezone.now())
        except actions.UnableToNudge as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("A reminder is on its way to %(school)s.") % {"school": school.name})
        return self._back()

    def _back(self) -> HttpResponse:
        asked = self.request.GET.urlencode()
        address = reverse("locality", args=[self.locality.slug])
        return redirect(f"{address}?{asked}" if asked else address)


class LocalityDemand(TemplateView):
    """For each offer: which schools of the locality need it, and which of them wait for a place."""

    template_name = "support/locality/demand.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the locality; a stranger gets 404."""
        super().setup(request, *args, **kwargs)
        self.locality = get_object_or_404(Locality.objects.visible_to(request.user), slug=kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The need of its schools, in the line of all schools."""
        own = School.objects.running().filter(locality=self.locality)
        shown = demand.of_schools(own, today=timezone.localdate())
        return super().get_context_data(locality=self.locality, demand=shown, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Not to be kept by anything between here and the reader."""
        return private(super().render_to_response(context, **kwargs))

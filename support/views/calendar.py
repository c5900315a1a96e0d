from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from support import actions, ics
from support.models import CalendarFeed, Review, Step
from support.views.results import private

LOOKS_BACK = timedelta(days=90)
"""As far back as overdue steps and reviews stay in a calendar."""


@method_decorator(never_cache, name="dispatch")
class CalendarPage(TemplateView):
    """Where a person makes, renews and switches off the private address of their calendar."""

    template_name = "support/calendar.html"
    http_method_names = ["get", "head", "post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make a new address and show it, this once; or switch the old one off."""
        if request.POST.get("do") == "end":
            actions.end_calendar_feed(by=request.user)
            messages.success(request, _("Your calendar address is switched off."))
            return redirect("calendar")
        token = actions.make_calendar_feed(by=request.user, now=timezone.now())
        address = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
        # Shown in this answer and kept nowhere, so it is not led on to another page.
        return self.render_to_response(self.get_context_data(address=address))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether there is an address, and since when."""
        return super().get_context_data(feed=CalendarFeed.objects.filter(user=self.request.user).first(), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class CalendarFile(View):
    """The dates of the plans that one person may read, for their calendar: whoever holds the address gets it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file; 404 for a token that opens nothing."""
        person = actions.person_of(kwargs["token"])
        if person is None:
            raise Http404
        since = timezone.localdate() - LOOKS_BACK
        steps = Step.objects.visible_to(person).of_current_plans().to_do().filter(due_on__gte=since)
        reviews = Review.objects.visible_to(person).of_current_plans().planned().filter(planned_on__gte=since)
        content = ics.render(
            steps.select_related("theme__plan__audit__school").soonest_first(),
            reviews.select_related("theme__plan__audit__school").order_by("planned_on", "pk"),
        )
        response = HttpResponse(content, content_type=ics.CONTENT_TYPE)
        response.headers["Content-Disposition"] = 'inline; filename="nurture-pathway.ics"'
        response.headers["Referrer-Policy"] = "no-referrer"
        return private(response)

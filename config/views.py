from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.forms import CloseForm
from config import my_data
from readiness import panels as readiness_panels
from reflections import panels as reflections_panels
from schools import here
from schools import panels as schools_panels
from schools.actions import UnableToName
from schools.models.places import remember_roles


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the server is up and its database answers. A broken database is a 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The signed-in home: each room's panels for this person, for one of their places or for all."""
    remember_roles(request.user)
    places = here.places_of(request.user)
    place = here.chosen(request, places)
    panels = readiness_panels.for_home(request.user, among=place.schools() if place else None)
    panels += [*reflections_panels.for_home(request.user), *schools_panels.for_home(request.user)]
    context = {"panels": panels, "places": places, "place": place}
    return render(request, "home.html", context)


@never_cache
@require_GET
def my_data_page(request: HttpRequest) -> HttpResponse:
    """Everything held about the person who asks, to read."""
    return render(request, "accounts/my_data.html", {"parts": my_data.in_words(request.user)})


@never_cache
@require_GET
def my_data_file(request: HttpRequest) -> HttpResponse:
    """The same, as a file for another program (JSON)."""
    answer = JsonResponse(my_data.held_about(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def close_account(request: HttpRequest) -> HttpResponse:
    """Close the account of the person who asks, after their password and a tick."""
    form = CloseForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            my_data.close_account(user=request.user, now=timezone.now())
        except UnableToName as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            messages.success(request, _("Your account is closed. Thank you for your work on the pathway."))
            return redirect("account_login")
    return render(request, "accounts/close.html", {"form": form})

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from readiness import panels as readiness_panels


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the server is up and its database answers. A broken database is a 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The signed-in home: each room's panel for this person."""
    return render(request, "home.html", {"panels": readiness_panels.for_home(request.user)})

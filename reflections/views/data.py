"""My entries to take away: for a program, to read, and as an extract for a record of professional update."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from reflections import exports, paper
from reflections.models import Entry


@never_cache
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """All of my entries, as a file for another program (JSON)."""
    mine = {"reflections": exports.entries_of(request.user)}
    answer = JsonResponse(mine, json_dumps_params={"indent": 2, "ensure_ascii": False})
    return _as_file(answer, "my-reflections.json")


@never_cache
@require_GET
def booklet(request: HttpRequest) -> HttpResponse:
    """All of my entries, to read (PDF)."""
    made = paper.booklet(_mine(request).newest_first(), name=str(request.user), now=timezone.now())
    return _as_file(HttpResponse(made, content_type="application/pdf"), "my-reflections.pdf")


@never_cache
@require_GET
def extract(request: HttpRequest) -> HttpResponse:
    """What I learned and planned in my finished entries (PDF)."""
    finished = _mine(request).finished().newest_first()
    made = paper.extract(finished, name=str(request.user), now=timezone.now())
    return _as_file(HttpResponse(made, content_type="application/pdf"), "professional-update.pdf")


def _mine(request: HttpRequest):
    return Entry.objects.of(request.user).with_context().prefetch_related("texts", "tags", "ratings")


def _as_file(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

# A session is written at most this often (seconds): every request would cost a write, and a minute is exact enough.
TOUCH_EVERY = 60


class SessionActivity:
    """Counts the hour until sign-out from the last request, not from sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note that the person is still here."""
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            if now - request.session.get("active_at", 0) >= TOUCH_EVERY:
                request.session["active_at"] = now
        return self.get_response(request)

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from wizards import held, held_views


class HeldPostMiddleware:
    """Keeps the form of somebody whose session ended while they typed. Stands right after AuthenticationMiddleware.

    It looks at the post in `process_view`: after the check against forged requests, and before anything that would
    answer an anonymous person with a plain "sign in".
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the browser's key away once nothing is held under it any more."""
        response = self.get_response(request)
        if getattr(request, "held_post_discarded", False):
            response.delete_cookie(held.COOKIE, samesite="Lax")
        return response

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponse], view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        """Answer an anonymous post of a form that was made for somebody; let everything else through."""
        if request.method != "POST" or request.user.is_authenticated or held.person_named(request) is None:
            return None
        return held_views.to_sign_in(request)

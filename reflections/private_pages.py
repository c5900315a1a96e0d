from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers


class KeptNowhere:
    """A page with somebody's own words: no browser and no proxy keeps a copy of it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, and say so."""
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

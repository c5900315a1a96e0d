"""What may stand in a report of an error: where it happened, and nothing that anybody typed."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class NothingTyped(SafeExceptionReporterFilter):
    """Hides every value that was posted, and everything that the code held at that moment.

    Django's own filter hides what somebody marked as sensitive. Here any form may hold somebody's private words, so
    all are hidden. With DEBUG, which production refuses, a developer sees everything as usual.
    """

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always, but for a developer."""
        return not settings.DEBUG

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """The names of what was posted, without the values."""
        if request is None:
            return {}
        if not self.is_active(request):
            return request.POST
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        """The names of what the code held, without the values."""
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


class SignInRequired(LoginRequiredMiddleware):
    """Everything needs sign-in, unless it is a public page or says that it does not.

    A new view is therefore locked until somebody opens it on purpose.
    """

    # Wagtail has its own door: its pages are public or ask for sign-in themselves, its admin checks permissions.
    OWN_DOOR = ("wagtail.",)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Let public pages through; send anonymous people to sign in everywhere else."""
        if view_func.__module__.startswith(self.OWN_DOOR):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class AdminContentSecurityPolicy:
    """Gives Wagtail's admin, and nothing else, the wider policy that its inline scripts need."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = "; ".join(
            f"{name} {' '.join(value)}" for name, value in settings.ADMIN_CONTENT_SECURITY_POLICY.items()
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Replace the policy on the way out."""
        response = self.get_response(request)
        if request.path.startswith(settings.ADMIN_PREFIX):
            response.headers["Content-Security-Policy"] = self.policy
            response.headers["X-Frame-Options"] = "SAMEORIGIN"  # it shows previews of pages in a frame of its own
        return response

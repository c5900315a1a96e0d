import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.views.defaults import bad_request

logger = logging.getLogger(__name__)

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


class AdminPosts:
    """Answers in words what a post can break in Wagtail's admin. Nothing is saved then: Wagtail saves in transactions.

    Wagtail believes the fields that its own scripts count and order rows by, and its own index of what uses what, which
    knows nothing of rows that were saved many at once. Both go into the log with their place.
    """

    # What reading such fields can raise. Two blocks with one place, for one: Wagtail then compares what is in them.
    NOT_UNDERSTOOD = (
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        OverflowError,
        NoReverseMatch,
        ObjectDoesNotExist,
        DataError,
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let it through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page that says what is the matter, in place of an error."""
        if request.method != "POST" or not request.path.startswith(settings.ADMIN_PREFIX):
            return None
        if isinstance(exception, ProtectedError):
            messages.error(request, _("This is still in use, so it was not deleted."))
            return redirect("wagtailadmin_home")
        if isinstance(exception, self.NOT_UNDERSTOOD):
            logger.error("A post to the admin was not understood: %s", request.path, exc_info=exception)
            return bad_request(request, exception)
        return None

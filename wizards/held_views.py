"""The answers to a form that cannot be saved yet, because its session has ended or has been renewed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _
from django.views import csrf

from wizards import held


class SeeOther(HttpResponseRedirect):
    """Go there with a GET (303). A plain 302 leaves it to the browser whether to post again."""

    status_code = 303


def is_fetch(request: HttpRequest) -> bool:
    """Tell whether a script of ours sent this, and not the browser itself."""
    return request.headers.get("X-Requested-With") == "fetch"


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Keep the post of somebody whose session has ended, and send them to sign in and back to the page.

    A script gets 401 and nothing is kept: the text is still in its page, which says so.
    """
    if is_fetch(request):
        return HttpResponse(_("You have been signed out. Sign in to save."), status=401, content_type="text/plain")
    key = held.hold(request, now=timezone.now())
    if key:
        said = _("You were signed out before this was saved. Sign in within 30 minutes and your words will be there.")
        messages.info(request, said, fail_silently=True)
    else:
        said = _(
            "You were signed out before this was saved, and it is too long for us to keep. "
            "Go back in your browser and copy your words somewhere safe, then sign in."
        )
        messages.warning(request, said, fail_silently=True)
    return _with_cookie(SeeOther(redirect_to_login(_this_page(request)).url), key)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Keep what was typed when the page's security token is out of date; otherwise refuse (403, `403_csrf.html`).

    Signing in renews that token, so a page that was open meanwhile, perhaps in another tab, holds an old one. The
    form's own token proves that the page was ours and whose it was. Nothing is saved: the person gets the page back
    with their words in it, and saves again.
    """
    person = held.person_named(request)
    if person is not None and request.user.is_anonymous:
        return to_sign_in(request)
    # If it cannot be kept, better no redirect: the browser's Back button still has the words.
    if person == request.user and not is_fetch(request) and (key := held.hold(request, now=timezone.now())):
        said = _(
            "This was not saved, because you signed in again after opening the page. Look it over, then save again."
        )
        messages.info(request, said, fail_silently=True)
        return _with_cookie(SeeOther(_this_page(request)), key)
    return csrf.csrf_failure(request, reason=reason)


def _this_page(request: HttpRequest) -> str:
    # An address that begins with two slashes would lead to another site.
    return escape_leading_slashes(request.get_full_path())


def _with_cookie(response: HttpResponse, key: str | None) -> HttpResponse:
    if key:
        options: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
        response.set_cookie(held.COOKIE, key, max_age=held.KEPT_FOR, **options)
    return response

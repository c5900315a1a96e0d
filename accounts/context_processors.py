from django.conf import settings
from django.http import HttpRequest

from accounts.middleware import TOUCH_EVERY


def session_timing(request: HttpRequest) -> dict[str, int]:
    """Tell pages how many seconds without activity end a session, for the warning that comes first.

    A session is renewed at most once in `TOUCH_EVERY` seconds, so it may end that much sooner than the page thinks.
    """
    return {"session_seconds": settings.SESSION_COOKIE_AGE - TOUCH_EVERY}

"""A form that arrives after its person's session has ended is kept, encrypted, and given back to them alone.

A page puts a signed token into its form (`{% held_token %}`) that says whose page it is. When such a form is posted
by nobody (the session had ended), `HeldPostMiddleware` keeps it and sends the person to sign in. Back on the page,
the view asks `peek` for what was typed, shows it, and calls `discard` once it is saved.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, QueryDict

from sealed.cipher import Unreadable
from wizards.models import HeldPost

FIELD = "held_for"
COOKIE = "held_post"
KEPT_FOR = timedelta(minutes=30)
LARGEST = 64 * 1024  # bytes, of what would be kept
MOST_PER_PERSON = 50  # far more tabs than anybody has open, and few enough that nobody can fill the disk
TOKEN_LIFE = timedelta(hours=24)

_SALT = "wizards.held"
_NEVER_KEPT = ("password", "passphrase")


def token_for(user: Any) -> str:
    """Give the signed token that says "this form was made for this person". It holds for 24 hours."""
    return signing.dumps(str(user.pk), salt=_SALT)


def person_named(request: HttpRequest) -> Any:
    """Give the person whom the posted form was made for, or None: no token, a forged or old one, nobody by then."""
    try:
        pk = signing.loads(request.POST.get(FIELD, ""), salt=_SALT, max_age=TOKEN_LIFE)
    except signing.BadSignature:
        return None
    return get_user_model()._default_manager.filter(pk=pk).first()


@transaction.atomic
def hold(request: HttpRequest, *, now: datetime) -> str | None:
    """Keep the posted form for the person its token names, and give the key for their browser's cookie.

    The same browser keeps its key, so that two tabs posted after one another are both kept. Passwords and the
    page's own tokens are left out. Gives None, and keeps nothing, when the form names nobody or somebody else than
    who is signed in, or when it is larger than `LARGEST`. Rows whose time is up are deleted on the way.
    """
    HeldPost.objects.expired(now).delete()
    person = person_named(request)
    if person is None or (request.user.is_authenticated and request.user.pk != person.pk):
        return None
    body = _what_was_typed(request.POST).encode()
    if len(body) > LARGEST or len(request.path) > HeldPost.LONGEST_PATH:
        return None
    if HeldPost.objects.filter(user=person).count() >= MOST_PER_PERSON:
        return None
    key = _key_of(request, now=now) or secrets.token_urlsafe(32)
    HeldPost.objects.defer("body").update_or_create(
        key_hash=_hash(key),
        user=person,
        path=request.path,
        defaults={"body": body, "expires_at": now + KEPT_FOR},
    )
    return key


def peek(request: HttpRequest, *, now: datetime) -> QueryDict | None:
    """Give what was typed on this page before sign-in, and leave it kept. None when there is nothing for this person.

    Only the person named in the form's token gets it, in the same browser, at the same address, within 30 minutes.
    """
    if COOKIE not in request.COOKIES or not request.user.is_authenticated:
        return None
    try:
        held = _held_in(request).live(now).filter(user=request.user, path=request.path).first()
    except Unreadable:  # its key has been taken away since
        return None
    return None if held is None else QueryDict(held.body, encoding="utf-8")


def discard(request: HttpRequest) -> None:
    """Forget what was kept for this page, once it is saved. The middleware clears the cookie after the last one."""
    if COOKIE not in request.COOKIES or not request.user.is_authenticated:
        return
    _held_in(request).filter(user=request.user, path=request.path).delete()
    request.held_post_discarded = not _held_in(request).exists()


def forget_expired(*, now: datetime) -> int:
    """Delete what was kept and whose time is up; how many posts. `hold` does so too, when somebody next needs it."""
    return HeldPost.objects.expired(now).delete()[0]


def _held_in(request: HttpRequest) -> Any:
    """All that is held for this browser."""
    return HeldPost.objects.filter(key_hash=_hash(request.COOKIES[COOKIE]))


def _key_of(request: HttpRequest, *, now: datetime) -> str | None:
    """The browser's key, if it is one that we made: a key that somebody else chose is never taken on."""
    return request.COOKIES[COOKIE] if COOKIE in request.COOKIES and _held_in(request).live(now).exists() else None


def _what_was_typed(posted: QueryDict) -> str:
    kept = QueryDict(mutable=True, encoding="utf-8")
    for name, values in posted.lists():
        if name not in {FIELD, "csrfmiddlewaretoken"} and not any(word in name.lower() for word in _NEVER_KEPT):
            kept.setlist(name, values)
    return kept.urlencode()


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()

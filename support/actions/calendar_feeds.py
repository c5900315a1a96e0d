"""A private calendar address: made, renewed, switched off. Whoever holds it reads the dates, signed in or not."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from accounts.models import User
from support.models import CalendarFeed

TOKEN_BYTES = 32  # 256 bits: nobody guesses an address


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def make_calendar_feed(*, by: User, now: datetime) -> str:
    """Give this person a new calendar address: its token, which is shown once. An earlier one stops working."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(user=by, defaults={"token_hash": digest(token), "made_at": now})
    return token


@transaction.atomic
def end_calendar_feed(*, by: User) -> None:
    """Switch this person's calendar address off. Doing it again changes nothing."""
    CalendarFeed.objects.filter(user=by).delete()


def person_of(token: str) -> User | None:
    """Whose calendar this token opens; None for a token that nobody has, or whose person has left."""
    feed = CalendarFeed.objects.filter(token_hash=digest(token)).select_related("user").first()
    return feed.user if feed is not None and feed.user.is_active else None

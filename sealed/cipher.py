"""What is sealed with the site's keys, which are never in the database: Fernet, of the `cryptography` library."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """Something is sealed with a key that the site no longer has, or was changed since. Nothing else is said of it."""

    def __init__(self) -> None:
        super().__init__("This was sealed with a key that is not among ENCRYPTION_KEYS. Put that key back.")


def seal(plain: bytes) -> bytes:
    """Seal with the first of the keys."""
    return _keys().encrypt(plain)


def unseal(sealed: bytes) -> bytes:
    """Open with whichever key fits, so that a new key can be put first while old ones are still needed.

    Raises:
        Unreadable: no key fits.
    """
    try:
        return _keys().decrypt(sealed)
    except InvalidToken:
        raise Unreadable from None


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS])

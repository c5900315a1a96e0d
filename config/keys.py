"""Keys of the embedded edition: made once, kept beside the database but never in it."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def kept(path: Path, make: Callable[[], str]) -> str:
    """Give the key kept in `path`, making it with `make` on first use.

    The file is readable by its owner only. Two processes that start together agree on one key.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(make())
        try:
            # A hard link either wins whole or fails: no process can read a half-written key.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()

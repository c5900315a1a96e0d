"""Runs Python in a site's own settings, one piece after another, so that Django is loaded once and not for each."""

import contextlib
import io
import json
import os
import sys
import traceback

import django


def main() -> None:
    """Read a piece of Python a line, as JSON; answer with what it printed and how it failed."""
    django.setup()

    from django.db import connections

    for line in sys.stdin:
        said, wrong = io.StringIO(), ""
        try:
            with contextlib.redirect_stdout(said):
                exec(json.loads(line), {})  # noqa: S102 - the tests' own words
        except Exception:
            wrong = traceback.format_exc()
        connections.close_all()
        sys.stdout.write(json.dumps([said.getvalue(), wrong]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()

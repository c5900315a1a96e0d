"""What was copied or put in place, in plain words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from config.site_copy.loading import Loaded
from config.site_copy.making import Made
from config.site_copy.manifest import Manifest


def made(copy: Made) -> Iterator[str]:
    """What a copy holds, and what it does not."""
    yield _("%(file)s holds %(what)s. It was read back and is whole.") % {
        "file": copy.file,
        "what": _what(copy.manifest),
    }
    if copy.manifest.missing_files:
        yield _("Not in the media folder, although the site names them: %s.") % ", ".join(copy.manifest.missing_files)
    yield _(
        "The keys are not in it: keep SECRET_KEY and ENCRYPTION_KEYS (or the folder keys/ beside the database) safe, "
        "and apart from it."
    )


def loaded(what: Loaded) -> Iterator[str]:
    """What is there now, and what was there before."""
    yield _("The site now holds %(what)s, as it was at %(when)s. Every table was compared with the copy.") % {
        "what": _what(what.manifest),
        "when": what.manifest.made_at,
    }
    if what.safety:
        yield _("What was there before is kept in %s.") % what.safety.file
    if not what.keys_fit:
        yield _(
            "The copy was made with another encryption key. Put the key of the old site into ENCRYPTION_KEYS as well: "
            "without it nobody can read what the old site kept encrypted."
        )
    yield _("Everybody signs in again.")


def _what(manifest: Manifest) -> str:
    return _("%(rows)d rows of %(tables)d tables and %(files)d files") % {
        "rows": manifest.row_count,
        "tables": len(manifest.tables),
        "files": len(manifest.files),
    }

"""Putting a copy in the place of a site: all of it, proved, or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from config.site_copy import archive, files, making, rows, tables
from config.site_copy.manifest import Damaged, Manifest, UnableToCopy
from readiness.models import Audit
from schools.models import School

WORK = {"person": User, "school": School, "audit": Audit}
"""Where there is none of these there is nobody's work: all else comes with an empty site (`manage.py bootstrap`)."""

NAMED = 5


@dataclass(frozen=True)
class Loaded:
    """What was put in place. `safety`: the copy of what was there before. `keys_fit`: encrypted texts can be read."""

    manifest: Manifest
    keys_fit: bool
    safety: making.Made | None = None


def load(*, file: Path) -> Loaded:
    """Put a copy into a site that holds nobody's work.

    Raises:
        UnableToCopy: the site is not empty, the copy does not fit it or is damaged. Nothing was changed.
    """

    def before() -> None:
        if any(model._base_manager.exists() for model in WORK.values()):
            raise UnableToCopy(
                _(
                    "This site already holds people, schools or audits, so nothing was loaded. "
                    "To replace them by this copy, use manage.py restore."
                )
            )

    return _put_in_place(file, before)


def restore(*, file: Path, safety: Path, now: datetime) -> Loaded:
    """Replace the whole site by a copy, after keeping a copy of what is there in `safety`.

    Nobody can save between the two, so what is replaced is in `safety` to the last word.

    Raises:
        UnableToCopy: the copy does not fit or is damaged, or no safety copy can be made. Nothing was changed.
    """
    with making.draft_of(safety) as draft:
        kept: list[making.Made] = []

        def before() -> None:
            making.write(draft, now=now)
            kept.append(making.keep(draft, safety))

        loaded = _put_in_place(file, before)
    return Loaded(loaded.manifest, loaded.keys_fit, kept[0])


def _put_in_place(file: Path, before: Callable[[], None]) -> Loaded:
    try:
        with archive.opened(file) as copy:
            manifest = copy.manifest
            check_fits(manifest)
            _exchange(copy, before)
    except OSError as problem:
        raise UnableToCopy(
            _("%(file)s could not be put in place: %(why)s. Nothing was changed.")
            % {"file": file, "why": problem.strerror}
        ) from problem
    _forget_what_was()
    return Loaded(manifest, keys_fit=not manifest.keys or manifest.keys[0] in making.key_marks())


def _exchange(copy: archive.Copy, before: Callable[[], None]) -> None:
    media, stored = Path(settings.MEDIA_ROOT), copy.manifest.files
    files.check_room(media, sum(one.size for one in stored.values()))
    with files.Exchange(media) as exchange:
        for name in stored:
            exchange.take(name, copy.pieces(name))
        with tables.alone():
            before()
            _replace_rows(copy)
            # Last, so that rows and files change together but for the moment of the commit.
            exchange.swap()


def check_fits(manifest: Manifest) -> None:
    """Check that a copy is of this edition of the product.

    Raises:
        UnableToCopy: its tables are not those of this site.
    """
    here = tables.migrations()
    if manifest.migrations != here:
        theirs = [f"{app} {name}" for app, name in sorted(manifest.migrations - here)]
        ours = [f"{app} {name}" for app, name in sorted(here - manifest.migrations)]
        raise UnableToCopy(
            _(
                "This copy was made by another edition of the product (%(version)s), so nothing was changed. "
                "Only the copy has: %(theirs)s. Only this site has: %(ours)s. Use the edition that made it."
            )
            % {"version": manifest.version, "theirs": _some(theirs), "ours": _some(ours)}
        )
    expected = {
        model._meta.label_lower: tuple(one.column for one in tables.columns(model)) for model in tables.copied()
    }
    if expected != {label: table.columns for label, table in manifest.tables.items()}:
        differing = {
            label
            for label in expected.keys() | manifest.tables.keys()
            if label not in manifest.tables or expected.get(label) != manifest.tables[label].columns
        }
        raise UnableToCopy(
            _("This copy has other tables or columns than this site: %s. Nothing was changed.")
            % _some(sorted(differing))
        )


def _some(names: Sequence[str]) -> str:
    if not names:
        return _("nothing")
    more = len(names) - NAMED
    said = ", ".join(names[:NAMED])
    return (
        said
        if more <= 0
        else ngettext("%(said)s and %(more)d more", "%(said)s and %(more)d more", more)
        % {
            "said": said,
            "more": more,
        }
    )


def _replace_rows(copy: archive.Copy) -> None:
    tables.empty()
    for model in tables.copied():
        label = model._meta.label_lower
        digest = rows.Digest()
        try:
            rows.insert(model, digest.of(copy.rows(label)))
        except (DatabaseError, ValueError, TypeError, LookupError) as problem:
            raise UnableToCopy(
                _("Table %(table)s could not be filled: %(why)s. Nothing was changed.")
                % {"table": label, "why": str(problem).strip().splitlines()[0]}
            ) from problem
        if digest.hex != copy.manifest.tables[label].digest:
            raise Damaged(_("the rows of table %s are not those that were copied") % label)
    try:
        connection.check_constraints()
    except DatabaseError as problem:
        raise Damaged(_("a row points to another one that it does not hold (%s)") % problem) from problem
    _prove(copy.manifest)
    for model in tables.copied():
        tables.count_on_from(model, copy.manifest.tables[model._meta.label_lower])


def _prove(manifest: Manifest) -> None:
    """Read every table back from the database and compare it with the manifest."""
    differing = []
    for model in tables.copied():
        digest = rows.Digest()
        for _row in digest.of(rows.read(model)):
            pass
        wanted = manifest.tables[model._meta.label_lower]
        if (digest.rows, digest.hex) != (wanted.rows, wanted.digest):
            differing.append(model._meta.label_lower)
    if differing:
        raise UnableToCopy(
            _("After loading, these tables are not what they were: %s. Nothing was changed.") % _some(differing)
        )


def _forget_what_was() -> None:
    call_command("createcachetable", verbosity=0)  # a database that was only migrated has none
    for cache in caches.all(initialized_only=False):
        cache.clear()
    ContentType.objects.clear_cache()
    call_command("update_index", verbosity=0)

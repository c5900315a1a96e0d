"""Brings a framework file into the database: the editors' text, its version, and the offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from config.framework_file import FrameworkFile, OfferInFile, UnableToLoad
from readiness.actions import publish_version
from readiness.domain import framework as domain
from readiness.models import Framework, FrameworkVersion
from support.models import Offer

OUT_OF_THE_WAY = 100_000
"""Added to places while they are dealt out anew, so that no two offers meet in one place."""


@dataclass(frozen=True)
class Loaded:
    """What loading a file did. `edits_replaced`: editors had changed the text; their words are in its history."""

    version: FrameworkVersion
    is_new_version: bool
    edits_replaced: bool
    offers_added: int
    offers_changed: int
    offers_retired: int


@transaction.atomic
def load(*, file: FrameworkFile, now: datetime) -> Loaded:
    """Make the file's wording the framework's text and next version, and its offers the offers. All of it or nothing.

    A file whose wording is already a version changes no text, whatever editors have written since. An offer is changed
    only where the file says something else about it than when it was last loaded, and retired when the file drops it.

    Raises:
        UnableToLoad: the wording changed under the same version label, or the editor has no place for a part of it.
    """
    framework = Framework.objects.select_for_update().filter(slug=file.slug).first()
    version = _version_of(framework, file) if framework else None
    is_new, edits_replaced = version is None, False
    if version is None:
        framework = framework or Framework(slug=file.slug, live=False)
        edits_replaced = _has_edits(framework)
        version = _publish(framework, file, now=now)
    offers = _load_offers(framework, file.offers, now=now) if file.offers is not None else (0, 0, 0)
    return Loaded(version, is_new, edits_replaced, *offers)


def _version_of(framework: Framework, file: FrameworkFile) -> FrameworkVersion | None:
    """The version that says exactly this, if there is one."""
    wanted = domain.digest(file.document)
    same_label = None
    for version in framework.versions.newest_first():
        if version.digest == wanted:
            return version
        if same_label is None and version.label == file.label:
            same_label = version
    if same_label is not None:
        raise UnableToLoad(
            f"The wording changed, but the version label is still “{file.label}”. "
            "Give the file a new label (framework: version), or undo these changes:",
            *domain.differences(same_label.document, file.document),
        )
    return None


def _has_edits(framework: Framework) -> bool:
    """Whether the text is anything else than its newest version."""
    if framework.pk is None:
        return False
    newest = framework.versions.newest_first().first()
    text = framework.get_latest_revision_as_object().to_document()
    return newest is None or newest.digest != domain.digest(text)


def _publish(framework: Framework, file: FrameworkFile, *, now: datetime) -> FrameworkVersion:
    # Filled from the newest draft, so that its notes to colleagues stay.
    text = framework.get_latest_revision_as_object() if framework.pk else framework
    text.fill_from(file.document)
    if lost := domain.differences(file.document, text.to_document()):
        raise UnableToLoad("The editor has no place for a part of the file. Take it out, or complete it:", *lost)
    try:
        if text.pk is None:
            text.full_clean()
            text.save()
        text.save_revision(log_action=True).publish()
    except ValidationError as error:
        raise UnableToLoad(*error.messages) from error
    return publish_version(framework=text, by=None, now=now)


def _load_offers(framework: Framework, lines: tuple[OfferInFile, ...], *, now: datetime) -> tuple[int, int, int]:
    """Give how many offers were added, changed and retired."""
    by_code = {line.code: line for line in lines}
    elsewhere = Offer.objects.filter(code__in=by_code).exclude(framework=framework).values_list("code", flat=True)
    if taken := sorted(elsewhere):
        raise UnableToLoad(f"Another framework already has offers with the id {', '.join(taken)}. Give these new ones.")
    held = {offer.code: offer for offer in framework.offers.select_for_update()}
    dropped = [offer for offer in held.values() if offer.loaded_digest and offer.code not in by_code]
    news = [line for line in lines if line.code not in held or held[line.code].loaded_digest != line.digest()]
    if not dropped and not news:
        return 0, 0, 0
    framework.offers.current().update(order=F("order") + OUT_OF_THE_WAY)
    for offer in dropped:
        offer.retired_at, offer.loaded_digest = offer.retired_at or now, ""
        offer.save(update_fields=["retired_at", "loaded_digest"])
    for place, line in enumerate(news, start=2 * OUT_OF_THE_WAY):
        _write_offer(held.get(line.code) or Offer(code=line.code, framework=framework), line, place)
    _deal_out_places(framework, by_code)
    added = sum(line.code not in held for line in news)
    return added, len(news) - added, len(dropped)


def _write_offer(offer: Offer, line: OfferInFile, place: int) -> None:
    if not offer.loaded_digest:
        # New, or retired when an earlier file dropped it. One that an editor retired stays retired.
        offer.retired_at = None
    offer.theme, offer.tier, offer.order = line.theme, line.tier, place
    offer.title, offer.provided_by, offer.amount = line.title, line.provided_by, line.amount
    offer.loaded_digest = line.digest()
    offer.save()


def _deal_out_places(framework: Framework, by_code: Mapping[str, OfferInFile]) -> None:
    """Number each theme and tier from 1: first the file's offers as it has them, then the editors' own."""
    last = len(by_code) + 1
    for offers in framework.offers.current().by_theme_and_tier().values():
        in_place = sorted(offers, key=lambda offer: by_code[offer.code].order if offer.code in by_code else last)
        for place, offer in enumerate(in_place, start=1):
            Offer.objects.filter(pk=offer.pk).update(order=place)

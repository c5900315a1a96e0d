"""Rounds in which officers rate the same vignettes, and the library of rulings that comes out of their talk."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from readiness.domain.answers import LEVELS
from readiness.models import FrameworkVersion
from schools.permissions import Permission, has_anywhere, require_programme
from support.domain.agreement import Agreement, Rated, agreement
from support.models import Decision, Rating, Round, Vignette
from support.starter import VignetteText, first_round


class UnableToModerate(Exception):
    """The message is fit to show to the officer or co-ordinator."""


def require_officer(user: User) -> None:
    """Raise PermissionDenied, with a sentence for the person, unless they review audits somewhere."""
    if not has_anywhere(user, Permission.REVIEW_AUDIT):
        raise PermissionDenied(_("Locality support officers do this. Ask the programme co-ordinator if you should."))


def require_moderator(user: User) -> None:
    """Raise PermissionDenied, with a sentence for the person, unless they are an officer or a co-ordinator."""
    if not has_anywhere(user, Permission.SEE_SUBMITTED_AUDIT):
        raise PermissionDenied(_("This is for locality support officers and the programme co-ordinator."))


@transaction.atomic
def plan_round(*, opens: date, closes: date, by: User, now: datetime) -> Round:
    """Plan a round under the newest framework version, with the vignettes of the last one, to be written anew.

    The very first has those that the product brings.

    Raises:
        PermissionDenied: the programme co-ordinator does this.
        UnableToModerate: there is no framework, the dates are the wrong way round, or meet another round.
    """
    require_programme(by)
    version = FrameworkVersion.objects.latest_published()
    if version is None:
        raise UnableToModerate(_("There is nothing to rate yet. Publish the audit first."))
    _check_dates(opens, closes, Round.objects.all())
    last = Round.objects.newest_first().first()
    planned = Round.objects.create(version=version, opens=opens, closes=closes, planned_at=now, planned_by=by)
    known = version.as_framework().positions
    for order, text in enumerate(_texts_of(last) if last else first_round(), start=1):
        kept = [slug for slug in known if slug in text.statements]
        Vignette.objects.create(round=planned, order=order, title=text.title, text=text.text, statements=kept)
    return planned


def _texts_of(earlier: Round) -> Sequence[VignetteText]:
    return [VignetteText(one.title, one.text, tuple(one.statements)) for one in earlier.vignettes.order_by("order")]


def _check_dates(opens: date, closes: date, others: object) -> None:
    if opens >= closes:
        raise UnableToModerate(_("A round opens before its last day. Check the two dates."))
    if others.filter(opens__lte=closes, closes__gte=opens).exists():
        raise UnableToModerate(_("Another round is open in these days. Choose others."))


@transaction.atomic
def move_round(*, of: Round, opens: date, closes: date, by: User, now: datetime) -> None:
    """Change the dates of a round that is not over. What is over stays over, since its ratings have been told.

    Raises:
        PermissionDenied: the programme co-ordinator does this.
        UnableToModerate: it is over, or the dates do not fit.
    """
    require_programme(by)
    locked = Round.objects.select_for_update().get(pk=of.pk)
    if locked.is_over(localdate(now)):
        raise UnableToModerate(_("This round is over. Plan another one."))
    if closes < localdate(now):
        raise UnableToModerate(_("The last day has passed. Choose today or a later one."))
    _check_dates(opens, closes, Round.objects.exclude(pk=locked.pk))
    locked.opens, locked.closes = opens, closes
    locked.save(update_fields=["opens", "closes"])


@transaction.atomic
def write_vignette(*, vignette: Vignette, text: VignetteText, by: User) -> None:
    """Change a vignette that nobody has rated yet.

    Raises:
        PermissionDenied: the programme co-ordinator does this.
        UnableToModerate: somebody has rated it, or a statement is not of the framework.
    """
    require_programme(by)
    vignette = _lock(vignette)
    if vignette.ratings.exists():
        raise UnableToModerate(_("Somebody has rated this vignette. It stays as it is, so that all rate the same."))
    known = vignette.round.version.as_framework().positions
    vignette.title, vignette.text = text.title, text.text
    vignette.statements = [slug for slug in known if slug in text.statements]
    try:
        vignette.full_clean()
    except ValidationError as refusal:
        raise UnableToModerate(" ".join(refusal.messages)) from refusal
    vignette.save()


@transaction.atomic
def rate(*, vignette: Vignette, levels: Mapping[str, int], by: User, now: datetime) -> None:
    """Keep an officer's levels for a vignette. They may be changed, and left out, until the round closes.

    Raises:
        PermissionDenied: officers rate.
        UnableToModerate: the round is not open, or a statement or level is not of the vignette.
    """
    require_officer(by)
    vignette = _lock(vignette)
    if not vignette.round.is_open(localdate(now)):
        raise UnableToModerate(_("This round is not open. Nothing was changed."))
    if not set(levels) <= set(vignette.statements) or not set(levels.values()) <= set(LEVELS):
        raise UnableToModerate(_("Choose levels from the list."))
    mine = vignette.ratings.filter(officer=by)
    mine.exclude(statement__in=levels).delete()
    saved = {rating.statement: rating for rating in mine}
    for statement, level in levels.items():
        rating = saved.get(statement) or Rating(vignette=vignette, officer=by, statement=statement)
        if rating.level != level:
            rating.level, rating.at = level, now
            rating.save()


@transaction.atomic
def record_decision(*, statement: str, situation: str, ruling: str, by: User, now: datetime) -> Decision:
    """Add a ruling to the library. It stays; a later one may say otherwise.

    Raises:
        PermissionDenied: officers and co-ordinators do this.
        UnableToModerate: the statement is not of the framework, or something is missing.
    """
    require_moderator(by)
    version = FrameworkVersion.objects.latest_published()
    if version is None or statement not in version.as_framework().positions:
        raise UnableToModerate(_("Choose the statement from the list."))
    if not (situation and ruling):
        raise UnableToModerate(_("A ruling names its statement, the situation, and what was decided."))
    return Decision.objects.create(statement=statement, situation=situation, ruling=ruling, by=by, at=now)


def agreement_of(of: Round, *, today: date) -> dict[str, Agreement]:
    """How the officers agreed, by theme, once the round is over. Empty before: nobody hears of others' ratings."""
    if not of.is_over(today):
        return {}
    framework = of.version.as_framework()
    rows = Rating.objects.filter(vignette__round=of).values_list("officer", "vignette", "statement", "level")
    return agreement(
        Rated(officer, vignette, slug, framework.theme_of(slug).slug, level) for officer, vignette, slug, level in rows
    )


def _lock(vignette: Vignette) -> Vignette:
    return Vignette.objects.select_for_update(of=("self",)).select_related("round__version").get(pk=vignette.pk)

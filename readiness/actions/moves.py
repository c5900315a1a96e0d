"""What every move of an audit has in common: the lock, the row of history, the scores."""

from datetime import datetime

from accounts.models import User
from readiness.domain.answers import Voice
from readiness.domain.scoring import profile
from readiness.domain.states import AuditState, check_move
from readiness.domain.tiers import tiers
from readiness.models import Audit, Move, ThemeScore, given_by


def lock(audit: Audit) -> Audit:
    """The audit as it is now, kept from everybody else until the end of the transaction."""
    return Audit.objects.select_for_update(of=("self",)).select_related("school", "version").get(pk=audit.pk)


def move(audit: Audit, to: AuditState, *, by: User, now: datetime, reason: str = "", **fields: object) -> None:
    """Move a locked audit on, with its row of history.

    Raises:
        MoveRefused: the table of moves does not hold this one.
    """
    check_move(audit.state, to)
    Move.objects.create(audit=audit, from_state=audit.state, to_state=to, by=by, at=now, reason=reason)
    audit.state = to
    for name, value in fields.items():
        setattr(audit, name, value)
    audit.save(update_fields=["state", *fields])


def record_scores(audit: Audit, voice: Voice) -> None:
    """Write how each theme comes out for one voice, in place of what was written before."""
    scored = profile(audit.framework, given_by(audit.answers_of(voice)))
    tier_of = {result.theme.slug: result.tier.key for result in tiers(scored)}
    audit.theme_scores.filter(voice=voice).delete()
    ThemeScore.objects.bulk_create(
        ThemeScore(
            audit=audit,
            theme=result.theme.slug,
            voice=voice,
            total=result.total,
            answered=result.answered,
            applicable=result.applicable,
            band=result.band.key if result.band else "",
            tier=tier_of[result.theme.slug],
        )
        for result in scored.themes
    )

"""Whether the results kept at submission and agreement are still what the stored answers give."""

from dataclasses import dataclass

from readiness.domain.answers import Voice
from readiness.domain.scoring import profile
from readiness.domain.states import EDITABLE
from readiness.domain.tiers import tiers
from readiness.models import Audit, given_by


@dataclass(frozen=True)
class Difference:
    """A theme whose kept result is not what the answers give. Either is None where there is no such row."""

    theme: str
    voice: Voice
    kept: tuple[int, int, int, str, str] | None
    worked_out: tuple[int, int, int, str, str] | None


def verify(audit: Audit) -> tuple[Difference, ...]:
    """Work the audit out again from its stored answers and compare with the kept theme scores: empty when all agree.

    While the school may change its answers there is nothing to compare: what is kept is the last submission's.
    """
    if audit.state in EDITABLE:
        return ()
    kept = {(row.voice, row.theme): _kept(row) for row in audit.theme_scores.all()}
    worked_out = {}
    for voice, was_given in ((Voice.SCHOOL, audit.submitted_at), (Voice.AGREED, audit.agreed_at)):
        if was_given:
            worked_out |= _worked_out(audit, voice)
    return tuple(
        Difference(theme, Voice(voice), kept.get((voice, theme)), worked_out.get((voice, theme)))
        for voice, theme in sorted({*kept, *worked_out})
        if kept.get((voice, theme)) != worked_out.get((voice, theme))
    )


def _kept(row) -> tuple[int, int, int, str, str]:
    return row.total, row.answered, row.applicable, row.band, row.tier


def _worked_out(audit: Audit, voice: Voice) -> dict[tuple[str, str], tuple[int, int, int, str, str]]:
    scored = profile(audit.framework, given_by(audit.answers_of(voice)))
    return {
        (voice, result.theme.slug): (
            result.total,
            result.answered,
            result.applicable,
            result.band.key if result.band else "",
            tier.tier.key,
        )
        for result, tier in zip(scored.themes, tiers(scored), strict=True)
    }

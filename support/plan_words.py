"""How a plan says why a theme has its tier, and what a step should move."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from readiness.domain.framework import Framework
from readiness.domain.scoring import Profile
from readiness.domain.tiers import INTENSIVE_BELOW, TARGETED_BELOW, TierReason, TierResult
from support.domain.draft import Lack
from support.sentences import capital, limit_words, number_words, quoted

LACKS = {
    Lack.REASON: gettext_lazy("Say why another tier is agreed."),
    Lack.REVIEW_ON: gettext_lazy("Say when you look at it again."),
}


def why_tier(profile: Profile, result: TierResult) -> list[str]:
    """Why the answers give this tier, in a sentence or two."""
    scored = profile.theme(result.theme.slug)
    if result.kind is TierReason.NO_SCORE:
        return [_("Too little is known for a score. A talk within four weeks goes with it, to find out more.")]
    return [_score(result, scored.display), *_essentials(profile, result)]


def _score(result: TierResult, score: str) -> str:
    if result.kind is TierReason.BELOW_INTENSIVE_LIMIT:
        return _("The score is %(score)s, below %(limit)s.") % {"score": score, "limit": limit_words(INTENSIVE_BELOW)}
    if result.kind is TierReason.BELOW_TARGETED_LIMIT:
        return _("The score is %(score)s, below %(limit)s.") % {"score": score, "limit": limit_words(TARGETED_BELOW)}
    return _("The score is %(score)s.") % {"score": score}


def _essentials(profile: Profile, result: TierResult) -> list[str]:
    if not result.unmet:
        return []
    found = ngettext(
        "%(number)s essential is not met yet:", "%(number)s essentials are not met yet:", len(result.unmet)
    ) % {"number": capital(number_words(len(result.unmet)))}
    return [f"{found} {', '.join(quoted(statement.text) for statement in result.unmet)}."]


def moves_words(framework: Framework, statement: str, level: int | None) -> str:
    """What a step should move, and to where: "to move ‘…’ to In place"; "" where it moves nothing."""
    if not statement or level is None or statement not in framework.positions:
        return ""
    return _("to move %(statement)s to “%(level)s”") % {
        "statement": quoted(framework.statement(statement).text),
        "level": framework.level_label(level),
    }

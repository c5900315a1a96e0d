"""Agreeing: what is chosen is kept as it is chosen; then the audit is agreed and its plan drawn up at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from readiness import actions as readiness_actions
from readiness.domain.states import AuditState, MoveRefused
from readiness.models import Audit
from schools.permissions import Permission, require
from support import proposals
from support.domain.draft import DraftTheme, Problem
from support.domain.reviews import INTENSIVE, next_review
from support.models import ChosenOffer, Plan, PlanDraft, PlanTheme, Review, Step
from support.proposals import WHOLE, Proposal

UNDER_WAY = frozenset({AuditState.IN_REVIEW, AuditState.MODERATED})
"""A plan may be prepared while the audit is reviewed. It is agreed once the review is finished, together with it."""

REFUSALS = (MoveRefused, readiness_actions.UnableToAgree)
"""How readiness says that an audit cannot be agreed, each with a sentence for the two people."""


class UnableToAgree(Exception):
    """The message is fit to show to the two people; `problems` says which themes lack what."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class DraftChangedMeanwhile(Exception):
    """Somebody else has saved this part of the draft meanwhile. `theirs` is what they saved."""

    def __init__(self, theirs: PlanDraft) -> None:
        super().__init__(_("Somebody else has saved this page since you opened it."))
        self.theirs = theirs


def may_be_agreed(audit: Audit) -> bool:
    """Whether a plan of this audit can be prepared now: in review, or agreed before there were plans."""
    return audit.state in UNDER_WAY or (audit.state == AuditState.AGREED and not has_plan(audit))


def has_plan(audit: Audit) -> bool:
    """Whether the audit's plan has been drawn up."""
    return Plan.objects.filter(audit=audit).exists()


def save_theme(*, audit: Audit, theme: str, chosen: DraftTheme, seen: int, by: User, now: datetime) -> PlanDraft:
    """Keep what is chosen for one theme so far. `seen` is the revision that its page showed; 0 for a proposal.

    Raises:
        PermissionDenied: only the officer of the school agrees its audit.
        UnableToAgree: the plan has been agreed, or the audit is not under review.
        DraftChangedMeanwhile: somebody else has saved something else for this theme.
        NotInFramework: no such theme.
    """
    audit.framework.theme(theme)
    return _save(audit, theme, chosen.to_document(), seen, by, now)


def save_whole(
    *, audit: Audit, stop_or_pause: str, order: Sequence[str], seen: int, by: User, now: datetime
) -> PlanDraft:
    """Keep what the school stops or pauses, and which intensive themes begin first. Raises as `save_theme` does."""
    return _save(audit, WHOLE, {"stop_or_pause": stop_or_pause, "order": list(order)}, seen, by, now)


@transaction.atomic
def _save(audit: Audit, theme: str, document: Mapping[str, Any], seen: int, by: User, now: datetime) -> PlanDraft:
    require(by, Permission.REVIEW_AUDIT, audit.school)
    audit = Audit.objects.select_for_update(of=("self",)).get(pk=audit.pk)
    if not may_be_agreed(audit):
        raise UnableToAgree(_not_now(audit))
    kept = audit.plan_drafts.select_related("by").filter(theme=theme).first()
    if kept is None:
        return PlanDraft.objects.create(audit=audit, theme=theme, document=document, by=by, at=now)
    if kept.document == document:
        return kept
    if kept.revision != seen:
        raise DraftChangedMeanwhile(kept)
    kept.document, kept.by, kept.at = document, by, now
    kept.revision += 1
    kept.save()
    return kept


def _not_now(audit: Audit) -> str:
    if audit.state == AuditState.AGREED:
        return _("This plan has been agreed already. Nothing was changed.")
    return _("An audit can be agreed when it has been reviewed. Nothing was changed.")


@transaction.atomic
def agree(*, audit: Audit, by: User, now: datetime) -> Plan:
    """Agree the audit, and draw up its plan from what has been chosen; what was left alone is as proposed.

    Both happen or neither: of two people who agree at the same moment, one is told that the other has done it.

    Raises:
        PermissionDenied: only the officer of the school agrees its audit.
        UnableToAgree: the audit cannot be agreed from where it is, or has been already, or the plan lacks something.
    """
    require(by, Permission.REVIEW_AUDIT, audit.school)
    locked = Audit.objects.select_for_update(of=("self",)).get(pk=audit.pk)
    if locked.state == AuditState.AGREED and has_plan(locked):
        raise UnableToAgree(_not_now(locked))
    if locked.state != AuditState.AGREED:
        # What is still open of the school's last plan is read before that plan is replaced.
        proposal = proposals.read(locked, today=localdate(now))
        try:
            readiness_actions.agree(audit=locked, by=by, now=now)
        except REFUSALS as refusal:
            raise UnableToAgree(str(refusal)) from refusal
        return draft_plan(proposal=proposal, by=by, now=now)
    return draft_plan(proposal=proposals.read(locked, today=localdate(now)), by=by, now=now)


@transaction.atomic
def draft_plan(*, proposal: Proposal, by: User, now: datetime) -> Plan:
    """Draw up the plan of an audit that has just been agreed. Its drafts have done their work, and go.

    Raises:
        UnableToAgree: a tier that differs lacks its reason or the day on which it is looked at again.
    """
    if found := proposal.problems:
        themes = len({problem.theme for problem in found})
        sentence = ngettext("%(count)d theme is not ready to be agreed.", "%(count)d themes are not ready.", themes)
        raise UnableToAgree(sentence % {"count": themes}, found)
    audit = proposal.audit
    plan = Plan.objects.create(audit=audit, stop_or_pause=proposal.whole["stop_or_pause"], agreed_at=now, agreed_by=by)
    themes = PlanTheme.objects.bulk_create(_themes(plan, proposal))
    Review.objects.bulk_create(_reviews(themes, proposal))
    ChosenOffer.objects.bulk_create(_offers(themes, proposal))
    Step.objects.bulk_create(_steps(themes, proposal, by, now))
    audit.plan_drafts.all().delete()
    return Plan.objects.with_context().get(pk=plan.pk)  # its audit as it is now


def _themes(plan: Plan, proposal: Proposal) -> list[PlanTheme]:
    first, then = proposal.order
    heaviest_first = [tier.key for tier in reversed(proposal.framework.tiers) if tier.key != INTENSIVE]
    others = [slug for tier in heaviest_first for slug, draft in proposal.chosen.items() if draft.tier == tier]
    return [
        PlanTheme(
            plan=plan,
            theme=slug,
            place=place,
            tier_calculated=proposal.tier(slug).tier.key,
            tier_agreed=proposal.chosen[slug].tier,
            reason=proposal.reason(slug),
            review_on=proposal.review_on(slug),
            started_on=None if slug in then else proposal.today,
            slot=first.index(slug) + 1 if slug in first else None,
        )
        for place, slug in enumerate([*first, *then, *others], start=1)
    ]


def _reviews(themes: Sequence[PlanTheme], proposal: Proposal) -> list[Review]:
    return [
        Review(
            theme=theme,
            planned_on=theme.review_on
            or next_review(theme.tier_agreed, after=proposal.today, calendar=proposal.calendar),
        )
        for theme in themes
        if not theme.is_waiting
    ]


def _offers(themes: Sequence[PlanTheme], proposal: Proposal) -> list[ChosenOffer]:
    return [
        ChosenOffer(theme=theme, offer=offer)
        for theme in themes
        for offer in proposal.offers_of(theme.theme)
        if offer.code in proposal.chosen[theme.theme].offers
    ]


def _steps(themes: Sequence[PlanTheme], proposal: Proposal, by: User, now: datetime) -> list[Step]:
    by_code = {offer.code: offer for offers in proposal.offers.values() for offer in offers}
    return [
        Step(
            theme=theme,
            offer=by_code.get(step.offer),
            owner=step.owner,
            who=step.who,
            text=step.text,
            due_on=step.due_on,
            statement=step.statement,
            level=step.level,
            by=by,
            at=now,
        )
        for theme in themes
        for step in proposal.chosen[theme.theme].steps
    ]

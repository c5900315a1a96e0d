"""What is put before the two people who agree a plan: what they have chosen so far, else what the rules propose."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from readiness.domain.answers import Given, Voice
from readiness.domain.framework import Framework
from readiness.domain.scoring import Profile, profile
from readiness.domain.states import AuditState
from readiness.domain.tiers import TierResult, tiers
from readiness.models import Audit
from schools.models import NonTeachingDay, Term
from support.domain.draft import DraftStep, DraftTheme, Owner, Problem, agreed_order, is_free_choice, problems
from support.domain.proposal import Proposed, Why, proposed_steps
from support.domain.reviews import SchoolCalendar, SchoolTerm, fact_finding_by, first_due, next_review
from support.models import Offer, PlanDraft, Step

WHOLE = ""
"""The draft of what belongs to no theme: what the school stops, and the order of the intensive themes."""

FAR_AHEAD = timedelta(days=800)
"""As far as term dates are read: the session under way and the next."""


def school_calendar(today: date) -> SchoolCalendar:
    """The council's terms and closed days from today on, as far as they are known. Two queries."""
    terms = list(Term.objects.filter(ends__gte=today).select_related("session").order_by("starts"))
    last = {term.session_id: term.pk for term in terms}
    days = NonTeachingDay.objects.filter(date__gte=today, date__lte=today + FAR_AHEAD)
    return SchoolCalendar(
        terms=tuple(SchoolTerm(term.starts, term.ends, last[term.session_id] == term.pk) for term in terms),
        closed=frozenset(days.values_list("date", flat=True)),
    )


def answers_to_agree(audit: Audit) -> tuple[dict[str, Given], tuple[str, ...]]:
    """What agreeing would agree, and the statements of which nobody has agreed the answer yet.

    For those the school's own answer stands in, so that a plan can be prepared before the review is finished.
    """
    said: dict[str, dict[str, Given]] = {Voice.SCHOOL: {}, Voice.AGREED: {}}
    for row in audit.answers.filter(voice__in=list(said)):
        if row.given is not None:
            said[row.voice][row.statement] = row.given
    agreed = said[Voice.AGREED]
    unsettled = tuple(one.slug for one in audit.framework.statements if one.slug not in agreed)
    return {**said[Voice.SCHOOL], **agreed}, unsettled


@dataclass(frozen=True)
class Proposal:
    """What a plan is agreed from. `saved` holds the drafts by theme; what is not saved yet is proposed.

    `unsettled` are the statements of which nobody has agreed the answer yet.
    """

    audit: Audit
    profile: Profile
    unsettled: tuple[str, ...]
    tiers: tuple[TierResult, ...]
    offers: Mapping[tuple[str, str], list[Offer]]
    calendar: SchoolCalendar
    saved: Mapping[str, PlanDraft]
    carried_on: tuple[Step, ...]
    today: date

    @property
    def framework(self) -> Framework:
        """What the audit answers."""
        return self.profile.framework

    def tier(self, theme: str) -> TierResult:
        """The calculated tier of a theme."""
        return next(result for result in self.tiers if result.theme.slug == theme)

    def offers_of(self, theme: str) -> list[Offer]:
        """Every help that there is for a theme, lightest first."""
        return [offer for tier in self.framework.tiers for offer in self.offers.get((theme, tier.key), [])]

    @cached_property
    def chosen(self) -> dict[str, DraftTheme]:
        """What stands for each theme, in framework order."""
        return {result.theme.slug: self._chosen(result) for result in self.tiers}

    def _chosen(self, result: TierResult) -> DraftTheme:
        kept = self.saved.get(result.theme.slug)
        if kept is None:
            return self.proposed(result)
        draft = DraftTheme.from_document(kept.document)
        # Help that has been retired since it was ticked is no longer there to choose.
        codes = {offer.code for offer in self.offers_of(result.theme.slug)}
        steps = tuple(step if step.offer in codes else replace(step, offer="") for step in draft.steps)
        return replace(draft, offers=tuple(code for code in draft.offers if code in codes), steps=steps)

    def proposed(self, result: TierResult) -> DraftTheme:
        """What the rules propose for a theme: its calculated tier, with all the help that the tier stands for."""
        slug = result.theme.slug
        return DraftTheme(
            tier=result.tier.key,
            offers=self.usual_offers(slug, result.tier.key),
            steps=tuple(step for theme, step in self._steps if theme == slug),
        )

    def usual_offers(self, theme: str, tier: str) -> tuple[str, ...]:
        """The help that is ticked for a tier to begin with: all of it, so that equal schools are offered the same.

        What is universal is open to every school in any case, so nobody needs to choose it.
        """
        if tier == self.framework.tiers[0].key:
            return ()
        return tuple(offer.code for offer in self.offers.get((theme, tier), []))

    @cached_property
    def _steps(self) -> list[tuple[str, DraftStep]]:
        carried = [self._carried(step) for step in self.carried_on if self._may_be_carried(step)]
        already = [step.statement for _theme, step in carried]
        return [*carried, *((one.theme, self._step(one)) for one in proposed_steps(self.profile, already=already))]

    def _may_be_carried(self, step: Step) -> bool:
        if step.statement not in self.framework.positions:
            return not step.statement and step.theme.theme in {theme.slug for theme in self.framework.themes}
        given = self.profile.answers.get(step.statement)
        return not isinstance(given, int) or given < (step.level or 0)

    def _carried(self, step: Step) -> tuple[str, DraftStep]:
        theme = self.framework.theme_of(step.statement).slug if step.statement else step.theme.theme
        due = self.due(theme)
        return theme, DraftStep(Owner(step.owner), step.who, step.text, due, step.statement, step.level)

    def due(self, theme: str) -> date:
        """By when a step of a theme is proposed to be done."""
        return first_due(self.tier(theme).tier.key, today=self.today, calendar=self.calendar)

    def _step(self, proposed: Proposed) -> DraftStep:
        if proposed.why is Why.FACT_FINDING or proposed.statement is None or proposed.level is None:
            text = _("Talk over what is not known yet about this theme, and how to find out.")
            due = fact_finding_by(today=self.today, calendar=self.calendar)
            return DraftStep(Owner.OFFICER, _("Locality support officer"), text, due)
        text = _("Get to “%(level)s”: %(rubric)s") % {
            "level": self.framework.level_label(proposed.level),
            "rubric": proposed.statement.rubric(proposed.level),
        }
        due = self.due(proposed.theme)
        return DraftStep(Owner.SCHOOL, _("Head teacher"), text, due, proposed.statement.slug, proposed.level)

    @property
    def whole(self) -> Mapping[str, Any]:
        """What is saved about the plan as a whole: `stop_or_pause`, and the preferred `order` of intensive themes."""
        kept = self.saved.get(WHOLE)
        return kept.document if kept else {"stop_or_pause": "", "order": []}

    @property
    def order(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The intensive themes to begin with, and those that wait, by slug."""
        agreed = {slug: draft.tier for slug, draft in self.chosen.items()}
        return agreed_order(agreed, self.tiers, self.profile, self.whole["order"])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is still lacking before the plan can be agreed."""
        return problems(self.chosen, self.tiers)

    def reason(self, theme: str) -> str:
        """Why the agreed tier differs; "" where it does not. For a starting point that begins lighter, that says it."""
        draft, result = self.chosen[theme], self.tier(theme)
        if draft.tier == result.tier.key:
            return ""
        if not draft.reason.strip() and is_free_choice(result, draft.tier):
            return _("This theme is a starting point, and the school chose to begin with a lighter tier.")
        return draft.reason.strip()

    def review_on(self, theme: str) -> date | None:
        """When a tier that differs is looked at again; None where it does not differ."""
        draft, result = self.chosen[theme], self.tier(theme)
        if draft.tier == result.tier.key:
            return None
        return draft.review_on or next_review(draft.tier, after=self.today, calendar=self.calendar)


def read(audit: Audit, *, today: date) -> Proposal:
    """Read what the plan of this audit is agreed from: six queries."""
    answers, unsettled = answers_to_agree(audit)
    scored = profile(audit.framework, answers)
    offers = Offer.objects.current().of_framework(audit.framework.slug).by_theme_and_tier()
    open_steps = (
        Step.objects.to_do()
        .filter(theme__plan__audit__school=audit.school_id, theme__plan__audit__state=AuditState.AGREED)
        .exclude(theme__plan__audit=audit)
        .select_related("theme")
        .order_by("pk")
    )
    return Proposal(
        audit=audit,
        profile=scored,
        unsettled=unsettled,
        tiers=tiers(scored),
        offers=offers,
        calendar=school_calendar(today),
        saved={draft.theme: draft for draft in audit.plan_drafts.select_related("by")},
        carried_on=tuple(open_steps),
        today=today,
    )

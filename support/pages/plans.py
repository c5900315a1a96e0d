"""What the pages of a plan show, built from rows, ready for templates that only loop."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.domain.framework import Framework
from support.domain.due import is_overdue
from support.models import ChosenOffer, Plan, PlanTheme, Review, Step
from support.plan_words import moves_words
from support.sentences import ahead_words, capital, date_words, day_words, due_words

FEW = 4
"""As many steps as “What comes next” names."""

COLOURS = {Step.Status.TO_DO: "", Step.Status.DONE: "green", Step.Status.DROPPED: "grey"}


@dataclass(frozen=True)
class StepLine:
    """One step as it is read. `state` is its tag in words, and `colour` goes with it."""

    pk: int
    theme: str
    text: str
    who: str
    due: str
    state: str
    colour: str
    is_to_do: bool
    is_overdue: bool
    moves: str
    help: str
    outcome: str
    said_by: str


@dataclass(frozen=True)
class HelpLine:
    """One help that was chosen, and how far it has got."""

    pk: int
    title: str
    words: str
    state: str


@dataclass(frozen=True)
class ReviewLine:
    """A review that was held."""

    theme: str
    day: str
    by: str
    note: str
    decision: str


@dataclass(frozen=True)
class ThemeCard:
    """One theme of the plan, with all that belongs to it."""

    slug: str
    title: str
    tier_key: str
    tier: str
    note: str
    reason: str
    help: list[HelpLine]
    steps: list[StepLine]
    review_pk: int | None
    review: str
    review_is_overdue: bool

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to do here but what every school gets."""
        return not (self.help or self.steps or self.reason)


@dataclass
class Group:
    """Themes that are helped in the same way."""

    key: str
    heading: str
    meaning: str
    themes: list[ThemeCard] = field(default_factory=list)

    @property
    def busy(self) -> list[ThemeCard]:
        """The themes with help or steps of their own."""
        return [theme for theme in self.themes if not theme.is_quiet]

    @property
    def quiet(self) -> list[ThemeCard]:
        """The themes with nothing but what every school gets."""
        return [theme for theme in self.themes if theme.is_quiet]


@dataclass(frozen=True)
class PlanPage:
    """The whole plan."""

    plan: Plan
    agreed: str
    overdue: str
    next_steps: list[StepLine]
    next_review: str
    groups: list[Group]
    held: list[ReviewLine]


def plan_page(plan: Plan, *, today: date) -> PlanPage:
    """The plan as it is read today: four queries."""
    framework = plan.audit.framework
    themes = list(plan.themes.in_order())
    chosen = list(ChosenOffer.objects.filter(theme__plan=plan).select_related("offer").order_by("offer__order", "pk"))
    steps = list(Step.objects.filter(theme__plan=plan).select_related("theme", "offer", "by").soonest_first())
    reviews = list(
        Review.objects.filter(theme__plan=plan)
        .select_related("theme", "held_by")
        .order_by("held_on", "planned_on", "pk")
    )
    lines = [step_line(framework, step, today=today) for step in steps]
    to_do = [line for line in lines if line.is_to_do]
    return PlanPage(
        plan=plan,
        agreed=_("Agreed on %(day)s by %(name)s.") % {"day": day_words(plan.agreed_at), "name": plan.agreed_by},
        overdue=_overdue(to_do),
        next_steps=to_do[:FEW] if plan.is_current else [],
        next_review=_next_review(reviews, today) if plan.is_current else "",
        groups=_groups(framework, themes, chosen, lines, reviews, today),
        held=[_held(framework, review) for review in reversed(reviews) if review.held_on],
    )


def step_line(framework: Framework, step: Step, *, today: date) -> StepLine:
    """One step as it is read today."""
    is_to_do = step.status == Step.Status.TO_DO
    late = is_to_do and is_overdue(step.due_on, today=today)
    return StepLine(
        pk=step.pk,
        theme=step.theme.theme,
        text=step.text,
        who=step.who,
        due=date_words(step.due_on),
        state=_state(step, today),
        colour="orange" if late else COLOURS[step.status],
        is_to_do=is_to_do,
        is_overdue=late,
        moves=moves_words(framework, step.statement, step.level),
        help=step.offer.title if step.offer else "",
        outcome=step.outcome,
        said_by=str(step.by),
    )


def _state(step: Step, today: date) -> str:
    if step.status == Step.Status.DONE and step.done_on:
        return _("Done on %(day)s") % {"day": date_words(step.done_on)}
    if step.status == Step.Status.DROPPED:
        return _("Dropped")
    return capital(due_words(step.due_on, today=today))


def _overdue(to_do: Sequence[StepLine]) -> str:
    count = sum(line.is_overdue for line in to_do)
    if not count:
        return ""
    return ngettext("%(count)d step is overdue.", "%(count)d steps are overdue.", count) % {"count": count}


def _next_review(reviews: Sequence[Review], today: date) -> str:
    days = [review.planned_on for review in reviews if review.held_on is None]
    if not days:
        return ""
    day = min(days)
    count = days.count(day)
    words = ngettext(
        "The next review is on %(day)s, %(ahead)s.",
        "The next reviews are on %(day)s, %(ahead)s: %(count)d themes.",
        count,
    )
    return words % {"day": date_words(day), "ahead": ahead_words(day, today=today), "count": count}


def _groups(
    framework: Framework,
    themes: Sequence[PlanTheme],
    chosen: Sequence[ChosenOffer],
    steps: Sequence[StepLine],
    reviews: Sequence[Review],
    today: date,
) -> list[Group]:
    groups: dict[str, Group] = {}
    planned = {review.theme_id: review for review in reviews if review.held_on is None}
    for theme in sorted(themes, key=lambda one: (not one.is_open, one.place)):
        key = _group_key(theme)
        if key not in groups:
            groups[key] = Group(key, _heading(framework, theme), _meaning(framework, theme))
        mine = [_help(one) for one in chosen if one.theme_id == theme.pk]
        own = sorted((line for line in steps if line.theme == theme.theme), key=lambda line: not line.is_to_do)
        groups[key].themes.append(_card(framework, theme, mine, own, planned.get(theme.pk), today))
    return list(groups.values())


def _group_key(theme: PlanTheme) -> str:
    if not theme.is_open:
        return "closed"
    return "waiting" if theme.is_waiting else theme.tier_agreed


def _heading(framework: Framework, theme: PlanTheme) -> str:
    if not theme.is_open:
        return _("Closed")
    tier = framework.tier(theme.tier_agreed).label
    return _("%(tier)s: next, when there is room") % {"tier": tier} if theme.is_waiting else tier


def _meaning(framework: Framework, theme: PlanTheme) -> str:
    if not theme.is_open:
        return _("The support that was agreed has ended. These themes go on with what every school gets.")
    if theme.is_waiting:
        return _(
            "At most two themes are intensive at one time. These begin, in this order, when one of the two closes."
        )
    return framework.tier(theme.tier_agreed).meaning


def _card(
    framework: Framework,
    theme: PlanTheme,
    chosen: list[HelpLine],
    steps: list[StepLine],
    planned: Review | None,
    today: date,
) -> ThemeCard:
    found = [one for one in framework.themes if one.slug == theme.theme]
    day = planned.planned_on if planned else None
    return ThemeCard(
        slug=theme.theme,
        title=found[0].title if found else theme.theme,
        tier_key=theme.tier_agreed,
        tier=framework.tier(theme.tier_agreed).label,
        note=_note(framework, theme),
        reason=theme.reason,
        help=chosen,
        steps=steps,
        review_pk=planned.pk if planned else None,
        review=_("%(day)s, %(ahead)s") % {"day": date_words(day), "ahead": ahead_words(day, today=today)}
        if day
        else "",
        review_is_overdue=day is not None and is_overdue(day, today=today),
    )


def _day_ahead(day: date, today: date) -> str:
    return _("%(day)s, %(ahead)s") % {"day": date_words(day), "ahead": ahead_words(day, today=today)}


def _note(framework: Framework, theme: PlanTheme) -> str:
    if theme.closed_on:
        return _("%(tier)s support closed on %(day)s.") % {
            "tier": framework.tier(theme.tier_agreed).label,
            "day": date_words(theme.closed_on),
        }
    if theme.tier_agreed == theme.tier_calculated:
        return ""
    return _("The answers gave %(calculated)s. %(agreed)s was agreed:") % {
        "calculated": framework.tier(theme.tier_calculated).label,
        "agreed": framework.tier(theme.tier_agreed).label,
    }


def _help(chosen: ChosenOffer) -> HelpLine:
    if chosen.finished_on:
        state = _("finished on %(day)s") % {"day": date_words(chosen.finished_on)}
    elif chosen.begun_on:
        state = _("begun on %(day)s") % {"day": date_words(chosen.begun_on)}
    else:
        state = _("agreed")
    offer = chosen.offer
    return HelpLine(chosen.pk, offer.title, "; ".join(filter(None, [offer.provided_by, offer.amount])), state)


def _held(framework: Framework, review: Review) -> ReviewLine:
    titles = {theme.slug: theme.title for theme in framework.themes}
    return ReviewLine(
        theme=titles.get(review.theme.theme, review.theme.theme),
        day=date_words(review.held_on),
        by=str(review.held_by),
        note=review.note,
        decision=review.get_decision_display(),
    )

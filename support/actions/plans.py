"""Working on a plan: its steps, and how far its help has got."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from schools.permissions import Permission, require
from support.domain.draft import DraftStep
from support.models import ChosenOffer, Offer, Plan, PlanTheme, Step


class UnableToChange(Exception):
    """The message is fit to show to the person who tried."""


class StepChangedMeanwhile(Exception):
    """Somebody else has changed this step meanwhile. `theirs` is the step as they left it."""

    def __init__(self, theirs: Step) -> None:
        super().__init__(_("Somebody else has changed this step since you opened it."))
        self.theirs = theirs


@transaction.atomic
def add_step(*, theme: PlanTheme, wanted: DraftStep, by: User, now: datetime) -> Step:
    """Add a step to a theme of a plan.

    Raises:
        PermissionDenied: this person does not work on the school's plan.
        UnableToChange: a later plan has taken its place, or the statement or the help belongs to another theme.
    """
    plan = _working_on(theme.plan, by)
    step = Step(theme=theme, by=by, at=now)
    _fill(step, wanted, plan)
    step.save()
    return step


@transaction.atomic
def change_step(*, step: Step, wanted: DraftStep, seen: int, by: User, now: datetime) -> Step:
    """Change what a step says. `seen` is the revision that its page showed. Doing it again changes nothing.

    Raises:
        PermissionDenied, UnableToChange: as `add_step` does.
        StepChangedMeanwhile: somebody else has changed it since.
    """
    step = _locked(step, by)
    before = _said(step)
    _fill(step, wanted, step.theme.plan)
    if _said(step) == before:
        return step
    if step.revision != seen:
        step.refresh_from_db()
        raise StepChangedMeanwhile(step)
    return _save(step, by, now)


@transaction.atomic
def finish_step(*, step: Step, on: date, outcome: str, seen: int, by: User, now: datetime) -> Step:
    """Tick a step off, with a line on what happened. Raises as `change_step` does."""
    return _settle(step, Step.Status.DONE, on, outcome, seen, by, now)


@transaction.atomic
def drop_step(*, step: Step, outcome: str, seen: int, by: User, now: datetime) -> Step:
    """Give a step up, with a line on why. It stays in the plan, so that nobody wonders what became of it."""
    return _settle(step, Step.Status.DROPPED, None, outcome, seen, by, now)


@transaction.atomic
def take_up_again(*, step: Step, by: User, now: datetime) -> Step:
    """Make a step that was done or dropped one to do again. What was written about it stays."""
    return _settle(step, Step.Status.TO_DO, None, None, None, by, now)


def _settle(
    step: Step, status: str, on: date | None, outcome: str | None, seen: int | None, by: User, now: datetime
) -> Step:
    """`outcome` None keeps what is written; `seen` None asks nothing, since nobody's words are written over."""
    step = _locked(step, by)
    outcome = step.outcome if outcome is None else outcome
    if (step.status, step.done_on, step.outcome) == (status, on, outcome):
        return step
    if seen is not None and step.revision != seen:
        raise StepChangedMeanwhile(step)
    step.status, step.done_on, step.outcome = status, on, outcome
    return _save(step, by, now)


@transaction.atomic
def progress_offer(
    *, chosen: ChosenOffer, begun_on: date | None, finished_on: date | None, by: User, now: datetime
) -> ChosenOffer:
    """Say since when a help is under way, and when it was finished.

    Raises:
        PermissionDenied: this person does not work on the school's plan.
        UnableToChange: a later plan has taken its place.
    """
    _working_on(chosen.theme.plan, by)
    chosen = ChosenOffer.objects.select_for_update(of=("self",)).get(pk=chosen.pk)
    chosen.begun_on, chosen.finished_on = begun_on, finished_on
    chosen.save(update_fields=["begun_on", "finished_on"])
    return chosen


def _working_on(plan: Plan, by: User) -> Plan:
    require(by, Permission.WORK_ON_PLAN, plan.audit.school)
    if not plan.is_current:
        raise UnableToChange(_("A later plan has taken the place of this one. It is kept to be read."))
    return plan


def _locked(step: Step, by: User) -> Step:
    _working_on(step.theme.plan, by)
    return Step.objects.select_for_update(of=("self",)).select_related("theme__plan__audit__version").get(pk=step.pk)


def _fill(step: Step, wanted: DraftStep, plan: Plan) -> None:
    theme = plan.audit.framework.theme(step.theme.theme)
    if wanted.statement and wanted.statement not in {statement.slug for statement in theme.statements}:
        raise UnableToChange(_("This statement belongs to another theme. Choose one of this theme."))
    step.owner, step.who, step.text, step.due_on = wanted.owner.value, wanted.who, wanted.text, wanted.due_on
    step.statement, step.level = wanted.statement, wanted.level
    step.offer = Offer.objects.filter(chosen__theme=step.theme, code=wanted.offer).first() if wanted.offer else None


def _said(step: Step) -> tuple[object, ...]:
    return (step.owner, step.who, step.text, step.due_on, step.statement, step.level, step.offer_id)


def _save(step: Step, by: User, now: datetime) -> Step:
    step.by, step.at = by, now
    step.revision += 1
    step.save()
    return step

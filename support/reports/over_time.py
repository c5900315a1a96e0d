"""The themes then and now, and whether the statements moved that the last plan's steps were to move.

Nothing here says why: a step was done, a statement moved, and what led to what is for the school to say.
"""

from collections.abc import Mapping
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charts.change_over_time import ChangeLegend, ChangeOverTime, ChangeRow, digest
from readiness.domain.answers import HIGHEST_LEVEL, LOWEST_LEVEL
from readiness.domain.comparison import Comparison, Direction, StatementChange, ThemeChange
from readiness.domain.framework import Framework, ThemeKind
from readiness.domain.scoring import ThemeResult
from support.models import Step
from support.reports.outcome_words import answer_words
from support.reports.parts import LastStep, OverTime, ThenLine
from support.reports.since_words import themes_words
from support.reports.source import PlannedStep, Previous
from support.sentences import language_tag, without_stop

VERDICTS = {
    Direction.HIGHER: gettext_lazy("Further on"),
    Direction.LOWER: gettext_lazy("Not as far on"),
    Direction.ABOUT_THE_SAME: gettext_lazy("About the same"),
    Direction.NO_SCORE: gettext_lazy("Cannot be compared"),
    Direction.ADDED: gettext_lazy("Not asked last time"),
    Direction.RETIRED: gettext_lazy("Not asked any more"),
}
DRAWN: Mapping[Direction, Literal["higher", "lower", "same"]] = {
    Direction.HIGHER: "higher",
    Direction.LOWER: "lower",
    Direction.ABOUT_THE_SAME: "same",
}
STATUSES = {
    Step.Status.TO_DO: gettext_lazy("Still to do"),
    Step.Status.DONE: gettext_lazy("Done"),
    Step.Status.DROPPED: gettext_lazy("Dropped"),
}


def over_time(found: Comparison | None, previous: Previous | None, session: str) -> OverTime | None:
    """The themes then and now, as a chart and as its table; None without an earlier audit."""
    if found is None or previous is None:
        return None
    then_name, now_name = _names(previous.session, session)
    framework = found.after.framework
    rows = tuple(_row(found, change) for change in found.themes)
    chart = ChangeOverTime(
        title=_("Your themes then and now"),
        summary=_("From %(then)s to %(now)s. %(themes)s")
        % {"then": then_name, "now": now_name, "themes": themes_words(found)},
        rows=rows,
        groups=(
            (ThemeKind.CONDITION.value, _("Conditions: they count towards being ready")),
            (ThemeKind.STARTING_POINT.value, _("Starting points: they guide support only")),
        ),
        legend=ChangeLegend(then_name, now_name),
        ticks=tuple((level.value, level.label) for level in framework.scale),
        low=LOWEST_LEVEL,
        high=HIGHEST_LEVEL,
        language=language_tag(),
    )
    return OverTime(
        chart=chart,
        digest=digest(chart),
        table_head=(_("Theme"), then_name, now_name, _("Then and now")),
        lines=tuple(ThenLine(row.title, row.then_text, row.now_text, row.verdict) for row in rows),
    )


def _names(then: str, now: str) -> tuple[str, str]:
    """What the two audits are called: their sessions, unless both are of one session."""
    if then != now:
        return then, now
    return _("%(session)s, the first") % {"session": then}, _("%(session)s, the second") % {"session": now}


def _row(found: Comparison, change: ThemeChange) -> ChangeRow:
    return ChangeRow(
        title=change.theme.title,
        group=change.theme.kind.value,
        then=change.before.mean if change.before else None,
        then_text=_score_words(found.before.framework, change.before),
        now=change.after.mean if change.after else None,
        now_text=_score_words(found.after.framework, change.after),
        direction=DRAWN.get(change.direction, "unknown"),
        verdict=str(VERDICTS[change.direction]),
    )


def _score_words(framework: Framework, result: ThemeResult | None) -> str:
    if result is None:
        return _("not asked")
    if result.band is None:
        return framework.not_enough_information.label
    return _("%(score)s, %(band)s") % {"score": result.display, "band": result.band.label}


def last_steps(found: Comparison | None, previous: Previous | None) -> tuple[LastStep, ...]:
    """Each step of the last plan, and whether its statement moved."""
    if found is None or previous is None:
        return ()
    changes = {change.statement.slug: change for change in found.statements}
    return tuple(_last_step(found, changes.get(step.statement), step) for step in previous.steps)


def _last_step(found: Comparison, change: StatementChange | None, step: PlannedStep) -> LastStep:
    return LastStep(
        text=step.text,
        status=str(STATUSES[Step.Status(step.status)]),
        statement=without_stop(change.statement.text) if change else "",
        moved=_moved(found, change, step.level) if change else "",
    )


def _moved(found: Comparison, change: StatementChange, wanted: int | None) -> str:
    before, after = found.before.framework, found.after.framework
    values = {
        "before": answer_words(before, change.before),
        "after": answer_words(after, change.after),
        "wanted": after.level_label(wanted) if wanted is not None else "",
    }
    words = _direction_words(change) % values
    if change.has_moved and isinstance(change.after, int) and wanted is not None:
        hoped = (
            _("That is what was hoped for.") if change.after >= wanted else _("“%(wanted)s” was hoped for.") % values
        )
        words = f"{words} {hoped}"
    return f"{words} {_('Its wording has changed since.')}" if change.is_reworded else words


def _direction_words(change: StatementChange) -> str:
    if change.direction is Direction.HIGHER:
        return _("Moved up, from “%(before)s” to “%(after)s”.")
    if change.direction is Direction.LOWER:
        return _("Moved down, from “%(before)s” to “%(after)s”.")
    if change.direction is Direction.ABOUT_THE_SAME:
        return _("About the same: “%(after)s”.")
    if change.direction is Direction.RETIRED:
        return _("It is not asked any more, so nothing can be compared.")
    return _("It cannot be compared: “%(before)s” then, “%(after)s” now.")

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readiness.domain.answers import Given
from readiness.domain.framework import Framework, Theme
from support.domain.draft import DraftStep, Owner
from support.forms.fields import RELEASED, Day, Words, later_than
from support.reports.outcome_words import answer_words
from support.sentences import quoted


class StepForm(forms.Form):
    """One thing to do, in a plan or in one that is being agreed."""

    text = Words(
        label=gettext_lazy("What is to be done?"),
        missing=gettext_lazy("Say what is to be done."),
        help_text=RELEASED,
    )
    owner = forms.ChoiceField(
        label=gettext_lazy("Whose step is it?"),
        widget=forms.RadioSelect,
        choices=[
            (Owner.SCHOOL.value, gettext_lazy("The school’s")),
            (Owner.OFFICER.value, gettext_lazy("The locality support officer’s")),
        ],
        error_messages={
            "required": gettext_lazy("Choose whose step it is."),
            "invalid_choice": gettext_lazy("Choose whose step it is."),
        },
    )
    who = forms.CharField(
        label=gettext_lazy("Who does it?"),
        max_length=100,
        help_text=gettext_lazy("A role is enough, such as “depute head teacher”."),
        error_messages={
            "required": gettext_lazy("Say who does it."),
            "max_length": gettext_lazy("Shorten this to 100 characters or fewer."),
        },
    )
    due_on = Day(
        label=gettext_lazy("By when?"), error_messages={"required": gettext_lazy("Choose by when it is done.")}
    )
    statement = forms.ChoiceField(
        label=gettext_lazy("Which statement should it move?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The next audit shows whether it moved. Some steps move no statement: that is fine."),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the statements shown.")},
    )
    level = forms.ChoiceField(
        label=gettext_lazy("To which level?"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the levels shown.")},
    )
    offer = forms.ChoiceField(
        label=gettext_lazy("Which help does it belong to?"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose from the help shown.")},
    )
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        framework: Framework,
        theme: Theme,
        answers: Mapping[str, Given],
        offers: Sequence[tuple[str, str]],
        before: DraftStep | None,
        today: date,
        **kwargs: Any,
    ) -> None:
        """`offers`: code and title of the help that was chosen for the theme; `before`: the step that is changed."""
        super().__init__(*args, **kwargs)
        self.framework, self.answers, self.before, self.today = framework, answers, before, today
        self.fields["statement"].choices = [
            ("", _("None: it moves no statement")),
            *((one.slug, f"{quoted(one.text)} ({self._now(one.slug)})") for one in theme.statements),
        ]
        self.fields["level"].choices = [
            ("", _("No level")),
            *((str(level.value), level.label) for level in framework.scale),
        ]
        if offers:
            self.fields["offer"].choices = [("", _("None")), *offers]
        else:
            del self.fields["offer"]

    def _now(self, slug: str) -> str:
        given = answer_words(self.framework, self.answers.get(slug))
        return _("now: %(answer)s") % {"answer": given}

    def clean_due_on(self) -> date | None:
        """A new day lies ahead; one that was set before may stay."""
        day = self.cleaned_data["due_on"]
        if self.before is None or day != self.before.due_on:
            later_than(day, self.today, _("Choose a day that is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """A statement and a level go together, and the level is higher than where the statement is."""
        given = super().clean() or self.cleaned_data
        if "statement" not in given or "level" not in given:
            return given
        statement, level = given["statement"], int(given["level"]) if given["level"] else None
        if statement and level is None:
            self.add_error("level", _("Choose the level that the statement should reach."))
        elif level is not None and not statement:
            self.add_error("statement", _("Choose the statement that should reach this level."))
        elif level is not None and not self._is_as_before(statement, level):
            now = self.answers.get(statement)
            if isinstance(now, int) and now >= level:
                sentence = _("It is at “%(level)s” already. Choose a higher level.")
                self.add_error("level", sentence % {"level": self.framework.level_label(now)})
        return given

    def _is_as_before(self, statement: str, level: int) -> bool:
        return self.before is not None and (self.before.statement, self.before.level) == (statement, level)

    def wanted(self) -> DraftStep:
        """The step as it was filled in."""
        given = self.cleaned_data
        return DraftStep(
            owner=Owner(given["owner"]),
            who=given["who"],
            text=given["text"],
            due_on=given["due_on"],
            statement=given["statement"],
            level=int(given["level"]) if given["level"] else None,
            offer=given.get("offer", ""),
        )


def initial(step: DraftStep | None, *, due_on: date) -> dict[str, Any]:
    """What the form shows first: the step as it is, or a new one of the head teacher's."""
    if step is None:
        return {"owner": Owner.SCHOOL.value, "who": _("Head teacher"), "due_on": due_on}
    return {
        "text": step.text,
        "owner": step.owner.value,
        "who": step.who,
        "due_on": step.due_on,
        "statement": step.statement,
        "level": str(step.level or ""),
        "offer": step.offer,
    }

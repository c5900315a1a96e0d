from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readiness.domain.answers import Given
from readiness.domain.framework import Framework, Theme
from support.forms.fields import RELEASED, Day, Words
from support.models import Review

NOTE_LIMIT = 1500

ONE_LINE = gettext_lazy("One line is enough. No names of pupils or families.")


def not_ahead(day: date | None, today: date) -> None:
    """Refuse a day that is still to come."""
    if day is not None and day > today:
        raise forms.ValidationError(_("This day is still to come. Choose today or a day before."))


class DoneForm(forms.Form):
    """A step is done: when, and what happened."""

    outcome = Words(
        label=gettext_lazy("What happened?"),
        missing=gettext_lazy("Say in a line what happened."),
        help_text=ONE_LINE,
    )
    done_on = Day(label=gettext_lazy("When was it done?"), error_messages={"required": gettext_lazy("Say when.")})
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_done_on(self) -> date:
        """What is done has been done."""
        not_ahead(self.cleaned_data["done_on"], self.today)
        return self.cleaned_data["done_on"]


class DropForm(forms.Form):
    """A step is given up: why."""

    outcome = Words(
        label=gettext_lazy("Why is it dropped?"),
        missing=gettext_lazy("Say in a line why it is dropped."),
        help_text=ONE_LINE,
    )
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class HelpForm(forms.Form):
    """How far a help has got."""

    begun_on = Day(label=gettext_lazy("It began on"), required=False)
    finished_on = Day(label=gettext_lazy("It was finished on"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_begun_on(self) -> date | None:
        """What has begun has begun."""
        not_ahead(self.cleaned_data["begun_on"], self.today)
        return self.cleaned_data["begun_on"]

    def clean_finished_on(self) -> date | None:
        """What is finished comes after its beginning."""
        finished = self.cleaned_data["finished_on"]
        not_ahead(finished, self.today)
        begun = self.cleaned_data.get("begun_on")
        if finished and not begun and "begun_on" not in self.errors:
            raise forms.ValidationError(_("Say when it began, too."))
        if finished and begun and finished < begun:
            raise forms.ValidationError(_("It was finished after it began. Check the two days."))
        return finished


class ReviewForm(forms.Form):
    """A look back at one theme: where its statements stand, what was said, and what follows."""

    held_on = Day(label=gettext_lazy("When did you look back?"), error_messages={"required": gettext_lazy("Say when.")})
    note = Words(
        label=gettext_lazy("What did the review say?"),
        missing=gettext_lazy("Say what the review said. Some lines are enough."),
        help_text=RELEASED,
        limit=NOTE_LIMIT,
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("What follows?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what follows."),
            "invalid_choice": gettext_lazy("Choose what follows."),
        },
    )

    def __init__(
        self,
        *args: Any,
        framework: Framework,
        theme: Theme,
        latest: Mapping[str, Given],
        may_close: bool,
        today: date,
        **kwargs: Any,
    ) -> None:
        """`latest`: where each statement stood when it was looked at last."""
        super().__init__(*args, **kwargs)
        self.theme, self.today = theme, today
        levels = [("", _("Not looked at")), *((str(level.value), level.label) for level in framework.scale)]
        for statement in theme.statements:
            given = latest.get(statement.slug)
            self.fields[f"now-{statement.slug}"] = forms.ChoiceField(
                label=statement.text,
                choices=levels,
                required=False,
                initial=str(given) if isinstance(given, int) else "",
                error_messages={"invalid_choice": _("Choose one of the levels shown.")},
            )
        self.fields["decision"].choices = DECISIONS if may_close else DECISIONS[:1]
        if not may_close:
            self.fields["decision"].initial = Review.Decision.CARRY_ON

    @property
    def level_fields(self) -> list[forms.BoundField]:
        """Where each statement stands now."""
        return [self[f"now-{statement.slug}"] for statement in self.theme.statements]

    def now_at(self) -> dict[str, int]:
        """Statement slug -> its level now; those that were not looked at are left out."""
        given = {one.slug: self.cleaned_data[f"now-{one.slug}"] for one in self.theme.statements}
        return {slug: int(level) for slug, level in given.items() if level}

    def clean_held_on(self) -> date:
        """What was held was held."""
        not_ahead(self.cleaned_data["held_on"], self.today)
        return self.cleaned_data["held_on"]


DECISIONS = [
    (Review.Decision.CARRY_ON.value, gettext_lazy("Carry on: the support goes on as agreed")),
    (Review.Decision.FAR_ENOUGH.value, gettext_lazy("Close it: the theme is far enough on")),
    (Review.Decision.BY_AGREEMENT.value, gettext_lazy("Close it by agreement, and say why in the note")),
]

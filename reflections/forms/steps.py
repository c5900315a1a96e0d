"""The form of one step of the log, made of its prompts. Every field may be empty: a draft may be incomplete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reflections.domain import privacy
from reflections.domain.prompts import HAPPENED_ON, NO_NAMES, VISIBILITY, Field, Kind, Step
from reflections.domain.said import TERM, TICKED, Said, is_same, rating_name, ratings_of, seen_as, texts_of
from reflections.domain.states import TagKind
from reflections.domain.visibility import Visibility
from reflections.forms.words import AskedBefore, NeededWords, Question, Words, questions_about
from reflections.models import Entry

LINE = 300

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Around:
    """What a step's form knows beside its prompts: the day, the lists that the framework keeps, the terms."""

    today: date
    lists: Mapping[str, Choices]
    terms: Choices
    worked_out: str
    meanings: Mapping[str, str]


@dataclass(frozen=True)
class Rated:
    """One thing to rate, with its two rows of five."""

    text: str
    rows: tuple[tuple[str, BoundField], ...]


class Chosen(forms.ChoiceField):
    """One of several, as radio buttons."""

    def __init__(self, choices: Choices, **kwargs: Any) -> None:
        said = {"invalid_choice": _("Choose one of the answers shown.")}
        super().__init__(choices=choices, widget=forms.RadioSelect, error_messages=said, **kwargs)

    def validate(self, value: str) -> None:
        """Refuse what is not among them. Nothing at all is fine."""
        if value:
            super().validate(value)


class StepForm(forms.Form):
    """One step. `given_back` says that the page shows what was typed before a session ended."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, entry: Entry, step: Step, around: Around, given_back: bool = False, **kwargs: Any
    ) -> None:
        self.entry, self.step, self.around, self.given_back = entry, step, around, given_back
        self.kept = entry.said(step)
        kwargs["initial"] = self._as_initial(self.kept)
        super().__init__(*args, **kwargs)
        self.before = AskedBefore(self.data, self.add_prefix)
        self.theirs: Said | None = None
        if step.has_text:
            self.fields[step.slug] = self._main_text()
        for field in step.fields:
            self.fields[field.slug] = self._made(field)
            if field.slug == HAPPENED_ON:
                self.fields[TERM] = self._term()
        if step.confidence is not None:
            self._add_ratings()

    # --- Its fields ---------------------------------------------------------------------------------------------

    def _main_text(self) -> Words:
        step = self.step
        is_needed = step.slug in self.entry.prompts.required_steps
        kind = NeededWords if is_needed and self.entry.is_finished else Words
        field = kind(
            limit=step.hard_limit_characters or LINE,
            today=self.around.today,
            label=step.prompt,
            help_text=" ".join(part for part in (step.follow_up, step.hint) if part),
            required=False,
        )
        field.required = is_needed  # said beside it; a draft may lack it
        if step.soft_limit_words:
            field.widget.attrs["data-soft-limit"] = step.soft_limit_words
        return field

    def _made(self, field: Field) -> forms.Field:
        label = field.prompt or _LABELS.get(field.slug, field.slug.replace("-", " ").capitalize())
        if field.slug == VISIBILITY:
            meanings = self.around.meanings
            choices = [(option, f"{VISIBILITIES[option]}. {meanings.get(option, '')}") for option in field.options]
            return Chosen(choices, label=label, required=True)
        if field.kind is Kind.TICK:
            return forms.BooleanField(label=label, required=False)
        if field.kind is Kind.DATE:
            return DayField(label=label, latest=self.around.today if field.slug == HAPPENED_ON else None)
        if field.kind is Kind.TEXT:
            limit = field.hard_limit_characters or LINE
            return Words(limit=limit, today=self.around.today, rows=2, label=label, required=False)
        choices = self._choices(field)
        return (
            Several(choices, most=field.most, label=label)
            if field.kind is Kind.MANY
            else Chosen(choices, label=label, required=False)
        )

    def _choices(self, field: Field) -> Choices:
        """The options as they stand, or the framework's list. What was chosen before stays among them."""
        listed = list(self.around.lists[field.options_from]) if field.options_from else _same_twice(field.options)
        known = {value for value, _words in listed}
        kept = [value for value in self.kept.get(field.slug, "").split(",") if value and field.kind is Kind.MANY]
        return [*listed, *((value, value.replace("-", " ")) for value in kept if value not in known)]

    def _term(self) -> forms.ChoiceField:
        first = (_("By its day: %s") % self.around.worked_out) if self.around.worked_out else _("By its day")
        return forms.ChoiceField(
            label=_("Which term does it belong to?"), required=False, choices=[("", first), *self.around.terms]
        )

    def _add_ratings(self) -> None:
        scale = [(str(value), words) for value, words in self.step.confidence.scale]
        for item, _text in self.step.confidence.items:
            for moment in self.step.confidence.moments:
                label = _MOMENTS[moment]()
                self.fields[f"{item}-{moment}"] = Chosen(scale, label=label, required=False)

    # --- What it holds ------------------------------------------------------------------------------------------

    def _as_initial(self, said: Said) -> dict[str, Any]:
        many = {field.slug for field in self.step.fields if field.kind is Kind.MANY}
        initial: dict[str, Any] = {name: value.split(",") if name in many else value for name, value in said.items()}
        for name in [field.slug for field in self.step.fields if field.kind is Kind.TICK]:
            initial[name] = bool(said.get(name))
        return initial

    def said(self) -> dict[str, str]:
        """What arrived, with the other words that were chosen. Where a field is not in order, what is kept stands."""
        return {name: self._said(name) if name in self.cleaned_data else self.kept.get(name, "") for name in self.kept}

    def _said(self, name: str) -> str:
        value = self.cleaned_data[name]
        if isinstance(value, bool):
            return TICKED if value else ""
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, list):
            return ",".join(sorted(value))
        text = str(value or "")
        return self.before.rewritten(name, text, today=self.around.today) if name in texts_of(self.step) else text

    @property
    def seen(self) -> str:
        """The mark of what the page shows as kept."""
        if self.theirs is not None:
            return seen_as(self.theirs)
        if self.given_back or (self.is_bound and self.errors):
            return self.data.get(self.add_prefix("seen"), "")
        return seen_as(self.kept)

    @property
    def posted_seen(self) -> str:
        """The mark that arrived with the post. A post without one has seen nothing."""
        return self.data.get(self.add_prefix("seen")) or seen_as({})

    def differs_from_kept(self) -> bool:
        """Whether what arrived says something else than what is kept."""
        return not is_same(self.kept, self.said())

    # --- What it asks -------------------------------------------------------------------------------------------

    def questions(self) -> list[Question]:
        """What the gentle checks ask about the words that are kept."""
        found: list[Question] = []
        for name in texts_of(self.step):
            text = self.kept.get(name, "")
            if text and isinstance(self.fields[name], Words):
                found += questions_about(name, self.step.title, text, today=self.around.today)
        return found

    def safeguarding(self) -> bool:
        """Whether a word stands in the text, kept or just typed, for which the page says what to do now."""
        words = self.entry.prompts.safeguarding_words
        typed = [str(self.data.get(self.add_prefix(name), "")) for name in texts_of(self.step)] if self.is_bound else []
        return bool(
            privacy.safeguarding("\n".join([*(self.kept[name] for name in texts_of(self.step)), *typed]), words)
        )

    # --- How it is drawn ----------------------------------------------------------------------------------------

    @property
    def plain_fields(self) -> list[BoundField]:
        """Everything but the ratings, in order."""
        ratings = {rating_name(item, moment) for item, moment in ratings_of(self.step)}
        return [self[name] for name in self.fields if name not in ratings]

    @property
    def rated(self) -> list[Rated]:
        """The things to rate."""
        if self.step.confidence is None:
            return []
        moments = self.step.confidence.moments
        return [
            Rated(text, tuple((str(self[f"{item}-{moment}"].label), self[f"{item}-{moment}"]) for moment in moments))
            for item, text in self.step.confidence.items
        ]


class DayField(forms.DateField):
    """A day, as the browser's own picker sends it or as people write it."""

    input_formats = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d/%m/%y"]

    def __init__(self, *, label: str, latest: date | None) -> None:
        self.latest = latest
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        widget.input_type = "date"
        said = {"invalid": _("Write the day like this: 20/11/2026.")}
        super().__init__(
            label=label, required=False, widget=widget, input_formats=self.input_formats, error_messages=said
        )

    def validate(self, value: date | None) -> None:
        """Refuse a day that has not been yet, where that makes no sense."""
        if value and self.latest and value > self.latest:
            raise forms.ValidationError(_("That day has not been yet. Choose today or a day before."))
        if value and value.year < EARLIEST:
            raise forms.ValidationError(_("That is long ago. Check the year."))


class Several(forms.MultipleChoiceField):
    """Some of several, not more than so many."""

    def __init__(self, choices: Choices, *, most: int | None, label: str) -> None:
        self.most = most
        super().__init__(
            choices=choices,
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Up to %d.") % most if most else "",
            error_messages={"invalid_choice": _("Choose one of the answers shown.")},
        )

    def validate(self, value: list[str]) -> None:
        """Refuse more than fit."""
        super().validate(value)
        if self.most and len(value) > self.most:
            raise forms.ValidationError(_("Choose up to %d.") % self.most)


EARLIEST = 2000
VISIBILITIES = {
    Visibility.PRIVATE: gettext_lazy("Keep it to myself"),
    Visibility.GROUP: gettext_lazy("My reflective group"),
    Visibility.LEARNING: gettext_lazy("Only what I learned"),
}
_LABELS = {
    TagKind.THEME: gettext_lazy("Which themes does it touch?"),
    TagKind.PRINCIPLE: gettext_lazy("Which nurture principles?"),
    TagKind.SOLIHULL: gettext_lazy("Which Solihull ideas?"),
    VISIBILITY: gettext_lazy("Who would you like to read it?"),
    NO_NAMES: gettext_lazy("I have checked that nobody can be identified from this."),
}
_MOMENTS = {"going-in": lambda: _("Going in"), "now": lambda: _("Now")}


def _same_twice(options: Sequence[str]) -> list[tuple[str, str]]:
    return [(option, option[:1].upper() + option[1:]) for option in options]

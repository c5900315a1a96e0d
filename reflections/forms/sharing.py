from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reflections.domain.prompts import LEARNING
from reflections.forms.words import AskedBefore, Question, Words, questions_about
from reflections.models import Entry, Group

LONGEST_COMMENT = 1000
LONGEST_EXAMPLE = 3000
LONGEST_REASON = 1000


class AskingForm(forms.Form):
    """A form with words of one's own in it, which are looked at once before they go anywhere."""

    use_required_attribute = False

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.before = AskedBefore(self.data, self.add_prefix)

    def _words(self, name: str, label: str, limit: int, *, rows: int = 6, **kwargs: Any) -> None:
        self.fields[name] = Words(limit=limit, today=self.today, rows=rows, label=label, **kwargs)

    def questions(self) -> list[Question]:
        """What the gentle checks ask about these words."""
        found: list[Question] = []
        for name, field in self.fields.items():
            if isinstance(field, Words) and self.is_bound:
                text = self.cleaned_data.get(name, "") if hasattr(self, "cleaned_data") else ""
                found += questions_about(name, str(field.label), text, today=self.today)
        return found

    def has_been_asked(self) -> bool:
        """Whether the page has shown all that there is to ask about these words."""
        return not self.before.has_news(self.questions())


class GroupShareForm(forms.Form):
    """Which group reads an entry."""

    group = forms.ModelChoiceField(
        label=gettext_lazy("Which group?"),
        queryset=Group.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a group."),
            "invalid_choice": gettext_lazy("Choose a group."),
        },
    )
    use_required_attribute = False

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups
        self.fields["group"].label_from_instance = self._named
        if len(groups) == 1:
            self.fields["group"].initial = groups[0].pk

    @staticmethod
    def _named(group: Group) -> str:
        people = sorted(str(member.user) for member in group.members.all() if member.left is None)
        return _("%(group)s: %(people)s") % {"group": group.name, "people": ", ".join(people)}


class LearningForm(AskingForm):
    """The exact words that are shared of an entry, and the author's word for it."""

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for slug in LEARNING:
            step = entry.prompts.step(slug)
            initial = entry.texts_by_slug.get(slug, "")
            limit = step.hard_limit_characters or LONGEST_COMMENT
            self._words(slug, step.title, limit, rows=4, required=False, initial=initial)
        self.fields["may_stay"] = forms.BooleanField(
            label=_("It may stay, without my name, when I delete the entry or leave."), required=False
        )
        self.fields["confirmed"] = forms.BooleanField(
            label=_("These are the exact words that I share. Nobody can be identified from them."),
            error_messages={"required": _("Tick the box when these are the exact words that you want to share.")},
        )

    def words(self) -> dict[str, str]:
        """The words by prompt."""
        return {slug: self.cleaned_data.get(slug, "") for slug in LEARNING}


class CommentForm(AskingForm):
    """What somebody of the group writes to an entry."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("Kind and curious. No names, please.")
        self._words("text", _("What would you like to say?"), LONGEST_COMMENT, required=False, help_text=help_text)

    def clean_text(self) -> str:
        """Refuse nothing at all."""
        if not self.cleaned_data["text"]:
            raise forms.ValidationError(_("Write a few words, or go back."))
        return self.cleaned_data["text"]


class ExampleForm(AskingForm):
    """The words of a practice example, as they are proposed or published."""

    def __init__(self, *args: Any, words: str = "", label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words("words", label or _("The words"), LONGEST_EXAMPLE, rows=10, required=False, initial=words)

    def clean_words(self) -> str:
        """Refuse nothing at all."""
        if not self.cleaned_data["words"]:
            raise forms.ValidationError(_("Write the words first."))
        return self.cleaned_data["words"]


class NewGroupForm(forms.Form):
    """A group with its name and its people."""

    name = forms.CharField(
        label=gettext_lazy("What is the group called?"),
        max_length=100,
        error_messages={"required": gettext_lazy("Give the group a name.")},
    )
    people = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who is in it, beside you?"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose people who work at your school.")},
    )
    use_required_attribute = False

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people


class AddPeopleForm(forms.Form):
    """Who joins a group."""

    people = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who joins?"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose who joins."),
            "invalid_choice": gettext_lazy("Choose people who work at your school."),
        },
    )
    use_required_attribute = False

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people


class AccessForm(forms.Form):
    """A request that one entry is opened for a day."""

    entry = forms.IntegerField(
        label=gettext_lazy("Number of the entry"),
        min_value=1,
        max_value=10**12,
        error_messages={"required": gettext_lazy("Write the number that stands in the entry’s address.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why must it be opened?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write down the reason.")},
    )
    untold_because = forms.CharField(
        label=gettext_lazy("If the author must not be told, why not?"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Leave this empty, and the author is told who opened it, when and why."),
    )
    use_required_attribute = False

"""What officer, school and co-ordinator may type in a review."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readiness.actions import Replied, Ruling, Spoken
from readiness.domain.answers import LEVELS, Given, Other, parse_given
from readiness.domain.framework import Framework, Statement
from readiness.domain.review import Choice, Saying, Talk
from readiness.domain.said import Settle
from readiness.forms.answers import Text

REMARK_LIMIT = 1000
SAY_SOMETHING = gettext_lazy("Choose what these words are: a question, or the reason for another level.")
NOT_KEPT = gettext_lazy("You agree, so these words would not be kept. Choose “I have a question”, or take them out.")
WHICH_LEVEL = gettext_lazy("Choose the level that you suggest.")
SCHOOLS_OWN = gettext_lazy("This is what the school says. Choose “I agree”, or another level.")
SAY_WHY = {
    Choice.ASK: gettext_lazy("Write your question."),
    Choice.SUGGEST: gettext_lazy("Say why you suggest another level. The school reads it."),
    Choice.KEEP: gettext_lazy("Say why you stay with your suggestion. The programme co-ordinator reads it."),
}


def offered(statement: Statement) -> list[Given]:
    """What may be given for a statement: the levels, “do not know yet”, and “does not apply” where it may not."""
    return [*LEVELS, Other.DONT_KNOW, *([Other.NOT_APPLICABLE] if statement.may_not_apply else [])]


def read_given(raw: str | None) -> Given | None:
    """A level or other answer as a radio button sends it; None for nothing."""
    if not raw:
        return None
    return parse_given(int(raw) if raw.isdecimal() else raw)


class _StatementForm(forms.Form):
    """A form with a few fields for each of many statements.

    The fields are made only when something has been sent: a page of 36 statements is drawn from its rows.
    """

    parts: tuple[str, ...] = ()

    def __init__(
        self,
        *args: Any,
        framework: Framework,
        statements: Iterable[Statement],
        shows_what_was_typed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework
        self.shows_what_was_typed = shows_what_was_typed  # it has not been saved, and comes back as it was typed
        self.statements = tuple(statements)
        if self.is_bound:
            for statement in self.statements:
                for part in self.parts:
                    self.fields[f"{statement.slug}-{part}"] = self.field(part, statement)

    def field(self, part: str, statement: Statement) -> forms.Field:
        """The field of one part of one statement."""
        wrong = {"invalid_choice": _("Choose one of the answers shown.")}
        if part == "text":
            return Text(REMARK_LIMIT)
        if part == "level":
            choices = [(str(given), "") for given in offered(statement)]
            return forms.ChoiceField(required=False, choices=choices, error_messages=wrong)
        if part == "settle":
            return forms.ChoiceField(required=False, choices=[(settle, "") for settle in Settle], error_messages=wrong)
        if part == "clash":
            return forms.BooleanField(required=False)
        return forms.CharField(required=False, max_length=60)

    def value(self, statement: Statement, part: str) -> Any:
        """What arrived for one part, once it has been looked at."""
        return self.cleaned_data.get(f"{statement.slug}-{part}")

    def raw(self, slug: str, part: str) -> str:
        """What arrived for one part, as it was typed."""
        return self.data.get(f"{slug}-{part}", "") if self.is_bound else ""

    def errors_of(self, slug: str) -> dict[str, str]:
        """The first error of each part of a statement."""
        if not self.is_bound:
            return {}
        return {part: self.errors[name][0] for part in self.parts if (name := f"{slug}-{part}") in self.errors}

    def without_errors(self) -> list[Statement]:
        """The statements whose parts are all in order."""
        return [statement for statement in self.statements if not self.errors_of(statement.slug)]

    def settled(self, statement: Statement) -> Settle | None:
        """How a clash was settled, if it was."""
        settle = self.value(statement, "settle")
        return Settle(settle) if settle else None


class ReviewForm(_StatementForm):
    """What the officer says about each statement. Nothing is required: a review takes more than one sitting."""

    parts = ("say", "level", "text", "seen", "clash", "settle")

    def __init__(self, *args: Any, talks: Mapping[str, Talk], **kwargs: Any) -> None:
        self.talks = talks
        super().__init__(*args, **kwargs)

    def field(self, part: str, statement: Statement) -> forms.Field:
        """As above, and the choice of what to say."""
        if part == "say":
            return forms.ChoiceField(
                required=False,
                choices=[(choice, "") for choice in Choice],
                error_messages={"invalid_choice": _("Choose one of the answers shown.")},
            )
        return super().field(part, statement)

    def clean(self) -> dict[str, Any]:
        """Words and a choice go together."""
        for statement in self.statements:
            self._check(statement)
        return self.cleaned_data

    def _check(self, statement: Statement) -> None:
        choice, text = self.value(statement, "say"), (self.value(statement, "text") or "").strip()
        talk = self.talks[statement.slug]
        is_new = bool(text) and text != talk.saying.text.strip()
        if not choice and is_new and f"{statement.slug}-say" not in self.errors:
            self.add_error(f"{statement.slug}-say", SAY_SOMETHING)
        elif choice in (Choice.AGREE, Choice.ACCEPT) and is_new:
            self.add_error(f"{statement.slug}-text", NOT_KEPT)
        elif choice in SAY_WHY and not text and f"{statement.slug}-text" not in self.errors:
            self.add_error(f"{statement.slug}-text", SAY_WHY[Choice(choice)])
        if choice == Choice.SUGGEST and f"{statement.slug}-level" not in self.errors:
            given = read_given(self.value(statement, "level"))
            if given is None:
                self.add_error(f"{statement.slug}-level", WHICH_LEVEL)
            elif given == talk.school:
                self.add_error(f"{statement.slug}-level", SCHOOLS_OWN)

    def spoken(self) -> list[Spoken]:
        """What is in order."""
        return [self._spoken(statement) for statement in self.without_errors()]

    def _spoken(self, statement: Statement) -> Spoken:
        choice = self.value(statement, "say")
        saying = Saying()
        if choice:
            said = Choice(choice)
            given = read_given(self.value(statement, "level")) if said is Choice.SUGGEST else None
            saying = Saying(said, given, self.value(statement, "text").strip() if said in SAY_WHY else "")
        return Spoken(
            statement=statement.slug,
            saying=saying,
            seen=self.value(statement, "seen") or "",
            clash_was_shown=bool(self.value(statement, "clash")),
            settle=self.settled(statement),
        )


class ReplyForm(_StatementForm):
    """The school's replies: accept or explain where another level is suggested, words where a question is asked."""

    parts = ("say", "text", "seen")
    ACCEPT, EXPLAIN = "accept", "explain"

    def __init__(self, *args: Any, talks: Mapping[str, Talk], **kwargs: Any) -> None:
        self.talks = talks
        super().__init__(*args, **kwargs)

    def field(self, part: str, statement: Statement) -> forms.Field:
        """As above, and the choice between accepting and explaining."""
        if part == "say":
            return forms.ChoiceField(
                required=False,
                choices=[(self.ACCEPT, ""), (self.EXPLAIN, "")],
                error_messages={"invalid_choice": _("Choose one of the answers shown.")},
            )
        return super().field(part, statement)

    def clean(self) -> dict[str, Any]:
        """An explanation has words; words about a suggestion say which of the two they are."""
        for statement in self.statements:
            slug, choice = statement.slug, self.value(statement, "say")
            text = (self.value(statement, "text") or "").strip()
            if self.talks[slug].suggestion is None or f"{slug}-say" in self.errors:
                continue
            if text and not choice:
                self.add_error(f"{slug}-say", _("Choose whether you accept the level, or explain your own."))
            elif choice == self.EXPLAIN and not text and f"{slug}-text" not in self.errors:
                self.add_error(f"{slug}-text", _("Say why your own level is right for now. The officer reads it."))
        return self.cleaned_data

    def replies(self) -> list[Replied]:
        """What was replied, and is in order."""
        found = []
        for statement in self.without_errors():
            text = (self.value(statement, "text") or "").strip()
            accepts = self.value(statement, "say") == self.ACCEPT and self.talks[statement.slug].suggestion is not None
            if accepts or text:
                found.append(Replied(statement.slug, accepts, text, self.value(statement, "seen") or ""))
        return found


class SettleForm(_StatementForm):
    """The agreed level of each statement on which both stay, with a reason."""

    parts = ("level", "text", "seen", "clash", "settle")

    def clean(self) -> dict[str, Any]:
        """A level has a reason, and a reason a level."""
        for statement in self.statements:
            slug, level = statement.slug, self.value(statement, "level")
            text = (self.value(statement, "text") or "").strip()
            if text and not level and f"{slug}-level" not in self.errors:
                self.add_error(f"{slug}-level", _("Choose the level that you record."))
            elif level and not text and f"{slug}-text" not in self.errors:
                self.add_error(f"{slug}-text", _("Say why you record this level. School and officer read it."))
        return self.cleaned_data

    def rulings(self) -> list[Ruling]:
        """What is to be recorded, and is in order."""
        return [
            Ruling(
                statement=statement.slug,
                given=given,
                reason=self.value(statement, "text").strip(),
                seen=self.value(statement, "seen") or "",
                clash_was_shown=bool(self.value(statement, "clash")),
                settle=self.settled(statement),
            )
            for statement in self.without_errors()
            if (given := read_given(self.value(statement, "level"))) is not None
        ]


class SendForm(forms.Form):
    """A covering note for the school."""

    note = Text(REMARK_LIMIT, label=gettext_lazy("A note for the school"), widget=forms.Textarea(attrs={"rows": 4}))


class EndForm(forms.Form):
    """Why the school ends its audit."""

    note = Text(REMARK_LIMIT, label=gettext_lazy("Why you end it"), widget=forms.Textarea(attrs={"rows": 4}))

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readiness.actions.answers import Conflict, Typed
from readiness.domain.answers import LEVELS, Given, Other, parse_given
from readiness.domain.framework import Framework, Statement, Theme
from readiness.domain.said import Said, Settle
from readiness.models import Answer
from schools.models import School

# About how many words are enough for “How do we know?”. One line is the aim, so the page counts against this.
EVIDENCE_WORDS = 40
# What the page accepts at most, in characters.
EVIDENCE_LIMIT = 1000
REASON_LIMIT = 500

TOO_LONG = gettext_lazy("This is too long by %(over)s characters. Shorten it a little: one line is enough.")


class Text(forms.CharField):
    """A free text that is kept as typed, with plain line ends, and says by how much it is too long."""

    def __init__(self, limit: int) -> None:
        super().__init__(required=False)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        """Browsers send two characters for a line end; one is kept."""
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        """Refuse more than the limit, in the user's words."""
        super().validate(value)
        if len(value) > self.limit:
            raise forms.ValidationError(TOO_LONG % {"over": len(value) - self.limit})


@dataclass(frozen=True)
class Option:
    """One radio button."""

    value: str
    name: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class LastSaved:
    """Who saved an answer, and when, in words."""

    by: str
    at: str


@dataclass(frozen=True)
class Row:
    """One statement as its page draws it: everything ready, so that the template only loops."""

    framework: Framework
    statement: Statement
    name: str
    said: Mapping[str, str]
    seen: str
    last: str
    saved: LastSaved | None
    errors: Mapping[str, str]
    conflict: Conflict | None
    settle: str = ""
    theirs: str = ""
    yours: str = ""

    @property
    def minimum(self) -> str:
        """The level that an essential needs, or ""."""
        statement = self.statement
        return self.framework.level_label(statement.essential_minimum) if statement.is_essential else ""

    @property
    def keys(self) -> str:
        """What it belongs to in the frameworks that schools know."""
        return keys_line(self.framework, self.statement)

    @property
    def options(self) -> list[Option]:
        """The levels, and the other answers that it offers."""
        framework, statement, chosen = self.framework, self.statement, self.said["answer"]
        texts = [(str(level.value), level.label, statement.rubric(level.value)) for level in framework.scale]
        texts.append((Other.DONT_KNOW, framework.other_label(Other.DONT_KNOW), ""))
        if statement.may_not_apply:
            label = framework.other_label(Other.NOT_APPLICABLE)
            texts.append((Other.NOT_APPLICABLE, label, statement.not_applicable_when or ""))
        return [Option(value, name, text, value == chosen) for value, name, text in texts]


class ThemeForm(forms.Form):
    """One theme of an audit. Every field is optional: a draft may be incomplete."""

    def __init__(
        self,
        *args: Any,
        framework: Framework,
        theme: Theme,
        given_back: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.framework, self.theme = framework, theme
        self.given_back = given_back  # the page shows what was typed before a session ended: it is not saved yet
        # The rows that the page shows, and those of last time: needed for drawing only, so the view sets them then.
        self.saved: Mapping[str, Answer] = {}
        self.last: Mapping[str, Answer] = {}
        self.last_label = ""
        self.conflicts: dict[str, Conflict] = {}
        if self.is_bound:  # the page draws rows, not fields
            for statement in theme.statements:
                self._add_fields(statement)

    def _add_fields(self, statement: Statement) -> None:
        others = [Other.DONT_KNOW, *([Other.NOT_APPLICABLE] if statement.may_not_apply else [])]
        choices = [(str(value), "") for value in [*LEVELS, *others]]
        slug = statement.slug
        self.fields[slug] = forms.ChoiceField(
            required=False, choices=choices, error_messages={"invalid_choice": _("Choose one of the answers shown.")}
        )
        self.fields[f"{slug}-evidence"] = Text(EVIDENCE_LIMIT)
        if statement.may_not_apply:
            self.fields[f"{slug}-reason"] = Text(REASON_LIMIT)
        self.fields[f"{slug}-seen"] = forms.CharField(required=False, max_length=40)
        self.fields[f"{slug}-clash"] = forms.BooleanField(required=False)
        self.fields[f"{slug}-settle"] = forms.ChoiceField(required=False, choices=[(settle, "") for settle in Settle])

    def typed(self) -> list[Typed]:
        """What arrived for each statement whose fields are in order."""
        return [self._typed(statement) for statement in self.theme.statements if not self._errors_of(statement)]

    def _typed(self, statement: Statement) -> Typed:
        slug, data = statement.slug, self.cleaned_data
        settle = data.get(f"{slug}-settle")
        return Typed(
            statement=slug,
            said=Said(
                given=_given(data.get(slug)),
                reason=data.get(f"{slug}-reason") or "",
                evidence=data.get(f"{slug}-evidence") or "",
            ),
            seen=data.get(f"{slug}-seen") or Said().seen_as(0),
            clash_was_shown=bool(data.get(f"{slug}-clash")),
            settle=Settle(settle) if settle else None,
        )

    def _errors_of(self, statement: Statement) -> dict[str, str]:
        if not self.is_bound:
            return {}
        slug = statement.slug
        parts = {"answer": slug, "evidence": f"{slug}-evidence", "reason": f"{slug}-reason", "settle": f"{slug}-settle"}
        return {part: self.errors[name][0] for part, name in parts.items() if name in self.errors}

    @property
    def error_list(self) -> list[tuple[str, str]]:
        """Each problem with the address of the field it is about, for the summary at the top."""
        problems: list[tuple[str, str]] = []
        for row in self.rows:
            target = {"answer": f"{row.name}-1", "settle": f"{row.name}-settle_mine"}
            problems += [(text, f"#{target.get(part, f'{row.name}-{part}')}") for part, text in row.errors.items()]
            if row.conflict:
                sentence = _("Choose which answer should stay: “%(statement)s”") % {"statement": row.statement.text}
                problems.append((sentence, f"#{row.name}-settle_mine"))
        return problems

    @cached_property
    def rows(self) -> list[Row]:
        """The statements, ready to draw. Read it once the answers have been saved."""
        return [self._row(statement) for statement in self.theme.statements]

    def _row(self, statement: Statement) -> Row:
        name = self.add_prefix(statement.slug)
        saved, errors = self.saved.get(statement.slug), self._errors_of(statement)
        conflict = self.conflicts.get(statement.slug)
        stored = saved.said if saved else Said()
        words = {"answer": str(stored.given or ""), "evidence": stored.evidence, "reason": stored.reason}
        seen = stored.seen_as(saved.revision if saved else 0)
        settle = ""
        if errors or conflict or self.given_back:
            words = {
                "answer": self.data.get(name, ""),
                "evidence": self.data.get(f"{name}-evidence", ""),
                "reason": self.data.get(f"{name}-reason", ""),
            }
            settle = self.data.get(f"{name}-settle", "")
            if not conflict:
                seen = self.data.get(f"{name}-seen", "")
        return Row(
            framework=self.framework,
            statement=statement,
            name=name,
            said=words,
            seen=seen,
            last=self._last(statement),
            saved=LastSaved(str(saved.by), date_format(localtime(saved.at), "j F, H:i")) if saved else None,
            errors=errors,
            conflict=conflict,
            settle=settle,
            yours=self._in_words(conflict.typed.said) if conflict else "",
            theirs=self._in_words(conflict.theirs.said) if conflict else "",
        )

    def _last(self, statement: Statement) -> str:
        row = self.last.get(statement.slug)
        if row is None or row.given is None:
            return ""
        return _("Last time (%(session)s): %(answer)s") % {
            "session": self.last_label,
            "answer": answer_label(self.framework, row.given),
        }

    def _in_words(self, said: Said) -> str:
        answer = answer_label(self.framework, said.given) if said.given is not None else _("No answer yet")
        return "\n".join(part for part in (answer, said.reason, said.evidence) if part)


def _given(raw: str | None) -> Given | None:
    if not raw:
        return None
    return parse_given(int(raw) if raw.isdecimal() else raw)


def answer_label(framework: Framework, given: Given) -> str:
    """The name of a level or other answer: “In place”, “We do not know yet”."""
    return framework.level_label(given) if isinstance(given, int) else framework.other_label(given)


def keys_line(framework: Framework, statement: Statement) -> str:
    """What a statement belongs to in the frameworks that schools know, in one quiet line."""
    keys = framework.keys
    parts = [
        "HGIOS4 " + ", ".join(f"{code} {keys['hgios4'][code]}" for code in statement.hgios4)
        if statement.hgios4
        else "",
        _("Nurture principles: %s") % "; ".join(keys["nurture_principles"][key] for key in statement.nurture_principles)
        if statement.nurture_principles
        else "",
        _("Solihull: %s") % ", ".join(key.replace("_", " ") for key in statement.solihull)
        if statement.solihull
        else "",
        _("Wellbeing: %s") % ", ".join(statement.shanarri) if statement.shanarri else "",
    ]
    return " · ".join(part for part in parts if part)


class StartForm(forms.Form):
    """Which school starts an audit. Most people have one, and are not asked."""

    school = forms.ModelChoiceField(
        label=gettext_lazy("School"),
        queryset=School.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose a school."),
            "invalid_choice": gettext_lazy("Choose a school."),
        },
    )

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools
        self.fields["school"].label_from_instance = lambda school: school.name
        if len(schools) == 1:
            self.fields["school"].widget = forms.HiddenInput()
            self.fields["school"].initial = schools[0].pk


class SubmitForm(forms.Form):
    """The declaration."""

    declaration = forms.BooleanField(
        label=gettext_lazy("We have answered for how things are today, as honestly as we can."),
        error_messages={"required": gettext_lazy("Tick the box to say that the answers are how things are today.")},
    )

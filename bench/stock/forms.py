"""A theme as a plain Django form: the same statements, levels, hints and limits as the product's."""

from typing import Any

from django import forms

from readiness.domain.answers import Other
from readiness.domain.framework import Framework, Statement, Theme
from readiness.forms import EVIDENCE_LIMIT, REASON_LIMIT, keys_line

TWO_LINES = forms.Textarea(attrs={"rows": 2})


class StockThemeForm(forms.Form):
    """Radio buttons and text areas, drawn by `{{ form }}`."""

    def __init__(self, *args: Any, framework: Framework, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for statement in theme.statements:
            self._add(framework, statement)

    def _add(self, framework: Framework, statement: Statement) -> None:
        slug = statement.slug
        minimum = framework.level_label(statement.essential_minimum) if statement.is_essential else ""
        essential = f"Essential: to start, this needs to be at least “{minimum}”. " if minimum else ""
        self.fields[slug] = forms.ChoiceField(
            label=statement.text,
            help_text=f"{essential}{statement.help or ''}",
            required=False,
            widget=forms.RadioSelect,
            choices=_choices(framework, statement),
        )
        if statement.may_not_apply:
            self.fields[f"{slug}-reason"] = forms.CharField(
                label="If it does not apply, say why", required=False, max_length=REASON_LIMIT, widget=TWO_LINES
            )
        examples = " · ".join(statement.evidence_might_include)
        self.fields[f"{slug}-evidence"] = forms.CharField(
            label="How do we know? (one line is enough)",
            help_text=f"For example: {examples}. No names of pupils or families. {keys_line(framework, statement)}",
            required=False,
            max_length=EVIDENCE_LIMIT,
            widget=TWO_LINES,
        )


def _choices(framework: Framework, statement: Statement) -> list[tuple[str, str]]:
    levels = [(str(one.value), f"{one.label} {statement.rubric(one.value)}") for one in framework.scale]
    levels.append((Other.DONT_KNOW.value, framework.other_label(Other.DONT_KNOW)))
    if statement.may_not_apply:
        words = f"{framework.other_label(Other.NOT_APPLICABLE)} {statement.not_applicable_when or ''}"
        levels.append((Other.NOT_APPLICABLE.value, words))
    return levels

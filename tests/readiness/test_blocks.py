import pytest
from django.core.exceptions import ValidationError

from readiness.blocks import OutcomeBlock, StatementBlock, ThemeBlock
from readiness.domain.framework import ThemeKind

STATEMENT = {
    "slug": "made-room",
    "text": "We have made room for this.",
    "level_1": "It would be added on top.",
    "level_2": "We have listed our priorities.",
    "level_3": "We have stopped something.",
    "level_4": "Staff tell us that it is manageable.",
    "evidence_might_include": ["List of priorities"],
}


def cleaned(block, value, *, draft=False):
    native = block.to_python(value)
    return block.clean_deferred(native) if draft else block.clean(native)


def test_a_statement_needs_all_four_descriptions_to_be_published():
    with pytest.raises(ValidationError) as refused:
        cleaned(StatementBlock(), STATEMENT | {"level_3": ""})
    assert set(refused.value.block_errors) == {"level_3"}


def test_a_draft_statement_may_lack_what_is_not_written_yet():
    assert cleaned(StatementBlock(), {"slug": "made-room"}, draft=True)["slug"] == "made-room"


def test_a_statement_is_not_essential_and_always_applies_unless_an_editor_says_so():
    statement = cleaned(StatementBlock(), STATEMENT)
    assert not statement["essential_minimum"]
    assert not statement["not_applicable_when"]


def test_no_essential_can_have_level_1_as_its_minimum():
    with pytest.raises(ValidationError):
        cleaned(StatementBlock(), STATEMENT | {"essential_minimum": "1"})


def test_a_new_statement_begins_without_an_empty_line_of_evidence():
    assert list(StatementBlock().get_default()["evidence_might_include"]) == []


def test_every_field_of_a_statement_says_what_it_is_for():
    fields = StatementBlock().child_blocks
    silent = [name for name, block in fields.items() if not (block.get_description() or block.meta.help_text)]
    assert silent == []


def test_every_field_of_a_statement_has_its_place_in_the_form():
    block = StatementBlock()
    assert set(block.meta.form_layout.get_sorted_block_names()) == set(block.child_blocks)


def test_a_theme_is_one_of_the_kinds_that_the_rules_know():
    kinds = {value for value, _label in ThemeBlock().child_blocks["kind"].field.choices if value}
    assert kinds == set(ThemeKind)


def test_an_outcome_may_leave_every_limit_out():
    outcome = cleaned(OutcomeBlock(), {"key": "getting_ready", "label": "Getting ready"})
    assert {name for name, value in outcome.items() if value} == {"key", "label"}


def test_an_outcome_limit_is_never_negative():
    with pytest.raises(ValidationError):
        cleaned(OutcomeBlock(), {"key": "ready", "label": "Ready", "essentials_unmet_max": -1})

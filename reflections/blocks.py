"""The pieces an editor builds the log's prompts from. Identity is the typed slug, never a block's own id."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from reflections.domain.problems import LARGEST_LIMIT, LONGEST_SLUG, SOURCES

_SLUG_HELP = _("Its name for ever: small letters, numbers and hyphens. What people write is kept under it.")


def _slug(help_text=_SLUG_HELP):
    return blocks.CharBlock(label=_("Slug"), max_length=LONGEST_SLUG, help_text=help_text)


class FieldBlock(blocks.StructBlock):
    """One thing asked beside the main text of a step."""

    slug = _slug()
    type = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("choice", _("One of several")),
            ("multi_choice", _("Several of several")),
            ("date", _("A date")),
            ("text", _("A line of text")),
            ("boolean", _("A box to tick")),
        ],
    )
    prompt = blocks.CharBlock(label=_("Prompt"), required=False, max_length=300)
    options = blocks.ListBlock(blocks.CharBlock(label=_("Option")), label=_("Options"), default=[])
    options_from = blocks.ChoiceBlock(
        label=_("Or options from the framework"),
        required=False,
        choices=list(zip(SOURCES, (_("Themes"), _("Nurture principles"), _("Solihull Approach")), strict=True)),
    )
    max = blocks.IntegerBlock(label=_("At most"), required=False, min_value=1, max_value=20)
    default = blocks.CharBlock(label=_("Chosen at first"), required=False, max_length=100)
    optional = blocks.BooleanBlock(label=_("May stay empty"), required=False)
    required_true = blocks.BooleanBlock(label=_("Must be ticked to finish"), required=False)
    hard_limit_characters = blocks.IntegerBlock(
        label=_("At most so many characters"), required=False, min_value=1, max_value=LARGEST_LIMIT
    )

    class Meta:
        label = _("Field")
        icon = "edit"
        label_format = "{slug}: {prompt}"


class RatedBlock(blocks.StructBlock):
    """One thing to rate one's confidence in."""

    slug = _slug()
    text = blocks.CharBlock(label=_("Words"), max_length=300)

    class Meta:
        label = _("To rate")
        icon = "order"
        label_format = "{text}"


class ScaleBlock(blocks.StructBlock):
    """The words for one of the five places of the scale."""

    value = blocks.IntegerBlock(label=_("Value"), min_value=1, max_value=5)
    words = blocks.CharBlock(label=_("Words"), max_length=50)

    class Meta:
        label = _("Place on the scale")
        icon = "order"
        label_format = "{value}: {words}"


class StepBlock(blocks.StructBlock):
    """One page of the log."""

    slug = _slug()
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    prompt = blocks.TextBlock(
        label=_("Prompt"), required=False, rows=2, help_text=_("The question that a text answers. Empty: no text.")
    )
    hint = blocks.CharBlock(label=_("Hint"), required=False, max_length=300)
    follow_up = blocks.TextBlock(label=_("Follow-up"), required=False, rows=2)
    solihull = blocks.CharBlock(label=_("Solihull idea"), required=False, max_length=50)
    soft_limit_words = blocks.IntegerBlock(
        label=_("About so many words"), required=False, min_value=1, help_text=_("A gentle count. Nothing is cut off.")
    )
    hard_limit_characters = blocks.IntegerBlock(
        label=_("At most so many characters"), required=False, min_value=1, max_value=LARGEST_LIMIT
    )
    optional = blocks.BooleanBlock(label=_("Optional"), required=False)
    fields = blocks.ListBlock(FieldBlock(), label=_("Fields"), default=[], collapsed=True)
    scale = blocks.ListBlock(ScaleBlock(), label=_("Scale, where something is rated"), default=[], collapsed=True)
    items = blocks.ListBlock(RatedBlock(), label=_("What is rated"), default=[], collapsed=True)

    class Meta:
        label = _("Step")
        icon = "list-ul"
        label_format = "{title}"
        collapsed = True

"""The pieces an editor builds a framework from. Identity is the typed slug or key, never a block's own id."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from readiness.domain.framework import ThemeKind
from readiness.domain.problems.asked import LONGEST_SLUG


def _group(name, heading, children):
    # A group turns its heading into a name at import time, when nothing can be translated yet: so the name comes first.
    group = blocks.BlockGroup(children, heading=name, classname="collapsed", label_format="")
    group.heading = heading
    return group


def _keys_block(label, example):
    return blocks.CharBlock(
        label=label,
        required=False,
        help_text=format_lazy(
            _("Keys from the “Words” tab with commas between them, for example: {example}."), example=example
        ),
    )


class StatementBlock(blocks.StructBlock):
    """One thing the school rates."""

    slug = blocks.CharBlock(
        label=_("Slug"),
        max_length=LONGEST_SLUG,
        help_text=_(
            "The statement’s name for ever: small letters, numbers and hyphens. Answers are kept under it. Correct the "
            "words as you like, but when the meaning changes, retire this statement and add one with a new slug."
        ),
    )
    text = blocks.TextBlock(
        label=_("Statement"), rows=2, help_text=_("One sentence that a head teacher can agree with or not.")
    )
    level_1 = blocks.TextBlock(
        label=_("Level 1 looks like"), rows=2, help_text=_("What you would see in a school that has not started.")
    )
    level_2 = blocks.TextBlock(
        label=_("Level 2 looks like"), rows=2, help_text=_("What you would see where it has begun.")
    )
    level_3 = blocks.TextBlock(
        label=_("Level 3 looks like"), rows=2, help_text=_("What you would see where it is in place for most.")
    )
    level_4 = blocks.TextBlock(
        label=_("Level 4 looks like"), rows=2, help_text=_("What you would see where it is part of how they work.")
    )
    evidence_might_include = blocks.ListBlock(
        blocks.CharBlock(label=_("Example")),
        label=_("Evidence might include"),
        default=[],
        help_text=_("Examples of how a school could know. Nothing that names a child."),
    )
    help = blocks.TextBlock(
        label=_("Help"),
        required=False,
        rows=2,
        help_text=_("A line shown under the statement, where it needs one. May stay empty."),
    )
    essential_minimum = blocks.ChoiceBlock(
        label=_("Essential from level"),
        required=False,
        choices=[("2", _("Level 2 or above")), ("3", _("Level 3 or above")), ("4", _("Level 4"))],
        help_text=_("A school cannot start below this level. Leave it empty when the statement is not essential."),
    )
    not_applicable_when = blocks.TextBlock(
        label=_("Does not apply when"),
        required=False,
        rows=2,
        help_text=_("Say when a school may answer “Does not apply to us”. Leave it empty when it always applies."),
    )
    hgios4 = _keys_block(_("How good is our school? 4"), "1.1, 2.7")
    nurture_principles = _keys_block(_("Nurture principles"), "np1, np3")
    solihull = _keys_block(_("Solihull Approach"), "containment, reciprocity")
    shanarri = _keys_block(_("Wellbeing indicators"), "safe, included")
    readiness_construct = blocks.CharBlock(
        label=_("What it measures"), required=False, help_text=_("A short note for researchers, such as “priority”.")
    )
    note = blocks.TextBlock(
        label=_("Note to colleagues"),
        required=False,
        rows=2,
        help_text=_("Only people who edit see this. It is never part of a published version."),
    )

    class Meta:
        label = _("Statement")
        icon = "radio-full"
        collapsed = True
        label_format = "{slug}: {text}"
        form_layout = [
            "slug",
            "text",
            "level_1",
            "level_2",
            "level_3",
            "level_4",
            "help",
            "evidence_might_include",
            _group("gates", _("Essential, or does not apply"), ["essential_minimum", "not_applicable_when"]),
            _group(
                "mappings",
                _("Links to other frameworks"),
                ["hgios4", "nurture_principles", "solihull", "shanarri", "readiness_construct"],
            ),
            "note",
        ]


class ThemeBlock(blocks.StructBlock):
    """A group of statements with a purpose: one page of the audit."""

    slug = blocks.CharBlock(
        label=_("Slug"),
        max_length=LONGEST_SLUG,
        help_text=_(
            "The theme’s name for ever, and the end of its page’s address: small letters, numbers and hyphens."
        ),
    )
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[(ThemeKind.CONDITION.value, _("Condition")), (ThemeKind.STARTING_POINT.value, _("Starting point"))],
        help_text=_("A condition counts towards readiness. A starting point guides support and never stops a school."),
    )
    summary = blocks.TextBlock(label=_("Summary"), rows=2, help_text=_("What the theme is about, in one sentence."))
    why_it_matters = blocks.TextBlock(
        label=_("Why it matters"), rows=3, help_text=_("Shown at the top of the theme’s page.")
    )
    statements = blocks.ListBlock(StatementBlock(), label=_("Statements"), default=[], collapsed=True)

    class Meta:
        label = _("Theme")
        icon = "list-ul"
        label_format = "{title}"


class LevelBlock(blocks.StructBlock):
    """One of the four levels of the scale."""

    value = blocks.IntegerBlock(label=_("Value"), min_value=1, max_value=4, help_text=_("1, 2, 3 or 4, each once."))
    key = blocks.CharBlock(label=_("Key"), max_length=50, help_text=_("A short name for files, such as “in_place”."))
    label = blocks.CharBlock(label=_("Name"), max_length=100, help_text=_("What the school sees beside the button."))
    meaning = blocks.TextBlock(label=_("Meaning"), rows=2, help_text=_("What the level means for every statement."))

    class Meta:
        label = _("Level")
        icon = "order"
        label_format = "{value}: {label}"


class OtherAnswerBlock(blocks.StructBlock):
    """An answer that is not a level."""

    key = blocks.ChoiceBlock(
        label=_("Key"), choices=[("dont_know", _("Does not know yet")), ("not_applicable", _("Does not apply"))]
    )
    label = blocks.CharBlock(label=_("Name"), max_length=100, help_text=_("What the school sees beside the button."))
    effect = blocks.TextBlock(label=_("Effect"), rows=2, help_text=_("What the answer does to the result."))

    class Meta:
        label = _("Other answer")
        icon = "help"
        label_format = "{label}"


class WordsBlock(blocks.StructBlock):
    """A key and the words it stands for."""

    key = blocks.CharBlock(label=_("Key"), max_length=50, help_text=_("What statements refer to."))
    words = blocks.TextBlock(label=_("Words"), rows=1, help_text=_("What people read in its place."))

    class Meta:
        label = _("Key")
        icon = "tag"
        label_format = "{key}: {words}"


class QuantityWordBlock(blocks.StructBlock):
    """A word for how many, and the range it means."""

    word = blocks.CharBlock(label=_("Word"), max_length=50)
    meaning = blocks.CharBlock(label=_("Means"), max_length=50, help_text=_("A range, such as 75–90%."))

    class Meta:
        label = _("Word for how many")
        icon = "title"
        label_format = "{word}: {meaning}"


class BandBlock(blocks.StructBlock):
    """A word for a range of theme means."""

    key = blocks.CharBlock(label=_("Key"), max_length=50, help_text=_("A short name for files, such as “ready”."))
    label = blocks.CharBlock(label=_("Name"), max_length=100)
    min = blocks.DecimalBlock(label=_("From"), help_text=_("The lowest mean of the band, itself included."))
    below = blocks.DecimalBlock(
        label=_("To below"),
        required=False,
        help_text=_("Where the next band begins. Leave it empty for the highest band."),
    )
    max = blocks.DecimalBlock(label=_("To"), required=False, help_text=_("For the highest band only: 4."))

    class Meta:
        label = _("Band")
        icon = "horizontalrule"
        label_format = "{label}"


class OutcomeBlock(blocks.StructBlock):
    """What the profile recommends, and when. A limit left empty does not limit."""

    key = blocks.CharBlock(label=_("Key"), max_length=50, help_text=_("A short name for files, such as “ready”."))
    label = blocks.CharBlock(label=_("Name"), max_length=100)
    essentials_unmet_max = blocks.IntegerBlock(
        label=_("Unmet essentials at most"), required=False, min_value=0, help_text=_("Leave it empty for no limit.")
    )
    essentials_at_level_1_max = blocks.IntegerBlock(
        label=_("Essentials at level 1 at most"),
        required=False,
        min_value=0,
        help_text=_("Leave it empty for no limit."),
    )
    condition_theme_mean_min = blocks.DecimalBlock(
        label=_("Mean of the condition themes at least"), required=False, help_text=_("Each theme counts equally.")
    )
    any_condition_theme_min = blocks.DecimalBlock(
        label=_("Every condition theme at least"), required=False, help_text=_("The lowest one decides.")
    )
    otherwise = blocks.BooleanBlock(
        label=_("When no other outcome fits"), required=False, help_text=_("Tick this for one outcome only.")
    )
    check_first = blocks.BooleanBlock(
        label=_("Check this first"), required=False, help_text=_("For the outcome that says too little is known.")
    )
    any_condition_theme_without_score = blocks.BooleanBlock(
        label=_("When a condition theme has no score"),
        required=False,
        help_text=_("For the outcome that is checked first."),
    )
    or_essentials_dont_know_more_than = blocks.IntegerBlock(
        label=_("Or when more essentials are unknown than"),
        required=False,
        min_value=0,
        help_text=_("For the outcome that is checked first."),
    )

    class Meta:
        label = _("Outcome")
        icon = "success"
        label_format = "{label}"


class TierBlock(blocks.StructBlock):
    """How much support."""

    key = blocks.CharBlock(label=_("Key"), max_length=50, help_text=_("A short name for files, such as “targeted”."))
    label = blocks.CharBlock(label=_("Name"), max_length=100)
    meaning = blocks.TextBlock(label=_("Meaning"), rows=2, help_text=_("Who it is for, and for how long."))

    class Meta:
        label = _("Tier")
        icon = "group"
        label_format = "{label}"

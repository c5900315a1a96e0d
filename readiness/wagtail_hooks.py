"""What the readiness room shows in Wagtail's admin. `support` adds its offers and registers them together."""

import yaml
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from readiness.models import Framework, FrameworkVersion


class FrameworkForm(WagtailAdminModelForm):
    """Keeps a draft that still has problems; asks for a text without any when it is to be published."""

    def _post_clean(self) -> None:
        self.instance.may_be_unfinished = self.is_deferred_validation
        super()._post_clean()


ABOUT = [
    FieldPanel("title"),
    FieldRowPanel([FieldPanel("slug"), FieldPanel("version_label"), FieldPanel("language")]),
    FieldPanel("purpose"),
    FieldPanel("completed_by"),
    FieldPanel("reminder"),
    FieldRowPanel([FieldPanel("expected_minutes"), FieldPanel("save_and_return")]),
    FieldPanel("originality"),
    PublishingPanel(),
]
WORDS = [
    FieldPanel("levels"),
    FieldPanel("other_answers"),
    MultiFieldPanel([FieldPanel("quantity_words"), FieldPanel("quantity_words_note")], _("Words for how many")),
    FieldPanel("theme_kinds"),
    MultiFieldPanel(
        [
            FieldPanel("mapping_note"),
            FieldPanel("hgios4_keys"),
            FieldPanel("nurture_principles_keys"),
            FieldPanel("solihull_keys"),
            FieldPanel("shanarri_keys"),
        ],
        _("Links to other frameworks"),
    ),
]
RULES = [
    MultiFieldPanel([FieldPanel("bands"), FieldPanel("theme_score"), FieldPanel("minimum_answered")], _("Themes")),
    MultiFieldPanel(
        [
            FieldPanel("outcomes"),
            FieldPanel("essential_rule"),
            FieldPanel("outcome_notes"),
            FieldPanel("no_single_total"),
        ],
        _("Outcome"),
    ),
    MultiFieldPanel(
        [FieldPanel("tiers"), FieldPanel("theme_to_tier"), FieldPanel("limits")], _("Structure of support")
    ),
    MultiFieldPanel(
        [
            FieldPanel("blank_answers"),
            FieldPanel("evidence_flag"),
            FieldPanel("moderation"),
            FieldPanel("change_over_time"),
        ],
        _("How it is used"),
    ),
]


class FrameworkViewSet(SnippetViewSet):
    """Where editors write what is asked."""

    model = Framework
    icon = "form"
    menu_label = _("Framework")
    list_display = ["title", "version_label", LiveStatusTagColumn()]
    copy_view_enabled = False  # a copy would carry the same slugs, and shows its text without asking for permission
    edit_handler = TabbedInterface(
        [
            ObjectList(ABOUT, heading=_("About")),
            ObjectList([FieldPanel("themes")], heading=_("Themes and statements")),
            ObjectList(WORDS, heading=_("Words")),
            ObjectList(RULES, heading=_("Rules")),
            ObjectList([FieldPanel("worked_examples")], heading=_("Examples")),
        ],
        base_form_class=FrameworkForm,
    )


class LookOnly(ModelPermissionPolicy):
    """Nobody may add, change or delete, whoever they are. Those with the view permission may look."""

    def user_has_permission(self, user, action) -> bool:
        """Only looking, and only with Django's view permission."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions) -> bool:
        """Whether looking is among the actions and allowed."""
        return any(self.user_has_permission(user, action) for action in actions)


class FrameworkVersionView(InspectView):
    """One version, with its text in the form of a framework file."""

    def get_document_display_value(self) -> str:
        """The whole text, in the order in which schools see it."""
        text = yaml.dump(self.object.document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)
        return format_html("<pre>{}</pre>", text)


class FrameworkVersionViewSet(ModelViewSet):
    """Where editors look at what was published. A version is frozen: it can only be looked at."""

    model = FrameworkVersion
    icon = "history"
    menu_label = _("Framework versions")
    form_fields = []
    list_display = ["__str__", "published_at", "published_by"]
    ordering = ["framework", "-number"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = FrameworkVersionView
    inspect_view_fields = ["framework", "number", "label", "published_at", "published_by", "digest", "document"]

    @property
    def permission_policy(self) -> LookOnly:
        """Who may look."""
        return LookOnly(self.model)

    def get_permissions_to_register(self):
        """Only looking can be given to a group."""
        return super().get_permissions_to_register().filter(codename="view_frameworkversion")

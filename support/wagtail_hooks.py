from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from readiness.wagtail_hooks import FrameworkVersionViewSet, FrameworkViewSet
from support.models import Offer


class OfferViewSet(SnippetViewSet):
    """Where editors keep the help that schools are offered."""

    model = Offer
    icon = "pick"
    menu_label = _("Offers")
    list_display = ["title", "code", "theme", "tier", "order", "retired_at"]
    list_filter = ["theme", "tier"]
    search_fields = ["code", "title", "provided_by"]
    ordering = ["theme", "tier", "order"]
    copy_view_enabled = False  # codes are for ever: each offer gets its own
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("provided_by"), FieldPanel("amount")]),
        FieldRowPanel([FieldPanel("framework"), FieldPanel("theme")]),
        FieldRowPanel([FieldPanel("tier"), FieldPanel("order"), FieldPanel("code")]),
        FieldPanel("page"),
        FieldPanel("retired_at"),
    ]


class ReadinessGroup(SnippetViewSetGroup):
    """Framework, versions and offers in one menu. It stands here because readiness may not know of offers."""

    menu_label = _("Readiness")
    menu_icon = "clipboard-list"
    menu_order = 150
    items = (FrameworkViewSet, FrameworkVersionViewSet, OfferViewSet)


register_snippet(ReadinessGroup)

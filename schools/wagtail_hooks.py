"""What the schools room shows in Wagtail's admin: the places, and the school year with its terms and holidays."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from schools.models import Cluster, Locality, Session

_DATES = _("Leave a date empty where nobody knows it.")


class PlaceViewSet(SnippetViewSet):
    """What the editors of localities and clusters have in common."""

    list_display = ["name", "starts", "ends"]
    ordering = ["name"]
    copy_view_enabled = False
    panels = [
        FieldPanel("name"),
        FieldPanel("slug", help_text=_("The last part of its address: small letters and dashes, such as north-east.")),
        FieldRowPanel([FieldPanel("starts", help_text=_DATES), FieldPanel("ends", help_text=_DATES)]),
    ]


class LocalityViewSet(PlaceViewSet):
    """Where the co-ordinator says which localities there are. Schools are put into them on the list of schools."""

    model = Locality
    icon = "site"


class ClusterViewSet(PlaceViewSet):
    """Where the co-ordinator says which clusters there are."""

    model = Cluster
    icon = "group"


class SessionViewSet(SnippetViewSet):
    """Where the co-ordinator keeps the school year: its terms, as many as the council has, and days without pupils."""

    model = Session
    icon = "date"
    list_display = ["label", "starts", "ends"]
    ordering = ["-starts"]
    copy_view_enabled = False
    panels = [
        FieldPanel("label", help_text=_("Such as 2026/27.")),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        InlinePanel("terms", heading=_("Terms"), label=_("Term"), panels=[
            FieldRowPanel([FieldPanel("name"), FieldPanel("order")]),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        ]),
        InlinePanel("non_teaching_days", heading=_("Days without pupils"), label=_("Day"), panels=[
            FieldRowPanel([FieldPanel("date"), FieldPanel("kind"), FieldPanel("name")]),
        ]),
    ]  # fmt: skip


class SchoolsGroup(SnippetViewSetGroup):
    """The places and the school year, together in the menu."""

    menu_label = _("Schools")
    menu_icon = "site"
    items = (LocalityViewSet, ClusterViewSet, SessionViewSet)


register_snippet(SchoolsGroup)

"""What this room shows in Wagtail's admin: the prompts and their versions. Nothing that people write is ever here."""

import yaml
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail import hooks
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
from wagtail.admin.widgets.button import ListingButton
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from readiness.domain.document import differences
from readiness.wagtail_hooks import LookOnly
from reflections.actions.prompts import PUBLISH, UnableToPublish, publish_version
from reflections.models import PromptSet, PromptsVersion


class PromptSetForm(WagtailAdminModelForm):
    """Keeps a draft that still has problems; asks for a text without any when it is to be published."""

    def _post_clean(self) -> None:
        self.instance.may_be_unfinished = self.is_deferred_validation
        super()._post_clean()


ABOUT = [
    FieldPanel("title"),
    FieldRowPanel([FieldPanel("slug"), FieldPanel("version_label"), FieldPanel("language")]),
    FieldPanel("expected_minutes"),
    FieldPanel("before_you_start"),
    PublishingPanel(),
]
STEPS = [FieldPanel("steps"), FieldPanel("full_form"), FieldPanel("short_form"), FieldPanel("required_steps")]
PRIVACY = [
    MultiFieldPanel(
        [
            FieldPanel("meaning_private"),
            FieldPanel("meaning_my_reflective_group"),
            FieldPanel("meaning_learning_only"),
        ],
        gettext_lazy("Who can read it"),
    ),
    MultiFieldPanel(
        [FieldPanel("safeguarding_words"), FieldPanel("warn_lines"), FieldPanel("stop_lines")],
        gettext_lazy("Gentle checks"),
    ),
]
GROUPS = [
    FieldPanel("group_prompts"),
    FieldPanel("ground_rules"),
    FieldPanel("group_record"),
    FieldPanel("small_test_fields"),
]


class PromptSetViewSet(SnippetViewSet):
    """Where editors write what the log asks."""

    model = PromptSet
    icon = "form"
    menu_label = gettext_lazy("Prompts")
    list_display = ["title", "version_label", LiveStatusTagColumn()]
    copy_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(ABOUT, heading=gettext_lazy("About")),
            ObjectList(STEPS, heading=gettext_lazy("Steps")),
            ObjectList(PRIVACY, heading=gettext_lazy("Privacy")),
            ObjectList(GROUPS, heading=gettext_lazy("Groups and small tests")),
        ],
        base_form_class=PromptSetForm,
    )


class PromptsVersionView(InspectView):
    """One version, with its text in the form of a file."""

    def get_document_display_value(self) -> str:
        """The whole text, in order."""
        text = yaml.dump(self.object.document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)
        return format_html("<pre>{}</pre>", text)


class PromptsVersionViewSet(ModelViewSet):
    """Where editors look at what was published. A version is frozen: it can only be looked at."""

    model = PromptsVersion
    icon = "history"
    menu_label = gettext_lazy("Versions of the prompts")
    form_fields = []
    list_display = ["__str__", "published_at", "published_by"]
    ordering = ["prompt_set", "-number"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = PromptsVersionView
    inspect_view_fields = ["prompt_set", "number", "label", "published_at", "published_by", "digest", "document"]

    @property
    def permission_policy(self) -> LookOnly:
        """Who may look."""
        return LookOnly(self.model)

    def get_permissions_to_register(self):
        """Only looking can be given to a group."""
        return super().get_permissions_to_register().filter(codename="view_promptsversion")


class ReflectionsGroup(SnippetViewSetGroup):
    """The prompts and their versions, together in the menu."""

    menu_label = gettext_lazy("Time to reflect")
    menu_icon = "edit"
    menu_order = 160
    items = (PromptSetViewSet, PromptsVersionViewSet)


register_snippet(ReflectionsGroup)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_prompts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the next version would change; publish it on a POST, and on nothing else."""
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied
    text = get_object_or_404(PromptSet, pk=pk)
    newest = text.versions.newest_first().first()
    if request.method == "POST":
        try:
            version = publish_version(prompt_set=text, by=request.user, now=timezone.now())
        except UnableToPublish as unable:
            messages.error(request, str(unable))
        else:
            messages.success(request, _("Version %d is published. New entries are written to it.") % version.number)
            return redirect(PromptSetViewSet().get_url_name("list"))
    context = {
        "text": text,
        "newest": newest,
        "problems": text.problems(),
        "changes": differences(newest.document, text.to_document()) if newest else (),
    }
    return TemplateResponse(request, "reflections/admin/publish.html", context)


@hooks.register("register_admin_urls")
def publish_address():
    """The page on which a version is published."""
    return [path("reflections/prompts/<int:pk>/publish/", publish_prompts, name="publish_prompts")]


@hooks.register("register_snippet_listing_buttons")
def publish_button(snippet, user, next_url=None):
    """The way to that page, from the list of prompts."""
    if isinstance(snippet, PromptSet) and user.has_perm(PUBLISH):
        url = reverse("publish_prompts", args=[snippet.pk])
        yield ListingButton(_("Publish as a version"), url, icon_name="upload", priority=20)

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.blocks import BodyBlock, HomeBodyBlock

# Root, home, section, page: no page lies deeper, so that navigation never has more than two levels.
HOME_DEPTH = 2
SECTION_DEPTH = 3


class BasePage(Page):
    """What every page of the pathway has."""

    lead = models.TextField(
        _("lead"), max_length=400, help_text=_("One or two short sentences under the title: what this page is for.")
    )
    last_reviewed = models.DateField(
        _("last reviewed"),
        null=True,
        blank=True,
        help_text=_("The day when somebody last checked that this page is true."),
    )

    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `page_urls`: page id as text → address, of every live page that the body's text leads to."""
        context = super().get_context(request, *args, **kwargs)
        context["nearby"] = list(self.nearby())
        context["page_urls"] = {str(page.pk): page.get_url(request) for page in context["nearby"]}
        return context

    def nearby(self) -> "models.QuerySet[Page]":
        """All the pages that this page's own page needs to know, in one query: the live ones that its body leads to."""
        return Page.objects.live().filter(pk__in=set(self.linked_page_ids())).order_by("path")

    def linked_page_ids(self) -> Iterator[str]:
        """The ids, as text, of the pages that the body leads to. One may come twice."""
        for model, object_id, *_paths in self.body.stream_block.extract_references(self.body):
            if model is Page:
                yield object_id


class HomePage(BasePage):
    """The front door: what this is, and what to do first."""

    hero_title = models.CharField(_("main heading"), max_length=120)
    facts = RichTextField(
        _("at a glance"),
        blank=True,
        features=["bold", "ul"],
        help_text=_("Three short points beside the main heading."),
    )
    body = StreamField(HomeBodyBlock(), verbose_name=_("body"), blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.ContentPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("hero_title"),
        FieldPanel("lead"),
        FieldPanel("facts"),
        FieldPanel("body"),
        FieldPanel("last_reviewed"),
    ]

    class Meta:
        verbose_name = _("home page")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Only under the root itself, and only once."""
        return parent.is_root() and super().can_create_at(parent)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a content page at any depth with one query, where Wagtail takes two for each level."""
        if path_components:
            address = f"{self.url_path}{'/'.join(path_components)}/"
            page = ContentPage.objects.live().filter(slug=path_components[-1], url_path=address).first()
            if page is not None:
                return RouteResult(page)
        return super().route(request, path_components)


class ContentPage(BasePage):
    """A page of words. One right under the home page opens a section; the pages under it are the section's."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["cms.HomePage", "cms.ContentPage"]
    subpage_types = ["cms.ContentPage"]
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body"), FieldPanel("last_reviewed")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """At most two levels below the home page."""
        return parent.depth <= SECTION_DEPTH and super().can_create_at(parent)

    def can_move_to(self, parent: Page) -> bool:
        """At most two levels below the home page, with everything that is under this page."""
        deepest = SECTION_DEPTH if self.is_leaf() else HOME_DEPTH
        return parent.depth <= deepest and super().can_move_to(parent)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `crumbs`, (title, address) from the home page down, and `section`, (title, address, is it this page)."""
        context = super().get_context(request, *args, **kwargs)
        urls = context["page_urls"]
        above = [page for page in context["nearby"] if page.depth < self.depth and self.path.startswith(page.path)]
        context["crumbs"] = [(page.title, urls[str(page.pk)]) for page in above]
        section = [page for page in context["nearby"] if page.path.startswith(self.section_path)]
        context["section"] = [(page.title, urls[str(page.pk)], page.pk == self.pk) for page in section]
        return context

    @property
    def section_path(self) -> str:
        """Where in the tree the section begins that this page is in."""
        return self.path[: SECTION_DEPTH * self.steplen]

    def nearby(self) -> "models.QuerySet[Page]":
        """Also the pages above, and the section's: those that anyone who may see this page may see."""
        above = [self.path[: depth * self.steplen] for depth in range(HOME_DEPTH, self.depth)]
        section = Q(path__startswith=self.section_path) & (Q(view_restrictions=None) | Q(pk=self.pk))
        wanted = Q(pk__in=set(self.linked_page_ids())) | Q(path__in=above) | section
        return Page.objects.live().filter(wanted).order_by("path").distinct()


class LoadedPage(models.Model):
    """What `load_pages` last wrote on a page. Kept apart from the page: no revision or copy carries it along.

    Without a page: an editor deleted it, and it stays deleted. Without a digest: nothing has been written on it yet.
    """

    key = models.SlugField(_("key"), max_length=100, unique=True)
    page = models.OneToOneField(Page, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("page"))
    digest = models.CharField(_("digest of the content"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        verbose_name = _("loaded page")
        verbose_name_plural = _("loaded pages")

    def __str__(self) -> str:
        return self.key

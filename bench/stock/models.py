from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class StockPage(Page):
    """A page as Wagtail's tutorial makes one: a lead, and a body of headings, paragraphs and foldable parts."""

    lead = models.TextField(blank=True)
    body = StreamField(
        [
            ("heading", CharBlock(form_classname="title")),
            ("paragraph", RichTextBlock()),
            ("details", StructBlock([("summary", CharBlock()), ("text", RichTextBlock())])),
        ],
        blank=True,
    )

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]

    class Meta:
        verbose_name = "stock page"

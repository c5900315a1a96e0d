"""The pieces that editors build pages from. Each one's look is in templates/cms/blocks/."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText, expand_db_html
from wagtail.rich_text.rewriters import LinkRewriter

TEXT_FEATURES = ["h3", "bold", "link", "ul", "ol"]
SHORT_FEATURES = ["bold", "link"]
LIST_FEATURES = ["bold", "link", "ul", "ol"]


def with_addresses(source: str, urls: Mapping[str, str]) -> str:
    """Give every link to a page in stored rich text its address. A link to a page without one becomes plain text.

    urls: page's id as text → address. Wagtail's own way would ask the database again for every passage.
    """

    def opening_tag(attributes: Mapping[str, str]) -> str:
        url = urls.get(attributes.get("id", ""))
        return f'<a href="{escape(url)}">' if url else "<a>"

    return LinkRewriter(rules={"page": opening_tag})(source)


class RichBlock(blocks.RichTextBlock):
    """Rich text whose links to pages are resolved once for the whole page, not once for each passage."""

    def get_context(self, value: RichText, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add `html`, fit to show. Outside a page (a preview of one block) Wagtail resolves the links."""
        context = super().get_context(value, parent_context=parent_context)
        urls = context.get("page_urls")
        context["html"] = expand_db_html(value.source) if urls is None else with_addresses(value.source, urls)
        return context

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Migrations see Wagtail's own block, so that old ones never need this class."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.RichTextBlock", args, kwargs

    class Meta:
        template = "cms/blocks/rich.html"


class InsetBlock(blocks.StructBlock):
    """A passage set apart from the text around it. With a speaker it becomes a quotation."""

    text = blocks.TextBlock(label=_("Text"), max_length=500)
    said_by = blocks.CharBlock(
        label=_("Who said it"), required=False, max_length=120, help_text=_("A role, not a name: “a depute head”.")
    )

    class Meta:
        icon = "openquote"
        label = _("Set apart, or quotation")
        template = "cms/blocks/inset.html"


class StepBlock(blocks.StructBlock):
    """One step: what to do or what happens, and a sentence or two about it."""

    title = blocks.CharBlock(label=_("Title"), max_length=100)
    text = RichBlock(label=_("Text"), features=SHORT_FEATURES)

    class Meta:
        icon = "arrow-right"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    """Things that happen one after the other, numbered."""

    steps = blocks.ListBlock(StepBlock(), min_num=2, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "cms/blocks/steps.html"


class KeyNumberBlock(blocks.StructBlock):
    """A figure that matters, with where it comes from."""

    figure = blocks.CharBlock(label=_("Figure"), max_length=20, help_text=_("As it should be read: “2,336”."))
    words = blocks.CharBlock(label=_("What it counts"), max_length=200)
    source = blocks.CharBlock(label=_("Source"), max_length=200)
    year = blocks.CharBlock(
        label=_("Year"), required=False, max_length=20, help_text=_("Leave empty only where the source gives none.")
    )

    class Meta:
        icon = "order"
        label = _("Key number")
        template = "cms/blocks/key_number.html"


class CallToActionBlock(blocks.StructBlock):
    """A button that leads to a page of this site, or to an address."""

    words = blocks.CharBlock(label=_("Words on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("Address"),
        required=False,
        help_text=_("Instead of a page: an address that begins with “/” (on this site) or “https://”."),
        validators=[
            RegexValidator(r"^(/(?!/)|https://)\S*$", _("Write an address that begins with “/” or “https://”."))
        ],
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a button that leads nowhere, or to two places."""
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            problem = ValidationError(_("Choose a page or write an address: one of the two."))
            raise blocks.StructBlockValidationError(block_errors={"address": problem})
        return cleaned

    class Meta:
        icon = "link"
        label = _("Call to action")
        template = "cms/blocks/call_to_action.html"


class DetailsBlock(blocks.StructBlock):
    """More to read, folded away until asked for."""

    summary = blocks.CharBlock(label=_("Short name of what is folded away"), max_length=120)
    text = RichBlock(label=_("Text"), features=LIST_FEATURES)

    class Meta:
        icon = "collapse-down"
        label = _("Folded away")
        template = "cms/blocks/details.html"


class StartBlock(blocks.StaticBlock):
    """The way in: “Sign in”, or for somebody who has signed in, the way to their audits."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Migrations see Wagtail's own block, so that old ones never need this class."""
        return "wagtail.blocks.StaticBlock", [], {}

    class Meta:
        icon = "login"
        label = _("Start here")
        admin_text = _("A button: “Sign in”, or “Go to your audits” for somebody who has signed in.")
        template = "cms/blocks/start.html"


class CardBlock(blocks.StructBlock):
    """A box that leads to a page."""

    page = blocks.PageChooserBlock(label=_("Page"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=80, help_text=_("Left empty, the page’s own title is used.")
    )
    text = blocks.TextBlock(label=_("Text"), max_length=200)

    class Meta:
        icon = "doc-empty"
        label = _("Card")


class CardsBlock(blocks.StructBlock):
    """A heading with boxes under it, each leading to a page."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=100)
    cards = blocks.ListBlock(CardBlock(), min_num=1, label=_("Cards"))

    class Meta:
        icon = "grip"
        label = _("Cards")
        template = "cms/blocks/cards.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page: its pieces in order."""

    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=100, template="cms/blocks/heading.html", form_classname="title"
    )
    text = RichBlock(label=_("Text"), features=TEXT_FEATURES)
    inset = InsetBlock()
    steps = StepsBlock()
    key_number = KeyNumberBlock()
    call_to_action = CallToActionBlock()
    details = DetailsBlock()
    start = StartBlock()

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """Refuse a smaller heading that no heading stands above: screen readers list them as a tree."""
        cleaned = super().clean(value)
        if places := list(self._orphans(cleaned)):
            problem = ValidationError(_("Put a Heading above this: a smaller heading needs one to belong to."))
            raise blocks.StreamBlockValidationError(block_errors=dict.fromkeys(places, problem))
        return cleaned

    @staticmethod
    def _orphans(value: blocks.StreamValue) -> Iterator[int]:
        for place, child in enumerate(value):
            if child.block_type in {"heading", "cards"}:
                return
            if child.block_type == "text" and "<h3" in child.value.source:
                yield place


class HomeBodyBlock(BodyBlock):
    """The body of the home page, which may also hold cards."""

    cards = CardsBlock()

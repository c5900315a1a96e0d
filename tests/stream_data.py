"""What fields of blocks send in a form of Wagtail's admin. Scripts draw them, so they do not stand in its page."""

from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField


def stream_data(thing):
    """The streams of a page or snippet as its form sends them when nothing has been changed, for nested_form_data."""
    fields = [field for field in thing._meta.get_fields() if isinstance(field, StreamField)]
    return {field.name: _stream(getattr(thing, field.name)) for field in fields}


def _stream(children):
    return {"count": len(children)} | {
        str(place): {
            "type": child.block_type,
            "deleted": "",
            "order": place,
            "value": _block(child.block, child.value),
        }
        for place, child in enumerate(children)
    }


def _block(block, value):
    if isinstance(block, StructBlock):
        return {name: _block(child, value[name]) for name, child in block.child_blocks.items()}
    if isinstance(block, StreamBlock):
        return _stream(value)
    if isinstance(block, ListBlock):
        items = [
            {"deleted": "", "order": place, "value": _block(block.child_block, item)}
            for place, item in enumerate(value)
        ]
        return {"count": len(items)} | {str(place): item for place, item in enumerate(items)}
    return "" if value is None or value is False else str(value)

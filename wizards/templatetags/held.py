from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wizards import held

register = template.Library()


@register.simple_tag(takes_context=True)
def held_token(context: Context) -> SafeString | str:
    """Give the hidden input that lets a form survive the end of a session: `{% load held %}{% held_token %}`.

    Put it inside every form with words in it, beside `{% csrf_token %}`, on a page whose view asks `held.peek`.
    Nobody is signed in: nothing.
    """
    user = context["request"].user
    if not user.is_authenticated:
        return ""
    return format_html('<input type="hidden" name="{}" value="{}">', held.FIELD, held.token_for(user))

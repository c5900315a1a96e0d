from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReflectionsConfig(AppConfig):
    """Time to reflect: the termly reflective practice log."""

    name = "reflections"
    verbose_name = _("reflections")
    default_auto_field = "django.db.models.BigAutoField"

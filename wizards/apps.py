from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WizardsConfig(AppConfig):
    """Multi-step forms whose data lives in the database, and what was typed when a session had ended."""

    name = "wizards"
    verbose_name = _("wizards")
    default_auto_field = "django.db.models.BigAutoField"

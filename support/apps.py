from django.apps import AppConfig


class SupportConfig(AppConfig):
    """What follows from an audit: its result against the structure of support, and the help on offer."""

    name = "support"
    default_auto_field = "django.db.models.BigAutoField"

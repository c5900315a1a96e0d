from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The composition root: what must know every room at once."""

    name = "config"

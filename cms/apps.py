from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The pathway's pages, which editors write in Wagtail."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

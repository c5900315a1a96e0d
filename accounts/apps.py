from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, sign-in and my account."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - needs the settings to be loaded

if settings.PRODUCTION:
    from config.demo import refuse_in_production

    refuse_in_production()

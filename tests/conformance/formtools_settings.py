"""formtools' own test settings with our app beside its own. Used by run_formtools.py, in a process of its own."""

# In that process `tests` is formtools' package, not ours.
from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "wizards.apps.WizardsConfig"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}

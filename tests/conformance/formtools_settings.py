"""formtools' own test settings with our app beside its own. Used by run_formtools.py, in a process of its own."""

import os

import environ

# In that process `tests` is formtools' package, not ours.
from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "wizards.apps.WizardsConfig"]
DATABASES = {"default": environ.Env().db_url("DATABASE_URL", default="sqlite://:memory:")}
if DATABASES["default"]["NAME"] != ":memory:":
    DATABASES["default"]["TEST"] = {"NAME": f"formtools_{os.getpid()}"}  # both cores may run these at once

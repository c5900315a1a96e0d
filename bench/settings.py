"""The product's own settings, with the stock pages served by the same process: same database, middleware, session."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench.stock.apps.StockConfig"]
ROOT_URLCONF = "bench.urls"

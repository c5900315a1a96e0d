from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.models import User
from cms.actions import load_pages
from config import assets, groups
from config.demo import ACCOUNTS
from readiness.models import FrameworkVersion
from reflections.models import PromptsVersion
from schools.models import Session

FIXTURES = settings.BASE_DIR / "fixtures"
FRAMEWORK = FIXTURES / "frameworks" / "nurture-readiness-1.0.yaml"
PROMPTS = FIXTURES / "reflection" / "reflective-log-1.0.yaml"
SESSIONS = FIXTURES / "sessions" / "north-lanarkshire.yaml"


class Command(BaseCommand):
    help = "Makes everything ready: database, files, framework, sessions, pages and (never in production) the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is not done yet. Running it again keeps all data."""
        self._migrate()
        if settings.PRODUCTION and User.objects.filter(email__in=[account.email for account in ACCOUNTS]).exists():
            raise CommandError("DATABASE_URL names a database with demo accounts in it. Name a database of your own.")
        assets.collect(Path(settings.STATIC_ROOT))
        # Only into an empty place: what people have changed since is theirs.
        if not Session.objects.exists():
            call_command("load_sessions", SESSIONS, stdout=self.stdout)
        if FrameworkVersion.objects.latest_published() is None:
            call_command("load_framework", FRAMEWORK, stdout=self.stdout)
        if PromptsVersion.objects.latest_published() is None:
            call_command("load_reflection", PROMPTS, stdout=self.stdout)
        groups.ensure()
        load_pages(folder=FIXTURES / "pages", now=timezone.now())
        if not settings.PRODUCTION:
            call_command("demo", stdout=self.stdout)

    def _migrate(self) -> None:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database. The first time takes about half a minute.")
            call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)  # somebody may have migrated by hand

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import demo
from readiness.models import FrameworkVersion
from schools.models import Session


class Command(BaseCommand):
    help = "Tells the demo story: invented schools, people and audits. Telling it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell it, but never in production."""
        if settings.PRODUCTION:
            raise CommandError("The demo story is never told in production.")
        now = timezone.now()
        if FrameworkVersion.objects.latest_published() is None or Session.objects.at(now.date()) is None:
            raise CommandError("Load the framework and the sessions first: manage.py bootstrap does both.")
        told = demo.tell(now=now)
        self.stdout.write("The demo story is told." if told else "The demo story was told already.")

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from readiness.notifications import send_digests


class Command(BaseCommand):
    help = "Tells people by e-mail that something is waiting: once a day at most, by day, on school days."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send what is due now, and say how many e-mails went out."""
        count = send_digests(now=timezone.now())
        self.stdout.write(f"{count} e-mail{'' if count == 1 else 's'} sent.")

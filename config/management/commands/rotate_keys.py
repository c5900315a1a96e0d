from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sealed.cipher import Unreadable
from sealed.rotation import seal_anew, sealed_columns


class Command(BaseCommand):
    help = "Seals everything that is encrypted anew with the first of ENCRYPTION_KEYS, while people go on working."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through every sealed column, and say how many rows there were."""
        for model, fields in sealed_columns():
            try:
                done = seal_anew(model, fields)
            except Unreadable as unable:
                raise CommandError(f"{model._meta.verbose_name_plural}: {unable}") from unable
            self.stdout.write(f"{model._meta.verbose_name_plural}: {done} sealed anew.")
        if len(settings.ENCRYPTION_KEYS) > 1:
            self.stdout.write("The older keys are needed for backups only. Take them out of ENCRYPTION_KEYS.")

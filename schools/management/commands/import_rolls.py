from schools.management.import_command import ImportCommand
from schools.models import Import


class Command(ImportCommand):
    help = (
        "Shows which pupil rolls the Scottish Government's school-level summary statistics would change here. "
        "With --apply, changes them."
    )
    kind = Import.Kind.ROLLS

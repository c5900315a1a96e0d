from schools.management.import_command import ImportCommand
from schools.models import Import


class Command(ImportCommand):
    help = (
        "Shows what the Scottish Government's list of schools would change here: new, changed, renamed, closed, "
        "reopened, unchanged, not understood. With --apply, does it. It takes no e-mail addresses or telephone numbers."
    )
    kind = Import.Kind.SCHOOLS

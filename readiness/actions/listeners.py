"""What other rooms do after a move of an audit. This room does not know them: `config.settings` names their tasks."""

from django.conf import settings
from django.utils.module_loading import import_string


def tell_submitted(*, audit_id: int) -> None:
    """Queue every task of `AFTER_SUBMISSION` for this audit. Call it once the submission is committed."""
    for task in settings.AFTER_SUBMISSION:
        import_string(task).enqueue(audit_id=audit_id)

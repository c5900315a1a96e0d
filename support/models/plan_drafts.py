from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from readiness.models import Audit


class PlanDraft(models.Model):
    """What has been chosen so far for one theme of a plan that is not agreed yet, or ("") for the plan as a whole.

    It is gone once the plan is agreed: the plan then says it.
    """

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="plan_drafts")
    theme = models.SlugField(_("theme"), max_length=100, blank=True)
    document = models.JSONField(_("what is chosen"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("draft of a plan")
        verbose_name_plural = _("drafts of plans")
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "theme"],
                name="plan_draft_once_per_theme",
                violation_error_message=_("This theme has been saved already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audit_id} {self.theme or 'whole'} ({self.revision})"

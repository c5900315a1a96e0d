from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from readiness.domain import framework as domain
from readiness.models import Framework, FrameworkVersion

PUBLISH = "readiness.publish_framework"
"""Wagtail's own permission to publish a framework. A version is published by the same people."""


class UnableToPublish(Exception):
    """The message is fit to show to the editor. `problems` holds what to put right, a sentence each with its place."""

    def __init__(self, message: str, problems: tuple[domain.Problem, ...] = ()) -> None:
        self.problems = problems
        super().__init__(" ".join([message, *(problem.sentence for problem in problems)]))


@transaction.atomic
def publish_version(*, framework: Framework, by: AbstractBaseUser | None, now: datetime) -> FrameworkVersion:
    """Make the framework's live text its next version, frozen for ever. New audits use it; open ones stay as they are.

    Where the newest version already says exactly this, it is given back and nothing is written. `by` is None for a
    command, which needs no permission.

    Raises:
        PermissionDenied: this person may not publish frameworks.
        UnableToPublish: the text is not live, or has problems.
    """
    if by is not None and not by.has_perm(PUBLISH):
        raise PermissionDenied(_("You may not publish a framework. Ask a framework editor to do it."))
    text = Framework.objects.select_for_update().get(pk=framework.pk)
    if not text.live:
        raise UnableToPublish(_("The text is still a draft. Publish it in the editor first, then publish the version."))
    document = text.to_document()
    if found := domain.problems(document):
        raise UnableToPublish(_("The text cannot be published as a version yet."), found)
    newest = text.versions.newest_first().first()
    if newest is not None and newest.digest == domain.digest(document):
        return newest
    return FrameworkVersion.objects.create(
        framework=text,
        number=newest.number + 1 if newest is not None else 1,
        document=document,
        digest=domain.digest(document),
        published_at=now,
        published_by=by,
    )

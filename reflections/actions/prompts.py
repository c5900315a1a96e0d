from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from reflections.domain import prompts as domain
from reflections.models import PromptSet, PromptsVersion

PUBLISH = "reflections.publish_promptset"
"""Wagtail's own permission to publish the prompts. A version is published by the same people."""


class UnableToPublish(Exception):
    """The message is fit to show to the editor. `problems` holds what to put right, a sentence each with its place."""

    def __init__(self, message: str, problems: tuple[domain.Problem, ...] = ()) -> None:
        self.problems = problems
        super().__init__(" ".join([message, *(problem.sentence for problem in problems)]))


@transaction.atomic
def publish_version(*, prompt_set: PromptSet, by: AbstractBaseUser | None, now: datetime) -> PromptsVersion:
    """Make the live text the next version, frozen for ever. New entries are written to it; others keep their own.

    Where the newest version already says exactly this, it is given back and nothing is written. `by` is None for a
    command, which needs no permission.

    Raises:
        PermissionDenied: this person may not publish the prompts.
        UnableToPublish: the text is not live, or has problems.
    """
    if by is not None and not by.has_perm(PUBLISH):
        raise PermissionDenied(_("You may not publish the prompts. Ask a framework editor to do it."))
    text = PromptSet.objects.select_for_update().get(pk=prompt_set.pk)
    if not text.live:
        raise UnableToPublish(_("The text is still a draft. Publish it in the editor first, then publish the version."))
    document = text.to_document()
    if found := domain.problems(document):
        raise UnableToPublish(_("The text cannot be published as a version yet."), found)
    newest = text.versions.newest_first().first()
    if newest is not None and newest.digest == domain.digest(document):
        return newest
    return PromptsVersion.objects.create(
        prompt_set=text,
        number=newest.number + 1 if newest is not None else 1,
        document=document,
        digest=domain.digest(document),
        published_at=now,
        published_by=by,
    )


@transaction.atomic
def load_prompts(*, document: domain.Document, now: datetime) -> tuple[PromptsVersion, bool]:
    """Make a document the live text and the next version; give the version, and whether it is new. For commands.

    A wording that is a version already changes nothing, whatever editors have written since.

    Raises:
        UnableToPublish: it has problems, or its wording changed under the label of an earlier version.
    """
    if found := domain.problems(document):
        raise UnableToPublish(_("The file holds no prompts that can be used."), found)
    head, wanted = domain.canonical(document)["reflection"], domain.digest(document)
    prompt_set = PromptSet.objects.select_for_update().filter(slug=head["slug"]).first()
    versions = list(prompt_set.versions.newest_first()) if prompt_set else []
    for version in versions:
        if version.digest == wanted:
            return version, False
    if any(version.label == head["version"] for version in versions):
        raise UnableToPublish(
            _("The wording changed, but its label is still “%s”. Give it a new label.") % head["version"]
        )
    text = prompt_set.get_latest_revision_as_object() if prompt_set else PromptSet(live=False)
    text.fill_from(document)
    if domain.digest(text.to_document()) != wanted:
        raise UnableToPublish(_("The editor has no place for a part of the file. Take it out, or complete it."))
    if text.pk is None:
        text.full_clean()
        text.save()
    text.save_revision(log_action=True).publish()
    return publish_version(prompt_set=text, by=None, now=now), True

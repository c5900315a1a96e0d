"""What the school says is the school's alone: no officer changes a word of it, by page, action, admin or in bulk."""

import inspect

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

from accounts.models import User
from readiness import actions
from readiness.domain.said import Said
from readiness.domain.states import MoveRefused
from readiness.models import Answer, Audit, Move, Remark, ThemeScore
from tests import world as worlds
from tests.architecture.test_urls import OURS
from tests.fuzz import outside

pytestmark = pytest.mark.django_db

STATES = ["draft", "submitted", "in_review", "said", "returned", "differing", "moderated", "agreed"]
TAKES_POSTS = sorted({address.name for address in OURS if address.methods and "post" in address.methods})


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build(timezone.now())
        transaction.set_rollback(True)


def schools_words(world):
    return outside.answers(world.own, world.other, voices=("school",))


def everything_that_could_be_asked_for(audit):
    """The fields of every form about answers, all at once, as somebody who means harm would send them."""
    framework = audit.framework
    fields = {"voice": "school", "level": "1", "evidence": "Changed", "reason": "Changed", "declaration": "on"}
    fields |= {"note": "Changed", "sure": "on", f"audit-{audit.pk}-current_step": framework.themes[0].slug}
    for theme in framework.themes:
        for statement in theme.statements:
            slug, own = statement.slug, f"{theme.slug}-{statement.slug}"
            answer = Answer.objects.filter(audit=audit, statement=slug, voice="school").first()
            seen = answer.said.seen_as(answer.revision) if answer else Said().seen_as(0)
            fields |= {own: "1", f"{own}-evidence": "Changed", f"{own}-seen": seen, f"{own}-settle": "mine"}
            fields |= {
                f"{slug}-say": "suggest",
                f"{slug}-level": "1",
                f"{slug}-text": "Changed",
                f"{slug}-settle": "mine",
            }
    return fields


@pytest.mark.parametrize("role", ["officer", "coordinator", "superuser", "editor"])
@pytest.mark.parametrize("name", TAKES_POSTS)
def test_by_no_page(world, name, role):
    before = schools_words(world)
    for state in STATES if name.startswith(("audit_", "review")) and name not in {"audit_list"} else [""]:
        audit = getattr(world.own, state or "draft")
        fields = everything_that_could_be_asked_for(audit)
        with worlds.undone():
            world.client(role).post(worlds.address(world, world.own, f"{name}/{state}" if state else name), fields)
            assert schools_words(world) == before, state


ARGUMENTS = {
    "school": lambda audit: audit.school,
    "audit": lambda audit: audit,
    "statement": lambda audit: audit.framework.statements[1].slug,
    "given": lambda audit: 1,
    "text": lambda audit: "Changed",
    "reason": lambda audit: "Changed",
    "typed": lambda audit: [
        actions.Typed(row.statement, Said(1, "Changed", "Changed"), row.said.seen_as(row.revision))
        for row in audit.school_answers().values()
    ],
    "spoken": lambda audit: [],
    "replies": lambda audit: [],
    "rulings": lambda audit: [actions.Ruling(audit.framework.statements[1].slug, 1, "Changed")],
    "framework": lambda audit: audit.version.framework,
}
ACTIONS = sorted(name for name in actions.__all__ if inspect.isfunction(getattr(actions, name)))


OF_THE_SCHOOL = {"accept", "reply", "reply_to", "save_answers", "start_audit", "submit"}
OF_THE_SCHOOL |= {"withdraw", "withdraw_submission"}
OF_THE_OFFICER = {"agree", "agree_on_accepted", "agree_rest", "agree_with", "ask", "begin_review", "finish_review"}
OF_THE_OFFICER |= {"return_to_school", "say", "still_differ", "suggest"}
# No audit of this world is where the officer may do these: tests/readiness/test_conversation.py takes one there.
OUT_OF_PLACE = {"agree_on_accepted", "return_to_school", "still_differ"}
REFUSED = {
    "officer": OF_THE_SCHOOL | OUT_OF_PLACE | {"publish_version", "settle"},
    "coordinator": OF_THE_SCHOOL | OF_THE_OFFICER | {"publish_version"},
}
REFUSALS = (
    PermissionDenied, MoveRefused, actions.Locked, actions.UnableToAgree, actions.UnableToPublish,
    actions.UnableToReview, actions.UnableToSay, actions.UnableToSettle,
)  # fmt: skip


@pytest.mark.parametrize("role", ["officer", "coordinator"])
@pytest.mark.parametrize("name", ACTIONS)
def test_by_no_action(world, name, role):
    action, by = getattr(actions, name), world.people[role]
    asked = inspect.signature(action).parameters
    before, done = schools_words(world), set()
    for state in STATES:
        audit = getattr(world.own, state)
        given = {key: make(audit) for key, make in ARGUMENTS.items() if key in asked}
        given |= {"now": timezone.now()} if "now" in asked else {}
        with worlds.undone():
            try:
                action(**given, **({"by": by} if "by" in asked else {"user": by}))
                done.add(state)
            except REFUSALS:
                pass
            assert schools_words(world) == before, state
    assert bool(done) is (name not in REFUSED[role])  # actions are called as the product calls them


@pytest.mark.parametrize("model", [Answer, Audit, Move, Remark, ThemeScore])
def test_by_no_page_of_the_admin(world, model):
    """Nothing in the editors' area lists, changes or deletes these rows, in bulk or one by one."""
    assert model not in get_snippet_models()
    assert model not in [getattr(viewset, "model", None) for viewset in viewsets.viewsets]
    officer = world.own.people["officer"]
    with worlds.undone():
        before = schools_words(world)
        User.objects.filter(pk=officer.pk).update(is_superuser=True, is_staff=True)
        client, row = world.client("officer"), model._base_manager.first()
        label, name = model._meta.app_label, model._meta.model_name
        for action in ("delete", "publish", "unpublish", "change"):
            address = f"/cms-admin/bulk/{label}/{name}/{action}/?id={row.pk}"
            assert client.post(address, {"id": row.pk, "level": "1"}).status_code in {302, 404}
        for page in ("list", "edit", "add", "delete", "index"):
            with pytest.raises(NoReverseMatch):
                reverse(f"wagtailsnippets_{label}_{name}:{page}", args=[] if page in {"list", "add"} else [row.pk])
        assert schools_words(world) == before


def test_in_bulk_not_even_by_code(world):
    for change in (
        lambda rows: rows.update(level=1),
        lambda rows: rows.bulk_update(list(rows), ["level"]),
    ):
        with pytest.raises(TypeError, match="one by one"):
            change(Answer.objects.filter(voice="school"))
        with pytest.raises(TypeError, match="one by one"):
            change(world.own.moderated.answers.all())

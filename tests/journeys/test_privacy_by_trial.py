"""Privacy by trial: everybody walks everything they can reach in the demo story, and meets nobody's private words."""

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from cms.actions import load_pages
from config import demo, groups
from config.management.commands.bootstrap import FIXTURES, FRAMEWORK, PROMPTS, SESSIONS
from reflections import actions
from reflections.models import BreakGlass, Comment, Entry, Example, Group
from tests.architecture.test_urls import ADDRESSES
from tests.cms.conftest import plant
from tests.factories import UserFactory
from tests.journeys.crawler import SEARCHED, Crawler
from tests.reflections.factories import EntryFactory, write

pytestmark = pytest.mark.django_db

PRIVATE = f"A {SEARCHED} nested under the seventh eave"
FOR_THE_GROUP = f"A {SEARCHED} sang above the second gate"
LEARNED = f"A {SEARCHED} taught me to look up at the third chimney"
PROPOSED = f"A {SEARCHED} came back to the fifth barn"
# What is looked for: the words that nobody typed into a search.
SECRETS = {"private": "nested under the seventh eave", "group": "sang above the second gate"}
LEARNING, EXAMPLE = "look up at the third chimney", "came back to the fifth barn"
STARTS = (
    "/",
    "/home/",
    "/reflections/",
    "/search/?query=swallow",
    "/accounts/me/",
    "/schools/",
    "/people/",
    "/cms-admin/",
)
STARTS += ("/locality/", "/reflections/groups/", "/reflections/learning/", "/reflections/exceptional/", "/healthz")


@pytest.fixture
def told(db):
    """The demo story, with the marker sentences in what its member of staff writes."""
    quiet = {"stdout": open("/dev/null", "w")}  # noqa: SIM115
    for command, file in (("load_sessions", SESSIONS), ("load_framework", FRAMEWORK), ("load_reflection", PROMPTS)):
        call_command(command, file, **quiet)
    groups.ensure()
    plant()
    load_pages(folder=FIXTURES / "pages", now=timezone.now())
    demo.tell(now=timezone.now())
    quiet["stdout"].close()
    cache.clear()
    return _planted(User.objects.get(email="staff@demo.example"), timezone.now())


def _planted(author, now):
    school = author.memberships.get().school
    for entry in Entry.objects.of(author).filter(visibility="private"):
        write(entry, author, now, what_happened=PRIVATE, so_what=PRIVATE, now_what=PRIVATE, how_it_felt=PRIVATE)
    shared = Entry.objects.of(author).get(visibility="my_reflective_group")
    write(shared, author, now, what_happened=FOR_THE_GROUP)
    actions.comment(entry=shared, text=FOR_THE_GROUP, by=author, now=now)
    words = dict.fromkeys(("what-happened", "so-what", "now-what"), PRIVATE)
    learned = EntryFactory(author=author, school=school, words=words, finished=True, at=now)
    actions.share_learning(entry=learned, words={"so-what": LEARNED}, may_stay=False, by=author, now=now)
    proposed = EntryFactory(author=author, school=school, words=words, finished=True, at=now)
    actions.propose_example(entry=proposed, words=PROPOSED, by=author, now=now)
    # A request for access that nobody has agreed to, and one whose day is over.
    officer = User.objects.get(email="officer@demo.example")
    asked = {"entry": learned, "reason": "A request by law.", "untold_because": "", "by": officer, "now": now}
    actions.ask_for_access(**asked)
    over = actions.ask_for_access(**asked)
    coordinator = User.objects.get(email="coordinator@demo.example")
    actions.agree_to_access(access=over, by=coordinator, now=now - timezone.timedelta(days=2))
    return author


def walked(user, as_user, client):
    if user is None:
        return Crawler(client).walk(*STARTS)
    own = [f"/reflections/{pk}/" for pk in Entry.objects.values_list("pk", flat=True)]
    others = [f"/reflections/{pk}/{part}/" for pk in Entry.objects.values_list("pk", flat=True) for part in _PARTS]
    files = ["/accounts/me/data.json", "/reflections/download.json", "/reflections/download.pdf"]
    accesses = [f"/reflections/exceptional/{access.pk}/entry/" for access in BreakGlass.objects.all()]
    group = [f"/reflections/groups/{group.pk}/" for group in Group.objects.all()]
    return Crawler(as_user(user)).walk(*STARTS, *ADMIN, *own, *others, *files, *accesses, *group)


# The admin's menu is drawn by a script, so its pages are looked up where they are wired.
ADMIN = ["/" + address.route for address in ADDRESSES if address.is_wagtails and not re.search(r"[<^(]", address.route)]
_PARTS = ("edit", "edit/what-happened", "thread", "share", "share/learning", "comment", "delete")


@pytest.mark.parametrize(
    ("email", "reads"),
    [
        (None, set()),
        ("head@demo.example", {"learning", "example"}),
        ("head2@demo.example", set()),
        ("officer@demo.example", {"learning", "example"}),
        ("officer2@demo.example", set()),
        ("coordinator@demo.example", {"learning"}),
        ("editor@demo.example", set()),
        ("superuser", set()),
        ("jean.tennant@people.demo.example", {"group", "learning"}),
        ("staff@demo.example", {"private", "group", "learning", "example"}),
    ],
)
def test_everybody_meets_what_is_meant_for_them_and_nothing_else(told, as_user, client, email, reads):
    user = None
    if email == "superuser":
        user = UserFactory(is_staff=True, is_superuser=True)
    elif email:
        user = User.objects.get(email=email)
    walk = walked(user, as_user, client)
    found = {what: walk.meets(words) for what, words in {**SECRETS, "learning": LEARNING, "example": EXAMPLE}.items()}

    assert {what for what, places in found.items() if places} == reads, found
    assert len(walk.seen) > (15 if email is None else 60)
    assert walk.broken == []
    if email in {"editor@demo.example", "superuser"}:
        assert len([address for address in walk.seen if address.startswith("/cms-admin/")]) > 40


def test_what_is_looked_for_is_there(told):
    assert Comment.objects.filter(entry__author=told).exists()
    assert Example.objects.filter(entry__author=told).exists()
    assert Entry.objects.drafts().of(told).get().texts_by_slug["so-what"] == PRIVATE

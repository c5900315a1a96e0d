"""A small partnership with two sides that have nothing to do with each other, and somebody of every role.

Tests that walk the whole product (every address, every form) ask it for people and for real ids. On each side there
is a locality with a school that has a draft audit and an agreed one from last session with its plan, and others whose
audits are further: submitted, in review, said (in review, and all has been said), returned, differing (the
co-ordinator's turn) and moderated (ready to be agreed); two of those in review have a visit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client, TestCase
from wagtail.models import Site

from accounts.models import User
from config import groups
from readiness import actions
from readiness.domain.said import Said
from readiness.models import Audit
from reflections import models as reflections
from reflections.models import BreakGlass, Entry, Example, SharedLearning
from schools.actions.invitations import LASTS, digest
from schools.imports.contact_list import ContactList, SchoolRow
from schools.models import Import, Invitation, Locality, Membership, School, Session, Tie
from schools.permissions import Role, Scope
from support import actions as support_actions
from support.models import ChosenOffer, Plan, Review, Round, Step
from tests.addresses import address
from tests.cms.conftest import plant
from tests.cms.factories import HomePageFactory
from tests.factories import (
    ImportFactory,
    InvitationFactory,
    LocalityFactory,
    MembershipFactory,
    SchoolFactory,
    SessionFactory,
    TermFactory,
    TieFactory,
    UserFactory,
)
from tests.readiness.factories import AuditFactory
from tests.reflections.factories import (
    BreakGlassFactory,
    EntryFactory,
    ExampleFactory,
    GroupFactory,
    GroupShareFactory,
    SharedLearningFactory,
)
from tests.support.consistency.factories import RoundFactory
from tests.support.factories import ChosenOfferFactory, OfferFactory, PlanFactory, ready_to_agree
from tests.support.visits.factories import VisitFactory

__all__ = ["ROLES", "Side", "World", "address", "build", "undone"]

ROLES = (
    "nobody",
    "staff",
    "core_team",
    "acting_head",
    "head",
    "other_head",
    "officer",
    "other_officer",
    "coordinator",
    "editor",
    "superuser",
)
WITHOUT_PASSWORD = "somebody without a password"  # not a role: they alone are asked to choose a first one
NEW_SCHOOL = SchoolRow(2, "9988776", "New Primary School", "Sample Council", False, True, False, False)
IN_REVIEW = ("in_review", "said", "returned", "differing", "moderated")
REVIEWED = ("submitted", "in_review", "returned", "differing")  # as far as an address is asked about each
OF_A_SCHOOL = (Role.STAFF, Role.CORE_TEAM, Role.ACTING_HEAD, Role.HEAD)


@dataclass
class Side:
    """A locality, its schools, and what belongs to them."""

    name: str
    locality: Locality
    school: School
    second: School
    third: School  # only the head's, and without an audit
    reviewed: list[School]  # one for each audit that is in a review
    people: dict[str, User]
    draft: Audit
    agreed: Audit
    submitted: Audit
    plan: Plan
    step: Step
    help: ChosenOffer
    review: Review
    visited: Audit  # under review; the head has read the note of the visit
    drafted: Audit  # under review; the note of the visit is a draft
    in_review: Audit
    said: Audit
    returned: Audit
    differing: Audit
    moderated: Audit
    membership: Membership  # the member of staff's at the first school
    led: Membership  # the head's there
    invitation: Invitation  # to be staff, sent by the head
    token: str
    colleague: User
    entry: Entry  # finished; the member of staff shares it with a group in which the core team's member is
    unfinished: Entry  # the member of staff's own
    group: reflections.Group
    learning: SharedLearning
    example: Example  # proposed
    access: BreakGlass  # asked for by the officer, of the member of staff's unfinished entry
    tie: Tie  # the officer's, to the third school

    @property
    def schools(self) -> list[School]:
        """All of them."""
        return [self.school, self.second, self.third, *self.reviewed]

    @property
    def user_ids(self) -> list[int]:
        """Those who work on this side."""
        return [*(user.pk for user in self.people.values()), self.colleague.pk]


@dataclass
class World:
    """The two sides, those who belong to neither, and a browser of each role."""

    own: Side
    other: Side
    people: dict[str, User | None]
    waiting_import: Import
    unconfirmed: EmailAddress  # a second one of the own member of staff
    open_round: Round  # in which officers rate today
    clients: dict[str, Client] = field(default_factory=dict)
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """The browser of this role, as it was when the person had just signed in."""
        if role not in self.clients:
            raise KeyError(f"No such role: {role}. One of {', '.join(ROLES)}.")
        client = self.clients[role]
        client.cookies = SimpleCookie({name: morsel.value for name, morsel in self.cookies[role].items()})
        return client

    @property
    def reset_key(self) -> dict[str, str]:
        """The parts of the address in an e-mail by which the own member of staff sets a new password."""
        person = self.own.people["staff"]
        return {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}

    @property
    def email_key(self) -> str:
        """The key in an e-mail that confirms that address."""
        return EmailConfirmationHMAC(self.unconfirmed).key


def build(now: datetime) -> World:
    """Make the world in an empty database."""
    _pages()
    years = [now.year - 2, now.year - 1, now.year]
    for year in years:
        if not Session.objects.filter(label__startswith=f"{year}/").exists():
            SessionFactory(year=year)
    today = now.date()
    session = Session.objects.at(today)
    TermFactory(session=session, order=90, starts=today - timedelta(days=20), ends=today + timedelta(days=40))
    own, other = _side("own", now), _side("other", now)
    coordinator = MembershipFactory(coordinator=True).user
    groups.ensure()
    editor = UserFactory()
    editor.groups.set(Group.objects.filter(name__in=[groups.CONTENT_EDITORS, groups.FRAMEWORK_EDITORS]))
    people: dict[str, User | None] = {
        "nobody": None,
        **own.people,
        "other_head": other.people["head"],
        "other_officer": other.people["officer"],
        "coordinator": coordinator,
        "editor": editor,
        "superuser": UserFactory(is_staff=True, is_superuser=True),
    }
    rows = ContactList(schools=(NEW_SCHOOL,)).as_json()
    waiting = ImportFactory(rows=rows, local_authority="Sample Council", uploaded_at=now, uploaded_by=coordinator)
    new = EmailAddress.objects.create(user=own.people["staff"], email="new.address@school.example", verified=False)
    open_round = RoundFactory(opens=now.date() - timedelta(days=2))
    world = World(own, other, {role: people[role] for role in ROLES}, waiting, new, open_round)
    without_password = UserFactory(password=None)
    for role, person in {**world.people, WITHOUT_PASSWORD: without_password}.items():
        client = Client(raise_request_exception=False)
        if person is not None:
            client.force_login(person)
        world.clients[role], world.cookies[role] = client, client.cookies
    return world


def _pages() -> None:
    home = HomePageFactory(parent=plant())
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})


def _invitation(school: School, *, by: User, token: str, at: datetime) -> Invitation:
    given = {"school": school, "role": Role.STAFF, "scope": Scope.SCHOOL}
    made = {"token_hash": digest(token), "invited_at": at, "invited_by": by, "expires_at": at + LASTS}
    return InvitationFactory(**given, **made)


def _side(name: str, now: datetime) -> Side:
    locality = LocalityFactory(name=f"{name.title()} locality", slug=f"{name}-locality")
    school = SchoolFactory(name=f"{name.title()} Primary School", locality=locality)
    second = SchoolFactory(name=f"{name.title()} Academy", locality=locality)
    memberships = {role: MembershipFactory(role=role, school=school) for role in OF_A_SCHOOL}
    people = {role.value: one.user for role, one in memberships.items()}
    _also_at(second, people)
    people |= {"officer": MembershipFactory(officer=True, locality=locality).user}
    third = SchoolFactory(name=f"{name.title()} Nursery", locality=locality)
    MembershipFactory(head=True, school=third, user=people["head"])
    plan = _plan(school, now)
    draft = AuditFactory(school=school, started_at=now - timedelta(days=3))
    _answer(draft, by=people["core_team"], now=now - timedelta(days=2))
    submitted = AuditFactory(school=second, submitted=True, started_at=now - timedelta(days=3))
    in_review = {state: _in_review(name, state, locality, people, now) for state in IN_REVIEW}
    visited = _visited(name, "Special School", locality, people, now, until="read")
    drafted = _visited(name, "Village School", locality, people, now, until="written")
    return Side(
        name,
        locality,
        school,
        second,
        third,
        people=people,
        draft=draft,
        agreed=Audit.objects.get(pk=plan.audit_id),
        submitted=submitted,
        **_of_plan(plan),
        visited=visited,
        drafted=drafted,
        reviewed=[audit.school for audit in (*in_review.values(), visited, drafted)],
        **in_review,
        membership=memberships[Role.STAFF],
        led=memberships[Role.HEAD],
        invitation=_invitation(school, by=people["head"], token=f"{name}-token", at=now - timedelta(minutes=5)),
        token=f"{name}-token",
        colleague=MembershipFactory(staff=True, school=school).user,
        tie=TieFactory(user=people["officer"], school=third),
        **_reflections(school, people, now),
    )


def _also_at(school: School, people: dict[str, User]) -> None:
    """Give the people of the first school the same roles here."""
    for role in OF_A_SCHOOL:
        MembershipFactory(role=role, school=school, user=people[role.value])


def _plan(school: School, now: datetime) -> Plan:
    """Last session's plan, with one step done."""
    plan = PlanFactory(
        audit=ready_to_agree(school=school, level=2, started_at=now - timedelta(days=370)),
        agreed_at=now - timedelta(days=360),
    )
    done = plan.themes.get(theme="leadership-and-purpose").steps.get()
    told = {"outcome": "It is done.", "seen": done.revision, "by": plan.agreed_by, "now": now}
    support_actions.finish_step(step=done, on=now.date() - timedelta(days=7), **told)
    return plan


def _of_plan(plan: Plan) -> dict[str, Any]:
    """The plan, and one of each thing that belongs to it."""
    step = plan.themes.get(theme="time-and-fit").steps.get()
    offer = OfferFactory(framework=plan.audit.version.framework)
    chosen = ChosenOfferFactory(theme=step.theme, offer=offer)
    return {"plan": plan, "step": step, "help": chosen, "review": step.theme.reviews.get()}


def _visited(side: str, kind: str, locality: Locality, people: dict[str, User], now: datetime, *, until: str) -> Audit:
    """The audit, under review, of one more school of the same people, with a visit."""
    school = SchoolFactory(name=f"{side.title()} {kind}", locality=locality)
    _also_at(school, people)
    audit = AuditFactory(school=school, in_review=True, started_at=now - timedelta(days=3))
    VisitFactory(audit=audit, until=until)
    return audit


def _in_review(name: str, state: str, locality: Locality, people: dict[str, User], now: datetime) -> Audit:
    school = SchoolFactory(name=f"{name.title()} {state.replace('_', ' ')} School", locality=locality)
    _also_at(school, people)
    level = 2 if state == "moderated" else 3  # so that there are steps to propose where a plan is agreed
    return AuditFactory(school=school, level=level, started_at=now - timedelta(days=3), **{state: True})


def _reflections(school: School, people: dict[str, User], now: datetime) -> dict[str, Any]:
    """What the member of staff has written, shared and proposed."""
    author, at = people["staff"], now - timedelta(hours=3)
    written = {"author": author, "school": school, "at": at}
    entry = EntryFactory(finished=True, **written)
    group = GroupFactory(school=school, by=author, people=[people["core_team"]], at=at)
    GroupShareFactory(entry=entry, group=group, at=at)
    learning = SharedLearningFactory(entry=EntryFactory(finished=True, **written), at=at)
    unfinished = EntryFactory(**written)
    return {
        "entry": Entry.objects.get(pk=entry.pk),
        "unfinished": unfinished,
        "group": group,
        "learning": learning,
        "example": ExampleFactory(entry=EntryFactory(finished=True, **written), at=at),
        "access": BreakGlassFactory(entry=unfinished, at=at),
    }


def _answer(audit: Audit, *, by: User, now: datetime) -> None:
    """Answer the first theme, with evidence, so that there is something to overwrite."""
    blank = Said().seen_as(0)
    statements = audit.framework.themes[0].statements
    typed = [actions.Typed(one.slug, Said(2, evidence="Minutes of the meeting."), blank) for one in statements]
    actions.save_answers(audit=audit, typed=typed, by=by, now=now)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is real, e-mails included, and is taken back at the end."""
    with transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            yield
        transaction.set_rollback(True)

"""The demo story: invented people at invented schools, told by calling the product's own actions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from accounts.actions import create_user
from accounts.models import User
from config import groups
from readiness import actions
from readiness.domain.answers import Given, Other
from readiness.domain.framework import Framework
from readiness.domain.said import Said
from readiness.models import Audit, FrameworkVersion
from schools.actions import assign, give_role, invite, name_to_team
from schools.models import Cluster, Locality, School, Session
from schools.permissions import Role

PASSWORD = "nurture-demo"  # noqa: S105 - shown on the screen on purpose; there is no demo in production

CALDERBRAE, STRATHMOSS = "Calderbrae", "Strathmoss"


@dataclass(frozen=True)
class Account:
    """One account that can sign in with the demo password."""

    email: str
    first_name: str
    last_name: str
    about: str


ACCOUNTS = (
    Account("head@demo.example", "Morag", "Sinclair", "head teacher of Rowanlea Primary School"),
    Account("staff@demo.example", "Callum", "Reid", "member of staff at Rowanlea Primary School"),
    Account("head2@demo.example", "Farah", "Aziz", "head teacher of Whinnyknowe Primary School, with a draft"),
    Account("officer@demo.example", "Isla", "Munro", "locality support officer for Calderbrae"),
    Account("officer2@demo.example", "Tomasz", "Nowak", "locality support officer for Strathmoss"),
    Account("coordinator@demo.example", "Ailsa", "Boyd", "programme co-ordinator"),
    Account("editor@demo.example", "Euan", "Gray", "editor of the pages and the framework (/cms-admin/)"),
)


@dataclass(frozen=True)
class Tale:
    """One school's part of the story. `example` names one of the framework's worked examples."""

    seed_code: str
    name: str
    locality: str
    departments: tuple[str, ...]
    head: tuple[str, str]
    roll: int
    until: str = "none"  # how far this session's audit has got
    example: str = "all-in-place"
    last_session: str = ""  # the worked example agreed last session
    staff: tuple[tuple[str, str], ...] = ()
    more: Mapping[str, object] = field(default_factory=dict)


TALES = (
    Tale(
        "9900011",
        "Rowanlea Primary School",
        CALDERBRAE,
        ("pre_school", "primary"),
        ("Morag", "Sinclair"),
        231,
        last_session="early-days",
        staff=(("Callum", "Reid"), ("Jean", "Tennant"), ("Priya", "Nair")),
    ),
    Tale(
        "9900029",
        "Whinnyknowe Primary School",
        CALDERBRAE,
        ("primary",),
        ("Farah", "Aziz"),
        187,
        until="half",
        staff=(("Rory", "Campbell"), ("Dot", "Laird")),
    ),
    Tale("9900037", "Thornbrae Academy", CALDERBRAE, ("secondary",), ("Gordon", "Petrie"), 904, until="submitted"),
    Tale(
        "9900045",
        "Birchmuir School",
        CALDERBRAE,
        ("special",),
        ("Leanne", "Docherty"),
        62,
        until="in_review",
        example="strong-but-no-room",
    ),
    Tale(
        "9900053",
        "Glenfraoch Primary School",
        CALDERBRAE,
        ("primary",),
        ("Catrìona", "MacLeod"),
        96,
        until="returned",
        example="does-not-apply-and-one-unmet",
        more={"is_gaelic_medium": True},
    ),
    Tale(
        "9900061",
        "Little Corrie Primary School",
        CALDERBRAE,
        ("primary",),
        ("Anna", "Shaw"),
        14,
        until="submitted",
        example="two-unknown-in-one-theme",
    ),
    Tale(
        "9900070",
        "Fernhope Primary School",
        STRATHMOSS,
        ("primary",),
        ("David", "Okafor"),
        318,
        until="agreed",
        example="ready-with-low-starting-points",
        last_session="early-days",
    ),
    Tale(
        "9900088",
        "Kestrel Moor High School",
        STRATHMOSS,
        ("secondary",),
        ("Shona", "Baxter"),
        1120,
        until="submitted",
        example="early-days",
    ),
    Tale(
        "9900096",
        "Harebell Primary School",
        STRATHMOSS,
        ("pre_school", "primary"),
        ("Niamh", "Quinn"),
        275,
        until="taken_back",
        example="all-in-place",
    ),
    Tale("9900100", "Oakendean Primary School", STRATHMOSS, ("primary",), ("Peter", "Lamb"), 143),
    Tale(
        "9900118",
        "Linnhead Campus",
        STRATHMOSS,
        ("primary", "secondary"),
        ("Rukhsana", "Malik"),
        655,
        until="agreed",
        example="all-in-place",
    ),
    Tale(
        "9900126",
        "St Brendan’s on the Moss Primary School",
        STRATHMOSS,
        ("primary",),
        ("Mary", "Hannigan"),
        208,
        until="few",
        more={"denomination": "Roman Catholic"},
    ),
)

EVIDENCE = {
    "head-leads-in-person": "Minutes of the staff meeting, and the head teacher is booked on both training days.",
    "lead-and-core-team": "Five names and roles, and three meeting dates this session.",
    "dates-for-training": "Both days are in the school calendar and the working time agreement.",
    "made-room": "One project has been paused until the summer. Staff were told at the meeting.",
    "time-to-reflect": "One hour each term. Two of the three sessions went ahead last session.",
}


@transaction.atomic
def tell(*, now: datetime) -> bool:
    """Tell the whole story or nothing; False when it has been told before. Needs a published framework and sessions."""
    if User.objects.filter(email=ACCOUNTS[0].email).exists():
        return False
    from config.demo_locality import NEIGHBOURS, enter_places  # they are tales of the kind that is told here

    story = _Story(now)
    for tale in (*TALES, *NEIGHBOURS):
        story.tell(tale)
    story.gather()
    enter_places(by=story.people["coordinator@demo.example"], now=now)
    return True


class _Story:
    def __init__(self, now: datetime) -> None:
        self.now = now
        self.framework: Framework = FrameworkVersion.objects.latest_published().as_framework()
        starts = Session.objects.at(now.date()).starts
        # Early summer of the session before, whenever the story is told.
        self.last_session = timezone.make_aware(datetime.combine(starts - timedelta(days=80), time(10, 15)))
        self.people = {account.email: self._person(account) for account in ACCOUNTS}
        self.by_name = {(user.first_name, user.last_name): user for user in self.people.values()}
        self.localities = {
            name: Locality.objects.create(name=name, slug=name.lower()) for name in (CALDERBRAE, STRATHMOSS)
        }
        long_ago = self.last_session - timedelta(days=300)
        self.long_ago = long_ago
        self.officers = {
            CALDERBRAE: self.people["officer@demo.example"],
            STRATHMOSS: self.people["officer2@demo.example"],
        }
        for name, officer in self.officers.items():
            give_role(user=officer, role=Role.OFFICER, locality=self.localities[name], by=None, now=long_ago)
        give_role(user=self.people["coordinator@demo.example"], role=Role.COORDINATOR, by=None, now=long_ago)
        self.people["editor@demo.example"].groups.set(
            Group.objects.filter(name__in=[groups.CONTENT_EDITORS, groups.FRAMEWORK_EDITORS])
        )

    def _person(self, account: Account) -> User:
        return create_user(
            email=account.email, first_name=account.first_name, last_name=account.last_name, password=PASSWORD
        )

    def _colleague(self, first_name: str, last_name: str) -> User:
        """A person of the story who cannot sign in, unless they have an account above."""
        if (first_name, last_name) not in self.by_name:
            email = f"{first_name}.{last_name}@people.demo.example".lower().replace("ì", "i")
            self.by_name[first_name, last_name] = create_user(
                email=email, first_name=first_name, last_name=last_name, password=None
            )
        return self.by_name[first_name, last_name]

    def tell(self, tale: Tale) -> None:
        """Make the school with its people, and move its audits as far as the tale says."""
        school = School.objects.create(
            seed_code=tale.seed_code,
            name=tale.name,
            local_authority="Demonstration Council",
            locality=self.localities[tale.locality],
            roll=tale.roll,
            **{f"has_{department}": True for department in tale.departments},
            **tale.more,
        )
        head = self._colleague(*tale.head)
        give_role(user=head, role=Role.HEAD, school=school, by=None, now=self.long_ago)
        helpers = [self._colleague(*name) for name in tale.staff]
        for person in helpers:
            give_role(user=person, role=Role.STAFF, school=school, by=None, now=self.long_ago)
        for person in helpers[1:]:  # the first stays a member of staff who does not answer
            name_to_team(school=school, user=person, role=Role.CORE_TEAM, by=head, now=self.long_ago)
        answerers = [head, *helpers[1:]]
        officer = self.officers[tale.locality]
        if tale.last_session:
            audit = self._answered(school, answerers, tale.last_session, start=self.last_session)
            self._agree(audit, head, officer, at=self.last_session + timedelta(days=6))
        if tale.until != "none":
            self._this_session(tale, school, answerers, officer)

    def gather(self) -> None:
        """Put each locality's schools around its secondary school, and leave one invitation waiting."""
        coordinator = self.people["coordinator@demo.example"]
        for name, locality in self.localities.items():
            schools = School.objects.filter(locality=locality)
            around = schools.filter(has_secondary=True).alphabetical()[0].name.partition(" ")[0]
            cluster = Cluster.objects.create(name=f"{around} cluster", slug=f"{around.lower()}-{name.lower()}")
            assign(schools=schools, cluster=cluster, by=coordinator)
        invite(
            email="eilidh.ross@people.demo.example",
            first_name="Eilidh",
            last_name="Ross",
            role=Role.STAFF,
            school=School.objects.get(seed_code=TALES[0].seed_code),
            by=self.people["head@demo.example"],
            now=self.now,
            address_of=lambda token: f"/invitations/{token}/",
        )

    def _this_session(self, tale: Tale, school: School, answerers: list[User], officer: User) -> None:
        start = timezone.make_aware(datetime.combine((self.now - timedelta(days=9)).date(), time(10, 15)))
        share = {"half": 0.5, "few": 0.15}.get(tale.until, 1.0)
        audit = self._answered(school, answerers, tale.example, start=start, share=share)
        head, later = answerers[0], start + timedelta(days=2)
        if tale.until == "agreed":
            self._agree(audit, head, officer, at=later)
        if tale.until in {"half", "few", "agreed"}:
            return
        actions.submit(audit=audit, by=head, now=later)
        if tale.until == "taken_back":
            actions.withdraw_submission(audit=audit, by=head, now=later + timedelta(hours=3))
        if tale.until in {"in_review", "returned"}:
            actions.begin_review(audit=audit, by=officer, now=later + timedelta(days=1))
        if tale.until == "returned":
            reason = "Thank you for a careful audit. Please look again at the dates for training: two have moved."
            actions.return_to_school(audit=audit, by=officer, now=later + timedelta(days=2), reason=reason)

    def _answered(
        self, school: School, answerers: list[User], example_id: str, *, start: datetime, share: float = 1.0
    ) -> Audit:
        """Start an audit and give the answers of a worked example, theme by theme, taking turns."""
        audit = actions.start_audit(school=school, by=answerers[0], now=start)
        example = next(one for one in self.framework.worked_examples if one.id == example_id)
        answers = example.answers(self.framework.statements)
        kept = set(list(answers)[: round(len(answers) * share)])
        for number, theme in enumerate(self.framework.themes):
            typed = [self._typed(one.slug, answers[one.slug]) for one in theme.statements if one.slug in kept]
            if typed:
                actions.save_answers(
                    audit=audit,
                    typed=typed,
                    by=answerers[number % len(answerers)],
                    now=start + timedelta(minutes=6 * number),
                )
        return audit

    def _typed(self, slug: str, given: Given) -> actions.Typed:
        reason = "The council arranges and pays for all of our cover." if given == Other.NOT_APPLICABLE else ""
        evidence = EVIDENCE.get(slug, "") if isinstance(given, int) and given >= 2 else ""
        return actions.Typed(slug, Said(given=given, reason=reason, evidence=evidence), seen=Said().seen_as(0))

    def _agree(self, audit: Audit, head: User, officer: User, *, at: datetime) -> None:
        actions.submit(audit=audit, by=head, now=at)
        actions.begin_review(audit=audit, by=officer, now=at + timedelta(days=1))
        actions.agree(audit=audit, by=officer, now=at + timedelta(days=3))


def refuse_in_production() -> None:
    """Raise ImproperlyConfigured when the database holds the demo's accounts: everybody knows their password."""
    if User.objects.filter(email__in=[account.email for account in ACCOUNTS]).exists():
        raise ImproperlyConfigured("This database holds the demo accounts. Production needs a database of its own.")

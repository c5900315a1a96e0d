"""The demo story's visit, rounds, rulings and tie. Told after the schools, by calling the product's own actions."""

from datetime import datetime, timedelta
from random import Random

from accounts.actions import create_user
from accounts.models import User
from readiness.domain.states import AuditState
from readiness.models import Audit
from schools.actions import declare_tie, end_all_roles, give_role
from schools.models import Locality, School
from schools.permissions import Role
from support import actions
from support.models import Round
from support.starter import VignetteText, first_round

FRIDAY = 4
VISITED = "Birchmuir School"
CLOSE_TO = "Oakendean Primary School"  # has no audit yet, so nobody's review stops

NOTE = actions.Note(
    strengths="Every adult whom we met could say why the school wants to join, and what it has to do with their work.",
    seen="At arrival each child was greeted by name and shown the first thing of the day. Four pupils took us to the "
    "calm room and told us when they use it. We read the list of this session’s priorities: nothing has been stopped.",
    agreed_actions="The head teacher asks the staff in January which piece of work can wait, and tells the officer.",
    levels={"made-room": 2, "calm-places": 4},
)

# Of last session: short ones, so that the round under way can begin with the full three.
BEFORE = (
    VignetteText(
        "Sandhaven Primary School",
        "The head teacher opens every staff meeting with one thing that a child has said. Two teachers and an office "
        "assistant meet about this work when there is time. Most classes begin with a planned welcome.",
        ("head-leads-in-person", "lead-and-core-team", "welcome-and-predictability", "calm-places"),
    ),
    VignetteText(
        "Fell Bridge High School",
        "About two thirds of the staff say that they want to take part. After a hard day people go to their own "
        "department. Some adults ask what a row was about before they decide; others go by the rule.",
        ("staff-want-this", "someone-to-turn-to", "behaviour-as-communication"),
    ),
    VignetteText(
        "Whitesands Nursery and Primary School",
        "Families are asked once a year, and half of them answer. The team has chosen three measures and has a "
        "starting point for one. A change of the lunch hour was tried with one class first.",
        ("families-feel-welcome", "agreed-starting-point", "small-tests-first"),
    ),
)
COLLEAGUES = (("Fraser", "Lyle"), ("Gillian", "Hay"), ("Hamza", "Sheikh"), ("Iona", "Rennie"))  # of last session

RULINGS = (
    (
        "calm-places",
        "There is a calm room, but children go there only when an adult sends them, mostly after a row.",
        "“Getting started”. A place that children may not choose is not yet one that they can use when they need to.",
    ),
    (
        "dates-for-training",
        "The first day is in the calendar for everybody. The second has no date.",
        "“Getting started”: time has been found for one of the two days. Ask for the date before the agreement.",
    ),
)


def tell(*, coordinator: User, officers: dict[str, User], now: datetime) -> None:
    """Tell it all. `officers` are those of the localities, by the locality's name."""
    first, second = officers.values()
    _visit(first, now)
    _last_round(coordinator, [first, second], Locality.objects.order_by("pk")[0], now)
    _round_under_way(coordinator, first, now)
    for statement, situation, ruling in RULINGS:
        actions.record_decision(statement=statement, situation=situation, ruling=ruling, by=coordinator, now=now)
    declare_tie(user=second, school=School.objects.get(name=CLOSE_TO), kind="relative_works_there", until=None, now=now)


def _visit(officer: User, now: datetime) -> None:
    """A visit that was held two school days ago or so, whose note waits for the head teacher."""
    audit = Audit.objects.get(school__name=VISITED, state=AuditState.IN_REVIEW)
    day = now - timedelta(days=2)
    while day.weekday() > FRIDAY:
        day -= timedelta(days=1)
    actions.draw_visit(audit=audit, by=officer, now=day, chance=Random(1))  # noqa: S311 - the story tells the same
    who = "Head teacher, depute, two of the core team (one of them support staff), four pupils"
    reason = "The school asked for it."
    given = {"kind": "visit", "on": day.date(), "who": who, "reason": reason}
    visit = actions.plan_visit(audit=audit, **given, by=officer, now=day)
    actions.write_note(visit=visit, note=NOTE, revision=0, by=officer, now=now - timedelta(days=1))
    actions.show_note(visit=visit, by=officer, now=now - timedelta(days=1))


def _last_round(coordinator: User, officers: list[User], locality: Locality, now: datetime) -> None:
    """A round of half a year ago: six officers rated, and four of them have left since."""
    opened = now - timedelta(days=180)
    planned = actions.plan_round(
        opens=opened.date(), closes=(opened + timedelta(days=14)).date(), by=coordinator, now=opened
    )
    _write(planned, BEFORE, coordinator)
    colleagues = [_colleague(*name) for name in COLLEAGUES]
    for person in colleagues:
        give_role(user=person, role=Role.OFFICER, locality=locality, by=None, now=opened)
    for number, person in enumerate([*officers, *colleagues]):
        for vignette in planned.vignettes.in_order():
            levels = {slug: _level(number, place) for place, slug in enumerate(vignette.statements)}
            actions.rate(vignette=vignette, levels=levels, by=person, now=opened + timedelta(days=3))
    for person in colleagues:
        end_all_roles(user=person, now=opened + timedelta(days=30))


def _level(officer: int, place: int) -> int:
    """Mostly alike, and here and there a level lower or higher."""
    usual = (3, 2, 3, 2)[place]
    return usual + {(1, 0): -1, (3, 1): 1, (4, 3): 1, (5, 2): -1, (2, 3): -1}.get((officer, place), 0)


def _round_under_way(coordinator: User, officer: User, now: datetime) -> None:
    """A round that opened some days ago, in which one officer has rated the first school."""
    opened = now - timedelta(days=4)
    planned = actions.plan_round(
        opens=opened.date(), closes=(now + timedelta(days=10)).date(), by=coordinator, now=opened
    )
    _write(planned, first_round(), coordinator)
    vignette = planned.vignettes.in_order()[0]
    levels = {slug: 3 - place % 2 for place, slug in enumerate(vignette.statements)}
    actions.rate(vignette=vignette, levels=levels, by=officer, now=now - timedelta(days=1))


def _write(of: Round, texts: tuple[VignetteText, ...], coordinator: User) -> None:
    for vignette, text in zip(of.vignettes.in_order(), texts, strict=True):
        actions.write_vignette(vignette=vignette, text=text, by=coordinator)


def _colleague(first_name: str, last_name: str) -> User:
    email = f"{first_name}.{last_name}@people.demo.example".lower()
    return create_user(email=email, first_name=first_name, last_name=last_name, password=None)

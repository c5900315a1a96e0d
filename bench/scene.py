"""What the benchmark works on: invented schools with their audits, frameworks of two lengths, a stock page.

Runs inside the site that is measured, before its server starts.
"""

import copy
import json
from datetime import timedelta
from typing import Any

import yaml
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from accounts.actions import create_user
from bench import STOCK_HOST
from bench.stock.models import StockPage
from config.demo import PASSWORD
from readiness import actions
from readiness.domain.document import digest
from readiness.domain.said import Said
from readiness.models import Audit, FrameworkVersion
from schools.actions import give_role
from schools.models import Locality, School, Session
from schools.permissions import Role
from support import charting, reports

LENGTHS = (4, 32)
EVIDENCE = "It is on page 4 of our plan."
# The pathway's own page of ordinary length, in Wagtail's own blocks.
WORDS = settings.BASE_DIR / "fixtures" / "pages" / "04-audit.yaml"


def build(port: int) -> None:
    """Make everything, and print as JSON where it is."""
    newest = FrameworkVersion.objects.latest_published()
    places: dict[str, Any] = {}
    for number, name in enumerate(("theme", "submit", "results"), start=1):
        audit = _answered(_school(number, name), newest)
        if name == "results":
            actions.submit(audit=audit, by=audit.started_by, now=timezone.now())
            audit.refresh_from_db()
        places[name] = _place(audit)
    for number, length in enumerate(LENGTHS, start=11):
        audit = _answered(_school(number, f"themes-{length}"), _version(newest, length, number))
        places[f"themes-{length}"] = _place(audit)
    places["chart"] = _chart(places["results"]["audit"])
    places["page"] = _stock_page(port)
    print(json.dumps(places))


def queries() -> None:
    """Print as JSON how many queries each page of the answered audit makes."""
    audit = Audit.objects.get(school__name=_name("theme"))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(audit.started_by)
    pages = {
        "task list": reverse("audit", args=[audit.pk]),
        "theme": reverse("audit_theme", args=[audit.pk, audit.framework.themes[0].slug]),
        "check": reverse("audit_check", args=[audit.pk]),
        "results": reverse("audit_results", args=[audit.pk]),
    }
    print(json.dumps({name: _counted(client, address) for name, address in pages.items()}))


def _counted(client: Client, address: str) -> int:
    client.get(address)  # warm
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return len(made)


def _name(name: str) -> str:
    return f"Bench {name} Primary School"


def _school(number: int, name: str) -> School:
    locality, _made = Locality.objects.get_or_create(name="Bench", slug="bench")
    school = School.objects.create(
        seed_code=f"99099{number:02}",
        name=_name(name),
        local_authority="Demonstration Council",
        has_primary=True,
        locality=locality,
    )
    head = create_user(email=_email(name), first_name="Ann", last_name="Example", password=PASSWORD)
    give_role(user=head, role=Role.HEAD, school=school, by=None, now=timezone.now())
    return school


def _email(name: str) -> str:
    return f"{name}@bench.example"


def _answered(school: School, version: FrameworkVersion) -> Audit:
    """A draft in which every statement has a level and a line of evidence."""
    now = timezone.now()
    head = school.memberships.get().user
    audit = Audit.objects.create(
        school=school, version=version, session=Session.objects.at(now.date()), started_at=now, started_by=head
    )
    blank = Said().seen_as(0)
    typed = [
        actions.Typed(one.slug, Said(place % 4 + 1, "", EVIDENCE), blank)
        for place, one in enumerate(audit.framework.statements)
    ]
    actions.save_answers(audit=audit, typed=typed, by=head, now=now)
    return audit


def _place(audit: Audit) -> dict[str, Any]:
    return {
        "audit": audit.pk,
        "email": audit.started_by.email,
        "themes": [theme.slug for theme in audit.framework.themes],
    }


def _version(newest: FrameworkVersion, length: int, number: int) -> FrameworkVersion:
    """A version of `length` themes, copies of the published ones. The last is the same in every length."""
    document = copy.deepcopy(newest.document)
    themes = document["themes"]
    document["themes"] = [_again(themes[-1 - place % len(themes)], place) for place in reversed(range(length))]
    document["scoring"]["worked_examples"] = []
    return FrameworkVersion.objects.create(
        framework=newest.framework,
        number=number,
        document=document,
        digest=digest(document),
        published_at=newest.published_at - timedelta(days=number),
    )


def _again(theme: dict[str, Any], place: int) -> dict[str, Any]:
    statements = [{**one, "slug": f"{one['slug']}-{place}"} for one in theme["statements"]]
    return {**theme, "slug": f"{theme['slug']}-{place}", "statements": statements}


def _chart(audit_pk: int) -> str:
    """Draw the picture of the submitted audit, so that the server never has to."""
    report = reports.build(Audit.objects.with_context().get(pk=audit_pk), now=timezone.now())
    charting.picture(report.chart)
    return report.chart_digest


def _stock_page(port: int) -> str:
    """A site of Wagtail's own beside the pathway's: home, section, page."""
    words = yaml.safe_load(WORDS.read_text())
    above = Page.objects.get(depth=1)
    for slug in ("stock-home", "section"):
        above = above.add_child(instance=StockPage(title=slug, slug=slug))
        if slug == "stock-home":
            Site.objects.create(hostname=STOCK_HOST, port=port, root_page=above, site_name="Stock")
    page = StockPage(title=words["title"], slug="page", lead=words["lead"], body=_body(words["body"]))
    above.add_child(instance=page)
    return "/section/page/"


def _body(pieces: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    names = {"heading": "heading", "text": "paragraph", "details": "details"}
    return [(names[kind], value) for piece in pieces for kind, value in piece.items() if kind in names]

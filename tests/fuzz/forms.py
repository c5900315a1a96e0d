"""The forms of the product, found on its own pages as each role, so that a new one cannot be forgotten."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.urls import resolve

from tests import world as worlds
from tests.architecture.test_urls import ADDRESSES

FILES = {"audit_report", "audit_answers", "audit_chart", "audit_change_chart", "my_data_file", "plan_pdf"}
FILES |= {"calendar_feed", "reflections_file", "reflections_booklet", "reflections_extract"}
STATES = {
    "audits/<int:pk>/": ("draft", "submitted", "returned"),
    "reviews/<int:pk>/": ("submitted", "in_review", "said", "returned", "differing", "moderated"),
}
OF_ONE_AUDIT = ("reviews/<int:pk>/agree/", "reviews/<int:pk>/visit/")  # each has an audit of its own (tests/world.py)
SEEN_BY = ("nobody", "staff", "core_team", "head", "officer", "coordinator", "superuser", worlds.WITHOUT_PASSWORD)


@dataclass(frozen=True)
class Form:
    """One form as one role found it: where it is, where it goes, its fields with the values that they offer."""

    name: str  # of the address that it is posted to
    page: str  # the name of the address of its page, as `worlds.address` takes it
    role: str
    visit: str  # its page's address
    action: str
    fields: tuple[tuple[str, tuple[str, ...], bool], ...]  # name, offered values, is it a file


def found(world):
    """Every form on every page, by the name of the address that it goes to."""
    forms = {}
    for page in pages():
        for role in SEEN_BY:
            for form in _on(world, role, page):
                forms.setdefault(form.name, []).append(form)
    return forms


def pages():
    """The names of all addresses that may show a page; those of audits and reviews in each state that matters."""
    for address in ADDRESSES:
        if not address.is_wagtails and address.name not in FILES | {"gallery"}:
            states = next((found for route, found in STATES.items() if address.route.startswith(route)), ())
            states = () if address.route.startswith(OF_ONE_AUDIT) else states
            yield from (f"{address.name}/{state}" for state in states) if states else (address.name,)
    yield "visit/drafted"


def _on(world, role, page):
    client = world.client(role)
    with worlds.undone():
        answer = client.get(worlds.address(world, world.own, page), follow=True)
    if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
        return
    visit = answer.request["PATH_INFO"]
    for form in BeautifulSoup(answer.content, "html.parser").find_all("form", method="post"):
        action = form.get("action") or visit
        name = resolve(urlsplit(action).path).url_name
        yield Form(name, page, role, worlds.address(world, world.own, page), action, tuple(_fields(form)))


def _fields(form):
    offered, files = {}, set()
    for field in form.find_all(["input", "select", "textarea", "button"]):
        name = field.get("name")
        if not name or name == "csrfmiddlewaretoken":
            continue
        values = offered.setdefault(name, [])
        if field.name == "select":
            values += [option.get("value", "") for option in field.find_all("option")]
        else:
            values.append(field.text if field.name == "textarea" else field.get("value", ""))
        if field.get("type") == "file":
            files.add(name)
    return [(name, tuple(values), name in files) for name, values in offered.items()]

"""What each comparison asks of the running server."""

from typing import Any

from bench.meter import Side
from tests.browser.site import PATIENCE
from tests.proof.person import Page, Person

Place = dict[str, Any]


class Reader(Person):
    """A person who also takes what is no text."""

    def take(self, path: str) -> int:
        """Ask for it, read it to its end, and give the status."""
        with self._open(f"{self.url}{path}", timeout=PATIENCE) as answer:
            answer.read()
            return answer.status


class Visit:
    """A signed-in person who asks for one address again and again."""

    def __init__(self, person: Reader, path: str) -> None:
        self.person, self.path = person, path

    def __call__(self, side: Side) -> None:
        """Ask once."""
        with side.counted():
            status = self.person.take(self.path)
        assert status == 200, f"{self.path}: {status}"


class Walk:
    """A person who fills in one theme after the other: each save is a POST, its redirect, and the next theme's GET."""

    def __init__(self, person: Person, address: str, themes: list[str]) -> None:
        self.person, self.address, self.themes = person, address, themes
        self.time = 0

    def __call__(self, side: Side) -> None:
        """Save all themes but the last, which leads to another page."""
        self.time += 1
        page = self.person.get(f"{self.address}{self.themes[0]}/")
        for here, following in zip(self.themes, self.themes[1:], strict=False):
            sent = said_anew(page, self.time)
            with side.counted():
                answer = self.person.post(f"{self.address}{here}/", sent)
                page = self.person.get(answer.leads_to)
            assert (answer.status, page.status) == (302, 200)
            assert answer.leads_to == f"{self.address}{following}/"


class LastTheme:
    """A person at the last theme of a framework: its page, and its save without the page that it leads to.

    That page lists every answer of the audit, so it is as long as the framework by its nature.
    """

    def __init__(self, person: Person, place: Place) -> None:
        self.person, self.path = person, f"/audits/{place['audit']}/{place['themes'][-1]}/"
        self.time = 0

    def __call__(self, side: Side) -> None:
        """Open it and save it once."""
        self.time += 1
        with side.counted():
            page = self.person.get(self.path)
            answer = self.person.post(self.path, said_anew(page, self.time))
        assert (page.status, answer.status) == (200, 302)


class Submission:
    """A head teacher who submits the answered audit and reads the result; then takes it back, which is not counted."""

    def __init__(self, person: Person, place: Place) -> None:
        self.person, self.address = person, f"/audits/{place['audit']}/"

    def __call__(self, side: Side) -> None:
        """Submit once."""
        form = self.person.get(f"{self.address}check/").form()
        with side.counted():
            answer = self.person.post(f"{self.address}check/", {**form, "declaration": "on"})
            page = self.person.get(answer.leads_to)
        assert (answer.status, page.status) == (302, 200)
        assert answer.leads_to == f"{self.address}results/"
        self.person.post(f"{self.address}check/withdraw/", {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"]})


class FirstLook:
    """A head teacher who changes an answer, which is not counted, and looks what the result would be now."""

    def __init__(self, person: Person, address: str, theme: str) -> None:
        self.person, self.address, self.theme = person, address, theme
        self.time = 0

    def __call__(self, side: Side) -> None:
        """Look once."""
        self.time += 1
        path = f"{self.address}{self.theme}/"
        answer = self.person.post(path, said_anew(self.person.get(path), self.time))
        with side.counted():
            page = self.person.get(f"{self.address}results/")
        assert (answer.status, page.status) == (302, 200)


def said_anew(page: Page, time: int) -> dict[str, str]:
    """A theme's form with another level and another line for every statement."""
    form = page.form()
    notes = {name: f"Seen {time} times." for name in form if name.endswith("-evidence")}
    return {**form, **notes, **{name.removesuffix("-evidence"): str(time % 4 + 1) for name in notes}}

"""Somebody at a browser without scripts: cookies, pages, and forms sent with all that stands in them."""

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from tests.browser.site import PASSWORD, PATIENCE

# An answer that did not come: the server was taken away while it was being asked, or was not there at all.
NO_ANSWER = (urllib.error.URLError, ConnectionError, http.client.HTTPException)


@dataclass(frozen=True)
class Page:
    """What the server answered."""

    status: int
    leads_to: str
    html: str

    def form(self) -> dict[str, str]:
        """The fields of the first form of `<main>`, as its first button would send them."""
        return _Form(self.html).fields


class Person:
    """One signed-in browser. Each request has a connection of its own, so that none is lost to an idle one's end."""

    def __init__(self, site, email: str) -> None:
        self.url = site.url
        self._open = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar()), _AsItCame()
        ).open
        self._sign_in(email)

    def get(self, path: str) -> Page:
        return self._ask(path)

    def post(self, path: str, fields: dict[str, str]) -> Page:
        lines = {name: value.replace("\n", "\r\n") for name, value in fields.items()}  # as browsers send them
        return self._ask(path, urlencode(lines).encode())

    def _sign_in(self, email: str) -> None:
        path = "/accounts/login/?next=/home/"
        page = self.post(path, {**self.get(path).form(), "login": email, "password": PASSWORD})
        assert (page.status, page.leads_to) == (302, "/home/")

    def _ask(self, path: str, body: bytes | None = None) -> Page:
        with self._open(f"{self.url}{path}", body, timeout=PATIENCE) as answer:
            return Page(answer.status, answer.headers.get("Location", ""), answer.read().decode())


class _AsItCame(urllib.request.HTTPErrorProcessor):
    """Follows no redirect, and calls no answer an error."""

    def http_response(self, request, response):
        return response


def _is_sent(about):
    return about.get("type") not in ("radio", "checkbox") or "checked" in about


class _Form(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._in_main = self._in_form = self._done = False
        self._textarea: str | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        about = dict(attrs)
        if tag == "main":
            self._in_main = True
        elif tag == "form" and self._in_main and not self._done:
            self._in_form = True
        elif self._in_form and tag == "textarea":
            self._textarea = about["name"]
            self.fields[self._textarea] = ""
        elif self._in_form and tag == "input" and "name" in about and _is_sent(about):
            self.fields[about["name"]] = about.get("value") or ""

    def handle_data(self, data):
        if self._textarea is not None:
            self.fields[self._textarea] += data

    def handle_endtag(self, tag):
        if tag == "form" and self._in_form:
            self._in_form, self._done = False, True
        elif tag == "textarea" and self._textarea is not None:
            self.fields[self._textarea] = self.fields[self._textarea].removeprefix("\n")
            self._textarea = None

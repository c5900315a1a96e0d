"""Somebody who follows every link, sends every form and opens every file they come upon, and keeps what they saw."""

import io
import re
import zipfile
from collections import Counter, deque
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve
from pypdf import PdfReader

from tests import world as worlds

OF_A_KIND = 12  # addresses of one pattern that are opened: the thirteenth school is as the twelve before
FORMS_OF_A_KIND = 2
SEARCHED = "swallow"
NEVER = re.compile(r"^/(static|media)/|^/accounts/logout/|^/cms-admin/logout/|^/cms-admin/jsi18n|^/cms-admin/sprite")


class Crawler:
    """One person's browser. `walk()` fills `seen`: the words of everything that was answered, by address."""

    def __init__(self, client):
        # Forms that Wagtail's scripts would have filled break on its side when they come as they are.
        client.raise_request_exception = False
        self.client, self.seen, self.broken = client, {}, []
        self.waiting, self.kinds, self.forms = deque(), Counter(), Counter()
        self.known = set()

    def walk(self, *starts):
        for start in starts:
            self.meet(start)
        while self.waiting:
            address = self.waiting.popleft()
            self.open(address)
        return self

    def meets(self, words):
        """The addresses at which these words were read."""
        return sorted(address for address, said in self.seen.items() if words in said)

    def meet(self, address):
        split = urlsplit(address)
        address = split.path + (f"?{split.query}" if split.query else "")
        if split.netloc or not split.path.startswith("/") or NEVER.match(split.path) or address in self.known:
            return
        kind = (route_of(split.path), re.sub(r"=[^&]*", "", split.query))
        if self.kinds[kind] < OF_A_KIND:
            self.kinds[kind] += 1
            self.known.add(address)
            self.waiting.append(address)

    def open(self, address):
        answer = self.client.get(address, headers={"host": "testserver"})
        self.keep(address, answer)
        if answer.status_code >= 500:
            self.broken.append(address)
        if answer.status_code in {301, 302, 303}:
            self.meet(urljoin(address, answer.headers["Location"]))
        if "html" in answer.headers.get("Content-Type", "") and answer.status_code == 200:
            self.read(address, BeautifulSoup(answer.content, "html.parser"))

    def read(self, address, page):
        for link in page.find_all(["a", "link", "img", "iframe"]):
            target = link.get("href") or link.get("src")
            if target and not target.startswith(("#", "mailto:", "data:", "javascript:")):
                self.meet(urljoin(address, target))
        for part in page.find_all(attrs={"data-url": True}):
            self.meet(urljoin(address, part["data-url"]))
        for form in page.find_all("form"):
            self.send(address, form)

    def send(self, address, form):
        action = urljoin(address, form.get("action") or address)
        method = (form.get("method") or "get").lower()
        kind = (method, route_of(urlsplit(action).path))
        if self.forms[kind] >= FORMS_OF_A_KIND or NEVER.match(urlsplit(action).path):
            return
        self.forms[kind] += 1
        fields = dict(filled_in(form))
        if method == "get":
            self.meet(f"{urlsplit(action).path}?{urlencode(fields, doseq=True)}")
            return
        cookies = SimpleCookie({name: morsel.value for name, morsel in self.client.cookies.items()})
        with worlds.undone():
            answer = self.client.post(action, fields, follow=True)
            self.keep(f"POST {action}", answer)
        self.client.cookies = cookies

    def keep(self, address, answer):
        self.seen[address] = words_of(answer)


def route_of(path):
    try:
        return resolve(path).route
    except Resolver404:
        return path


def filled_in(form):
    """What a form offers, with the searched word in its empty lines."""
    for field in form.find_all(["input", "select", "textarea", "button"]):
        name, kind = field.get("name"), field.get("type")
        if not name or name == "csrfmiddlewaretoken" or kind == "file":
            continue
        if field.name == "select":
            options = [option.get("value", "") for option in field.find_all("option")]
            yield name, options[-1] if options else ""
        elif field.name == "textarea":
            yield name, field.text or SEARCHED
        else:
            yield name, field.get("value") or ("on" if kind in {"radio", "checkbox"} else SEARCHED)


def words_of(answer):
    """Everything that can be read in an answer, whatever kind of file it is."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"%PDF-"):
        return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    return body.decode("utf-8", "replace") + str(answer.headers)

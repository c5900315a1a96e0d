"""One person's browser on the pages of an audit, without scripts."""

from bs4 import BeautifulSoup
from django.urls import reverse


class Desk:
    """Open a page, change its fields, press a button: `desk.open().send(**{"made-room-say": "agree"})`."""

    def __init__(self, client, audit):
        self.client, self.audit, self.fields = client, audit, {}

    def url(self, name="review"):
        return reverse(name, args=[self.audit.pk])

    def open(self, name="review"):
        return self._take(self.client.get(self.url(name)))

    def send(self, name="review", **fields):
        return self._take(self.client.post(self.url(name), {**self.fields, **fields}))

    def _take(self, response):
        self.response, self.html = response, BeautifulSoup(response.content.decode(), "html.parser")
        if self.html.main and self.html.main.form:
            self.fields = _fields(self.html.main.form)
        return self

    @property
    def words(self):
        return " ".join(self.html.main.get_text(" ", strip=True).split())

    def statement(self, slug):
        return " ".join(self.html.find(id=slug).get_text(" ", strip=True).split())

    def text(self, slug):
        """What stands in the statement's text."""
        return self.html.find(id=f"{slug}-text").get_text().removeprefix("\n")

    def buttons(self):
        return [button.get_text(" ", strip=True) for button in self.html.main.find_all("button")]


def _fields(form):
    fields = {}
    for field in form.find_all("input"):
        if field["type"] in {"hidden", "text"} or field.has_attr("checked"):
            fields[field["name"]] = field.get("value", "")
    return fields | {area["name"]: area.get_text().removeprefix("\n") for area in form.find_all("textarea")}

"""A site of one page, answered inside the browser's own request handling: no server, no network, no waiting."""

from collections.abc import Callable
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.template import engines
from django.test import RequestFactory

ORIGIN = "https://nurture.example"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
FORM = """{% extends "base.html" %}{% load static %}
{% block title %}A theme{% endblock %}
{% block main %}<h1>A theme</h1>
<form method="post" action="/form/" novalidate data-autosave>
  <input type="hidden" name="csrfmiddlewaretoken" value="token"><input type="hidden" name="seen-a" value="1">
  <fieldset><legend>A statement</legend>
    <input type="radio" name="a-level" id="a-1" value="1"><label for="a-1">Not yet</label>
    <input type="radio" name="a-level" id="a-2" value="2"><label for="a-2">Starting</label>
    <label for="a-note">How do we know?</label><textarea name="a-note" id="a-note" data-soft-limit="5"></textarea>
  </fieldset>
  {% include "components/save_status.html" only %}
  <button type="submit" name="then" value="next">Save and continue</button>
</form>{% endblock %}
{% block scripts %}<script type="module" src="{% static "site/autosave.js" %}"></script>
<script type="module" src="{% static "site/word-count.js" %}"></script>{% endblock %}"""


class PretendSite:
    """Serves FORM and the static files to one browser page; every POST is recorded and answered as the test says."""

    def __init__(self, page, *, session_seconds: int = 3600) -> None:
        self.page = page
        self.session_seconds = session_seconds
        self.posts: list[SimpleNamespace] = []
        self.problems: list[str] = []
        self.answer: Callable = lambda route: route.fulfill(status=204)
        page.on("console", lambda message: message.type == "error" and self.problems.append(message.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.route("**/*", self.handle)

    def open(self, path: str = "/form/") -> None:
        self.page.goto(ORIGIN + path)

    def html(self) -> str:
        request = RequestFactory().get("/form/")
        request.user = SimpleNamespace(is_authenticated=True)
        context = {"session_seconds": self.session_seconds, "csrf_token": "token"}
        html = engines["django"].from_string(FORM).render(context, request)
        # The address comes from accounts.urls; what it is does not matter to the script.
        return html.replace('data-keep-alive-url=""', 'data-keep-alive-url="/accounts/keep-alive/"')

    def handle(self, route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.method == "POST":
            self.posts.append(
                SimpleNamespace(path=path, headers=route.request.headers, body=route.request.post_data or "")
            )
            self.answer(route)
        elif path.startswith("/static/"):
            file = settings.BASE_DIR / path.removeprefix("/")
            route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
        else:
            route.fulfill(body=self.html(), content_type="text/html", headers={"Content-Security-Policy": POLICY})

    def answers(self, status: int, **headers: str) -> None:
        self.answer = lambda route: route.fulfill(
            status=status, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )

    @property
    def saves(self) -> list[SimpleNamespace]:
        """The posts that autosave made, without those of a button."""
        return [
            post for post in self.posts if post.headers.get("x-requested-with") == "fetch" and post.path == "/form/"
        ]

    @property
    def unsaved(self) -> bool:
        """Whether the browser would ask before leaving the page."""
        return self.page.evaluate(
            "() => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}))",
        )

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "templates"
PAGES = sorted(FOLDER.rglob("*.html"))
TEXTS = [*PAGES, *sorted(FOLDER.rglob("*.txt"))]
COMPONENTS = sorted(path.name for path in (FOLDER / "components").glob("*.html"))
SHOWN_TO_NOBODY = {FOLDER / "gallery.html"}  # in development only
SPOKEN_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label"}


def relative(path):
    return str(path.relative_to(FOLDER))


def included(path):
    """The components that a template draws, by itself or through another."""
    names = set(re.findall(r'{% include "components/([\w-]+\.html)"', path.read_text(encoding="utf-8")))
    return names.union(*(included(FOLDER / "components" / name) for name in names if name != path.name))


def without_comments(source):
    source = re.sub(
        r"{% comment .*?%}.*?{% endcomment %}|{% comment %}.*?{% endcomment %}", "", source, flags=re.DOTALL
    )
    return re.sub(r"{#.*?#}|<!--.*?-->", "", source, flags=re.DOTALL)


def without_tags(source):
    return re.sub(r"{%.*?%}|{{.*?}}", "", without_comments(source), flags=re.DOTALL)


def untranslated(source):
    """What is left when everything that is translated or worked out is taken away."""
    source = without_comments(source)
    source = re.sub(r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", "", source, flags=re.DOTALL)
    return without_tags(source)


class Reader(HTMLParser):
    """Collects what a person would read, and what the content security policy refuses."""

    def __init__(self, source):
        super().__init__()
        self.words, self.refused = [], []
        self.feed(source)
        self.close()

    def handle_data(self, data):
        if re.search(r"[^\W\d_]{2}", data):
            self.words.append(data.strip())

    def handle_starttag(self, tag, attributes):
        if tag == "style" or (tag == "script" and "src" not in dict(attributes)):
            self.refused.append(f"<{tag}>")
        for name, value in attributes:
            if name in SPOKEN_ATTRIBUTES and re.search(r"[^\W\d_]{2}", value or ""):
                self.words.append(f"{name}={value}")
            if name == "style" or name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.refused.append(f"<{tag} {name}={value}>")


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_in_the_gallery(name):
    assert name in included(FOLDER / "gallery.html"), "Show it in templates/gallery.html."


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_nothing_is_inline(path):
    assert Reader(without_tags(path.read_text(encoding="utf-8"))).refused == []


@pytest.mark.parametrize("path", [path for path in TEXTS if path not in SHOWN_TO_NOBODY], ids=relative)
def test_every_word_is_translated(path):
    words = Reader(untranslated(path.read_text(encoding="utf-8"))).words

    assert words == [], "Put these words in {% translate %} or {% blocktranslate %}."

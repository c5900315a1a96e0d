from pathlib import Path

import pytest
from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.signals import template_rendered

from config.gallery import gallery, sample_context

COMPONENTS = {path.name for path in (Path(settings.BASE_DIR) / "templates/components").glob("*.html")}


@pytest.fixture
def shown(parsed):
    return parsed(render_to_string("gallery.html", sample_context()))


def test_every_component_is_drawn():
    drawn = set()

    def note(sender, template, **kwargs):
        drawn.add(template.name)

    template_rendered.connect(note)
    try:
        render_to_string("gallery.html", sample_context())
    finally:
        template_rendered.disconnect(note)

    assert {f"components/{name}" for name in COMPONENTS} <= drawn


def test_every_component_is_named_in_a_heading(shown):
    headings = " ".join(heading.get_text() for heading in shown.find_all("h2"))

    missing = {name for name in COMPONENTS if name.removesuffix(".html") not in headings.replace(".html", "")}
    assert not missing


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_every_component_is_explained(name):
    folder = Path(settings.BASE_DIR) / "templates/components"

    assert "{% comment %}" in (folder / name).read_text()
    assert f"`{name}`" in (folder / "README.md").read_text()


def test_ids_are_unique_and_everything_that_points_points_somewhere(shown):
    ids = [each["id"] for each in shown.find_all(id=True)]
    pointers = [label["for"] for label in shown.find_all("label")]
    pointers += [
        name for each in shown.find_all(attrs={"aria-describedby": True}) for name in each["aria-describedby"].split()
    ]
    pointers += [each["aria-labelledby"] for each in shown.find_all(attrs={"aria-labelledby": True})]

    assert len(ids) == len(set(ids))
    assert set(pointers) <= set(ids)


def test_nothing_is_written_that_the_content_security_policy_refuses(shown):
    assert not shown.find_all("style")
    assert not [each for each in shown.find_all("script") if not each.get("src")]
    assert not [
        each for each in shown.find_all(True) if any(key == "style" or key.startswith("on") for key in each.attrs)
    ]


def test_it_exists_in_development_only(settings):
    settings.DEBUG = False

    with pytest.raises(Http404):
        gallery(RequestFactory().get("/components/"))

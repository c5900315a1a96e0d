"""The framework's six worked examples, answered through the web pages by a head teacher."""

import re
from html import unescape

import pytest
from bs4 import BeautifulSoup

from readiness.domain.answers import Other
from readiness.domain.framework import Framework
from readiness.models import Audit
from tests.readiness.framework_texts import document

FRAMEWORK = Framework.from_document(document())
TIERS = {theme.slug: "universal" for theme in FRAMEWORK.themes}


def form_of(response):
    """The page's first form: its address, what it would send as it stands, and its choices."""
    form = BeautifulSoup(response.content, "html.parser").main.form
    fields = {}
    for field in form.find_all("input"):
        if field["type"] in {"hidden", "text"} or field.has_attr("checked"):
            fields[field["name"]] = field.get("value", "")
    fields.update({area["name"]: area.get_text().lstrip("\n") for area in form.find_all("textarea")})
    return form, fields


def answer_theme(client, url, answers):
    """Fill in a theme's page as a person does: find the statement by its words, the level by its name."""
    form, fields = form_of(client.get(url))
    for fieldset in form.find_all("fieldset"):
        words = fieldset.legend.get_text(strip=True)
        statement = next(one for one in FRAMEWORK.statements if one.text == words)
        given = answers[statement.slug]
        name = FRAMEWORK.level_label(given) if isinstance(given, int) else FRAMEWORK.other_label(given)
        label = next(each for each in fieldset.find_all("label") if each.get_text(" ", strip=True).startswith(name))
        radio = fieldset.find("input", id=label["for"])
        fields[radio["name"]] = radio["value"]
        if given == Other.NOT_APPLICABLE:
            fields[f"{radio['name']}-reason"] = "The council arranges all of our cover."
    return client.post(url, fields)


@pytest.mark.parametrize("example", FRAMEWORK.worked_examples, ids=lambda example: example.id)
def test_a_worked_example_through_the_pages(example, version, school, session_2026, head, as_user):
    client = as_user(head)
    _form, fields = form_of(client.get("/audits/"))
    home = client.post("/audits/", fields).url
    assert re.fullmatch(r"/audits/\d+/", home)

    url = f"{home}{FRAMEWORK.themes[0].slug}/"
    for _theme in FRAMEWORK.themes:
        url = answer_theme(client, url, example.answers(FRAMEWORK.statements)).url
    assert url == f"{home}check/"

    _form, fields = form_of(client.get(url))
    submitted = client.post(url, {**fields, "declaration": "on"})
    assert submitted.url == f"{home}results/"
    assert Audit.objects.get().state == "submitted"

    html = client.get(submitted.url).content.decode()
    page = BeautifulSoup(html, "html.parser")
    assert [box["data-outcome"] for box in page.select("[data-outcome]")] == [example.outcome]
    tiers = {row["data-theme"]: row["data-tier"] for row in page.select("tr[data-theme]")}
    assert tiers == {**TIERS, **example.tiers_not_universal}

    said = page.main.get_text(" ", strip=True).partition("What would change it")[0]
    for statement in FRAMEWORK.essentials:
        is_named = unescape(statement.text.rstrip(".")) in said
        assert is_named is (statement.slug in example.essentials_unmet), statement.slug

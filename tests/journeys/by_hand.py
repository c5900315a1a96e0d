"""Pages and forms as a person without scripts meets them: by their words, labels and buttons."""

from bs4 import BeautifulSoup


def main_of(answer):
    return BeautifulSoup(answer.content, "html.parser").main


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return main_of(answer)


def fields_of(main, *, button=""):
    """What the page's first form would send as it stands, by the button of these words, or by the Enter key."""
    form, fields = main.form, {}
    for field in form.find_all("input"):
        if field["type"] in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if field["type"] == "checkbox":
            fields.setdefault(field["name"], []).append(field.get("value", "on"))
        else:
            fields[field["name"]] = field.get("value", "")
    fields.update({area["name"]: area.get_text().lstrip("\n") for area in form.find_all("textarea")})
    for select in form.find_all("select"):
        chosen = select.find("option", selected=True) or select.find("option")
        fields[select["name"]] = chosen["value"]
    if button:
        pressed = next(one for one in form.find_all("button") if one.get_text(strip=True).startswith(button))
        fields.update({pressed["name"]: pressed["value"]} if pressed.has_attr("name") else {})
    return fields


def press(client, address, button="", **typed):
    return client.post(address, {**fields_of(page(client, address), button=button), **typed})


def words(main):
    return main.get_text(" ", strip=True)

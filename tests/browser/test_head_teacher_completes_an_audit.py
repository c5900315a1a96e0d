"""A head teacher starts an audit, answers all 36 statements, submits, and leaves with the report."""

import io

import openpyxl
import pypdf
import pytest
from playwright.sync_api import expect

from tests.browser.site import PASSWORD, sign_in

HEAD = "head@demo.example"
SCHOOL = "Rowanlea Primary School"


# How the focused element looks, and how it would without the focus.
LOOKS = """() => {
  const element = document.activeElement;
  const look = () => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.boxShadow, style.backgroundColor, style.borderColor].join();
  };
  const focused = look();
  element.blur();
  const plain = look();
  element.focus({focusVisible: true});
  return [focused, plain];
}"""


@pytest.fixture(params=["laptop", "phone without JavaScript"])
def their_page(request, browser):
    """Their browser: a laptop, or a phone on which no script runs."""
    if request.param == "laptop":
        context = browser.new_context(viewport={"width": 1280, "height": 800})
    else:
        context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_with_a_mouse_or_a_thumb(their_page, fresh_site):
    page = their_page
    sign_in(page, fresh_site, HEAD)
    page.goto(f"{fresh_site.url}/audits/")
    page.get_by_role("button", name="Start an audit").click()
    page.get_by_role("link", name="Begin with the first theme").click()
    for number in range(1, 9):
        expect(page.get_by_text(f"Theme {number} of 8")).to_be_visible()
        for fieldset in page.locator("fieldset").all():
            fieldset.locator("label", has_text="In place").first.click()
        page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("36 of 36 answered")).to_be_visible()
    page.get_by_label("We have answered for how things are today").locator("xpath=following-sibling::label").click()
    page.get_by_role("button", name="Submit the audit").click()
    expect(page.locator("[data-outcome='ready']")).to_be_visible()
    expect(page.locator("tr[data-theme]")).to_have_count(8)
    assert holds_the_report(page)
    assert holds_the_spreadsheet(page)


def holds_the_report(page, press=None):
    with page.expect_download() as waiting:
        (press or page.get_by_role("link", name="The whole report").click)()
    report = pypdf.PdfReader(waiting.value.path())
    text = " ".join(sheet.extract_text() for sheet in report.pages)
    return SCHOOL in text and "Ready to start" in text


def holds_the_spreadsheet(page, press=None):
    with page.expect_download() as waiting:
        (press or page.get_by_role("link", name="Every answer").click)()
    head, *rows = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))["Answers"].values
    return len(rows) == 36 and "Statement" in head and all("In place" in row for row in rows)


def test_with_the_keyboard_alone(page, fresh_site):
    """No click, no fill: Tab, Shift and Tab, arrows, Space and Enter."""
    page.emulate_media(reduced_motion="reduce")  # so that the focus shows at once, and what it looks like is compared
    page.goto(f"{fresh_site.url}/accounts/login/?next=/audits/")
    tab_to(page, "input[name=login]")
    page.keyboard.type(HEAD)
    tab_to(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    press_enter_and_wait(page, "**/audits/")
    tab_to(page, "main button")
    press_enter_and_wait(page, "**/audits/*/")
    audit = page.url
    tab_to(page, "main a.ds_button")
    press_enter_and_wait(page, "**/leadership-and-purpose/")
    for number in range(1, 9):
        for place in range(page.locator("fieldset").count()):
            tab_to(page, f"fieldset >> nth={place} >> input[type=radio] >> nth=0")
            for _step in range(2):
                page.keyboard.press("ArrowDown")
            if number == 1 and place == 0:
                page.keyboard.press("ArrowUp")
                page.keyboard.press("ArrowDown")
        if number == 1:
            goes_back_and_forth(page)
        tab_to(page, "main form button >> nth=0")
        before = page.url
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, before=before: url != before)
    expect(page).to_have_url(f"{audit}check/")
    tab_to(page, "input[name=declaration]")
    page.keyboard.press("Space")
    tab_to(page, "main form button >> nth=0")
    press_enter_and_wait(page, "**/results/")
    expect(page.locator("[data-outcome='ready']")).to_be_visible()
    assert holds_the_report(page, press=enter_on(page, "main a[href$='report.pdf']"))
    assert holds_the_spreadsheet(page, press=enter_on(page, "main a[href$='answers.xlsx']"))


def goes_back_and_forth(page):
    """Shift and Tab lead back to the answer before, which can be changed, and no way leads out of nowhere."""
    first = "fieldset >> nth=0 >> input[type=radio]"
    tab_to(page, f"{first}:checked", key="Shift+Tab")
    page.keyboard.press("ArrowUp")
    expect(page.locator(f"{first} >> nth=1")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{first} >> nth=2")).to_be_checked()


def enter_on(page, selector):
    def press():
        tab_to(page, selector)
        page.keyboard.press("Enter")

    return press


def tab_to(page, selector, most=160, key="Tab"):
    """Press Tab (or Shift and Tab) until that element has the focus, and see that the focus shows."""
    wanted = page.locator(selector).first.element_handle()
    for _press in range(most):
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            focused, plain = page.evaluate(LOOKS)
            assert focused != plain, f"the focus does not show on {selector}"
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never reached {selector}")


def press_enter_and_wait(page, url):
    page.keyboard.press("Enter")
    page.wait_for_url(url)

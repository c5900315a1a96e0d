"""The co-ordinator brings in a published list: looks first, then applies. Every page of it, at both widths."""

from playwright.sync_api import expect

from tests.browser.site import sign_in
from tests.browser.test_pages_on_the_way import look  # noqa: F401 - a fixture
from tests.schools.imports.workbooks import COUNCIL, contact_list, listed, roll, rolls, saved

COORDINATOR = "coordinator@demo.example"
LONG = "Saint_Somebody_of_the_Very_Long_Name_and_the_Hill_Beyond_It_Primary_School"


def upload(page, site, book, name, kind="School contact details"):
    page.goto(f"{site.url}/schools/import/")
    page.locator("label", has_text=kind).click()
    content = book if isinstance(book, bytes) else saved(book).getvalue()
    page.get_by_label("The file").set_input_files({"name": name, "mimeType": "application/xlsx", "buffer": content})
    page.get_by_label("Local authority").fill(COUNCIL)
    page.get_by_role("button", name="See what it would change").click()


def apply(page):
    page.get_by_role("button", name="Apply these changes").click()
    expect(page.get_by_text("The changes have been applied.")).to_be_visible()


def count_of(page, name):
    return page.locator(".ds_summary-list__item").filter(has=page.get_by_text(name, exact=True)).locator("dd")


def test_looked_at_then_applied(fresh_site, page, look):  # noqa: F811 - the fixture above
    sign_in(page, fresh_site, COORDINATOR)
    first = contact_list(listed(9990001), listed(9990002, "Elmbank"), listed(9990003, "Ashbank"), listed(9990004, LONG))
    upload(page, fresh_site, first, f"{LONG}.xlsx")
    page.wait_for_url("**/import/*/")
    expect(count_of(page, "New")).to_have_text("4")
    look("import-new")
    apply(page)
    look("import-applied")

    second = contact_list(
        listed(9990001, Denomination="Jewish"), listed(9990002, "Elmbank Academy"), listed(9990005), listed(5, LONG)
    )
    upload(page, fresh_site, second, "list.xlsx")
    page.wait_for_url("**/import/*/")
    # The school of the row that is not understood is not taken as closed.
    for name in ("Not understood", "New", "Renamed", "Changed", "Closed"):
        expect(count_of(page, name)).to_have_text("1")
    expect(page.locator("section", has_text="Not understood")).to_contain_text("“5” is not a SEED code")
    look("import-everything")
    apply(page)

    upload(page, fresh_site, rolls(roll(9990001, 210), roll(9990006, 12)), "rolls.xlsx", kind="pupil rolls")
    page.wait_for_url("**/import/*/")
    look("import-rolls")
    page.goto(f"{fresh_site.url}/schools/import/")
    look("imports-earlier")


def test_a_wrong_file_is_refused_in_words(fresh_site, page, look):  # noqa: F811 - the fixture above
    sign_in(page, fresh_site, COORDINATOR)
    upload(page, fresh_site, b"no workbook at all", "list.xlsx")
    expect(page.locator(".ds_error-summary")).to_contain_text("This is not an Excel workbook (.xlsx).")
    look("import-refused")


def test_one_that_has_been_replaced_in_another_tab(fresh_site, page):
    sign_in(page, fresh_site, COORDINATOR)
    upload(page, fresh_site, contact_list(listed(9990001)), "first.xlsx")
    page.wait_for_url("**/import/*/")
    other = page.context.new_page()
    upload(other, fresh_site, contact_list(listed(9990002)), "second.xlsx")
    other.wait_for_url("**/import/*/")
    page.get_by_role("button", name="Apply these changes").click()
    expect(page.get_by_text("a newer one has taken its place")).to_be_visible()
    expect(page.get_by_role("link", name="second.xlsx")).to_be_visible()
    expect(page.get_by_role("link", name="first.xlsx")).to_have_count(0)

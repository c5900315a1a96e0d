"""Who comes in, where they arrive, and how they leave."""

from playwright.sync_api import expect

from tests.browser.site import sign_in


def test_after_sign_in_people_arrive_where_they_were_going(site, page):
    code = "from readiness.models import Audit; print(Audit.objects.get(school__seed_code='9900029').pk)"
    wanted = f"/audits/{site.manage(code)}/"
    page.goto(site.url + wanted)
    assert "/accounts/login/" in page.url
    page.get_by_label("E-mail address").fill("head2@demo.example")
    page.get_by_label("Password", exact=True).fill("nurture-demo")
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(site.url + wanted)


def test_an_officer_finds_no_trace_of_another_localitys_audit(site, page):
    """Neither "not yours" nor "not yet": the answer is the one for an address that never was."""
    code = "from readiness.models import Audit; print(Audit.objects.get(school__seed_code='9900037').pk)"
    elsewhere = site.manage(code)  # it has been submitted, so that only the locality stands in the way
    sign_in(page, site, "officer2@demo.example")
    pages = ("", "results/", "history/", "check/")
    assert [page.goto(f"{site.url}/audits/{elsewhere}/{each}").status for each in pages] == [404] * 4
    assert page.goto(f"{site.url}/audits/999999/").status == 404


def test_sign_out_everywhere_ends_the_other_laptop_too(fresh_site, browser):
    here, there = browser.new_context().new_page(), browser.new_context().new_page()
    for page in (here, there):
        sign_in(page, fresh_site, "officer@demo.example")
    here.goto(f"{fresh_site.url}/accounts/me/")
    here.get_by_role("button", name="Sign out everywhere").click()
    expect(here.get_by_text("signed out on every device")).to_be_visible()
    there.goto(f"{fresh_site.url}/home/")
    assert "/accounts/login/?next=/home/" in there.url
    here.context.close()
    there.context.close()


def test_a_head_names_a_colleague_who_then_answers_but_cannot_submit(fresh_site, browser):
    head, colleague = browser.new_context().new_page(), browser.new_context().new_page()
    sign_in(head, fresh_site, "head@demo.example", to="/audits/")
    head.get_by_role("button", name="Start an audit").click()
    head.wait_for_url("**/audits/*/")
    head.goto(f"{fresh_site.url}/home/")
    head.get_by_role("link", name="Who answers with you: the core team").click()
    head.get_by_label("Who?").select_option(label="Callum Reid")
    head.get_by_role("button", name="Add to the team").click()
    expect(head.get_by_text("Callum Reid has joined the team")).to_be_visible()

    sign_in(colleague, fresh_site, "staff@demo.example")
    colleague.get_by_role("link", name="Carry on with the audit").click()
    colleague.get_by_role("link", name="A safe base").click()
    colleague.locator("fieldset").first.locator("label", has_text="In place").first.click()
    colleague.get_by_role("button", name="Save and go to the list").click()
    expect(colleague.get_by_text("1 of 36 answered").first).to_be_visible()
    expect(colleague.get_by_text("Last saved by Callum Reid")).to_be_visible()
    colleague.get_by_role("link", name="Read all the answers").click()
    expect(colleague.get_by_role("button", name="Submit the audit")).to_have_count(0)
    head.context.close()
    colleague.context.close()

"""The half-filled draft of the story, as the people of its school have it on their screens."""

from tests.browser.site import sign_in

HEAD = "head2@demo.example"
COLLEAGUE = "dot.laird@people.demo.example"  # of the core team; the story gives her no password
SCHOOL = "9900029"

THEME = "time-and-fit"
NEXT_THEME = "staff-learning"
ROOM = "made-room"
FITS = "fits-with-what-we-do"

_OPEN = f"""
from accounts.models import User
from readiness.models import Audit
dot = User.objects.get(email='{COLLEAGUE}')
dot.set_password('nurture-demo')
dot.save()
print(Audit.objects.get(school__seed_code='{SCHOOL}').pk)
"""

FILL = f"""
from django.utils import timezone
from readiness import actions
from readiness.domain.said import Said
from readiness.models import Audit
audit = Audit.objects.get(school__seed_code='{SCHOOL}')
blank, kept = Said().seen_as(0), audit.school_answers()
typed = [actions.Typed(one.slug, Said(3), blank) for one in audit.framework.statements if one.slug not in kept]
actions.save_answers(audit=audit, typed=typed, by=audit.started_by, now=timezone.now())
"""


def address_of(site, *, filled=False):
    """The draft's address on this site. The head's colleague may sign in from now on. `filled` answers the rest."""
    return f"/audits/{site.manage((FILL if filled else '') + _OPEN)}/"


def statement(page, which):
    """A statement of the theme that is open, by its slug or by its place (0 is the first)."""
    return page.locator("fieldset.statement").nth(which) if isinstance(which, int) else page.locator(f"#{which}")


def choose(page, which, level):
    statement(page, which).locator(".level label", has_text=level).first.click()


def chosen(page, which):
    """The level that the page shows for this statement."""
    return statement(page, which).locator(".level input:checked").get_attribute("value")


def note(page, which):
    return statement(page, which).get_by_label("How do we know?")


def kept(page, which):
    """The level and the note that the page shows for this statement."""
    return chosen(page, which), note(page, which).input_value()


def save(page, **how):
    page.get_by_role("button", name="Save and continue").click(**how)


def signed_in_as(browser, site, *emails):
    """What the browser of each of these people holds once they have signed in, for `new_context(storage_state=…)`."""
    states = {}
    for email in emails:
        context = browser.new_context()
        sign_in(context.new_page(), site, email)
        states[email] = context.storage_state()
        context.close()
    return states


def says(page, words):
    """Wait until the page says this about saving."""
    page.locator("[data-save-status]", has_text=words).wait_for()

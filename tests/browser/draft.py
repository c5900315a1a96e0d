"""The half-filled draft of the story, as the people of its school have it on their screens."""

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


def statement(page, slug):
    return page.locator(f"fieldset#{slug}")


def choose(page, slug, level):
    statement(page, slug).locator(".level label", has_text=level).first.click()


def note(page, slug):
    return statement(page, slug).get_by_label("How do we know?")


def kept(page, slug):
    """The level and the note that the page shows for this statement."""
    level = statement(page, slug).locator(".level input:checked")
    return level.get_attribute("value"), note(page, slug).input_value()


def save(page, **how):
    page.get_by_role("button", name="Save and continue").click(**how)


def says(page, words):
    """Wait until the page says this about saving."""
    page.locator("[data-save-status]", has_text=words).wait_for()

"""Eight people save at once while the server is killed again and again: what was answered is kept, and kept once."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Condition, Event

from tests.browser import draft
from tests.browser.site import PATIENCE, AfterTheKill, kill
from tests.proof.person import NO_ANSWER, Person

SAVES, PEOPLE = 200, 8
KILLED_AFTER = (50, 100, 150)  # saves answered with success
UNDER_WAY = 3  # saves sent and not answered, at least, when the server is killed

SAVE = re.compile(r"^Save (\d{3})$", re.MULTILINE)
KEPT = f"""
import json
from readiness.models import Audit
audit = Audit.objects.get(school__seed_code='{draft.SCHOOL}')
rows = {{row.statement: (row.revision, row.level, row.evidence) for row in audit.answers.filter(voice='school')}}
print(json.dumps({{
    theme.slug: [rows.get(one.slug, (0, None, '')) for one in theme.statements] for theme in audit.framework.themes
}}))
"""


def test_what_was_answered_is_kept_once_though_the_server_is_killed_three_times(own_site, record_property):
    address, before = draft.address_of(own_site), json.loads(own_site.manage(KEPT))
    people = [Person(own_site, (draft.HEAD, draft.COLLEAGUE)[number % 2]) for number in range(PEOPLE)]
    morning = Morning(address, list(before))
    with ExitStack() as servers, ThreadPoolExecutor(PEOPLE) as pool:
        working = [pool.submit(morning.work, person) for person in people]
        running = own_site
        for saves in KILLED_AFTER:
            morning.wait_until_busy(saves)
            morning.server_is_up.clear()
            kill(running)
            running = servers.enter_context(AfterTheKill(running))
            morning.server_is_up.set()
        for one in working:
            one.result()
        after = json.loads(running.manage(KEPT))

    assert len(morning.answered) + len(morning.given_up) == SAVES
    assert morning.unanswered > 0  # or the server was not killed at its work
    kept = {theme: saves_kept(before[theme], after[theme]) for theme in before}
    everywhere = [number for saves in kept.values() for number in saves]
    assert len(everywhere) == len(set(everywhere))
    assert morning.answered <= set(everywhere) <= morning.answered | morning.given_up
    record_property("answered with success", len(morning.answered))
    record_property("no answer came", morning.unanswered)
    record_property("kept of those given up", f"{len(set(everywhere) - morning.answered)} of {len(morning.given_up)}")
    record_property("clashes", morning.clashes)


def saves_kept(before, after):
    """The numbers of the saves that one theme's statements hold, after seeing that each is there wholly and once."""
    saves = [int(number) for number in SAVE.findall(after[0][2])]
    for (old_revision, old_level, old_note), (revision, level, note) in zip(before, after, strict=True):
        assert note == "\n".join(filter(None, [old_note, *map(line, saves)]))
        assert revision == old_revision + len(saves)
        assert level == (level_of(saves[-1]) if saves else old_level)
    return saves


def line(number):
    return f"Save {number:03}"


def level_of(number):
    return number % 4 + 1


def filled_in(form, number):
    """A theme's form with a line of its own under every statement's note, and every level chosen."""
    notes = {name: f"{text}\n{line(number)}".lstrip() for name, text in form.items() if name.endswith("-evidence")}
    return {**form, **notes, **{name.removesuffix("-evidence"): str(level_of(number)) for name in notes}}


class Morning:
    """A school at work. Each save writes a line of its own under every statement of one theme."""

    def __init__(self, address, themes):
        self.address, self.themes = address, themes
        self.numbers = iter(range(SAVES))
        self.answered, self.given_up = set(), set()
        self.unanswered, self.clashes, self.under_way, self.gone_home = 0, 0, 0, 0
        self.server_is_up, self._changed = Event(), Condition()
        self.server_is_up.set()

    def wait_until_busy(self, saves):
        """Until so many saves have been answered and others are under way; or somebody has gone home already."""
        with self._changed:
            self._changed.wait_for(
                lambda: (len(self.answered) >= saves and self.under_way >= UNDER_WAY) or self.gone_home,
                timeout=PATIENCE,
            )

    def work(self, person):
        try:
            while (number := self._next()) is not None:
                self._save(person, number)
        finally:
            with self._change():
                self.gone_home += 1

    @contextmanager
    def _change(self):
        with self._changed:
            yield
            self._changed.notify_all()

    def _next(self):
        with self._change():
            return next(self.numbers, None)

    def _save(self, person, number):
        path = f"{self.address}{self.themes[number % len(self.themes)]}/"
        while line(number) not in "".join((form := self._open(person, path)).values()):
            sent = filled_in(form, number)
            page = self._press(person, path, sent)
            if page is None and number % 2:
                with self._change():
                    self.given_up.add(number)
                return
            while page is None:
                page = self._press(person, path, sent)
            if page.status == 302:
                assert page.leads_to.startswith(self.address)
                break
            # Somebody else was quicker: open the page again, and type the line under theirs.
            assert (page.status, line(number) in page.html) == (409, True)
            with self._change():
                self.clashes += 1
        with self._change():
            self.answered.add(number)

    def _open(self, person, path):
        while True:
            self.server_is_up.wait(PATIENCE)
            try:
                page = person.get(path)
            except NO_ANSWER:
                continue
            assert page.status == 200
            return page.form()

    def _press(self, person, path, fields):
        """The answer; None where none came."""
        self.server_is_up.wait(PATIENCE)
        with self._change():
            self.under_way += 1
        try:
            return person.post(path, fields)
        except NO_ANSWER:
            with self._change():
                self.unanswered += 1
            return None
        finally:
            with self._change():
                self.under_way -= 1

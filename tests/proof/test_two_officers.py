"""Two officers finish or agree the same audit at the same moment: one wins, the other is told, nothing is half done."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.conf import settings

from tests.browser.site import PASSWORD, PATIENCE, environment_of
from tests.proof.person import Person

OFFICER, COLLEAGUE = "officer@demo.example", "second.officer@people.demo.example"
TIMES = 20

READY = f"""
from django.utils import timezone
from accounts.actions import create_user
from accounts.models import User
from readiness import actions
from readiness.models import Audit
from schools.actions import give_role
from schools.models import Locality, School
from tests.readiness.factories import AuditFactory
locality = Locality.objects.get(name='Calderbrae')
officer = User.objects.get(email='{OFFICER}')
if not User.objects.filter(email='{COLLEAGUE}').exists():
    colleague = create_user(email='{COLLEAGUE}', first_name='Kit', last_name='Laurie', password='{PASSWORD}')
    give_role(user=colleague, role='officer', locality=locality, by=None, now=timezone.now())
made = []
for number in range({TIMES}):
    school = School.objects.create(seed_code=f'99777{{number:02d}}', name=f'Twin School {{number}}',
        local_authority='Demonstration Council', has_primary=True, locality=locality)
    made.append(AuditFactory(school=school, started_at=timezone.now(), STATE=True).pk)
print(*made)
"""
FOUND = """
from readiness.models import Answer, Audit, Move, ThemeScore
for pk in map(int, '{pks}'.split()):
    audit = Audit.objects.get(pk=pk)
    moves = Move.objects.filter(audit=audit, to_state='{state}').count()
    agreed = Answer.objects.filter(audit=audit, voice='agreed').count()
    print(audit.state, moves, agreed, ThemeScore.objects.filter(audit=audit, voice='agreed').count())
"""
AGREE = """
import sys
from django.utils import timezone
from accounts.models import User
from readiness import actions
from readiness.domain.states import MoveRefused
from readiness.models import Audit
by = User.objects.get(email={email!r})
audits = [Audit.objects.get(pk=pk) for pk in {pks!r}]
print('ready', flush=True)
for audit in audits:
    sys.stdin.readline()
    try:
        actions.agree(audit=audit, by=by, now=timezone.now())
    except MoveRefused as refusal:
        print(refusal, flush=True)
    else:
        print('agreed', flush=True)
"""


def test_finishing_from_two_browsers(fresh_site, record_property):
    pks = fresh_site.manage(READY.replace("STATE", "said")).split()
    people = [Person(fresh_site, email) for email in (OFFICER, COLLEAGUE)]
    at_once, winners = Barrier(2), []

    def press(person, path, form):
        at_once.wait(PATIENCE)
        return person.post(path, form)

    with ThreadPoolExecutor(2) as pool:
        for pk in pks:
            path = f"/reviews/{pk}/finish/"
            forms = [person.get(path).form() for person in people]
            answers = list(pool.map(press, people, [path, path], forms))
            assert [answer.status for answer in answers] == [302, 302]
            told = [
                "did this before you. Nothing was changed." in person.get(f"/reviews/{pk}/").html for person in people
            ]
            assert sorted(told) == [False, True]
            winners.append(told.index(False))

    found = fresh_site.manage(FOUND.format(pks=" ".join(pks), state="moderated")).splitlines()
    assert set(found) == {"moderated 1 36 0"}
    _no_errors(fresh_site)
    record_property("won by each", (winners.count(0), winners.count(1)))


def test_agreeing_from_two_processes(fresh_site, record_property):
    pks = fresh_site.manage(READY.replace("STATE", "moderated")).split()
    both = [_shell(fresh_site, AGREE.format(email=email, pks=list(map(int, pks)))) for email in (OFFICER, COLLEAGUE)]
    winners = []
    try:
        assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
        for _audit in pks:
            for process in both:
                process.stdin.write("go\n")
                process.stdin.flush()
            said = [process.stdout.readline().strip() for process in both]
            assert sorted(said) == ["This audit is already agreed. Nothing was changed.", "agreed"]
            winners.append(said.index("agreed"))
    finally:
        for process in both:
            process.kill()
            process.communicate()

    found = fresh_site.manage(FOUND.format(pks=" ".join(pks), state="agreed")).splitlines()
    assert set(found) == {"agreed 1 36 8"}
    record_property("won by each", (winners.count(0), winners.count(1)))


def _shell(site, code):
    return subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
        cwd=settings.BASE_DIR,
        env=environment_of(site.var),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _no_errors(site):
    said = (site.var / "server.log").read_text()
    assert not re.search("locked|deadlock|Traceback|Error", said)

"""Two officers agree the same audit at the same moment, from two processes: one wins, the other is told."""

import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browser.site import command

IN_REVIEW = "9900045"

REVIEWED = """
from django.utils import timezone
from accounts.models import User
from readiness import actions
from readiness.models import Audit
audit = Audit.objects.get(school__seed_code={school!r}, state='in_review')
done = dict(audit=audit, by=User.objects.get(email='officer@demo.example'), now=timezone.now())
for statement in audit.framework.statements:
    actions.agree_with(statement=statement.slug, **done)
actions.finish_review(**done)
print(Audit.objects.get(pk=audit.pk).state)
"""
# A pipe opens when both of its ends do: so the two processes begin at the same moment, and neither waits by the clock.
AGREE = """
import sys
from django.utils import timezone
from accounts.models import User
from readiness.models import Audit
from support import actions
audit = Audit.objects.get(school__seed_code={school!r}, state='moderated')
officer = User.objects.get(email='officer@demo.example')
open({gate!r}, {end!r}).close()
try:
    print('agreed', actions.agree(audit=audit, by=officer, now=timezone.now()).pk)
except actions.UnableToAgree as refusal:
    print('refused', refusal)
"""
AFTERWARDS = f"""
import json
from readiness.models import Answer, Audit, Move, ThemeScore
from support.models import Plan, PlanDraft, PlanTheme, Review
audit = Audit.objects.get(school__seed_code={IN_REVIEW!r})
print(json.dumps([
    audit.state,
    Plan.objects.filter(audit=audit).count(),
    PlanTheme.objects.filter(plan__audit=audit).count(),
    Review.objects.filter(theme__plan__audit=audit).count(),
    PlanDraft.objects.filter(audit=audit).count(),
    Answer.objects.filter(audit=audit, voice='agreed').count(),
    ThemeScore.objects.filter(audit=audit, voice='agreed').count(),
    Move.objects.filter(audit=audit, to_state='agreed').count(),
]))
"""


@pytest.mark.parametrize("turn", range(3))
def test_one_wins_and_the_other_is_told(turn, fresh_site, tmp_path):
    assert fresh_site.manage(REVIEWED.format(school=IN_REVIEW)) == "moderated"
    gate = str(tmp_path / "gate")
    os.mkfifo(gate)
    codes = [AGREE.format(school=IN_REVIEW, gate=gate, end=end) for end in ("r", "w")]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda code: command(fresh_site.var, "shell", "-v", "0", "-c", code), codes))

    assert [one.returncode for one in done] == [0, 0], [one.stderr for one in done]
    won, lost = sorted(one.stdout.strip() for one in done)
    assert won.startswith("agreed ")
    assert lost.startswith("refused ")
    assert "Nothing was changed." in lost
    assert json.loads(fresh_site.manage(AFTERWARDS)) == ["agreed", 1, 8, 8, 0, 36, 8, 1]

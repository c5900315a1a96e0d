"""Two people save the same statement at the same moment: one wins, the other is shown both texts."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier

from tests.browser import draft
from tests.browser.site import PATIENCE
from tests.proof.person import Person

TIMES = 500
EVIDENCE, SEEN, SETTLE = (f"{draft.THEME}-{draft.ROOM}-{field}" for field in ("evidence", "seen", "settle"))
SIDES = re.compile(r'<div class="conflict__text">(.*?)</div>', re.DOTALL)
KEPT = f"""
from readiness.models import Answer
row = Answer.objects.get(audit__school__seed_code='{draft.SCHOOL}', statement='{draft.ROOM}', voice='school')
print(row.revision, row.evidence, sep='|')
"""


def test_one_wins_and_the_other_is_shown_both_texts_500_times(own_site, record_property):
    path = f"{draft.address_of(own_site)}{draft.THEME}/"
    revision = int(own_site.manage(KEPT).partition("|")[0])
    people = [Person(own_site, draft.HEAD), Person(own_site, draft.COLLEAGUE)]
    opened = [person.get(path).form() for person in people]
    forms = list(opened)
    at_once, winners = Barrier(2), []

    def press(person, form):
        at_once.wait(PATIENCE)
        return person.post(path, form)

    with ThreadPoolExecutor(2) as pool:
        for time in range(TIMES):
            texts = [f"The head’s words, {time}", f"A colleague’s words, {time}"]
            sent = [{**form, EVIDENCE: text} for form, text in zip(forms, texts, strict=True)]
            pages = list(pool.map(press, people, sent))
            assert sorted(page.status for page in pages) == [302, 409], f"time {time}"

            winner, loser = (0, 1) if pages[0].status == 302 else (1, 0)
            yours, theirs = map(unescape, SIDES.findall(pages[loser].html))
            assert texts[loser] in yours
            assert texts[winner] in theirs
            came_back = pages[loser].form()
            assert came_back[EVIDENCE] == texts[loser]
            # The loser goes on with the page that came back, and keeps their own. The winner's page, opened again,
            # would have seen the same words as that one, so it is not asked for: it would be 500 pages more.
            forms[loser] = {**came_back, SETTLE: "mine"}
            forms[winner] = {**opened[winner], SEEN: came_back[SEEN]}
            winners.append(winner)

    assert own_site.manage(KEPT) == f"{revision + TIMES}|{texts[winner]}"
    assert people[0].get(path).form()[EVIDENCE] == texts[winner]
    said = (own_site.var / "server.log").read_text()
    assert not re.search("locked|deadlock|Traceback|Error", said)
    record_property("won by the head, by the colleague", (winners.count(0), winners.count(1)))

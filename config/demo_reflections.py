"""The demo story's reflections: a member of staff's log over three terms, a group, and what is shared of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import yaml
from django.conf import settings

from accounts.models import User
from reflections import actions
from reflections.domain.prompts import Form
from reflections.domain.said import TICKED, rating_name, ratings_of, seen_as
from reflections.domain.states import Opened
from reflections.models import Entry
from schools.models import School

STORIES = settings.BASE_DIR / "fixtures" / "demo" / "reflections.yaml"

Words = Mapping[str, Mapping[str, str]]


def tell(*, author: User, colleagues: list[User], school: School, earlier: datetime, now: datetime) -> None:
    """Tell it. `earlier` is a day in the last term of the session before."""
    stories: dict[str, Words] = yaml.safe_load(STORIES.read_text(encoding="utf-8"))
    spring = _written(author, school, stories["spring"], at=earlier - timedelta(days=75), now_rating="2")
    summer = _written(author, school, stories["summer"], at=earlier, follows=spring, now_rating="4")
    learned = _written(author, school, stories["this-term"], at=now - timedelta(days=9), now_rating="4")
    words = {slug: stories["this-term"][slug][slug] for slug in ("so-what", "now-what")}
    actions.share_learning(entry=learned, words=words, may_stay=False, by=author, now=now - timedelta(days=8))
    group = actions.create_group(
        name="Tuesday tea", school=school, people=colleagues, by=author, now=summer.edited_at + timedelta(days=1)
    )
    told = _written(author, school, stories["for-the-group"], at=now - timedelta(days=5), now_rating="3")
    actions.share_with_group(entry=told, group=group, by=author, now=now - timedelta(days=5))
    actions.record_opening(entry=told, by=colleagues[0], what=Opened.ENTRY, now=now - timedelta(days=4))
    actions.comment(
        entry=told, text="I remember that morning. Thank you for coming back to it.", by=colleagues[0],
        now=now - timedelta(days=4),
    )  # fmt: skip
    _draft(author, school, stories["draft"], at=now - timedelta(days=2))
    _written(colleagues[0], school, stories["colleagues"], at=now - timedelta(days=6), form=Form.SHORT)


def _draft(
    author: User,
    school: School,
    words: Words,
    *,
    at: datetime,
    form: Form = Form.FULL,
    follows: Entry | None = None,
) -> Entry:
    entry = actions.start_entry(author=author, school=school, form=form, now=at, follows=follows)
    for slug, said in words.items():
        _say(entry, slug, said, at=at)
    _say(entry, "setting", {"happened-on": at.date().isoformat()}, at=at)
    return entry


def _written(author: User, school: School, words: Words, *, at: datetime, now_rating: str = "", **more) -> Entry:
    entry = _draft(author, school, words, at=at, **more)
    if now_rating:
        rated = ratings_of(entry.prompts.step("confidence"))
        values = {rating_name(item, moment): "2" if moment == "going-in" else now_rating for item, moment in rated}
        _say(entry, "confidence", values, at=at)
    _say(entry, "tags-and-sharing", {"themes": "safe-base", "no-names-checked": TICKED}, at=at)
    actions.finish(entry=entry, by=author, now=at)
    return Entry.objects.with_context().get(pk=entry.pk)


def _say(entry: Entry, slug: str, said: Mapping[str, str], *, at: datetime) -> None:
    step = entry.prompts.step(slug)
    entry.refresh_from_db()
    entry.forget_what_was_read()
    kept = entry.said(step)
    actions.save_step(entry=entry, step=step, said={**kept, **said}, seen=seen_as(kept), by=entry.author, now=at)

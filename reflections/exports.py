"""What this room holds about a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reflections import pages
from reflections.models import BreakGlass, Comment, Entry, Example, Group, GroupMember, Opening, Reading, SharedLearning

WORDS = {
    "reflections": _("Your reflections"),
    "number": _("Number"),
    "term": _("Term"),
    "state": _("State"),
    "who can read it": _("Who can read it"),
    "when it was": _("When it was"),
    "begun": _("Begun"),
    "last changed": _("Last changed"),
    "goes on from": _("Goes on from number"),
    "comments": _("Comments"),
    "shared learning": _("Learning that you shared"),
    "words": _("Words"),
    "shared": _("Shared"),
    "may stay": _("May stay when you leave"),
    "practice examples": _("Practice examples that you proposed"),
    "proposed": _("Proposed words"),
    "published": _("Published words"),
    "reflective groups": _("Your reflective groups"),
    "group": _("Group"),
    "joined": _("Joined"),
    "left": _("Left"),
    "comments on reflections": _("Your comments on reflections"),
    "comment": _("Comment"),
    "written": _("Written"),
    "reflections of others that you opened": _("Reflections of others that you opened"),
    "what": _("What it is"),
    "at": _("When"),
    "exceptional access to your reflections": _("Exceptional access to your reflections"),
    "entry": _("Reflection number"),
    "reason": _("Reason"),
    "from": _("From"),
    "until": _("Until"),
    "exceptional access that you asked for or agreed to": _("Exceptional access that you asked for or agreed to"),
    "asked": _("Asked"),
    "agreed": _("Agreed"),
    "lines before the log that you have read": _("When you read the lines before the log"),
}
"""What the headings and keys below are called on the page. The prompts of an entry are words already."""


def entries_of(user: User) -> list[dict[str, Any]]:
    """Their own entries, with every word."""
    found = Entry.objects.of(user).with_context().prefetch_related("texts", "tags", "ratings", "comments__by")
    return [_entry(entry) for entry in found.newest_first()]


def export_for(user: User) -> dict[str, list[dict[str, Any]]]:
    """Their entries, what they have shared, their groups and comments, and who opened what of theirs."""
    members = GroupMember.objects.filter(user=user).select_related("group").order_by("joined", "pk")
    begun = Group.objects.filter(created_by=user).order_by("created_at", "pk")
    comments = Comment.objects.filter(by=user).oldest_first()
    opened = Opening.objects.filter(by=user).order_by("at", "pk")
    examples = Example.objects.filter(entry__author=user).order_by("proposed_at", "pk")
    learning = SharedLearning.objects.filter(entry__author=user).order_by("shared_at", "pk")
    told = BreakGlass.objects.filter(entry__author=user).told_to_author().order_by("agreed_at", "pk")
    return {
        "reflections": entries_of(user),
        "shared learning": [
            {"words": one.words, "shared": one.shared_at, "may stay": one.may_stay} for one in learning
        ],
        "practice examples": [
            {"proposed": one.proposed, "published": one.published, "state": one.state} for one in examples
        ],
        "reflective groups": [{"group": one.group.name, "joined": one.joined, "left": one.left} for one in members]
        + [{"group": one.name, "begun": one.created_at} for one in begun],
        "comments on reflections": [{"comment": one.text, "written": one.at} for one in comments],
        "reflections of others that you opened": [{"what": one.what, "at": one.at} for one in opened],
        "exceptional access to your reflections": [
            {"entry": one.entry_id, "reason": one.reason, "from": one.agreed_at, "until": one.ends_at} for one in told
        ],
        "exceptional access that you asked for or agreed to": [
            {"asked": one.asked_at, "agreed": one.agreed_at}
            for one in (BreakGlass.objects.filter(asked_by=user) | BreakGlass.objects.filter(agreed_by=user)).distinct()
        ],
        "lines before the log that you have read": [
            {"at": one.at} for one in Reading.objects.filter(user=user).order_by("at", "pk")
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    written = {
        "number": entry.pk,
        "term": pages.label_of_term(entry),
        "state": entry.state,
        "who can read it": entry.visibility,
        "when it was": entry.happened_on,
        "begun": entry.started_at,
        "last changed": entry.edited_at,
        "goes on from": entry.follows_id,
    }
    for section in pages.sections(entry):
        if section.text:
            written[section.title] = section.text
        written |= {answer.asked: answer.said for answer in section.answers}
    written |= {f"{rating.text}: going in": rating.going_in for rating in pages.ratings(entry) if rating.going_in}
    written |= {f"{rating.text}: now": rating.now for rating in pages.ratings(entry) if rating.now}
    written |= {tag.asked: tag.said for tag in pages.tags(entry)}
    comments = [f"{comment.by}: {comment.text}" for comment in entry.comments.all()]
    return written | ({"comments": "\n".join(comments)} if comments else {})

from reflections.models.entries import Confidence, Entry, EntryText, Reading, Tag
from reflections.models.groups import Comment, Group, GroupMember, GroupShare
from reflections.models.prompts import FrozenError, PromptSet, PromptsVersion
from reflections.models.sharing import BreakGlass, Example, Opening, SharedLearning

__all__ = [
    "BreakGlass",
    "Comment",
    "Confidence",
    "Entry",
    "EntryText",
    "Example",
    "FrozenError",
    "Group",
    "GroupMember",
    "GroupShare",
    "Opening",
    "PromptSet",
    "PromptsVersion",
    "Reading",
    "SharedLearning",
    "Tag",
]

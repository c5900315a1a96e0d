"""Every change of the log is one of these."""

from reflections.actions.entries import (
    ChangedMeanwhile,
    UnableToFinish,
    UnableToSave,
    UnableToStart,
    delete_entry,
    finish,
    place_in_terms,
    save_step,
    start_entry,
)
from reflections.actions.examples import (
    UnableToMove,
    agree_to_example,
    propose_example,
    publish_example,
    take_back_example,
)
from reflections.actions.exceptional import UnableToAgree, agree_to_access, ask_for_access, open_by_access
from reflections.actions.groups import UnableToAdd, add_people, colleagues, create_group, leave_group
from reflections.actions.keeping import forget_person, keep_in_time
from reflections.actions.prompts import UnableToPublish, load_prompts, publish_version
from reflections.actions.sharing import (
    UnableToShare,
    comment,
    make_private,
    record_opening,
    share_learning,
    share_with_group,
)

__all__ = [
    "ChangedMeanwhile",
    "UnableToAdd",
    "UnableToAgree",
    "UnableToFinish",
    "UnableToMove",
    "UnableToPublish",
    "UnableToSave",
    "UnableToShare",
    "UnableToStart",
    "add_people",
    "agree_to_access",
    "agree_to_example",
    "ask_for_access",
    "colleagues",
    "comment",
    "create_group",
    "delete_entry",
    "finish",
    "forget_person",
    "keep_in_time",
    "leave_group",
    "load_prompts",
    "make_private",
    "open_by_access",
    "place_in_terms",
    "propose_example",
    "publish_example",
    "publish_version",
    "record_opening",
    "save_step",
    "share_learning",
    "share_with_group",
    "start_entry",
    "take_back_example",
]

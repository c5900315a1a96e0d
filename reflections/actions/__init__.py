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
from reflections.actions.prompts import UnableToPublish, load_prompts, publish_version

__all__ = [
    "ChangedMeanwhile",
    "UnableToFinish",
    "UnableToPublish",
    "UnableToSave",
    "UnableToStart",
    "delete_entry",
    "finish",
    "load_prompts",
    "place_in_terms",
    "publish_version",
    "save_step",
    "start_entry",
]

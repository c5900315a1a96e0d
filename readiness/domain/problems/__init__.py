"""What keeps a document from being a framework, in sentences for the person who edits it."""

from collections.abc import Mapping

from readiness.domain.document import Document, canonical

from .asked import head_problems, key_problems, scale_problems, slug_problems, theme_problems
from .base import Part, Problem, Problems, exact
from .results import scoring_problems, support_problems, worked_example_problems

__all__ = ["Problem", "exact", "problems"]


def problems(document: Document) -> tuple[Problem, ...]:
    """Everything that keeps a document from being a framework; empty when there is nothing.

    The document may be half-written: anything may be missing or of the wrong kind.
    """
    if not isinstance(document, Mapping):
        return (Problem("", "The document holds no framework. Start it with a part called “framework”."),)
    plain = canonical(document)
    missing = tuple(_missing_parts(plain))
    if missing:
        return missing
    checks = (
        head_problems,
        key_problems,
        scale_problems,
        theme_problems,
        slug_problems,
        scoring_problems,
        support_problems,
        worked_example_problems,
    )
    return tuple(problem for check in checks for problem in check(plain))


_PARTS = {"framework": dict, "keys": dict, "scale": dict, "themes": list, "scoring": dict, "support_structure": dict}


def _missing_parts(document: Part) -> Problems:
    for name, kind in _PARTS.items():
        if not isinstance(document.get(name), kind):
            what = "a list" if kind is list else "named fields"
            yield Problem(name, f"The part “{name}” is missing. Add it: it holds {what}.")

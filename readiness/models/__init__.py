from readiness.models.audit import Answer, Audit, Move, ThemeScore, given_by
from readiness.models.framework import Framework, FrameworkVersion
from readiness.models.review import Conversation, Remark
from readiness.models.waiting import Digest, Waiting

__all__ = [
    "Answer",
    "Audit",
    "Conversation",
    "Digest",
    "Framework",
    "FrameworkVersion",
    "Move",
    "Remark",
    "ThemeScore",
    "Waiting",
    "given_by",
]

from readiness.models.audit import Answer, Audit, Move, ThemeScore, given_by
from readiness.models.framework import Framework, FrameworkVersion

__all__ = ["Answer", "Audit", "Framework", "FrameworkVersion", "Move", "ThemeScore", "given_by"]

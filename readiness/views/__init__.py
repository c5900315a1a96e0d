from readiness.views.page import AuditPage

__all__ = ["AuditPage"]

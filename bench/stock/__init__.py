"""The stock way: what Django, Wagtail and WeasyPrint do with the same words when nobody has done anything about it."""

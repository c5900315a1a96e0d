"""A whole site in one file: every row and every file, the same whichever database they lived in.

`making` writes a copy, `loading` puts one in place. Why it looks as it does: docs/adr/0006-a-whole-site-in-one-file.md.
"""

from config.site_copy.loading import Loaded, load, restore
from config.site_copy.making import Made, default_file, save
from config.site_copy.manifest import UnableToCopy

__all__ = ["Loaded", "Made", "UnableToCopy", "default_file", "load", "restore", "save"]

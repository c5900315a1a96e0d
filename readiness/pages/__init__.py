"""What the pages of this room show, built from rows and the domain, ready for templates that only loop."""

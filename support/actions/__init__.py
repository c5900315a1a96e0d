"""Every change of support is one of these."""

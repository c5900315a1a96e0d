"""Pictures of results: a frozen dataclass in, an SVG string out.

Nothing here knows the rest of the product, and only this room opens matplotlib. Importing a
module that holds a dataclass (such as ``charts.theme_profile``) does not import matplotlib; drawing does.
"""

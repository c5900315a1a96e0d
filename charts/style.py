"""How every chart looks: colours, text sizes, and matplotlib's settings, set once.

Import this only from modules that draw: it imports matplotlib.
"""

from typing import Final

import matplotlib

# Set when first imported and never again: matplotlib's settings belong to the whole process, and a
# change while another thread is drawing shows in that thread's picture.
matplotlib.rcParams.update(
    {
        "svg.hashsalt": "nurture-pathway",
        "svg.fonttype": "path",
        "font.family": "DejaVu Sans",
        "text.usetex": False,
        "text.parse_math": False,
    }
)

# Against PAPER and every zone: text colours reach at least 4.5 to 1, LINE and BAR at least 3 to 1.
INK: Final = "#1a1a1a"
BAR: Final = "#0065bd"
LINE: Final = "#5a6875"
PAPER: Final = "#ffffff"
# From most support to least, darkest first, so that the steps survive grey printing.
ZONES: Final = ("#bfd1e1", "#dde7f0", "#f3f6f9")

# In points; a column is WIDTH points wide, and a phone shows it at about 290 pixels.
WIDTH: Final = 340.0
MARGIN: Final = 8.0
TITLE: Final = 18.0
HEADING: Final = 16.0
NAME: Final = 15.0
BODY: Final = 14.0
SMALL: Final = 13.0
LEADING: Final = 1.2

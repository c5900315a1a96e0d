"""The three vignettes that the product brings for the first round."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings

FILE = Path("fixtures") / "vignettes" / "first-round.yaml"


@dataclass(frozen=True)
class VignetteText:
    """An invented school, in words, and the statements (slugs) to rate it on."""

    title: str
    text: str
    statements: tuple[str, ...]


def first_round() -> tuple[VignetteText, ...]:
    """The vignettes of the file, in its order."""
    read = yaml.safe_load((settings.BASE_DIR / FILE).read_text(encoding="utf-8"))
    return tuple(VignetteText(one["title"], one["text"].strip(), tuple(one["statements"])) for one in read["vignettes"])

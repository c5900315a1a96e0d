"""How reports write numbers, lists, dates and quoted statements."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

WORDS = (
    gettext_lazy("none"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
)


def number_words(count: int) -> str:
    """A whole number as it is written in a sentence: a word up to ten ("two"; 0 is "none"), figures after that."""
    return str(WORDS[count]) if 0 <= count < len(WORDS) else str(count)


def capital(text: str) -> str:
    """The same words with a capital letter first, to begin a sentence."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """Names as a list in a sentence: "one", "one and two", "one, two and three"; "" for none."""
    if len(names) < 2:
        return "".join(names)
    return pgettext("end of a list", "%(rest)s and %(last)s") % {"rest": ", ".join(names[:-1]), "last": names[-1]}


def titled(titles: Sequence[str]) -> str:
    """Titles as a list in a sentence, each in quotation marks: they hold commas of their own."""
    return listed([pgettext("a title", "“%(title)s”") % {"title": title} for title in titles])


def limit_words(limit: Fraction) -> str:
    """A limit on the scale from 1 to 4, as short as it can be written: "2.5", "2"."""
    return f"{float(limit):g}"


def without_stop(text: str) -> str:
    """A statement's text without its last full stop, to stand in the middle of a sentence."""
    return text.rstrip().removesuffix(".")


def quoted(text: str) -> str:
    """A statement's text in quotation marks."""
    return pgettext("a quoted statement", "‘%(text)s’") % {"text": without_stop(text)}


def day_words(moment: datetime) -> str:
    """The day, on the clocks of the site: "3 May 2026"."""
    return date_format(localtime(moment), "j F Y")


def moment_words(moment: datetime) -> str:
    """The day and the minute, on the clocks of the site: "3 May 2026 at 10:42"."""
    here = localtime(moment)
    return _("%(day)s at %(time)s") % {"day": date_format(here, "j F Y"), "time": date_format(here, "H:i")}


def language_tag() -> str:
    """The language of the sentences being written now, as documents name it: "en-GB"."""
    language, _dash, region = (get_language() or "en-gb").partition("-")
    return f"{language}-{region.upper()}" if region else language

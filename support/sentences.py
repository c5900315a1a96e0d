"""How reports write numbers, lists, dates and quoted statements."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from support.domain.due import Unit, distance

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


def date_words(day: date) -> str:
    """A day: "3 May 2026"."""
    return date_format(day, "j F Y")


def distance_words(count: int, unit: Unit) -> str:
    """So many days, weeks or months: "1 day", "3 weeks"."""
    if unit is Unit.DAY:
        words = ngettext("%(count)d day", "%(count)d days", count)
    elif unit is Unit.WEEK:
        words = ngettext("%(count)d week", "%(count)d weeks", count)
    else:
        words = ngettext("%(count)d month", "%(count)d months", count)
    return words % {"count": count}


def due_words(day: date, *, today: date) -> str:
    """When something is due, as it is said: "due today", "due in 5 days", "3 weeks overdue"."""
    away = distance(day, today=today)
    if away.is_today:
        return _("due today")
    if away.is_past:
        return _("%(distance)s overdue") % {"distance": distance_words(away.count, away.unit)}
    if away.unit is Unit.DAY and away.count == 1:
        return _("due tomorrow")
    return _("due in %(distance)s") % {"distance": distance_words(away.count, away.unit)}


def ahead_words(day: date, *, today: date) -> str:
    """How far off a day is that nothing is due on: "today", "in 5 days", "3 weeks ago"."""
    away = distance(day, today=today)
    if away.is_today:
        return _("today")
    values = {"distance": distance_words(away.count, away.unit)}
    return _("%(distance)s ago") % values if away.is_past else _("in %(distance)s") % values

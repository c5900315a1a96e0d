"""What a cell says, tidied; and what never leaves a file: e-mail addresses, telephone numbers, addresses on the web."""

import re
from datetime import date, datetime

Value = str | int | float | bool | date | None

SEED_CODE = re.compile(r"[0-9]{7}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\ufeff\ud800-\udfff]+")
_NOTE = re.compile(r"[\[(]\s*(?:notes?\b[^\])]*|\d+)\s*[\])]", re.IGNORECASE)
_CONTACT = re.compile(r"@|https?:|www\.|(?:\d[\s()+-]*){10}", re.IGNORECASE)
_DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y")

# One authority, many names: files write “Edinburgh City”, “City of Edinburgh”, “Edinburgh City of”, “Glasgow”.
_SMALL_WORDS = {"and", "city", "council", "islands", "isles", "of", "the"}
_OTHER_NAMES = {
    "western": "eileanan h na siar",
    "eilean siar": "eileanan h na siar",
    "comhairle eilean nan siar": "eileanan h na siar",
    "eileanan siar": "eileanan h na siar",
    "borders": "borders scottish",
}


def tidy(value: Value) -> str:
    """What a cell says, in one line without stray spaces or unseen characters; "" where it says nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    return " ".join(_UNSEEN.sub(" ", str(value)).split())


def without_notes(text: str) -> str:
    """A name or heading without the notes that some years carry: “Sample City [NOTE 2]”, “Pupil roll [Note 8]”."""
    return tidy(_NOTE.sub(" ", tidy(text)))


def same(text: str) -> str:
    """What stays of a heading or name when capitals, spaces, notes, line breaks and punctuation are taken away."""
    return "".join(re.findall(r"\w+", without_notes(text).casefold()))


def authority(name: str) -> str:
    """What is the same in all the names of one local authority; "" when there is no name."""
    words = re.findall(r"\w+", without_notes(name.replace("&", " and ")).casefold())
    key = " ".join(sorted(word for word in words if word not in _SMALL_WORDS))
    return _OTHER_NAMES.get(key, key)


def holds_contact_details(text: str) -> bool:
    """Whether this looks like an e-mail address, a web address or a telephone number."""
    return bool(_CONTACT.search(text))


def quoted(text: str) -> str:
    """What a cell says, for a sentence about it: shortened, and never with somebody's contact details."""
    if holds_contact_details(text):
        return "What stands there"
    return f"“{text[:39]}…”" if len(text) > 40 else f"“{text}”"


def seed_code(value: Value) -> str:
    """A SEED code as text; "" when the cell holds none. Files store codes as numbers."""
    text = tidy(value)
    return text if SEED_CODE.fullmatch(text) and text.isascii() else ""


def day(value: Value) -> date | None:
    """A date, also where it is written as text, as those before 1900 are."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for style in _DATES:
        try:
            return datetime.strptime(tidy(value), style).date()
        except ValueError:
            continue
    return None

"""Plain text out of whatever was pasted: from Word, from a web page, from a message. Pure."""

import html
import re
import unicodedata

_MARKUP = re.compile(
    r"<!--\[if|<o:p|<w:|</?(?:p|div|span|br|b|i|strong|em|ul|ol|li|table|tr|td|style|font|a)\b[^<>]*>", re.I
)
_STYLE = re.compile(r"<(style|script|xml)\b.*?</\1>|<!--.*?-->", re.I | re.DOTALL)
_ENDS_A_LINE = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.I)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
_BULLET = re.compile(r"^[ \t]*[•·▪▫◦‣●○§]\s*", re.MULTILINE)
_SPACES = re.compile(r"[^\S\n]")
_INVISIBLE = frozenset({"\u200b", "\u200c", "\u200e", "\u200f", "\u2060", "\ufeff", "\u00ad", "\u202a", "\u202c"})
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"})


def plain(text: str) -> str:
    """The words, their paragraphs and list points, and nothing else. Doing it twice changes nothing more."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)
    if _MARKUP.search(text):
        text = html.unescape(_TAG.sub("", _ENDS_A_LINE.sub("\n", _STYLE.sub("", text))))
    text = unicodedata.normalize("NFC", text)
    # Word writes its bullets with signs of a font of its own.
    text = "".join("•" if unicodedata.category(sign) == "Co" else sign for sign in text if _is_kept(sign))
    text = _SPACES.sub(" ", _BULLET.sub("- ", text))
    text = re.sub(r"[ ]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _is_kept(sign: str) -> bool:
    if sign in "\n\t":
        return True
    return sign not in _INVISIBLE and unicodedata.category(sign) not in {"Cc", "Cs", "Cn"}

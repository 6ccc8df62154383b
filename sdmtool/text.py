"""Plain text from people: what may be stored, and nothing that could hide or rewrite a page.

Removed: control characters (NUL among them), direction overrides, zero-width characters. Stacked
combining marks are cut to two, so that one letter cannot climb over the lines above it.
"""

import re
import unicodedata

KEPT_CONTROLS = frozenset("\n\t")
HIDDEN = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
_MANY_MARKS = re.compile(
    r"([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{2})"
    r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """`text` with line breaks kept, everything invisible removed, ends trimmed."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(letter for letter in normal if _may_stay(letter))
    return _MANY_MARKS.sub(r"\1", kept).strip()


def one_line(text: str) -> str:
    """`plain(text)` on one line, runs of space folded."""
    return _SPACES.sub(" ", plain(text))


def _may_stay(letter: str) -> bool:
    if letter in KEPT_CONTROLS:
        return True
    return letter not in HIDDEN and unicodedata.category(letter) not in {
        "Cc",
        "Cs",
        "Co",
        "Cn",
    }

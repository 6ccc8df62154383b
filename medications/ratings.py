"""The five ratings of a side effect, and how far each can be trusted. Standard library only.

The words are the paper's key (Brooks and others, Int J Ment Health Syst 2017;11:42, Appendix 2).
*Not known* is a rating of its own: it is never none, never zero, never blank.
Tests: tests/medications/test_ratings.py.
"""

from enum import StrEnum


class Rating(StrEnum):
    """What is known about one side effect of one medicine. The value is the code used in files."""

    NOT_KNOWN = "U"
    NONE = "0"
    ONE = "1"
    TWO = "2"
    THREE = "3"

    @property
    def is_known(self) -> bool:
        return self is not Rating.NOT_KNOWN

    @property
    def level(self) -> int | None:
        """0 to 3, or None when not known. Never 0 for not known."""
        return int(self.value) if self.is_known else None

    @property
    def symbol(self) -> str:
        return _SYMBOLS[self]

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def tone(self) -> str:
        """The ending of a CSS class, as in `rating--two`."""
        return _TONES[self]

    @property
    def spoken(self) -> str:
        """The rating as a screen reader should say it."""
        pluses = _PLUSES.get(self)
        return f"{pluses}, {self.words}" if pluses else self.words


_SYMBOLS = {
    Rating.NOT_KNOWN: "?",
    Rating.NONE: "0",
    Rating.ONE: "+",
    Rating.TWO: "++",
    Rating.THREE: "+++",
}
_WORDS = {
    Rating.NOT_KNOWN: "not known",
    Rating.NONE: "none",
    Rating.ONE: "uncommon or mild",
    Rating.TWO: "commoner or moderately severe",
    Rating.THREE: "common or more severe",
}
_TONES = {
    Rating.NOT_KNOWN: "unknown",
    Rating.NONE: "none",
    Rating.ONE: "one",
    Rating.TWO: "two",
    Rating.THREE: "three",
}
_PLUSES = {Rating.ONE: "one plus", Rating.TWO: "two pluses", Rating.THREE: "three pluses"}

PLUSES = (Rating.ONE, Rating.TWO, Rating.THREE)
KEY = "; ".join(f"{rating.symbol} {rating.words}" for rating in PLUSES)


class Confidence(StrEnum):
    """How far a rating can be trusted.

    The value is the word used in files; a rating not known has none.
    """

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    PUBLISHED_CARD = "published card"
    NOT_RATED = ""

    @property
    def words(self) -> str:
        return _CONFIDENCE[self]


_CONFIDENCE = {
    Confidence.HIGH: "good evidence",
    Confidence.MODERATE: "some evidence",
    Confidence.LOW: "weak evidence",
    Confidence.PUBLISHED_CARD: "as on the published card",
    Confidence.NOT_RATED: "not rated",
}

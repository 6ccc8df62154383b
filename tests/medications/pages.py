"""What a reader finds on a card's page: the ratings and the words, read back from the HTML."""

import re
from html.parser import HTMLParser

from medications.ratings import Rating

BY_WORDS = {rating.words: rating for rating in Rating}
NEVER = re.compile(r"\b(patients?|compliance|compliant|recommend\w*|best|safest)\b", re.I)


class Ratings(HTMLParser):
    """The card page's full list: the label in <b>, then the rating component."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Rating] = {}
        self.text: list[str] = []
        self._in_list = False
        self._label = ""
        self._reading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == "ul":
            self._in_list = "ratings" in classes
        if self._in_list and tag == "b" and "rating__symbol" not in classes:
            self._reading, self._label = "label", ""
        elif self._in_list and "rating__words" in classes:
            self._reading = "words"
        elif tag in {"a", "small"} or "rating__symbol" in classes:
            self._reading = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in {"b", "span"}:
            self._reading = ""

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._reading == "label":
            self._label += data
        elif self._reading == "words":
            self.found[self._label.strip()] = BY_WORDS[data.strip()]


def ratings_on_page(html: str) -> dict[str, Rating]:
    """Label to rating, as the page shows them in its list of 36."""
    reader = Ratings()
    reader.feed(html)
    return reader.found


def words_on_page(html: str) -> str:
    """Everything a reader sees, tags taken away."""
    reader = Ratings()
    reader.feed(html)
    return " ".join(" ".join(reader.text).split())

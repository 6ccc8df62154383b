"""What a reader finds on a card's PDF: each word where it stands, and the ratings read from that.

A table on paper is read by place: a row begins where its rating begins, its label stands to the
left (for the main side effects by rule: the symbol stands left, the label to the right of it).
"""

import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path

from medications.ratings import Rating
from medications.snapshots import Release

BY_SYMBOL = {rating.symbol: rating for rating in Rating}
PRINTED = {
    rating.words if rating is Rating.NONE else f"{rating.symbol} {rating.words}": rating
    for rating in Rating
}
WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>'
)
WATERMARK = 40  # points: nothing else on a card is set as tall
STARTS = {"+", "++", "+++", "?", "none"}
SLACK = 4.0  # points
MARGIN = (38.0, 796.0)  # points from the top: the lines that stand on every page are outside
MIDDLE = 292.0  # points from the left: where the second column of the list begins


@dataclass(frozen=True)
class Word:
    """One word and the point of the paper where it begins."""

    page: int
    x: float
    y: float
    text: str

    @property
    def row(self) -> tuple[int, float]:
        return self.page, self.y


def text_of(pdf: bytes, *options: str) -> str:
    """What `pdftotext` reads in a PDF."""
    return _told("pdftotext", pdf, *options, after=("-",))


def facts_of(pdf: bytes) -> dict[str, str]:
    """What a PDF says about itself: Tagged, Title, Pages …"""
    lines = (line.partition(":") for line in _told("pdfinfo", pdf).splitlines())
    return {name: value.strip() for name, _, value in lines}


def read_aloud(pdf: bytes) -> str:
    """The text in the order of the tags, which is the order of a screen reader."""
    told = _told("pdfinfo", pdf, "-struct-text")
    return " ".join(re.findall(r'"(.*)"', told))


def _told(tool: str, pdf: bytes, *options: str, after: tuple[str, ...] = ()) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "card.pdf"
        path.write_bytes(pdf)
        command = [tool, *options, str(path), *after]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def words_of(pdf: bytes) -> list[Word]:
    """Every word but those of the watermark and of the margins."""
    found = []
    for page, text in enumerate(text_of(pdf, "-bbox").split("<page ")[1:]):
        for x, top, bottom, word in WORD.findall(text):
            is_text = float(bottom) - float(top) < WATERMARK
            if is_text and MARGIN[0] < float(top) < MARGIN[1]:
                found.append(Word(page, float(x), float(top), unescape(word)))
    return found


def ratings_on_paper(pdf: bytes, release: Release) -> dict[str, Rating]:
    """Code to rating, for every side effect whose label and rating stand together."""
    words = words_of(pdf)
    box, key = _place_of(words, "Main side effects"), _place_of(words, "uncommon or mild;")
    table, end = _place_of(words, "effect on the form"), _place_of(words, "means no more")
    main = [word for word in words if box.row <= word.row < (key.page, key.y - SLACK)]
    rest = [word for word in words if table.row < word.row < end.row]
    headings = {group for group, _ in release.groups()}
    labels = {_joined(effect.label): effect.code for effect in release.effects}
    found: dict[str, Rating] = {}
    for label, rating in (*_beside(rest, headings), *_after(main)):
        code = labels.get(_joined(label))
        if code:
            assert code not in found, f"{label} stands there twice"
            found[code] = rating
    return found


def _joined(label: str) -> str:
    """A label without its spaces: a line may break after a stroke."""
    return "".join(label.split())


def _place_of(words: list[Word], phrase: str) -> Word:
    """The first word of the first place where `phrase` stands."""
    wanted = phrase.split()
    for place in range(len(words)):
        if [word.text for word in words[place : place + len(wanted)]] == wanted:
            return words[place]
    return Word(0, 0.0, 0.0, "")  # not there: nothing stands before it


def _columns(starts: Iterable[Word]) -> list[float]:
    """Where the starts stand, from left to right, one place for each column."""
    places: list[float] = []
    for x in sorted(word.x for word in starts):
        if not places or x - places[-1] > 2 * SLACK:
            places.append(x)
    return places


def _beside(words: list[Word], headings: set[str]) -> Iterator[tuple[str, Rating]]:
    """Label and rating of each row of the list.

    The label is what stands to the left, as far down as the next row; symbol and words must agree.
    """
    starts = [word for word in words if word.text in STARTS]
    columns = _columns(starts)
    edges = [0.0, MIDDLE, 1_000.0] if len(columns) == 2 else [0.0, 1_000.0]
    for column, (left, right) in zip(columns, pairwise(edges), strict=True):
        in_column = [word for word in starts if abs(word.x - column) < SLACK]
        for row, until in _rows(in_column, in_column):
            inside = [w for w in words if left <= w.x < right and _from(row) <= w.row < until]
            label = _text(word for word in inside if word.x < column - SLACK)
            says = _text(word for word in inside if word.x >= column - SLACK)
            heading = next((name for name in headings if label.endswith(f" {name}")), "")
            yield label.removesuffix(heading), PRINTED[says]


def _after(words: list[Word]) -> Iterator[tuple[str, Rating]]:
    """Label and rating in the box: the label right of its symbol, as far as the next one."""
    starts = [word for word in words if word.text in STARTS]
    for column, edge in pairwise([*_columns(starts), 1_000.0]):
        in_column = [word for word in starts if abs(word.x - column) < SLACK]
        for row, until in _rows(in_column, starts):
            label = _text(
                word
                for word in words
                if word is not row
                and column - SLACK < word.x < edge - SLACK
                and _from(row) <= word.row < until
            )
            yield label, BY_SYMBOL[row.text]


def _rows(
    starts: Iterable[Word], borders: Iterable[Word]
) -> Iterator[tuple[Word, tuple[int, float]]]:
    """Each start, and the place on the paper where its row ends: at the next of the borders."""
    below = sorted({_from(word) for word in borders})
    for row in starts:
        yield row, next((place for place in below if place > row.row), (99, 0.0))


def _from(row: Word) -> tuple[int, float]:
    return row.page, row.y - SLACK


def _text(words: Iterable[Word]) -> str:
    in_order = sorted(words, key=lambda word: (word.page, word.y, word.x))
    return " ".join(word.text for word in in_order if word.text != "(serious)")

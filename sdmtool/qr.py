"""A square that a phone's camera reads: an address, drawn as one path for an inline SVG.

Tests: tests/consultations/test_invitation_letter.py.
"""

from dataclasses import dataclass
from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M


@dataclass(frozen=True)
class Square:
    """`side`: how many little squares wide, the white rim included. `path`: the black ones, each
    run of a row as one stroke.
    """

    side: int
    path: str


def square(text: str) -> Square:
    """The square that says `text`. Up to about 150 letters stay easy to read on paper."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return Square(len(rows), "".join(_row(y, row) for y, row in enumerate(rows)))


def _row(y: int, row: list[bool]) -> str:
    strokes, x = "", 0
    for is_black, run in groupby(row):
        width = len(list(run))
        if is_black:
            strokes += f"M{x} {y}h{width}v1h-{width}z"
        x += width
    return strokes

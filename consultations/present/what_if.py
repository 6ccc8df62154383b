"""What would change if the list were in another order: who moves where, and why. Standard library
only. Tests: tests/consultations/test_what_if.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from consultations import pinning, what_if
from consultations.answers import Answers, Places
from consultations.present.compare import pinned_order, slug_of_name
from consultations.present.comparison import ComparisonPage, Row, comparison
from consultations.present.order import OrderRow, order_rows
from consultations.present.sentences import capital, listed, number
from consultations.ranking import Ranking
from consultations.snapshots import Compared
from medications.snapshots import Release

NO_CHANGE = "No medicine changes places."
AS_SENT = "This is the list as it was sent."
NAMED = 4


@dataclass(frozen=True)
class TriedRow:
    """One medicine: its place in this order, its place on the list as sent, and what happened."""

    place: str
    was: str
    name: str
    change: str
    has_moved: bool
    why: str


@dataclass(frozen=True)
class WhatIfPage:
    """The page. `order` is what the form carries; `is_as_sent`: nothing has been tried yet.

    `without_place`: medicines that have a place on the list as sent, and none in this order.
    """

    order: str
    rows: tuple[OrderRow, ...]
    medicines: tuple[TriedRow, ...]
    says: str
    without_place: str
    is_as_sent: bool


def what_if_page(compared: Compared, release: Release, places: Places) -> WhatIfPage:
    """The pinned comparison beside the same one with `places`. Nothing of it is kept."""
    shown = compared.inputs["shown"]
    answers = replace(Answers.from_json(shown["answers"]), places=places)
    match = what_if.tried(compared.inputs, places)
    order = comparison(
        release,
        match,
        Ranking.of(answers),
        current=slug_of_name(release, shown["current_medicine"]),
    )
    before = pinned_order(compared, release)
    was = {row.slug: row.place for row in before.rows}
    steps = what_if.steps(pinning.from_json(compared.result), match)
    is_as_sent = places == Answers.from_json(shown["answers"]).places
    return WhatIfPage(
        order=what_if.written(places),
        rows=order_rows(release, answers),
        medicines=tuple(
            _row(row, was.get(row.slug, ""), steps.get(row.slug)) for row in order.rows
        ),
        says=AS_SENT if is_as_sent else _says(release, steps, was, order),
        without_place=_names(release, was.keys() - {row.slug for row in order.rows}),
        is_as_sent=is_as_sent,
    )


def _row(row: Row, was: str, steps: int | None) -> TriedRow:
    return TriedRow(row.place, was or "none", row.name, _change(steps), steps != 0, row.why)


def _change(steps: int | None) -> str:
    if steps is None:
        return "has a place now"
    if not steps:
        return "same place"
    return f"{number(abs(steps))} {'up' if steps > 0 else 'down'}"


def _says(
    release: Release, steps: dict[str, int], was: dict[str, str], order: ComparisonPage
) -> str:
    """One sentence: how many change places, and which ones when they are few."""
    now = {row.slug for row in order.rows}
    moved = {slug for slug, by in steps.items() if by} | (now ^ was.keys())
    if not moved:
        return NO_CHANGE
    if len(moved) <= NAMED:
        named = _names(release, moved)
        return f"{named} change{'s' if len(moved) == 1 else ''} places."
    return (
        f"{capital(number(len(moved)))} of {number(len(now | was.keys()))} medicines change places."
    )


def _names(release: Release, slugs: Iterable[str]) -> str:
    return listed([capital(release.profile(slug).name) for slug in sorted(slugs)])

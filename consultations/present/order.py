"""The page on which the list is put in order: its rows with their buttons, and what just happened.

Standard library only. Tests: tests/consultations/test_respond_order.py.
"""

from dataclasses import dataclass

from consultations.answers import OWN, Answers
from consultations.moves import Move
from consultations.present.choices import label
from consultations.present.own_list import own_lines
from medications.snapshots import Release


@dataclass(frozen=True)
class OrderRow:
    """One line with its buttons. `number` is where it stands; `next_label` what follows it."""

    number: int
    item: str
    place: int
    label: str
    is_shared: bool
    is_own_words: bool
    can_go_up: bool
    can_go_down: bool
    same_as_next: bool
    same_as_last: bool
    next_label: str


def order_rows(release: Release, answers: Answers) -> tuple[OrderRow, ...]:
    lines, items = own_lines(release, answers), answers.items
    rows = []
    for n, (line, item) in enumerate(zip(lines, items, strict=True)):
        after = lines[n + 1] if n + 1 < len(lines) else None
        same_as_last = n > 0 and lines[n - 1].place == line.place
        rows.append(
            OrderRow(
                number=n,
                item=item,
                place=line.place,
                label=line.label,
                is_shared=line.is_shared,
                is_own_words=item == OWN,
                can_go_up=line.place > 1 or line.is_shared,
                can_go_down=after is not None or line.is_shared,
                same_as_next=after is not None and after.place == line.place,
                same_as_last=same_as_last,
                next_label=after.label if after else "",
            )
        )
    return tuple(rows)


def told(release: Release, answers: Answers, item: str) -> str:
    """Where `item` stands now, in one sentence; empty when it is not on the list."""
    for shared, place in zip(answers.places, _numbers(answers), strict=True):
        if item in shared:
            name = label(release, answers, item)
            others = [label(release, answers, other) for other in shared if other != item]
            same = f", the same as {' and '.join(others)}" if others else ""
            return f"{name} is now number {place}{same}."
    return ""


def all_told(answers: Answers) -> str:
    """What "I cannot put these in order" did."""
    return f"All {len(answers.items)} are now equal. We talk about the order when we meet."


def focus_after(release: Release, answers: Answers, move: Move, item: str) -> str:
    """The id of the button that keeps the focus: the one pressed, or the one that takes it back."""
    for row in order_rows(release, answers):
        if row.item != item:
            continue
        if move in (Move.UP, Move.DOWN):
            there = row.can_go_up if move is Move.UP else row.can_go_down
            other = Move.DOWN if move is Move.UP else Move.UP
            return f"{(move if there else other).value}_{row.number}"
        return f"{(Move.APART if row.same_as_next else Move.SAME).value}_{row.number}"
    return ""


def _numbers(answers: Answers) -> list[int]:
    numbers, taken = [], 1
    for shared in answers.places:
        numbers.append(taken)
        taken += len(shared)
    return numbers

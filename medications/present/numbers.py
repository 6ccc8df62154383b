"""Trial figures in words. Standard library only.

Whole people in 100, halves upwards, because nobody pictures 7.6 people. Where rounding makes both
figures equal the words say so; where the trials cannot tell the two apart, the words say that. A
figure from fewer than 100 people is called rough.
Tests: tests/medications/test_present_numbers.py.
"""

from dataclasses import dataclass

from medications.snapshots import PerHundred

FEW_PEOPLE = 100


@dataclass(frozen=True)
class NumberLine:
    """One trial figure in words, with what to mind about it and how many people it rests on.

    `in_100` and `dummy_in_100` are the two figures alone, for a table.
    """

    words: str
    caveat: str
    people: str
    how_many: int
    measure: str
    in_100: str
    dummy_in_100: str


def number_line(number: PerHundred) -> NumberLine:
    """The words for one figure."""
    return NumberLine(
        words=_both(number),
        caveat=_caveat(number),
        people=_people(number),
        how_many=number.people,
        measure=number.measure,
        in_100=_whole(number.in_100),
        dummy_in_100=_whole(number.dummy_in_100),
    )


def _both(number: PerHundred) -> str:
    return (
        f"{_whole(number.in_100)} in 100 people, "
        f"{_whole(number.dummy_in_100)} in 100 on a dummy pill"
    )


def _whole(people: int) -> str:
    return str(people) if people else "fewer than 1"


def _caveat(number: PerHundred) -> str:
    is_same = number.in_100 == number.dummy_in_100
    if is_same and number.is_clear:
        return "the same once rounded, though the trials show a difference"
    if is_same:
        return "the same once rounded"
    return "" if number.is_clear else "too close to call"


def _people(number: PerHundred) -> str:
    trials = "1 trial" if number.trials == 1 else f"{number.trials} trials"
    if number.people < FEW_PEOPLE:
        return f"only {number.people} people in {trials}, so rough"
    return f"{number.people:,} people in {trials}"

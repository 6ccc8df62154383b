"""Trial figures in words a person can picture."""

from dataclasses import replace
from decimal import Decimal

import pytest

from medications.present.numbers import number_line
from medications.snapshots import PerHundred, Release, SourceRef

SOURCE = SourceRef("a_paper", "A paper", "2020", "", "", "randomised trials")
CLEAR = PerHundred("akathisia", Decimal("0.0792"), Decimal("0.0443"), 1116, 9, True, SOURCE)


def test_a_clear_difference_is_said_with_people_and_trials() -> None:
    line = number_line(CLEAR)
    assert line.words == "8 in 100 people, 4 in 100 on a dummy pill"
    assert (line.caveat, line.people) == ("", "1,116 people in 9 trials")


def test_a_difference_the_trials_cannot_tell_is_too_close_to_call() -> None:
    assert number_line(replace(CLEAR, is_clear=False)).caveat == "too close to call"


@pytest.mark.parametrize(
    ("is_clear", "says"),
    [
        (False, "the same once rounded"),
        (True, "the same once rounded, though the trials show a difference"),
    ],
)
def test_figures_that_rounding_makes_equal_say_so(is_clear: bool, says: str) -> None:
    line = number_line(replace(CLEAR, risk=Decimal("0.0391"), is_clear=is_clear))
    assert line.words == "4 in 100 people, 4 in 100 on a dummy pill"
    assert line.caveat == says


def test_less_than_half_a_person_is_fewer_than_one_and_never_nobody() -> None:
    line = number_line(replace(CLEAR, risk=Decimal("0.004")))
    assert line.words == "fewer than 1 in 100 people, 4 in 100 on a dummy pill"


@pytest.mark.parametrize(
    ("people", "trials", "says"),
    [
        (99, 2, "only 99 people in 2 trials, so rough"),
        (100, 1, "100 people in 1 trial"),
        (26, 1, "only 26 people in 1 trial, so rough"),
    ],
)
def test_a_figure_from_few_people_is_called_rough(people: int, trials: int, says: str) -> None:
    assert number_line(replace(CLEAR, people=people, trials=trials)).people == says


def test_every_figure_in_the_release_agrees_with_its_risk(release: Release) -> None:
    shown = [n for p in release.profiles for row in p.rows for n in row.numbers]
    for number in shown:
        line = number_line(number)
        assert line.words.startswith(f"{number.risk * 100:.0f} in 100") or "fewer" in line.words
        assert abs(number.in_100 - number.risk * 100) <= Decimal("0.5")
        assert ("same" in line.caveat) == (number.in_100 == number.dummy_in_100)

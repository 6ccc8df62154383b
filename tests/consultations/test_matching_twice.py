"""The product's matcher beside a second, slow one that was written from the description alone."""

from itertools import product

import pytest

from consultations.matching import match
from tests.consultations.matching_mutants import wrong
from tests.consultations.matching_trials import (
    SHAPES,
    beside_the_slow_one,
    each_pair_by_itself,
    every_pair_at_once,
    every_small_profile,
)


@pytest.mark.catalogue("H3")
def test_a_hundred_thousand_generated_cases_agree_in_every_field(rng, say):
    trial = beside_the_slow_one(match, rng, 100_000)
    say(f"two implementations: {trial}")
    assert trial.cases >= 100_000
    assert trial.wrong == []


@pytest.mark.catalogue("H3")
@pytest.mark.parametrize("shape", SHAPES)
def test_every_pair_of_small_medicines_agrees(shape, say):
    """All of them stand in one order: a third medicine changes nothing between two (law 4)."""
    trial = every_pair_at_once(match, SHAPES[shape])
    say(f"every pair of two medicines, four effects, five values, places {shape}: {trial}")
    assert trial.cases == 390_625
    assert trial.wrong == []


@pytest.mark.catalogue("H3")
def test_pairs_that_stand_alone_agree_as_well(rng, say):
    """A sample; bin/bench --full takes all 390,625 one by one."""
    pairs = rng.sample(list(product(every_small_profile(), repeat=2)), 5_000)
    trial = each_pair_by_itself(match, SHAPES["1 2 3 4"], pairs)
    say(f"pairs that stand alone: {trial}")
    assert trial.wrong == []


@pytest.mark.catalogue("H3", "H4")
@pytest.mark.parametrize("mistake", ["a missing row read as none", "ties broken by what is known"])
def test_the_comparison_finds_a_matcher_that_is_slightly_wrong(mistake, rng):
    assert beside_the_slow_one(wrong(mistake), rng, 3_000).wrong


@pytest.mark.catalogue("H3", "H4")
def test_the_comparison_of_every_pair_finds_a_matcher_that_is_slightly_wrong():
    assert every_pair_at_once(
        wrong("the claim forgets the gaps of the better"), SHAPES["1 2 3 4"]
    ).wrong

"""The nine laws and the catalogue's invariants, each with a matcher that breaks it."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.matching import match
from tests.consultations import matching_laws as laws
from tests.consultations.matching_cases import CODES, Case, generate
from tests.consultations.matching_laws import INVARIANTS, LAWS, title
from tests.consultations.matching_mutants import wrong
from tests.consultations.matching_trials import (
    SHAPES,
    every_gap_beside_every_medicine,
    random_gaps,
    through_the_laws,
)

# For each law a wrong matcher that this law alone must find out.
BREAKS = {
    laws.law_1_losing_a_known_level_never_improves_a_place: "not known counted as none",
    laws.law_2_who_is_beaten_stands_below: "help outweighs the list",
    laws.law_3_raising_a_level_never_improves_a_place: "the heaviest burden first",
    laws.law_4_another_medicine_never_reorders_the_rest: "levels are relative to the others",
    laws.law_5_the_order_in_which_medicines_arrive_never_matters: (
        "the order depends on how medicines arrive"
    ),
    laws.law_6_identical_profiles_share_a_place: "ties broken by name",
    laws.law_7_helpful_effects_break_ties_and_nothing_else: "help is taken off the burden",
    laws.law_8_too_little_known_is_never_placed_and_no_concern_has_no_order: "half known is enough",
    laws.law_9_every_medicine_appears_exactly_once: "too little known vanishes",
    laws.unknown_is_never_above_none_or_one_plus: "a missing row read as none",
    laws.every_gap_is_named: "gaps are not named",
    laws.swapping_two_concerns_swaps_two_mirrored_medicines: "priority the wrong way round",
    laws.what_is_not_on_the_list_plays_no_part: "effects nobody chose break ties",
    laws.names_play_no_part: "ties broken by name",
    laws.places_count_those_ahead_and_ties_are_called_joint: "the next place does not skip",
    laws.set_aside_neither_beats_nor_is_beaten: "set aside is ranked all the same",
    laws.a_claim_holds_for_any_weights_that_fall: "better on the sum alone",
    laws.a_claim_for_unequal_steps_holds_for_any_steps: "unequal steps are not asked",
    laws.a_claim_never_hides_a_loss_of_help: "the claim forgets the helpful effects",
    laws.the_same_question_has_the_same_answer: "every second answer is another",
}


@st.composite
def cases(draw):
    codes = draw(st.permutations(CODES))
    k = draw(st.integers(1, 5))
    sizes, left = [], k
    while left:
        sizes.append(draw(st.integers(1, left)))
        left -= sizes[-1]
    rest = iter(codes)
    concerns = tuple(tuple(next(rest) for _ in range(size)) for size in sizes)
    helpful = frozenset(list(rest)[: draw(st.integers(0, 2))])
    profile = st.dictionaries(st.sampled_from(CODES), st.integers(0, 3))
    full = st.fixed_dictionaries({code: st.integers(0, 3) for code in CODES})
    profiles = draw(st.lists(full | profile, min_size=1, max_size=5))
    names = [f"medicine {n}" for n in range(len(profiles))]
    aside = {name: "ruled out" for name in names if draw(st.integers(0, 9)) == 0}
    return Case(concerns, dict(zip(names, profiles, strict=True)), helpful, aside)


@pytest.mark.catalogue("H1", "H2")
@pytest.mark.parametrize("law", [*LAWS, *INVARIANTS], ids=title)
@settings(max_examples=60)
@given(case=cases(), rng=st.randoms(use_true_random=False))
def test_the_law_holds_for_any_list_and_any_release(law, case, rng):
    law(match, case, rng)


@pytest.mark.catalogue("H1", "H2", "H4")
@pytest.mark.parametrize("law", [*LAWS, *INVARIANTS], ids=title)
def test_the_law_finds_out_a_matcher_that_breaks_it(law, rng):
    broken = wrong(BREAKS[law])
    with pytest.raises(AssertionError):
        for _ in range(3000):
            law(broken, generate(rng), rng)


@pytest.mark.catalogue("H2")
def test_the_laws_hold_in_thirty_thousand_generated_cases(rng, say):
    trial = through_the_laws(match, rng, 30_000)
    say(f"laws and invariants: {trial}")
    assert trial.wrong == []


@pytest.mark.catalogue("H1")
@pytest.mark.parametrize("shape", SHAPES)
def test_a_gap_never_helps_in_any_pair_of_small_medicines(shape, say):
    trial = every_gap_beside_every_medicine(match, SHAPES[shape])
    say(f"not known beside every medicine, places {shape}: {trial}")
    assert trial.cases == 390_625
    assert trial.wrong == []


@pytest.mark.catalogue("H1")
def test_a_gap_never_helps_in_a_hundred_thousand_random_pairs(rng, say):
    trial = random_gaps(match, rng, 100_000)
    say(f"not known beside none and one plus: {trial}")
    assert trial.wrong == []


@pytest.mark.catalogue("H1", "H4")
@pytest.mark.parametrize("mistake", ["not known counted as none", "ordered by the best case"])
def test_both_searches_for_gaps_find_out_a_matcher_to_which_a_gap_is_none(mistake, rng):
    broken = wrong(mistake)
    assert every_gap_beside_every_medicine(broken, SHAPES["1 2 3 4"]).wrong
    assert random_gaps(broken, rng, 1_000).wrong


PRINT_A_DIGEST = """
import hashlib, random, sys
sys.path.insert(0, {root!r})
from consultations.matching import match
from tests.consultations.matching_cases import generate
from tests.consultations.matching_trials import answer
rng, seen = random.Random({seed}), hashlib.sha256()
for _ in range(300):
    told = answer(match, generate(rng))
    for row in told["placed"]:
        seen.update(repr(sorted((k, sorted(v) if isinstance(v, (set, frozenset)) else v)
                                for k, v in row.items())).encode())
    seen.update(repr((told["unplaced"], told["set_aside"])).encode())
sys.stdout.write(seen.hexdigest())
"""


@pytest.mark.catalogue("H2")
def test_ten_processes_with_ten_hash_seeds_give_the_same_answers():
    root = Path(__file__).parents[2]
    script = PRINT_A_DIGEST.format(root=str(root), seed=random.Random(0).random())
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(10)
    }
    assert len(digests) == 1
    assert len(digests.pop()) == 64

"""What must be true of every order of medicines, as checks that take the matcher they try.

A law is `law(match, case, rng)`. It raises AssertionError when the matcher breaks it; `rng` chooses
the medicine, the effect or the shuffle, so a case can be tried many times. The first nine are the
laws of the method in its own order; the others are invariants of the test catalogue (H1, H2).
"""

import random

from tests.consultations import slow_matching
from tests.consultations.matching_cases import Case

NO_PLACE = 999


def place_of(result, medicine):
    """Its place; one without a place comes after all that have one."""
    return next((p.place for p in result.placed if p.medicine == medicine), NO_PLACE)


def standing(result):
    """medicine -> place, for all that have one."""
    return {p.medicine: p.place for p in result.placed}


def relation(places, a, b):
    return (places[a] > places[b]) - (places[a] < places[b])


def law_1_losing_a_known_level_never_improves_a_place(match, case, rng):
    name = rng.choice(list(case.profiles))
    for effect in [code for code in case.profiles[name] if code in _asked(case)]:
        after = case.with_level(name, effect, None)
        assert place_of(after.through(match), name) >= place_of(case.through(match), name)


def law_2_who_is_beaten_stands_below(match, case, rng):
    result = case.through(match)
    places = standing(result)
    for placed in result.placed:
        for winner in placed.beaten_by | placed.beaten_by_unequal | placed.beaten_on_concerns:
            assert winner != placed.medicine
            assert winner not in places or places[winner] < placed.place
        assert placed.beaten_by_unequal <= placed.beaten_by <= placed.beaten_on_concerns


def law_3_raising_a_level_never_improves_a_place(match, case, rng):
    name = rng.choice(list(case.profiles))
    for effect in case.effects:
        level = case.profiles[name].get(effect)
        if level is not None and level < 3:
            worse = case.with_level(name, effect, rng.randint(level + 1, 3))
            assert place_of(worse.through(match), name) >= place_of(case.through(match), name)


def law_4_another_medicine_never_reorders_the_rest(match, case, rng):
    gone = rng.choice(list(case.profiles))
    rest = {name: levels for name, levels in case.profiles.items() if name != gone}
    aside = {name: why for name, why in case.set_aside.items() if name != gone}
    with_it = standing(case.through(match))
    without = standing(Case(case.concerns, rest, case.helpful, aside).through(match))
    assert set(without) == set(with_it) - {gone}
    for a in without:
        for b in without:
            assert relation(without, a, b) == relation(with_it, a, b)


def law_5_the_order_in_which_medicines_arrive_never_matters(match, case, rng):
    shuffled = {}
    for name in rng.sample(list(case.profiles), len(case.profiles)):
        levels = list(case.profiles[name].items())
        shuffled[name] = dict(rng.sample(levels, len(levels)))
    aside = dict(reversed(case.set_aside.items()))
    again = Case(case.concerns, shuffled, case.helpful, aside)
    assert again.through(match) == case.through(match)


def law_6_identical_profiles_share_a_place(match, case, rng):
    twin_of = rng.choice(case.ranked or list(case.profiles))
    if twin_of in case.set_aside:
        return
    twin = case.with_profile(f"{twin_of} again", dict(case.profiles[twin_of]))
    result = twin.through(match)
    pair = [p for p in result.placed if p.medicine in (twin_of, f"{twin_of} again")]
    assert len(pair) in (0, 2)
    assert len({p.place for p in pair}) <= 1
    assert all(p.joint for p in pair)
    assert not any({q.medicine for q in pair} & p.beaten_on_concerns for p in pair)


def law_7_helpful_effects_break_ties_and_nothing_else(match, case, rng):
    plain = Case(case.concerns, case.profiles, frozenset(), case.set_aside).through(match)
    assert all(p.helpful == 0 and not p.helpful_missing for p in plain.placed)
    assert all(p.beaten_by == p.beaten_on_concerns for p in plain.placed)
    ticked, before = case.through(match), standing(plain)
    after = standing(ticked)
    assert set(before) == set(after)
    for a in before:
        for b in before:
            if before[a] < before[b]:
                assert after[a] < after[b]
    for a in ticked.placed:
        for b in ticked.placed:
            if before[a.medicine] == before[b.medicine] and a.helpful > b.helpful:
                assert a.place < b.place


def law_8_too_little_known_is_never_placed_and_no_concern_has_no_order(match, case, rng):
    weight = slow_matching.weight_of_each(
        case.concerns, slow_matching.centroid_weights(len(case.effects))
    )
    result = case.through(match)
    placed = standing(result)
    for name in case.ranked:
        known = sum(weight[code] for code in case.effects if code in case.profiles[name])
        assert (name in placed) == (5 * known >= 3 * slow_matching.PARTS)
    try:
        Case((), case.profiles, case.helpful, case.set_aside).through(match)
    except ValueError:
        return
    raise AssertionError("an order without a concern")


def law_9_every_medicine_appears_exactly_once(match, case, rng):
    result = case.through(match)
    rows = [*result.placed, *result.unplaced, *result.set_aside]
    assert sorted(row.medicine for row in rows) == sorted(case.profiles)
    assert {row.medicine: row.reason for row in result.set_aside} == case.set_aside


def unknown_is_never_above_none_or_one_plus(match, case, rng):
    """H1 a, b, c: beside a twin that differs only in one ranked effect being none, or one plus."""
    name, effect = rng.choice(list(case.profiles)), rng.choice(case.effects)
    if name in case.set_aside:
        return
    with_gap = case.with_level(name, effect, None)
    none = case.with_level(name, effect, 0).profiles[name]
    one = case.with_level(name, effect, 1).profiles[name]
    both = with_gap.with_profile("none", none).with_profile("one plus", one).through(match)
    for known in ("none", "one plus"):
        assert place_of(both, name) == NO_PLACE or place_of(both, known) < place_of(both, name)


def every_gap_is_named(match, case, rng):
    """H1 e, f: a missing row is not known; each gap is listed with the medicine that has it."""
    result = case.through(match)
    for row in [*result.placed, *result.unplaced]:
        gaps = [code for code in case.effects if code not in case.profiles[row.medicine]]
        assert list(row.missing) == gaps
    for placed in result.placed:
        levels = [case.profiles[placed.medicine].get(code) for code in case.effects]
        assert list(placed.levels) == levels


def swapping_two_concerns_swaps_two_mirrored_medicines(match, case, rng):
    """H2, priority: a is bad on the first place only, b on a later place only."""
    effects = case.effects
    if len(case.concerns) < 2:
        return
    here, there = rng.choice(case.concerns[0]), rng.choice(case.concerns[-1])
    clean = dict.fromkeys(effects, 0)
    level = rng.randint(1, 3)
    mirrored = {"a": {**clean, here: level}, "b": {**clean, there: level}}
    result = Case(case.concerns, mirrored).through(match)
    assert [p.medicine for p in result.placed] == ["b", "a"]
    assert [p.place for p in result.placed] == [1, 2]
    turned = {here: there, there: here}
    swapped = tuple(tuple(turned.get(code, code) for code in place) for place in case.concerns)
    assert [p.medicine for p in Case(swapped, mirrored).through(match).placed] == ["a", "b"]


def what_is_not_on_the_list_plays_no_part(match, case, rng):
    """H2, irrelevance: effects that are neither ranked nor ticked."""
    result = case.through(match)
    asked = _asked(case)
    for name in case.profiles:
        others = {f"other {n}": rng.randint(0, 3) for n in range(rng.randint(0, 3))}
        kept = {code: level for code, level in case.profiles[name].items() if code in asked}
        case = case.with_profile(name, {**others, **kept})
    assert case.through(match) == result


def names_play_no_part(match, case, rng):
    """H2, permutation of names: the same places, claims and gaps for other names."""
    other = dict(
        zip(case.profiles, rng.sample(list(case.profiles), len(case.profiles)), strict=True)
    )
    renamed = Case(
        case.concerns,
        {other[name]: levels for name, levels in case.profiles.items()},
        case.helpful,
        {other[name]: why for name, why in case.set_aside.items()},
    ).through(match)
    theirs = {p.medicine: p for p in renamed.placed}
    for mine in case.through(match).placed:
        twin = theirs[other[mine.medicine]]
        assert (mine.place, mine.joint, mine.order_sensitive, mine.could_be_first) == (
            twin.place,
            twin.joint,
            twin.order_sensitive,
            twin.could_be_first,
        )
        assert {other[name] for name in mine.beaten_by} == twin.beaten_by
        assert {other[name] for name in mine.beaten_on_concerns} == twin.beaten_on_concerns


def places_count_those_ahead_and_ties_are_called_joint(match, case, rng):
    """H2, ties: the same burden and the same help is one place number, and the next place skips."""
    result = case.through(match)
    for placed in result.placed:
        ahead = [p for p in result.placed if p.place < placed.place]
        beside = [p for p in result.placed if p.place == placed.place]
        assert placed.place == len(ahead) + 1
        assert placed.joint == (len(beside) > 1)
        assert len({(p.burden_high, p.helpful) for p in beside}) == 1
    keys = [(p.burden_high, -p.helpful) for p in result.placed]
    assert keys == sorted(keys)


def set_aside_neither_beats_nor_is_beaten(match, case, rng):
    """H2: a medicine set aside is never inside the order and no claim speaks of it."""
    result = case.through(match)
    for placed in result.placed:
        assert placed.medicine not in case.set_aside
        assert not placed.beaten_on_concerns.intersection(case.set_aside)


def a_claim_holds_for_any_weights_that_fall(match, case, rng):
    """As the pages say it, "however much more your first worry matters"; any order in a place."""
    for effects, winner, loser, _ in _claims(match, case, rng):
        weights = sorted((rng.random() ** 3 for _ in effects), reverse=True)
        better = sum(w * winner.get(code, 3) for w, code in zip(weights, effects, strict=True))
        worse = sum(w * loser.get(code, 0) for w, code in zip(weights, effects, strict=True))
        assert better <= worse + 1e-9


def a_claim_for_unequal_steps_holds_for_any_steps(match, case, rng):
    """The stronger claim, for any value of one, two and three pluses that does not fall."""
    for effects, winner, loser, placed in _claims(match, case, rng):
        weights = sorted((rng.random() ** 3 for _ in effects), reverse=True)
        value = [0, *sorted(rng.random() ** 3 for _ in range(3))]
        better = sum(w * value[winner.get(c, 3)] for w, c in zip(weights, effects, strict=True))
        worse = sum(w * value[loser.get(c, 0)] for w, c in zip(weights, effects, strict=True))
        unequal = any(case.profiles[name] is winner for name in placed.beaten_by_unequal)
        assert not unequal or better <= worse + 1e-9


def a_claim_never_hides_a_loss_of_help(match, case, rng):
    for placed in case.through(match).placed:
        mine = case.profiles[placed.medicine]
        for winner in placed.beaten_by:
            theirs = case.profiles[winner]
            assert all(theirs.get(code, 0) >= mine.get(code, 3) for code in case.helpful)


def the_same_question_has_the_same_answer(match, case, rng):
    """H2, determinism: asked again, and asked after something else was asked."""
    before = case.through(match)
    rng.choice([case, case.with_profile("another", {})]).through(match)
    for name in case.profiles:
        changed = {code: 3 - level for code, level in case.profiles[name].items()}
        case.with_profile(name, changed).through(match)
    assert case.through(match) == before


def _claims(match, case, rng):
    """For each claim: the list in one line, who does better, who is beaten (profiles), its row."""
    effects = [code for place in case.concerns for code in rng.sample(place, len(place))]
    for placed in case.through(match).placed:
        for name in placed.beaten_on_concerns:
            yield effects, case.profiles[name], case.profiles[placed.medicine], placed


def _asked(case):
    return {*case.effects, *case.helpful}


LAWS = [
    law_1_losing_a_known_level_never_improves_a_place,
    law_2_who_is_beaten_stands_below,
    law_3_raising_a_level_never_improves_a_place,
    law_4_another_medicine_never_reorders_the_rest,
    law_5_the_order_in_which_medicines_arrive_never_matters,
    law_6_identical_profiles_share_a_place,
    law_7_helpful_effects_break_ties_and_nothing_else,
    law_8_too_little_known_is_never_placed_and_no_concern_has_no_order,
    law_9_every_medicine_appears_exactly_once,
]
INVARIANTS = [
    unknown_is_never_above_none_or_one_plus,
    every_gap_is_named,
    swapping_two_concerns_swaps_two_mirrored_medicines,
    what_is_not_on_the_list_plays_no_part,
    names_play_no_part,
    places_count_those_ahead_and_ties_are_called_joint,
    set_aside_neither_beats_nor_is_beaten,
    a_claim_holds_for_any_weights_that_fall,
    a_claim_for_unequal_steps_holds_for_any_steps,
    a_claim_never_hides_a_loss_of_help,
    the_same_question_has_the_same_answer,
]


def title(law):
    return law.__name__.replace("_", " ")


def try_laws(match, case: Case, rng: random.Random, laws=(*LAWS, *INVARIANTS)) -> None:
    for law in laws:
        law(match, case, rng)

import json
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations import pinning
from consultations.matching import match
from consultations.reasons import Reason, WhyAside

CODES = tuple("abcdefgh")
LEVELS = st.dictionaries(
    st.sampled_from([f"m{number}" for number in range(8)]),
    st.dictionaries(st.sampled_from(CODES), st.integers(0, 3)),
    min_size=1,
)


@st.composite
def wishes(draw):
    order = draw(st.permutations(CODES))
    length = draw(st.integers(1, 5))
    cuts = draw(st.sets(st.integers(1, length))) | {length}
    ends = sorted(cuts)
    starts = [0, *ends[:-1]]
    places = tuple(tuple(order[a:b]) for a, b in zip(starts, ends, strict=True))
    return places, frozenset(draw(st.sets(st.sampled_from(order[length:]))))


def kept(wish, levels, aside=()):
    reasons = {name: Reason(WhyAside.RULED_OUT, "heart tracing", "Dr Example") for name in aside}
    return pinning.inputs(
        concerns=wish[0], helpful=wish[1], levels=levels, set_aside=reasons, shown={"edition": "x"}
    )


@given(wishes(), LEVELS, st.data())
def test_what_went_in_gives_the_same_bytes_again_after_a_stay_in_a_database(wish, levels, data):
    aside = data.draw(st.sets(st.sampled_from(sorted(levels))))
    first = kept(wish, levels, aside)
    result = pinning.replay(first)
    stored = json.loads(json.dumps(first, sort_keys=True)), json.loads(json.dumps(result))
    assert pinning.canonical(pinning.replay(stored[0])) == pinning.canonical(stored[1])


@given(wishes(), LEVELS)
def test_a_kept_result_reads_back_as_the_match_it_was(wish, levels):
    found = match(wish[0], levels, helpful=wish[1])
    assert pinning.from_json(json.loads(json.dumps(pinning.as_json(found)))) == found


@pytest.mark.catalogue("H5")
def test_one_level_changed_changes_the_fingerprint():
    """The control: the fingerprint is over everything that went in."""
    wish = ((("a",), ("b",)), frozenset())
    levels = {"m1": {"a": 1, "b": 0}, "m2": {"a": 0, "b": 3}}
    changed = {**levels, "m1": {"a": 2, "b": 0}}
    assert pinning.fingerprint(kept(wish, levels)) != pinning.fingerprint(kept(wish, changed))
    assert pinning.fingerprint(kept(wish, levels)) == pinning.fingerprint(kept(wish, dict(levels)))


def test_not_known_is_kept_as_missing_and_never_as_none():
    result = pinning.replay(kept(((("a",), ("b",)), frozenset()), {"m1": {"a": 0}}))
    assert result["placed"][0]["levels"] == [0, None]
    assert result["placed"][0]["missing"] == ["b"]


def test_a_list_of_own_words_alone_puts_no_medicine_in_an_order():
    levels = MappingProxyType({"m1": {"a": 0}, "m2": {}})
    result = pinning.replay(kept(((), frozenset()), levels, aside=["m2"]))
    assert result["placed"] == []
    assert [row["medicine"] for row in result["unplaced"]] == ["m1"]
    assert [row["medicine"] for row in result["set_aside"]] == ["m2"]

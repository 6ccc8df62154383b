"""Wrong matchers, one mistake each, through the checks of the right one: all are found out."""

import random
from collections import Counter

import pytest

from consultations.matching import match
from tests.consultations import matching_cases as known
from tests.consultations.matching_laws import try_laws
from tests.consultations.matching_mutants import MUTANTS, WRAPPERS, every_wrong_matcher
from tests.consultations.matching_trials import answer, slowly

EXAMPLES = [
    known.TIES_AND_CLAIMS,
    known.NOT_KNOWN,
    known.SHARED_PLACE,
    known.SHARED_PLACE_NO_TICK,
    known.GUARD,
    known.JUST_ENOUGH,
]


@pytest.fixture(scope="module")
def examples():
    return [(case, slowly(case)) for case in EXAMPLES]


@pytest.fixture(scope="module")
def generated():
    rng = random.Random("wrong matchers")
    cases = [known.generate(rng) for _ in range(3_000)]
    return [(case, slowly(case)) for case in cases]


def refuses_what_it_must(matcher):
    for concerns, helpful, _ in known.NO_LISTS:
        with pytest.raises(ValueError, match="place|concern|twice|helpful|Both"):
            matcher(concerns, {"m": {"a": 1}}, helpful=helpful, set_aside={})
    for level in known.NO_LEVELS:
        with pytest.raises(ValueError, match="level"):
            matcher(known.FIVE, {"m": {"first": level}}, helpful=frozenset(), set_aside={})


def keeps_the_laws(matcher):
    rng = random.Random("laws for wrong matchers")
    for _ in range(40):
        try_laws(matcher, known.generate(rng), rng)


def agrees(matcher, answers):
    return all(answer(matcher, case) == right for case, right in answers)


def found_out_by(matcher, examples, generated):
    """The first check this matcher fails; None when it passes them all."""
    if not agrees(matcher, examples):
        return "worked examples"
    for check, name in ((refuses_what_it_must, "refusals"), (keeps_the_laws, "laws")):
        try:
            check(matcher)
        except (Exception, pytest.fail.Exception):
            return name
    return None if agrees(matcher, generated) else "second implementation"


@pytest.mark.catalogue("H4")
def test_every_wrong_matcher_is_found_out(examples, generated, say):
    found = {
        name: found_out_by(matcher, examples, generated)
        for name, matcher in every_wrong_matcher().items()
    }
    by = Counter(check for check in found.values() if check)
    say(f"wrong matchers: {sum(by.values())} of {len(found)} found out, first by {dict(by)}")
    assert [name for name, check in found.items() if check is None] == []
    assert len(found) == len(MUTANTS) + len(WRAPPERS) >= 30


@pytest.mark.catalogue("H4")
def test_the_right_matcher_passes_the_same_checks(examples, generated):
    assert found_out_by(match, examples, generated) is None


@pytest.mark.catalogue("H4")
def test_the_second_implementation_alone_finds_out_all_but_the_refusals(examples, generated):
    passed = {
        name
        for name, matcher in every_wrong_matcher().items()
        if agrees(matcher, [*examples, *generated])
    }
    assert passed == {
        "six concerns are taken",
        "a list without a concern is taken",
        "the same effect twice is taken",
        "the same effect both ways is taken",
        "level four is taken",
    }

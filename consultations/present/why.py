"""Why a medicine stands where it stands, in one or two plain sentences. Standard library only.

What is said: how the first worries are rated, which others are rated none, what is worst, what is
not known, and where the evidence is weak. The cells beside it give every rating.
Tests: tests/consultations/test_comparison_words.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from consultations.present.sentences import all_of, are, as_nouns, capital, number
from medications.ratings import Confidence, Rating
from medications.snapshots import Effect

NAMED_WEAK = 2  # so many weak ratings are named; more are counted


@dataclass(frozen=True)
class Worry:
    """One compared concern of one medicine, in the order of the list."""

    effect: Effect
    place: int
    rating: Rating
    confidence: Confidence


def why(worries: Sequence[Worry], *, partly: bool = False) -> str:
    """The sentences for one medicine; empty for a list without a compared concern.

    `partly`: the list also holds own words, so "your first two" might not be the first two.
    """
    opening, said = _opening(worries, partly=partly)
    rest = [worry for worry in worries if worry not in said]
    clauses = [opening, _rated_none(rest)]
    sentences = ["; ".join(clause for clause in clauses if clause), _worst(rest)]
    sentences += [_not_known(worries), _weak(worries)]
    return " ".join(f"{capital(sentence)}." for sentence in sentences if sentence)


def same_as(name: str, worries: Sequence[Worry], *, partly: bool = False) -> str:
    """For one whose ratings are those of another, on every compared concern."""
    if len(worries) == 1:
        return f"The same rating as {name}."
    return f"The same ratings as {name} on {all_of(len(worries), partly=partly)}."


def _opening(worries: Sequence[Worry], *, partly: bool) -> tuple[str, list[Worry]]:
    """How the first worries are rated, and which of them that speaks of."""
    if not worries or not worries[0].rating.is_known:
        return "", []
    rating, run = worries[0].rating, [] if partly else _run(worries)
    if len(run) == len(worries) > 1:
        return f"{all_of(len(run))} of your worries are {_rated(rating)}", run
    if len(run) > 1:
        return f"your first {number(len(run))} worries are {_rated(rating)}", run
    alike = [worry for worry in worries if worry.rating is rating]
    alike = alike[:1] if rating is Rating.ONE else alike
    return f"{_nouns(alike)} {_are(alike)} {_rated(rating)}", alike


def _run(worries: Sequence[Worry]) -> list[Worry]:
    """The first worries that are rated alike, by whole places."""
    run: list[Worry] = []
    for worry in worries:
        beside = [w for w in worries if w.place == worry.place]
        if any(w.rating is not worries[0].rating for w in beside):
            break
        run.append(worry)
    return run


def _rated_none(rest: Sequence[Worry]) -> str:
    none = [worry for worry in rest if worry.rating is Rating.NONE]
    return f"{_nouns(none)} {_are(none)} rated none" if none else ""


def _worst(rest: Sequence[Worry]) -> str:
    for rating in (Rating.THREE, Rating.TWO):
        bad = [worry for worry in rest if worry.rating is rating]
        if bad:
            return f"{_nouns(bad)} {_are(bad)} {rating.words}"
    return ""


def _not_known(worries: Sequence[Worry]) -> str:
    gaps = [worry for worry in worries if not worry.rating.is_known]
    if not gaps:
        return ""
    counted = (
        "it is counted as if it were" if len(gaps) == 1 else "they are counted as if they were"
    )
    return f"{_nouns(gaps)} {_are(gaps)} not known, so {counted} {Rating.THREE.words}"


def _weak(worries: Sequence[Worry]) -> str:
    weak = [worry for worry in worries if worry.confidence is Confidence.LOW]
    if not weak:
        return ""
    if len(weak) <= NAMED_WEAK:
        return f"the evidence on {_nouns(weak)} is weak"
    if len(weak) == len(worries):
        return f"the evidence on {all_of(len(weak))} is weak"
    return f"the evidence on {number(len(weak))} of the {number(len(worries))} is weak"


def _rated(rating: Rating) -> str:
    return "rated none" if rating is Rating.NONE else rating.words


def _nouns(worries: Sequence[Worry]) -> str:
    return as_nouns([worry.effect for worry in worries])


def _are(worries: Sequence[Worry]) -> str:
    return are([worry.effect for worry in worries])

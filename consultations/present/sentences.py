"""Small pieces of plain English for the clinic's pages. Standard library only.

A label in the middle of a sentence is the paper's label without its capital; three labels that are
no nouns get the few words that make them one. Nothing is shortened.
Tests: tests/consultations/test_comparison_words.py.
"""

from collections.abc import Sequence

from medications.snapshots import Effect

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_AS_NOUN = {
    "evening_sleepiness": "being sleepy in the evening or at night",
    "periods_irregular": "periods being irregular and not often",
    "moving_body_parts": "parts of the body seeming to move by themselves (e.g. feet)",
}
COMPARED = " that could be compared"
_PLURAL = frozenset({"stiff_muscles", "muscle_spasms"})


def listed(names: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; empty for none."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def number(n: int) -> str:
    """A count as a word up to ten, then in figures; 0 is "no"."""
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)


def medicines(n: int) -> str:
    return f"{number(n)} medicine{'' if n == 1 else 's'}"


def capital(text: str) -> str:
    """With a capital at the front, the rest as it is."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """As it stands in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def as_noun(effect: Effect) -> str:
    """A side effect in the middle of a sentence."""
    return _AS_NOUN.get(effect.code, small(effect.label))


def are(effects: Sequence[Effect]) -> str:
    """ "is" or "are" after `as_nouns` of the same side effects."""
    return "are" if len(effects) > 1 or effects[0].code in _PLURAL else "is"


def as_nouns(effects: Sequence[Effect]) -> str:
    return listed([as_noun(effect) for effect in effects])


def all_of(n: int, *, partly: bool = False) -> str:
    """Every worry that is compared: "all five", "both", "it"; `partly` when own words are not."""
    return {1: "it", 2: "both"}.get(n, f"all {number(n)}") + (COMPARED if partly else "")


def worries(n: int, *, partly: bool = False) -> str:
    """ "your one worry", "your five worries", or "the four worries that could be compared"."""
    noun = "worry" if n == 1 else "worries"
    return f"{'the' if partly else 'your'} {number(n)} {noun}{COMPARED if partly else ''}"

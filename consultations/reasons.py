"""Why a medicine is set aside for one decision, and how to ask for another look.

Standard library only. Nothing is removed silently: a medicine set aside stays on the page with its
reason and with whoever gave it.
Tests: tests/consultations/test_comparison_words.py.
"""

from dataclasses import dataclass
from enum import StrEnum


class WhyAside(StrEnum):
    """What kind of reason it is."""

    NOT_STOCKED = "not_stocked"  # not on the formulary of this clinic
    RULED_OUT = "ruled_out"  # by the prescriber, for this person
    NOT_AGAIN = "not_again"  # the person would not take it again
    NEEDS_HISTORY = "needs_history"  # one the person does not have, as for clozapine

    @property
    def how_to_ask(self) -> str:
        """One sentence for the page: what can be done when this should be looked at again."""
        return _HOW_TO_ASK[self]


_HOW_TO_ASK = {
    WhyAside.NOT_STOCKED: "An exception can be asked for: say so today.",
    WhyAside.RULED_OUT: "Ask for this to be looked at again: say so today.",
    WhyAside.NOT_AGAIN: "It can be put back, but only the person whose list it is can ask that.",
    WhyAside.NEEDS_HISTORY: "If something is missing from the record, say so today and ask again.",
}


@dataclass(frozen=True)
class Reason:
    """Why one medicine is set aside: the words, and who gave them ("Dr Example", "the release")."""

    why: WhyAside
    words: str
    given_by: str

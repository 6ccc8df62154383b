"""How a decision can end, and whether the person has their copy. Standard library only."""

from enum import StrEnum


class Outcome(StrEnum):
    """How a decision can end. None of them is a failure."""

    MEDICINE = "medicine"
    OPTION = "option"
    NOT_TODAY = "not_today"
    YOU_DECIDE = "you_decide"
    NO_AGREEMENT = "no_agreement"

    @property
    def label(self) -> str:
        return _OUTCOMES[self]

    @property
    def names_an_option(self) -> bool:
        """Whether the decision must say which option was chosen."""
        return self in (Outcome.MEDICINE, Outcome.OPTION)


class CopyGiven(StrEnum):
    """Whether the person has the sheet."""

    PRINTED = "printed"
    NOT_WANTED = "not_wanted"
    LATER = "later"

    @property
    def label(self) -> str:
        return _COPIES[self]


_OUTCOMES = {
    Outcome.MEDICINE: "A medicine",
    Outcome.OPTION: "Another option",
    Outcome.NOT_TODAY: "Not today",
    Outcome.YOU_DECIDE: "“You decide this time”",
    Outcome.NO_AGREEMENT: "We do not agree",
}
_COPIES = {
    CopyGiven.PRINTED: "Printed and given",
    CopyGiven.NOT_WANTED: "Does not want one now",
    CopyGiven.LATER: "Will be given later",
}

OUTCOME_CHOICES = [(outcome.value, outcome.label) for outcome in Outcome]
COPY_CHOICES = [(copy.value, copy.label) for copy in CopyGiven]

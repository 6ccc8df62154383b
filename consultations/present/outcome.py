"""How a meeting ended, in words. Standard library only."""

from collections.abc import Mapping
from typing import Any

from consultations.outcomes import CopyGiven, Outcome
from consultations.present import days
from consultations.snapshots import Deciding


def outcome_words(outcome: str) -> str:
    return Outcome(outcome).label if outcome else ""


def copy_words(copy: str) -> str:
    return CopyGiven(copy).label if copy else ""


def decided(deciding: Deciding, titles: Mapping[str, str]) -> dict[str, Any]:
    """The decision and the plan, for the record."""
    chosen = titles.get(deciding.chosen, deciding.chosen)
    return {
        "outcome": outcome_words(deciding.outcome),
        "chosen": chosen,
        "headline": headline(deciding.outcome, chosen),
        "details": deciding.details,
        "plan": deciding.plan,
        "watch_for": deciding.watch_for,
        "review": _review(deciding),
        "copy": copy_words(deciding.copy_given),
    }


def headline(outcome: str, chosen: str) -> str:
    """The decision in one line: what was chosen, or how it was left."""
    if not outcome:
        return "Nothing is decided yet."
    if Outcome(outcome).names_an_option:
        return chosen
    return f"{outcome_words(outcome)}: {chosen}" if chosen else outcome_words(outcome)


def _review(deciding: Deciding) -> str:
    if deciding.review_on:
        return f"{deciding.review_on:%A} {days.day(deciding.review_on)}"
    return f"No review, because: {deciding.no_review_because}" if deciding.no_review_because else ""

"""What a curator enters into a draft, before it is stored: plain values. Standard library only.

Two drafts are the same when their entries are equal; that is how an import sees that nothing
changed.
"""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from medications.ratings import Confidence, Rating


@dataclass(frozen=True)
class EffectEntry:
    """One of the 36, as the vocabulary holds it."""

    code: str
    number: int
    label: str
    group: str
    sentence: str


@dataclass(frozen=True)
class SourceEntry:
    """Something a rating or a number was taken from."""

    code: str
    citation: str
    year: str
    address: str
    licence: str
    kind: str


@dataclass(frozen=True)
class MedicineEntry:
    """A medicine and what does not change with a profile. `sources` are source codes."""

    slug: str
    name: str
    generation: str
    chemical_class: str
    atc_code: str
    forms: tuple[str, ...]
    long_acting: tuple[str, ...]
    needs_two_trials: bool
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class NumberEntry:
    """One trial figure that measures the effect itself. Risks are proportions, 0 to 1."""

    measure: str
    risk: Decimal
    dummy_risk: Decimal
    people: int
    trials: int
    is_clear: bool
    source: str


@dataclass(frozen=True)
class RatingEntry:
    """The rating of one side effect, with everything that goes with it.

    `sources` are source codes.
    """

    effect: str
    rating: Rating = Rating.NOT_KNOWN
    confidence: Confidence = Confidence.NOT_RATED
    borrowed: bool = False
    zero_means: str = ""
    sources_disagree: bool = False
    serious: bool = False
    on_card: bool = False
    card_wording: str = ""
    sources: tuple[str, ...] = ()
    numbers: tuple[NumberEntry, ...] = ()


@dataclass(frozen=True)
class TextEntry:
    """One passage of the card, and where its facts come from.

    An empty reviewer means nobody has checked it.
    """

    field: str
    text: str
    source: str
    address: str
    dated: str
    reviewer: str = ""
    is_demonstration: bool = True


def values(entry: Any, *but: str) -> dict[str, Any]:
    """What an entry holds, by name, as it is; without the names in `but`."""
    return {
        field.name: getattr(entry, field.name) for field in fields(entry) if field.name not in but
    }

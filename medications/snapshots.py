"""What leaves this app: one release as frozen dataclasses. Standard library only.

A release is read once per process and shared, so nothing here can change. Every profile holds all
36 side effects in the order of the paper form; one that nobody has rated is there as *not known*.
Tests: tests/medications/test_snapshots.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from medications.ratings import Confidence, Rating


@dataclass(frozen=True)
class Effect:
    """One of the tool's 36 side effects, in the paper's number and words."""

    code: str
    number: int
    label: str
    group: str
    sentence: str


@dataclass(frozen=True)
class SourceRef:
    """Where a rating or a number comes from."""

    code: str
    citation: str
    year: str
    address: str
    licence: str
    kind: str


@dataclass(frozen=True)
class PerHundred:
    """How many people had the side effect in trials. Risks are proportions, 0 to 1.

    `is_clear` says that the 95 % interval of the difference from a dummy pill leaves out no
    difference.
    """

    measure: str
    risk: Decimal
    dummy_risk: Decimal
    people: int
    trials: int
    is_clear: bool
    source: SourceRef

    @property
    def in_100(self) -> int:
        return whole_in_100(self.risk)

    @property
    def dummy_in_100(self) -> int:
        return whole_in_100(self.dummy_risk)


@dataclass(frozen=True)
class RatingRow:
    """One side effect on one medicine's card."""

    effect: Effect
    rating: Rating
    confidence: Confidence = Confidence.NOT_RATED
    borrowed: bool = False
    sources_disagree: bool = False
    zero_means: str = ""
    serious: bool = False
    on_card: bool = False
    card_wording: str = ""
    sources: tuple[SourceRef, ...] = ()
    numbers: tuple[PerHundred, ...] = ()


@dataclass(frozen=True)
class CardText:
    """A passage of a card in our own words, with where its facts come from.

    Empty text is shown as empty.
    """

    field: str
    text: str
    source: str
    address: str
    dated: str
    reviewer: str
    is_demonstration: bool


@dataclass(frozen=True)
class Profile:
    """One medicine in one release:

    all 36 rows in the paper's order, and the card's passages by field.
    """

    slug: str
    name: str
    revision: int
    generation: str
    chemical_class: str
    forms: tuple[str, ...]
    long_acting: tuple[str, ...]
    needs_two_trials: bool
    note: str
    rows: tuple[RatingRow, ...]
    texts: Mapping[str, CardText]

    @property
    def is_rated(self) -> bool:
        """Whether at least one side effect is known. One that is not is never placed."""
        return any(row.rating.is_known for row in self.rows)

    def rating(self, code: str) -> Rating:
        """The rating of one side effect; not known for one this profile has never heard of."""
        return self._by_code().get(code, Rating.NOT_KNOWN)

    def levels(self) -> dict[str, int]:
        """Side effect code to level 0 to 3. What is not known is not in it."""
        return {code: r.level for code, r in self._by_code().items() if r.level is not None}

    def _by_code(self) -> dict[str, Rating]:
        return {row.effect.code: row.rating for row in self.rows}


@dataclass(frozen=True)
class Release:
    """One numbered, dated edition of all profiles, as it was signed.

    Medicines are in order of name.
    """

    number: int
    name: str
    published_on: date
    review_by: date
    is_demonstration: bool
    content_hash: str
    effects: tuple[Effect, ...]
    profiles: tuple[Profile, ...]

    def effect(self, code: str) -> Effect:
        """KeyError for a code this release has never heard of."""
        return {effect.code: effect for effect in self.effects}[code]

    def profile(self, slug: str) -> Profile:
        """KeyError for a medicine this release does not hold."""
        return {profile.slug: profile for profile in self.profiles}[slug]

    def levels(self) -> dict[str, dict[str, int]]:
        """Medicine to side effect code to level 0 to 3:

        what the match reads. Not known is left out.
        """
        return {profile.slug: profile.levels() for profile in self.profiles}

    def groups(self) -> tuple[tuple[str, tuple[Effect, ...]], ...]:
        """The effects in their body-area groups, groups and effects in the order of the paper
        form.
        """
        grouped: dict[str, list[Effect]] = {}
        for effect in self.effects:
            grouped.setdefault(effect.group, []).append(effect)
        return tuple((group, tuple(effects)) for group, effects in grouped.items())


def whole_in_100(risk: Decimal) -> int:
    """A proportion as a whole number of people in 100, halves upwards."""
    return int((risk * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))

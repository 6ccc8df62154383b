"""What a profile still lacks before it may be submitted. Standard library only.

Not known needs nothing: it is an honest answer, and five medicines have no other. A rating that is
known needs a source and a confidence; a *none* says what it means. Tests:
tests/medications/test_completeness.py.
"""

from collections.abc import Iterable, Sequence

from medications.entries import RatingEntry
from medications.ratings import Confidence, Rating


def lacks(ratings: Sequence[RatingEntry], codes: Iterable[str]) -> tuple[str, ...]:
    """Plain sentences, one for each thing missing; none when the profile is complete.

    `codes` are the side effects of the vocabulary: every one of them needs its row, even if not
    known.
    """
    present = {entry.effect for entry in ratings}
    missing = tuple(f"{code}: there is no row for it." for code in codes if code not in present)
    return missing + tuple(sentence for entry in ratings for sentence in _lacking(entry))


def _lacking(entry: RatingEntry) -> Iterable[str]:
    if not entry.rating.is_known:
        return
    if not entry.sources:
        yield f"{entry.effect}: a rating needs a source."
    if entry.confidence is Confidence.NOT_RATED:
        yield f"{entry.effect}: say how far the rating can be trusted."
    if entry.rating is Rating.NONE and not entry.zero_means:
        yield f"{entry.effect}: say what none means here."
    if entry.on_card and not entry.card_wording:
        yield f"{entry.effect}: it stands on the card, so it needs the card's wording."

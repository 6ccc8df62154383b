"""The words of the cards as entries: sentences, passages and serious markers. Standard library
only.

`fixtures/vocabulary/README.md` says what the files are. Tests: tests/content/.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from medications.card_fields import CardField
from medications.entries import EffectEntry, MedicineEntry, RatingEntry, SourceEntry, TextEntry

EVERY = "all"


class ContentError(ValueError):
    """A content file that does not fit the vocabulary, or lacks what it must say."""


@dataclass(frozen=True)
class Content:
    """The three files, as they stand. The methods put them where they belong."""

    groups: dict[str, str]
    sentences: dict[str, str]
    notes: dict[str, str]
    citations: dict[str, str]
    passages: tuple[dict[str, Any], ...]
    markers: tuple[dict[str, Any], ...]
    reviewer: str
    is_demonstration: bool

    def worded(self, effects: Iterable[EffectEntry]) -> tuple[EffectEntry, ...]:
        """The side effects with their sentence and the plainer group name.

        ContentError without a sentence.
        """
        return tuple(self._worded(effect) for effect in effects)

    def noted(self, medicines: Iterable[MedicineEntry]) -> tuple[MedicineEntry, ...]:
        """The medicines, their notes in plain words where there are some."""
        return tuple(
            replace(medicine, note=self.notes.get(medicine.slug, medicine.note))
            for medicine in medicines
        )

    def cited(self, sources: Iterable[SourceEntry]) -> tuple[SourceEntry, ...]:
        """The sources, in the words of our pages where theirs are not ours to use."""
        return tuple(
            replace(source, citation=self.citations.get(source.code, source.citation))
            for source in sources
        )

    def texts(self, slug: str) -> tuple[TextEntry, ...]:
        """The passages of one medicine's card; the last one for a field is the one that holds."""
        found = {
            passage["field"]: TextEntry(
                field=CardField(passage["field"]).value,
                text=passage["text"],
                source=passage["source"],
                address=passage["address"],
                dated=passage["dated"],
                reviewer=self.reviewer,
                is_demonstration=self.is_demonstration,
            )
            for passage in self.passages
            if _is_for(passage, slug)
        }
        return tuple(found[field] for field in sorted(found))

    def marked(self, slug: str, ratings: Iterable[RatingEntry]) -> tuple[RatingEntry, ...]:
        """The ratings of one medicine, those marked *serious* where the content says so."""
        serious = {marker["effect"] for marker in self.markers if _is_for(marker, slug)}
        return tuple(replace(entry, serious=entry.effect in serious) for entry in ratings)

    def _worded(self, effect: EffectEntry) -> EffectEntry:
        try:
            sentence = self.sentences[effect.code]
        except KeyError:
            raise ContentError(f"effects.toml has no sentence for {effect.code}.") from None
        return replace(effect, sentence=sentence, group=self.groups.get(effect.group, effect.group))


def read(folder: Path) -> Content:
    """The files in `folder`.

    ContentError, KeyError or ValueError when one does not hold what it should.
    """
    effects, cards, serious = (_toml(folder, name) for name in ("effects", "cards", "serious"))
    for passage in cards["passage"]:
        if not (passage["text"] and passage["source"] and passage["dated"]):
            raise ContentError(f"cards.toml: {passage['field']} lacks its text, source or date.")
    return Content(
        groups=effects["groups"],
        sentences=effects["sentences"],
        notes=cards["notes"],
        citations=cards["citations"],
        passages=tuple(cards["passage"]),
        markers=tuple(serious["marker"]),
        reviewer=cards["content"]["reviewer"],
        is_demonstration=cards["content"]["is_demonstration"],
    )


def _is_for(entry: dict[str, Any], slug: str) -> bool:
    if entry["medicines"] == EVERY:
        return slug not in entry.get("except", ())
    return slug in entry["medicines"]


def _toml(folder: Path, name: str) -> dict[str, Any]:
    with (folder / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)

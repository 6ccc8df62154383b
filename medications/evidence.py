"""The evidence files as entries. Standard library only; reads a folder, writes nothing.

`fixtures/evidence/README.md` says what the files are. A medicine and effect without a row in
ratings.csv is *not known*. Numbers for a card are trial estimates that measure the effect itself
and carry both risks; estimates borrowed from a wider measure, or given for context only, are not
shown as numbers for the effect. Tests: tests/medications/test_evidence.py.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from medications.entries import (
    EffectEntry,
    MedicineEntry,
    NumberEntry,
    RatingEntry,
    SourceEntry,
)
from medications.ratings import Confidence, Rating

Row = dict[str, str]
T = TypeVar("T", bound=StrEnum)


class EvidenceError(ValueError):
    """A file that cannot be read as evidence: which file, which line, what is wrong."""


@dataclass(frozen=True)
class Evidence:
    """The five files. `ratings`: medicine slug to its 36 entries in the order of the paper form."""

    effects: tuple[EffectEntry, ...]
    sources: tuple[SourceEntry, ...]
    medicines: tuple[MedicineEntry, ...]
    ratings: dict[str, tuple[RatingEntry, ...]]


def read(folder: Path) -> Evidence:
    """The files in `folder`. EvidenceError names the file and the line of what does not fit."""
    effects = tuple(sorted((_effect(row) for row in _rows(folder, "effects")), key=_by_number))
    sources = tuple(_source(row) for row in _rows(folder, "sources"))
    medicines = tuple(_medicine(row) for row in _rows(folder, "medicines"))
    known = _Codes(
        {effect.code for effect in effects},
        {source.code for source in sources},
        {medicine.slug for medicine in medicines},
    )
    ratings = _ratings(folder, known)
    numbers = _numbers(folder, known)
    return Evidence(
        effects,
        sources,
        medicines,
        {
            medicine.slug: tuple(
                replace(
                    ratings.get((medicine.slug, effect.code), RatingEntry(effect.code)),
                    numbers=tuple(numbers.get((medicine.slug, effect.code), ())),
                )
                for effect in effects
            )
            for medicine in medicines
        },
    )


@dataclass(frozen=True)
class _Codes:
    effects: set[str]
    sources: set[str]
    medicines: set[str]

    def check(self, where: str, row: Row, sources: tuple[str, ...]) -> None:
        if row["medicine"] not in self.medicines:
            raise EvidenceError(f"{where}: there is no medicine {row['medicine']!r}.")
        if row["effect"] not in self.effects:
            raise EvidenceError(f"{where}: there is no side effect {row['effect']!r}.")
        for code in sources:
            if code not in self.sources:
                raise EvidenceError(f"{where}: there is no source {code!r}.")


def _ratings(folder: Path, known: _Codes) -> dict[tuple[str, str], RatingEntry]:
    found: dict[tuple[str, str], RatingEntry] = {}
    for line, row in enumerate(_rows(folder, "ratings"), start=2):
        where = f"ratings.csv, line {line}"
        sources = _listed(row["source_ids"])
        known.check(where, row, sources)
        key = (row["medicine"], row["effect"])
        if key in found:
            raise EvidenceError(f"{where}: {key[0]} and {key[1]} stand there twice.")
        found[key] = RatingEntry(
            effect=row["effect"],
            rating=_one_of(Rating, row["rating"], where),
            confidence=_one_of(Confidence, row["confidence"], where),
            borrowed=_yes(row["borrowed"], where),
            zero_means=row["zero_means"],
            sources_disagree=_yes(row["sources_disagree"], where),
            on_card=_yes(row["on_card"], where),
            card_wording=row["card_wording"],
            sources=sources,
        )
    return found


def _numbers(folder: Path, known: _Codes) -> dict[tuple[str, str], list[NumberEntry]]:
    found: dict[tuple[str, str], list[NumberEntry]] = {}
    for line, row in enumerate(_rows(folder, "observations"), start=2):
        where = f"observations.csv, line {line}"
        known.check(where, row, (row["source_id"],))
        if row["evidence_type"] != "trial_network" or row["directness"] != "direct":
            continue
        if not (row["absolute_risk"] and row["placebo_risk"]):
            continue
        low, high = _decimal(row["ci_low"], where), _decimal(row["ci_high"], where)
        number = NumberEntry(
            measure=row["term"],
            risk=_decimal(row["absolute_risk"], where),
            dummy_risk=_decimal(row["placebo_risk"], where),
            people=int(row["n_patients"]),
            trials=int(row["n_trials"]),
            is_clear=not low <= 1 <= high,
            source=row["source_id"],
        )
        found.setdefault((row["medicine"], row["effect"]), []).append(number)
    return found


def _effect(row: Row) -> EffectEntry:
    return EffectEntry(row["code"], int(row["number"]), row["label"], row["group"], sentence="")


def _by_number(effect: EffectEntry) -> int:
    return effect.number


def _source(row: Row) -> SourceEntry:
    return SourceEntry(
        code=row["source_id"],
        citation=row["citation"],
        year=row["year"],
        address=row["url_or_doi"],
        licence=row["licence"],
        kind=row["kind"],
    )


def _medicine(row: Row) -> MedicineEntry:
    return MedicineEntry(
        slug=row["slug"],
        name=row["name"],
        generation=row["generation"],
        chemical_class=row["chemical_class"],
        atc_code=row["atc_code"],
        forms=_listed(row["formulations_in_dmd_2021"]),
        long_acting=_listed(row["long_acting_products_in_dmd_2021"]),
        needs_two_trials=_yes(row["treatment_resistant_only"], "medicines.csv"),
        note=row["note"],
        sources=_listed(row["source_ids"]),
    )


def _rows(folder: Path, name: str) -> Iterator[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _yes(cell: str, where: str) -> bool:
    if cell not in ("yes", "no"):
        raise EvidenceError(f"{where}: {cell!r} should be yes or no.")
    return cell == "yes"


def _one_of(kind: type[T], cell: str, where: str) -> T:
    try:
        return kind(cell)
    except ValueError:
        raise EvidenceError(f"{where}: {cell!r} is not a {kind.__name__.lower()}.") from None


def _decimal(cell: str, where: str) -> Decimal:
    try:
        return Decimal(cell)
    except InvalidOperation:
        raise EvidenceError(f"{where}: {cell!r} is not a number.") from None

"""The options that carry no ratings, in dated editions of content. Standard library only.

Each edition is one file in fixtures/options/ with a source for every text, its date, who reviewed
it ("" while nobody has) and whether it is demonstration text. A comparison keeps a copy of the
edition it was shown, so a later edition changes nothing that was decided.
Tests: tests/consultations/test_option_texts.py.
"""

import tomllib
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "options"
CODES = ("stay", "lower_dose", "other_form", "wait", "stop", "without_medicine")


class UnfitEdition(ValueError):
    """A file of option texts lacks something every option must have."""


@dataclass(frozen=True)
class OptionText:
    """What one option means: for the list, otherwise, and for what would be welcome."""

    code: str
    title: str
    detail: str
    on_list: str
    otherwise: str
    welcome: str
    citation: str
    address: str
    shows_current_ratings: bool = False


@dataclass(frozen=True)
class Edition:
    """All six options as they were worded on one day."""

    edition: str
    dated: date
    reviewer: str
    is_demonstration: bool
    options: tuple[OptionText, ...]

    def option(self, code: str) -> OptionText:
        """KeyError for a code that is none of the six."""
        return {option.code: option for option in self.options}[code]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "dated": self.dated.isoformat()}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Edition":
        options = tuple(OptionText(**option) for option in stored["options"])
        return cls(**{**stored, "dated": date.fromisoformat(stored["dated"]), "options": options})


def current_edition() -> Edition:
    """The newest edition by its file name, which is its date."""
    return read_edition(max(FOLDER.glob("*.toml")))


@lru_cache(maxsize=8)
def read_edition(path: Path) -> Edition:
    """One file. UnfitEdition unless it holds the six options, each with every text and a source."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    options = tuple(_option(option, content["sources"]) for option in content["options"])
    if tuple(option.code for option in options) != CODES:
        raise UnfitEdition(f"{path.name} does not hold the six options in order.")
    return Edition(
        edition=content["edition"],
        dated=content["dated"],
        reviewer=content["reviewer"],
        is_demonstration=content["demonstration"],
        options=options,
    )


def _option(written: dict[str, Any], sources: dict[str, dict[str, str]]) -> OptionText:
    fields = {name: value for name, value in written.items() if name != "source"}
    source = sources[written["source"]]
    option = OptionText(**fields, citation=source["citation"], address=source["address"])
    if not all((option.title, option.detail, option.on_list, option.otherwise, option.welcome)):
        raise UnfitEdition(f"{option.code} lacks a text.")
    return option

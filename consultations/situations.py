"""What can still be chosen in which situation, and the rights that go with it: dated content.
Standard library only.

Each edition is one file in fixtures/situations/ with a source for every text, its date, its
country, who reviewed it ("" while nobody has) and its status. A sheet keeps the name of the
edition its writer was shown, so a later edition changes nothing that was sent. Tests:
tests/content/test_situations.py.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "situations"
CODES = ("informal", "detained", "community_order", "lacks_capacity", "crisis")


class UnfitEdition(ValueError):
    """A file of situations lacks something every situation must have."""


@dataclass(frozen=True)
class SituationText:
    """For one situation: what can be chosen, what cannot, and which rights somebody has."""

    code: str
    title: str
    can_choose: tuple[str, ...]
    cannot_choose: tuple[str, ...]
    rights: tuple[str, ...]
    citation: str
    address: str


@dataclass(frozen=True)
class CrisisLine:
    """A number to ring when waiting is wrong."""

    number: str
    dial: str
    words: str


@dataclass(frozen=True)
class Entitlement:
    """Somebody or something a person can ask for. `code` names the clinic's own contact for it."""

    code: str
    title: str
    words: str
    situations: tuple[str, ...]
    citation: str
    address: str


@dataclass(frozen=True)
class Edition:
    """All situations as they were worded on one day. `in_force`: the day whose law they describe;
    `law_note`: what of a changing law is left out.
    """

    edition: str
    dated: date
    country: str
    status: str
    reviewer: str
    is_demonstration: bool
    in_force: date
    law_note: str
    law_address: str
    situations: tuple[SituationText, ...]
    carer: SituationText
    crisis: tuple[CrisisLine, ...]
    entitlements: tuple[Entitlement, ...]

    def situation(self, code: str) -> SituationText:
        """KeyError for a situation this edition has never heard of."""
        return {text.code: text for text in self.situations}[code]

    def entitled_to(self, code: str) -> tuple[Entitlement, ...]:
        """What somebody in this situation can ask for."""
        return tuple(one for one in self.entitlements if code in one.situations)


def current_edition() -> Edition:
    """The newest edition by its file name, which is its date."""
    return read_edition(max(FOLDER.glob("*.toml")))


def edition_of(name: str) -> Edition:
    """The edition of this name; the newest for "" and for one that is no longer shipped."""
    path = FOLDER / f"{name}.toml"
    return read_edition(path) if name and path in FOLDER.glob("*.toml") else current_edition()


@lru_cache(maxsize=8)
def read_edition(path: Path) -> Edition:
    """One file. UnfitEdition unless it holds every situation with texts and a source, and the
    crisis lines.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    sources = content["sources"]
    situations = tuple(_situation(written, sources) for written in content["situations"])
    if tuple(text.code for text in situations) != CODES:
        raise UnfitEdition(f"{path.name} does not hold the five situations in order.")
    return Edition(
        edition=content["edition"],
        dated=content["dated"],
        country=content["country"],
        status=content["status"],
        reviewer=content["reviewer"],
        is_demonstration=content["demonstration"],
        in_force=content.get("in_force", content["dated"]),
        law_note=content.get("law_note", ""),
        law_address=content.get("law_address", ""),
        situations=situations,
        carer=_text(
            {"code": "carer", "can_choose": [], "cannot_choose": [], **content["carer"]}, sources
        ),
        crisis=tuple(CrisisLine(**line) for line in content["crisis"]),
        entitlements=tuple(
            _entitlement(written, sources) for written in content.get("entitlements", ())
        ),
    )


def _situation(written: dict[str, Any], sources: dict[str, dict[str, str]]) -> SituationText:
    text = _text(written, sources)
    if not all((text.title, text.can_choose, text.cannot_choose, text.rights)):
        raise UnfitEdition(f"{text.code} lacks a text.")
    return text


def _entitlement(written: dict[str, Any], sources: dict[str, dict[str, str]]) -> Entitlement:
    if not set(written["situations"]) <= set(CODES):
        raise UnfitEdition(f"{written['code']} names a situation nobody knows.")
    return Entitlement(
        code=written["code"],
        title=written["title"],
        words=written["words"],
        situations=tuple(written["situations"]),
        **sources[written["source"]],
    )


def _text(written: dict[str, Any], sources: dict[str, dict[str, str]]) -> SituationText:
    source = sources[written["source"]]
    return SituationText(
        code=written["code"],
        title=written["title"],
        can_choose=tuple(written["can_choose"]),
        cannot_choose=tuple(written["cannot_choose"]),
        rights=tuple(written["rights"]),
        citation=source["citation"],
        address=source["address"],
    )

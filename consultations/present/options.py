"""Everything that can be discussed: the medicines of the release, and the six options that carry
no ratings.

A code names one: "medicine:aripiprazole", "stay". Standard library only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consultations.matching import Match
from consultations.option_texts import Edition
from consultations.present.sentences import capital
from medications.snapshots import Release

MEDICINE = "medicine:"


@dataclass(frozen=True)
class Option:
    """One option. `detail` is the line under its name; `is_aside`: kept out of the order."""

    code: str
    title: str
    detail: str
    is_medicine: bool = False
    is_aside: bool = False


def code_of(slug: str) -> str:
    return f"{MEDICINE}{slug}"


def slug_of(code: str) -> str:
    """The medicine a code names; "" when it names another option."""
    return code.removeprefix(MEDICINE) if code.startswith(MEDICINE) else ""


def options(
    release: Release, match: Match | None, edition: Edition, taking: str
) -> tuple[Option, ...]:
    """The six options first, then the medicines in their order. `taking`: medicine and dose now."""
    others = tuple(
        Option(text.code, text.title, _detail(text.code, text.detail, taking))
        for text in edition.options
    )
    where = _where(match) if match else {}
    medicines = [
        Option(
            code=code_of(profile.slug),
            title=capital(profile.name),
            detail=where.get(profile.slug, ""),
            is_medicine=True,
            is_aside=where.get(profile.slug) == ASIDE,
        )
        for profile in release.profiles
    ]
    in_order = list(where)
    return others + tuple(sorted(medicines, key=lambda o: _rank(in_order, slug_of(o.code))))


def choices_of(found: Iterable[Option]) -> list[tuple[str, str]]:
    return [(option.code, option.title) for option in found]


def titles(found: Iterable[Option]) -> Mapping[str, str]:
    return dict(choices_of(found))


ASIDE = "set aside"
NOT_ENOUGH = "not enough known"


def _where(match: Match) -> dict[str, str]:
    """Medicine to where it stands, in the order of the page."""
    placed = {p.medicine: f"place {p.place}{'=' if p.joint else ''}" for p in match.placed}
    unplaced = {u.medicine: NOT_ENOUGH for u in match.unplaced}
    return placed | unplaced | {s.medicine: ASIDE for s in match.set_aside}


def _rank(in_order: list[str], slug: str) -> tuple[int, str]:
    return (in_order.index(slug) if slug in in_order else len(in_order), slug)


def _detail(code: str, detail: str, taking: str) -> str:
    return taking if code == "stay" and taking else detail

"""The copy of all that is kept about somebody, in words for paper and as JSON. Standard library
only. Tests: tests/consultations/test_copies.py.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from consultations.present import days


class Told(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def rows(self) -> tuple[dict[str, Any], ...]: ...


@dataclass(frozen=True)
class Line:
    label: str
    words: str


@dataclass(frozen=True)
class Paper:
    """One table: its title, and each of its rows as lines."""

    title: str
    rows: tuple[tuple[Line, ...], ...]


def on_paper(sections: Iterable[Told], labels: Mapping[str, str]) -> tuple[Paper, ...]:
    """`labels`: codes of side effects and medicines to their words."""
    return tuple(
        Paper(
            section.title,
            tuple(
                tuple(
                    Line(label, words)
                    for label, value in row.items()
                    if (words := in_words(value, labels))
                )
                for row in section.rows
            ),
        )
        for section in sections
    )


def as_json(sections: Iterable[Told]) -> str:
    """The same for a machine, with nothing put into other words."""
    told = [{"title": section.title, "rows": section.rows} for section in sections]
    return json.dumps(told, default=_stored, ensure_ascii=False, indent=1)


def in_words(value: Any, labels: Mapping[str, str]) -> str:
    """One value in plain words; "" for nothing."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return days.moment(value)
    if isinstance(value, date):
        return days.day(value)
    if isinstance(value, dict):
        told = (
            (labels.get(key, key.replace("_", " ")), in_words(value[key], labels)) for key in value
        )
        return "; ".join(f"{name}: {words}" for name, words in told if words)
    if isinstance(value, list | tuple):
        return ", ".join(words for one in value if (words := in_words(one, labels)))
    return labels.get(str(value), str(value))


def _stored(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)

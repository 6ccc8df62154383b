"""The tool sheet on paper: a record of one person, laid out for A4. Nothing but that record."""

from itertools import zip_longest
from typing import Any

from consultations.present.record import Json


def tool_sheet(record: Json, *, is_signed: bool, current: int) -> dict[str, Any]:
    """The context of the print template. `reference_line` stands on every page of the packet.

    `current`: the number of the newest release, so that an old sheet printed again says it is old.
    """
    who = record["who"]
    return {
        "record": record,
        "is_signed": is_signed,
        "demo": record["is_demonstration"],
        "newer": current if current != record["release"]["number"] else None,
        "reference_line": f"Reference {who['reference']} · born {who['born']}",
        "edition_line": _edition(record["release"]),
        "halves": _halves(record["effects"]),
        "title": f"My tool sheet, reference {who['reference']}",
    }


def _halves(effects: list[Json]) -> list[tuple[Json, Json | None]]:
    """The 36 down two columns, in pairs."""
    half = (len(effects) + 1) // 2
    return list(zip_longest(effects[:half], effects[half:]))


def _edition(release: Json) -> str:
    demo = " (demonstration)" if release["is_demonstration"] else ""
    return (
        f"Release {release['number']}{demo}, {release['published_on']}. "
        f"Review by {release['review_by']}"
    )

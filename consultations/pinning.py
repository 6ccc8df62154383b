"""A comparison as it is kept: what went in and what came out, in one canonical form. Standard
library only.

`replay(inputs)` gives the stored result again, byte for byte in `canonical` form, whatever has been
published since: the inputs carry the levels themselves. Fractions are kept as text ("137/300"),
sets as sorted lists.
Tests: tests/consultations/test_pinning.py.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from fractions import Fraction
from typing import Any

from consultations.matching import (
    RULES_VERSION,
    Match,
    Placed,
    Profiles,
    SetAside,
    Swap,
    Unplaced,
    match,
)
from consultations.reasons import Reason, WhyAside
from consultations.weights import Weighting

SETS = ("beaten_by", "beaten_by_unequal", "beaten_on_concerns", "helpful_missing")
FRACTIONS = ("burden_high", "burden_low", "coverage")


def canonical(kept: Any) -> str:
    """One text for one meaning: sorted keys, no spaces, every letter as itself."""
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(kept: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(kept).encode()).hexdigest()


def inputs(
    *,
    concerns: tuple[tuple[str, ...], ...],
    helpful: frozenset[str],
    levels: Profiles,
    set_aside: Mapping[str, Reason],
    shown: dict[str, Any],
) -> dict[str, Any]:
    """What goes into a comparison. `shown` is what stands on the page beside it (option texts, own
    words).
    """
    return {
        "concerns": [list(place) for place in concerns],
        "helpful": sorted(helpful),
        "levels": {medicine: dict(known) for medicine, known in levels.items()},
        "set_aside": {medicine: asdict(reason) for medicine, reason in set_aside.items()},
        "shown": shown,
    }


def replay(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The result of kept inputs by today's rules. A list of own words alone places nothing."""
    reasons = {name: _reason(words) for name, words in kept["set_aside"].items()}
    if not kept["concerns"]:
        return as_json(_no_order(kept["levels"], reasons))
    concerns = tuple(tuple(place) for place in kept["concerns"])
    return as_json(match(concerns, kept["levels"], helpful=kept["helpful"], set_aside=reasons))


def as_json(found: Match) -> dict[str, Any]:
    """A match as plain JSON."""
    return {
        "rules_version": found.rules_version,
        "effects": list(found.effects),
        "weights": [str(weight) for weight in found.weights],
        "placed": [_placed_out(placed) for placed in found.placed],
        "unplaced": [
            {"medicine": u.medicine, "coverage": str(u.coverage), "missing": list(u.missing)}
            for u in found.unplaced
        ],
        "set_aside": [
            {"medicine": s.medicine, "reason": asdict(s.reason)}  # type: ignore[call-overload]
            for s in found.set_aside
        ],
    }


def from_json(kept: Mapping[str, Any]) -> Match:
    """The match that `as_json` kept."""
    return Match(
        placed=tuple(_placed_in(placed) for placed in kept["placed"]),
        unplaced=tuple(
            Unplaced(u["medicine"], Fraction(u["coverage"]), tuple(u["missing"]))
            for u in kept["unplaced"]
        ),
        set_aside=tuple(SetAside(s["medicine"], _reason(s["reason"])) for s in kept["set_aside"]),
        effects=tuple(kept["effects"]),
        weights=tuple(Fraction(weight) for weight in kept["weights"]),
        rules_version=kept["rules_version"],
    )


def _no_order(levels: Profiles, reasons: Mapping[str, Reason]) -> Match:
    left = sorted(set(levels) - set(reasons))
    return Match(
        placed=(),
        unplaced=tuple(Unplaced(medicine, Fraction(0), ()) for medicine in left),
        set_aside=tuple(
            SetAside(name, reasons[name]) for name in sorted(set(levels) & set(reasons))
        ),
        effects=(),
        weights=(),
        rules_version=RULES_VERSION,
    )


def _placed_out(placed: Placed) -> dict[str, Any]:
    kept = {field.name: getattr(placed, field.name) for field in fields(Placed)}
    kept |= {name: str(kept[name]) for name in FRACTIONS}
    kept |= {name: sorted(kept[name]) for name in SETS}
    kept |= {name: list(kept[name]) for name in ("levels", "missing")}
    kept["swaps_below"] = [
        {"weighting": swap.weighting.value, "above": swap.above, "below": swap.below}
        for swap in placed.swaps_below
    ]
    return kept


def _placed_in(kept: Mapping[str, Any]) -> Placed:
    values = dict(kept)
    values |= {name: Fraction(kept[name]) for name in FRACTIONS}
    values |= {name: frozenset(kept[name]) for name in SETS}
    values |= {name: tuple(kept[name]) for name in ("levels", "missing")}
    values["swaps_below"] = tuple(
        Swap(Weighting(swap["weighting"]), swap["above"], swap["below"])
        for swap in kept["swaps_below"]
    )
    return Placed(**values)


def _reason(words: Mapping[str, str]) -> Reason:
    return Reason(why=WhyAside(words["why"]), words=words["words"], given_by=words["given_by"])

"""The matching method once more, slow and obvious, written from its description alone.

It shares no line and no type with consultations/matching.py: explicit orders inside shared places,
prefix sums, weights by their literal definition, dictionaries as results. Weights, burdens and
coverages are whole numbers of PARTS of one; every division is checked to leave nothing over.
`read` turns a Match of the product into the same shape, so the two can be compared field by field.
"""

from itertools import permutations, product

PARTS = 648_000
UNKNOWN_IS_WORST = 3
UNKNOWN_IS_NONE = 0


def match(concerns, profiles, helpful=(), set_aside=None):
    """{"placed": [...], "unplaced": [...], "set_aside": [...]}, every entry a dictionary."""
    set_aside = set_aside or {}
    everyone = [name for name in profiles if name not in set_aside]
    placed, unplaced = apart(everyone, concerns, profiles, helpful)
    put_in_order(placed)
    orders = every_order(concerns)
    for entry in placed:
        entry.update(claims(entry["medicine"], everyone, orders, profiles, helpful))
    see_what_depends(placed, concerns, profiles)
    return {
        "placed": placed,
        "unplaced": sorted(unplaced, key=lambda entry: entry["medicine"]),
        "set_aside": sorted((name, set_aside[name]) for name in profiles if name in set_aside),
    }


def apart(everyone, concerns, profiles, helpful):
    """Those with a place, with their burdens; those without."""
    weight = weight_of_each(concerns, centroid_weights(count(concerns)))
    placed, unplaced = [], []
    for name in everyone:
        levels = {code: profiles[name].get(code) for place in concerns for code in place}
        known = sum(weight[code] for code in levels if levels[code] is not None)
        entry = {
            "medicine": name,
            "coverage": known,
            "missing": [code for code in levels if levels[code] is None],
        }
        if 100 * known < 60 * PARTS:
            unplaced.append(entry)
            continue
        entry["burden_high"] = burden(levels, weight, UNKNOWN_IS_WORST)
        entry["burden_low"] = burden(levels, weight, UNKNOWN_IS_NONE)
        entry["helpful"] = sum(profiles[name].get(code, 0) for code in helpful)
        entry["helpful_missing"] = {code for code in helpful if code not in profiles[name]}
        placed.append(entry)
    return placed, unplaced


def put_in_order(placed):
    for entry in placed:
        ahead = [other for other in placed if stands_before(other, entry)]
        level_with = [other for other in placed if not stands_before(other, entry)]
        level_with = [other for other in level_with if not stands_before(entry, other)]
        entry["place"] = len(ahead) + 1
        entry["joint"] = len(level_with) > 1
    placed.sort(key=lambda entry: (entry["place"], entry["medicine"]))


def see_what_depends(placed, concerns, profiles):
    for entry in placed:
        first = min(placed, key=lambda other: other["place"])
        hoped = dict(entry, burden_high=entry["burden_low"])
        entry["could_be_first"] = entry["place"] > 1 and not stands_before(first, hoped)
        entry["swaps_below"] = swaps(entry, placed, concerns, profiles)
    for entry in placed:
        named = [n for other in placed for _, below in other["swaps_below"] for n in [below]]
        entry["order_sensitive"] = bool(entry["swaps_below"]) or entry["medicine"] in named


def count(concerns):
    return sum(len(place) for place in concerns)


def centroid_weights(k):
    """w_i = (1/k) * (1/i + ... + 1/k)"""
    weights = []
    for i in range(1, k + 1):
        total = 0
        for j in range(i, k + 1):
            total = total + divide(PARTS, j)
        weights.append(divide(total, k))
    return weights


def divide(a, b):
    whole, left = divmod(a, b)
    if left:
        raise ArithmeticError(f"{a} does not divide by {b}")
    return whole


def weight_of_each(concerns, by_rank):
    """Concerns that share a place share the mean of the weights of the places they cover."""
    remaining = list(by_rank)
    weight = {}
    for place in concerns:
        covered = [remaining.pop(0) for _ in place]
        for code in place:
            weight[code] = divide(sum(covered), len(covered))
    return weight


def burden(levels, weight, unknown):
    total = 0
    for code, level in levels.items():
        total = total + weight[code] * (unknown if level is None else level)
    return divide(total, 3)


def stands_before(a, b):
    if a["burden_high"] != b["burden_high"]:
        return a["burden_high"] < b["burden_high"]
    return a["helpful"] > b["helpful"]


def claims(b, everyone, orders, profiles, helpful):
    better = {a for a in everyone if does_better(a, b, orders, profiles)}
    unequal = {a for a in everyone if does_better_unequal(a, b, orders, profiles)}
    welcome = {a for a in everyone if is_as_welcome(profiles[a], profiles[b], helpful)}
    return {
        "beaten_on_concerns": better,
        "beaten_by": better & welcome,
        "beaten_by_unequal": unequal & welcome,
    }


def every_order(concerns):
    """All ways to write the list in one line, with any order inside each shared place."""
    choices = product(*(permutations(place) for place in concerns))
    return [[code for place in choice for code in place] for choice in choices]


def does_better(a, b, orders, profiles):
    for order in orders:
        strict, c_a, c_b = False, 0, 0
        for code in order:
            c_a += profiles[a].get(code, UNKNOWN_IS_WORST)
            c_b += profiles[b].get(code, UNKNOWN_IS_NONE)
            if c_a > c_b:
                return False
            strict = strict or c_a < c_b
        if not strict:
            return False
    return True


def does_better_unequal(a, b, orders, profiles):
    for order in orders:
        strict = False
        for t in (1, 2, 3):
            n_a, n_b = 0, 0
            for code in order:
                n_a += 1 if profiles[a].get(code, UNKNOWN_IS_WORST) >= t else 0
                n_b += 1 if profiles[b].get(code, UNKNOWN_IS_NONE) >= t else 0
                if n_a > n_b:
                    return False
                strict = strict or n_a < n_b
        if not strict:
            return False
    return True


def is_as_welcome(a, b, helpful):
    return all(a.get(code, 0) >= b.get(code, 3) for code in helpful)


def swaps(entry, placed, concerns, profiles):
    """(weighting, neighbour) for each at the next place that is strictly ahead under it."""
    places_below = [other["place"] for other in placed if other["place"] > entry["place"]]
    neighbours = [o["medicine"] for o in placed if places_below and o["place"] == min(places_below)]
    k = count(concerns)
    weightings = {
        "equal": [PARTS] * k,
        "falling": [PARTS * (k - i) for i in range(k)],
        "first only": [PARTS] + [0] * (k - 1),
    }
    found = []
    for name, by_rank in weightings.items():
        weight = weight_of_each(concerns, by_rank)
        mine = burden_of(entry["medicine"], concerns, profiles, weight)
        for other in neighbours:
            if mine > burden_of(other, concerns, profiles, weight):
                found.append((name, other))
    return sorted(found)


def burden_of(name, concerns, profiles, weight):
    levels = {code: profiles[name].get(code) for place in concerns for code in place}
    return burden(levels, weight, UNKNOWN_IS_WORST)


def read(result):
    """A Match of the product in the shape of this module."""
    fields = [
        "medicine",
        "place",
        "joint",
        "helpful",
        "helpful_missing",
        "beaten_by",
        "beaten_by_unequal",
        "beaten_on_concerns",
        "order_sensitive",
        "could_be_first",
    ]
    return {
        "placed": [
            {
                **{field: getattr(placed, field) for field in fields},
                "burden_high": placed.burden_high * PARTS,
                "burden_low": placed.burden_low * PARTS,
                "coverage": placed.coverage * PARTS,
                "missing": list(placed.missing),
                "swaps_below": sorted((str(s.weighting), s.below) for s in placed.swaps_below),
            }
            for placed in result.placed
        ],
        "unplaced": [
            {"medicine": u.medicine, "coverage": u.coverage * PARTS, "missing": list(u.missing)}
            for u in result.unplaced
        ],
        "set_aside": [(s.medicine, s.reason) for s in result.set_aside],
    }

"""What is asked for: each address with its placeholders filled in.

A new placeholder needs one line: in OF_A_RECORD when it names something of one person's record, in
OF_A_CLINIC when it names something of a clinic, in OF_EVERYBODY when anybody's will do, in NOWHERE
when nothing that exists fits.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from consultations.models import Consultation
from tests import stories
from tests.access.census import Address

PLACEHOLDER = re.compile(r"<\w+:(\w+)>")
# The same for every record, or taken from it; `None` stands for a record that is not there.
OF_A_RECORD: dict[str, Callable[[Consultation | None], Any]] = {
    "public_id": lambda record: record.public_id if record else uuid4(),
    "participant_id": lambda record: stories.the_person(record).pk if record else 0,
    "number": lambda record: 1,
    "slug": lambda record: "aripiprazole",
}
# Of the clinic the record belongs to, and of whoever opened the record there.
OF_A_CLINIC: dict[str, Callable[[Consultation | None], Any]] = {
    "clinic_id": lambda record: record.clinic.public_id if record else uuid4(),
    "user_id": lambda record: record.opened_by.pk if record else 0,
    "membership_id": lambda record: record.opened_by.memberships.get().pk if record else 0,
}
OF_EVERYBODY: dict[str, Any] = {"slug": "aripiprazole"}
NOWHERE: dict[str, Any] = {
    "whose": "MQ",
    "token": "none",
    "factor_id": 0,
    "profile_id": 0,
    "session_id": 0,
    "slug": "nothing",
}
INSIDE = ("participant_id",)  # names something inside the record that `public_id` names


class UnknownPlaceholder(Exception):
    """Say in tests/access/targets.py what fills it."""


@dataclass(frozen=True)
class Target:
    """What fills the placeholders of a route, and whose it is."""

    ownership: str
    values: dict[str, Any]
    record: Consultation | None = None


def targets(address: Address, records: dict[str, Consultation]) -> Iterator[Target]:
    """The records this route can name; one target for a route that names none."""
    names = PLACEHOLDER.findall(address.route)
    if "public_id" in names:
        yield from _of_records(names, records)
    elif "clinic_id" in names:
        for ownership in ("own, open", "other clinic", "nowhere"):
            record = records.get(ownership)
            yield Target(ownership, {n: _known(OF_A_CLINIC, n)(record) for n in names})
    elif all(name in OF_EVERYBODY for name in names):
        yield Target("anybody's" if names else "none", {n: OF_EVERYBODY[n] for n in names})
    else:
        yield Target("nowhere", {name: _known(NOWHERE, name) for name in names})


def _of_records(names: list[str], records: dict[str, Consultation]) -> Iterator[Target]:
    for ownership, record in (*records.items(), ("nowhere", None)):
        values = {name: _known(OF_A_RECORD, name)(record) for name in names}
        yield Target(ownership, values, record)
    for inside in INSIDE:
        if inside in names:
            own, foreign = records["own, open"], records["other clinic"]
            values = {name: OF_A_RECORD[name](own) for name in names}
            mixed = {**values, inside: OF_A_RECORD[inside](foreign)}
            yield Target("something of another record", mixed, own)


def _known(fillers: dict[str, Any], name: str) -> Any:
    if name not in fillers:
        raise UnknownPlaceholder(name)
    return fillers[name]

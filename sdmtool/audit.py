"""The only writer of the audit, and the check of its chain.

`record` is called inside the transaction of the act it records: both stand or neither does. Rows
form a chain: each carries the hash of the one before it, over everything it says. The chain alone
shows a row that was changed, removed, moved or slipped in; it cannot show that its end was cut off,
or that everything from some row on was written again. A *head* kept outside the database does.
Tests: tests/sdmtool/test_audit_chain.py.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple, NoReturn
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from sdmtool.models import AuditEvent, Clinic, User

Kind = AuditEvent.Kind
FIRST = "0" * 64
CLOCKS_MAY_DIFFER = timedelta(minutes=5)  # between the machines that write, or after a correction
_CHAIN_LOCK = (
    720_114  # any fixed number: the advisory lock one writer at a time holds until it commits
)


@dataclass(frozen=True)
class Actor:
    """Somebody without an account, such as the person who holds an invitation."""

    label: str


By = User | Actor | None


class Row(NamedTuple):
    """One row of the audit as it is stored; the fields are the columns."""

    id: int
    at: datetime
    by_id: int | None
    by_label: str
    kind: str
    action: str
    clinic_id: int | None
    subject: UUID | None
    obj: str
    detail: dict[str, Any]
    previous_hash: str
    own_hash: str


@dataclass(frozen=True)
class Head:
    """Where the chain ended: how many rows, the last one's id and hash, and when this was read."""

    count: int
    last_id: int
    last_hash: str
    at: str


class Fault(NamedTuple):
    """One thing that does not hold. `row` is the id of the row where it shows, 0 for the whole."""

    row: int
    what: str


def record(
    *,
    by: By,
    kind: str,
    action: str,
    clinic: Clinic | None = None,
    subject: UUID | None = None,
    obj: Any = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Add one row. `by` is a member of staff, an `Actor`, or None for the service itself.

    `subject` is the public id of the person's record. RuntimeError outside a transaction.
    ValueError for a fraction in `detail`, which the two databases do not give back alike.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record belongs inside the transaction of what it records.")
    _one_writer_at_a_time()
    last = AuditEvent.objects.order_by("-pk").values_list("own_hash", flat=True).first()
    event = AuditEvent(
        at=timezone.now(),
        by=by if isinstance(by, User) else None,
        by_label=_label(by),
        kind=str(kind),
        action=action,
        clinic=clinic,
        subject=subject,
        obj=_name(obj),
        detail=_as_stored(detail),
        previous_hash=last or FIRST,
    )
    event.own_hash = hash_of(event)
    event.save()
    return event


def record_refusal(
    *, by: By, action: str, subject: UUID | None = None, clinic: Clinic | None = None
) -> None:
    """A refused attempt, in a transaction of its own, because the refused one is rolled back."""
    with transaction.atomic():
        record(by=by, kind=Kind.REFUSAL, action=action, subject=subject, clinic=clinic)


def hash_of(row: AuditEvent | Row) -> str:
    """SHA-256, in hexadecimal, over everything a row says and the hash before it."""
    says = [
        row.at.isoformat(),
        row.by_id,
        row.by_label,
        row.kind,
        row.action,
        row.clinic_id,
        str(row.subject or ""),
        row.obj,
        row.detail,
        row.previous_hash,
    ]
    text = json.dumps(says, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def stored_rows() -> Iterator[Row]:
    """Every row in the order of the chain, read in pieces."""
    stored = AuditEvent.objects.order_by("pk").values_list(*Row._fields)
    return (Row(*values) for values in stored.iterator(chunk_size=2000))


@dataclass
class Chain:
    """The check on its way along the rows: what the next one must follow."""

    kept: Head | None = None
    count: int = 0
    last_id: int = 0
    last_hash: str = FIRST
    latest: datetime | None = None
    kept_stands: bool = False
    began: datetime = field(default_factory=timezone.now)

    def add(self, row: Row) -> list[Fault]:
        """Goes on to `row`; what is wrong with it where it stands."""
        wrong = []
        if row.previous_hash != self.last_hash:
            wrong.append("does not follow the row before it")
        if hash_of(row) != row.own_hash:
            wrong.append("does not say what it said when it was written")
        if self.latest and row.at < self.latest - CLOCKS_MAY_DIFFER:
            wrong.append("carries an earlier time than the row before it")
        if row.at > self.began + CLOCKS_MAY_DIFFER:
            wrong.append("carries a time that has not come yet")
        self.count, self.latest = self.count + 1, row.at
        self.last_id, self.last_hash = row.id, row.own_hash
        if self.kept and self.kept.count == self.count:
            self.kept_stands = (self.kept.last_id, self.kept.last_hash) == (row.id, row.own_hash)
        return [Fault(row.id, what) for what in wrong]

    def finish(self) -> list[Fault]:
        """After the last row: whether the kept head still fits."""
        if not self.kept or not self.kept.count or self.kept_stands:
            return []
        if self.count < self.kept.count:
            what = f"the end is missing: {self.kept.count} rows were there, {self.count} are"
        else:
            what = f"the first {self.kept.count} rows are no longer those that were there"
        return [Fault(self.kept.last_id, what)]

    def head(self) -> Head:
        return Head(self.count, self.last_id, self.last_hash, self.began.isoformat())


def check(rows: Iterable[Row], *, kept: Head | None = None) -> tuple[Head, list[Fault]]:
    """Where the chain ends, and every fault in it. With a `kept` head, also whether that fits."""
    chain = Chain(kept)
    faults = [fault for row in rows for fault in chain.add(row)]
    return chain.head(), faults + chain.finish()


def broken_links() -> list[int]:
    """The ids of the rows at which a fault shows, each once, in order."""
    return list(dict.fromkeys(fault.row for fault in check(stored_rows())[1]))


def _one_writer_at_a_time() -> None:
    # SQLite's IMMEDIATE transactions already let in one writer at a time.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def _as_stored(detail: dict[str, Any] | None) -> dict[str, Any]:
    """`detail` as the database gives it back, so that its hash is the same then."""
    text = json.dumps(detail or {})
    stored: dict[str, Any] = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
    return stored


def _refuse(number: str) -> NoReturn:
    raise ValueError(f"The detail of an audit row holds whole numbers and words, not {number}.")


def _label(by: By) -> str:
    if by is None:
        return "the service itself"
    return by.full_name if isinstance(by, User) else by.label


def _name(obj: Any) -> str:
    if obj is None or isinstance(obj, str):
        return obj or ""
    return f"{obj._meta.model_name} {obj.pk}"

"""Holding a record, asking for its erasure, and taking it out of the tables when its time is over.

Holding and asking is what staff do on a page. Removing is the owner's: it lifts triggers, which the
web process's role cannot do, and is called by `manage.py retention` and `manage.py erase` alone.
The audit stays as it is: it names a record by a number that then leads nowhere.
Tests: tests/consultations/test_keeping.py.
"""

import json
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from consultations.actions.noting import note
from consultations.lifecycle import Status
from consultations.models import Consultation, ErasureRequest, Invitation, LegalHold
from consultations.queries.copies import PARTS
from sdmtool import frozen
from sdmtool.models import User

FINISHED = (Status.SIGNED.value, Status.ABANDONED.value)


class Held(Exception):
    """A legal hold stands on the record."""


@transaction.atomic
def hold(*, consultation: Consultation, reason: str, by: User) -> LegalHold:
    """From now on nothing removes this record. A second hold is the first one."""
    found, is_new = LegalHold.objects.get_or_create(
        consultation=consultation,
        lifted_at=None,
        defaults={"reason": reason, "held_at": timezone.now(), "held_by": by},
    )
    if is_new:
        note(consultation, by, "hold the record")
    return found


@transaction.atomic
def lift(*, consultation: Consultation, by: User) -> None:
    """The hold is over; the record's time counts again."""
    standing = LegalHold.objects.filter(consultation=consultation, lifted_at=None)
    if standing.update(lifted_at=timezone.now(), lifted_by=by):
        note(consultation, by, "lift the hold")


@transaction.atomic
def ask_for_erasure(*, consultation: Consultation, reason: str, by: User) -> ErasureRequest:
    """The next run of `manage.py erase` removes the record, unless it is held."""
    found, is_new = ErasureRequest.objects.get_or_create(
        consultation=consultation,
        defaults={"reason": reason, "asked_at": timezone.now(), "asked_by": by},
    )
    if is_new:
        note(consultation, by, "ask for erasure")
    return found


def due(
    now: datetime, *, signed_days: int | None, other_days: int | None
) -> QuerySet[Consultation]:
    """The records whose time is over: so many days after the last step. None keeps that kind.

    A record that a later one goes on from waits for it. One that is held is not due.
    """
    last = Coalesce(Max("changes__changed_at"), F("opened_at"))
    over = Q(pk__in=[])
    if signed_days is not None:
        over |= Q(status__in=FINISHED, last__lte=now - timedelta(days=signed_days))
    if other_days is not None:
        over |= ~Q(status__in=FINISHED) & Q(last__lte=now - timedelta(days=other_days))
    return _free().annotate(last=last).filter(over).exclude(Exists(_later()))


def asked_to_erase() -> QuerySet[Consultation]:
    """Those somebody asked to erase, and nobody holds."""
    return _free().filter(erasure_request__isnull=False)


def remove(consultation: Consultation, *, ledger: Path, why: str) -> None:
    """Take one record out of every table, and the sessions that lead to it. Held when it is held.

    The ledger says so before anything is gone: a run that was killed is made good by the next, and
    a restored backup by `replay`.
    """
    with transaction.atomic(), frozen.lifted_from(_tables()):
        held = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if LegalHold.objects.filter(consultation=held, lifted_at=None).exists():
            raise Held
        _write_down(ledger, held.public_id, why)
        note(held, None, "remove a record", detail={"why": why})
        Consultation.objects.filter(previous=held).update(previous=None)
        _end_sessions(held)
        _delete_rows(held)


def replay(ledger: Path) -> int:
    """Remove again what a restored backup brought back. How many records that were.

    A hold in the backup was lifted before the record was removed. One that is newer than the line
    stands: the run that wrote the line was killed, and the record was held after it.
    """
    removed = _removed(ledger)
    replayed = 0
    for consultation in Consultation.objects.filter(public_id__in=removed):
        standing = LegalHold.objects.filter(consultation=consultation, lifted_at=None)
        if standing.filter(held_at__gt=removed[consultation.public_id]).exists():
            continue
        standing.delete()
        remove(consultation, ledger=ledger, why="replay")
        replayed += 1
    return replayed


def _free() -> QuerySet[Consultation]:
    standing = LegalHold.objects.filter(consultation=OuterRef("pk"), lifted_at=None)
    return Consultation.objects.exclude(Exists(standing)).order_by("pk")


def _later() -> QuerySet[Consultation]:
    return Consultation.objects.filter(previous=OuterRef("pk"))


def _tables() -> list[str]:
    return [part.model._meta.db_table for part in PARTS]


def _delete_rows(consultation: Consultation) -> None:
    """The parts before the whole; which rows they are is asked before any is gone."""
    found = [
        (
            part.model,
            list(
                part.model._base_manager.filter(**{part.leads: consultation.pk}).values_list(
                    "pk", flat=True
                )
            ),
        )
        for part in PARTS
    ]
    for model, keys in reversed(found):
        QuerySet(model).filter(pk__in=keys)._raw_delete(connection.alias)


def _end_sessions(consultation: Consultation) -> None:
    """Those of its invitations, and what a late page of staff left about it."""
    invitations = Invitation.objects.filter(participant__consultation=consultation)
    leads = {str(one) for one in invitations.values_list("public_id", flat=True)}
    leads.add(str(consultation.public_id))
    for session in Session.objects.iterator():
        told = str(session.get_decoded())
        if any(lead in told for lead in leads):
            session.delete()


def _write_down(ledger: Path, subject: UUID, why: str) -> None:
    """One line, on the disk before anything is removed. It begins anew after half a line."""
    line = {"subject": str(subject), "at": timezone.now().isoformat(), "why": why}
    with ledger.open("a+b") as file:
        size = file.seek(0, os.SEEK_END)
        is_torn = size > 0 and (file.seek(-1, os.SEEK_END), file.read(1))[1] != b"\n"
        file.write(b"\n" * is_torn + json.dumps(line).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _removed(ledger: Path) -> dict[UUID, datetime]:
    """When each record was last written down, by the whole lines: half a line removed nothing."""
    found = {}
    for line in ledger.read_bytes().splitlines():
        with suppress(ValueError, KeyError):
            told = json.loads(line)
            found[UUID(told["subject"])] = datetime.fromisoformat(told["at"])
    return found

"""One step of a consultation: the only writer of its status and of StatusChange, and its version.

Every write goes one version further. A page carries the version it was drawn from; `expect` lets it
write only if nobody wrote in between (compare and swap in one UPDATE, so two people at once have
one winner).
Tests: tests/consultations/test_meeting.py.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from consultations import lifecycle
from consultations.lifecycle import Event, Status
from consultations.models import Consultation, StatusChange
from sdmtool import audit


class StalePage(Exception):
    """The record was written to after this page was drawn. Nothing of the page was saved."""


@transaction.atomic
def expect(*, consultation: Consultation, version: int) -> None:
    """Hold the record for this transaction and go one version further. StalePage if it has moved
    on.
    """
    rows = Consultation.objects.filter(pk=consultation.pk, version=version)
    if not rows.update(version=F("version") + 1):
        raise StalePage
    consultation.refresh_from_db(fields=["status", "version"])
    status = Status(consultation.status)
    if status.is_final:
        raise lifecycle.NotPossible(
            f"This consultation is {status.words}. Nothing on it can change."
        )


@transaction.atomic
def apply(
    *,
    consultation: Consultation,
    event: Event,
    by: audit.By,
    reason: str = "",
    offer_again_on: date | None = None,
) -> None:
    """Take one step. lifecycle.NotPossible, and nothing written, where the table has no such
    step.
    """
    held = Consultation.objects.select_for_update().get(pk=consultation.pk)
    before = Status(held.status)
    after = lifecycle.after(before, event)
    _write(held, after, offer_again_on)
    written = audit.record(
        by=by,
        kind=audit.Kind.WRITE,
        action=event.value,
        clinic=held.clinic,
        subject=held.public_id,
        obj=held,
        detail={"from": before.value, "to": after.value},
    )
    StatusChange(
        consultation=held,
        event=event.value,
        from_status=before.value,
        to_status=after.value,
        reason=reason,
        changed_at=written.at,
        changed_by=written.by_label,
    ).save()
    consultation.refresh_from_db(fields=["status", "version", "offer_again_on"])


def _write(held: Consultation, after: Status, offer_again_on: date | None) -> None:
    changes: dict[str, Any] = {"status": after.value, "offer_again_on": offer_again_on}
    Consultation.objects.filter(pk=held.pk).update(version=F("version") + 1, **changes)

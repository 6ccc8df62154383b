"""Opening a record of another clinic: by its exact reference and year of birth, with a reason.

It can be read until the end of the day, and nothing can be written. It is a row that never changes,
in the audit, on the clinic's worklist and, for the person, among those who looked.
Tests: tests/consultations/test_broken_glass.py.
"""

from django.db import transaction
from django.utils import timezone

from consultations import references
from consultations.actions.noting import note
from consultations.models import BrokenGlass, Consultation
from consultations.queries.records import visible_to
from sdmtool import audit
from sdmtool.access import Action, NotAllowed, can
from sdmtool.accounts import wrong_tries
from sdmtool.models import User

SHORTEST_REASON = 15
OPENED = "open a record of another clinic"


class NothingOpened(Exception):
    """Reference and year do not belong together, or somebody was wrong too often. One answer."""


def break_glass(*, reference: str, birth_year: int, reason: str, by: User) -> Consultation:
    """The newest record of another clinic with this reference and year. NothingOpened if none."""
    if not can(by, Action.BREAK_GLASS):
        raise NotAllowed(Action.BREAK_GLASS)
    if len(reason) < SHORTEST_REASON:
        raise ValueError("A reason is needed.")
    tried = f"another clinic's record, account {by.pk}"
    found = None if wrong_tries.must_wait(tried) else _elsewhere(reference, birth_year, by)
    if found is None:
        wrong_tries.note(tried)
        audit.record_refusal(by=by, action=OPENED)
        raise NothingOpened
    _open(found, reason, by)
    return found


def _elsewhere(reference: str, birth_year: int, by: User) -> Consultation | None:
    rows = Consultation.objects.exclude(pk__in=visible_to(by).values("pk")).filter(
        reference=references.tidy(reference), birth_year=birth_year
    )
    return rows.select_related("clinic").order_by("-pk").first()


@transaction.atomic
def _open(found: Consultation, reason: str, by: User) -> None:
    row = BrokenGlass.objects.create(
        consultation=found,
        reason=reason,
        day=timezone.localdate(),
        opened_at=timezone.now(),
        opened_by=by,
    )
    note(found, by, OPENED, kind=audit.Kind.READ, obj=row)

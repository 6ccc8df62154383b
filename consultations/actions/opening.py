"""Opening a consultation, and what is set aside for it. Every write is audited.

Tests: tests/consultations/test_opening.py.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from consultations import situations
from consultations.actions import steps
from consultations.actions.noting import note
from consultations.models import Consultation, Participant, RuledOut
from sdmtool.models import Clinic, User

TRIALS_NEEDED = 2


class Carer(NamedTuple):
    """Somebody who is invited beside the person, and what they are to them."""

    name: str
    relation: str = ""


class AlreadySetAside(Exception):
    """This medicine is set aside for this consultation already."""


class NotSetAside(Exception):
    """This medicine is not set aside by a prescriber here, so it cannot be put back."""


@transaction.atomic
def open_consultation(
    *,
    clinic: Clinic,
    reference: str,
    person_name: str,
    name_to_use: str,
    birth_year: int,
    question: str,
    situation: str,
    appointment: datetime | None = None,
    not_up_for_choice: str = "",
    current_medicine: str = "",
    current_dose: str = "",
    needs: str = "",
    trials: Iterable[str] = (),
    carers: Iterable[Carer] = (),
    by: User,
) -> Consultation:
    """A consultation with its participants: the person, each carer, and the professional who opens
    it.
    """
    consultation = Consultation.objects.create(
        clinic=clinic,
        reference=reference,
        person_name=person_name,
        name_to_use=name_to_use,
        birth_year=birth_year,
        appointment=appointment,
        question=question,
        situation=situation,
        texts_edition=situations.current_edition().edition,
        not_up_for_choice=not_up_for_choice,
        current_medicine=current_medicine,
        current_dose=current_dose,
        needs=needs,
        trials_recorded=",".join(sorted(set(trials))),
        opened_at=timezone.now(),
        opened_by=by,
    )
    _add_participants(consultation, person_name, carers, by)
    note(consultation, by, "open a consultation", obj=consultation)
    return consultation


@transaction.atomic
def rule_out(
    *, consultation: Consultation, medicine: str, reason: str, version: int, by: User
) -> RuledOut:
    """Set one medicine aside for this decision. AlreadySetAside; StalePage."""
    steps.expect(consultation=consultation, version=version)
    if _standing(consultation, medicine).exists():
        raise AlreadySetAside(medicine)
    ruled_out = RuledOut.objects.create(
        consultation=consultation,
        medicine=medicine,
        reason=reason,
        set_aside_at=timezone.now(),
        set_aside_by=by,
    )
    note(consultation, by, "set a medicine aside", obj=consultation)
    return ruled_out


@transaction.atomic
def put_back(*, consultation: Consultation, medicine: str, version: int, by: User) -> None:
    """Take a prescriber's reason away again; the row stays. NotSetAside; StalePage."""
    steps.expect(consultation=consultation, version=version)
    changed = _standing(consultation, medicine).update(put_back_at=timezone.now(), put_back_by=by)
    if not changed:
        raise NotSetAside(medicine)
    note(consultation, by, "put a medicine back", obj=consultation)


@transaction.atomic
def record_trials(
    *, consultation: Consultation, medicines: Iterable[str], version: int, by: User
) -> None:
    """Which medicines have each had a fair trial. Some medicines need two such before they are
    offered.
    """
    steps.expect(consultation=consultation, version=version)
    consultation.trials_recorded = ",".join(sorted(set(medicines)))
    consultation.save(update_fields=["trials_recorded"])
    note(consultation, by, "record fair trials", obj=consultation)


def _add_participants(
    consultation: Consultation, person_name: str, carers: Iterable[Carer], by: User
) -> None:
    kinds = Participant.Kind
    Participant.objects.create(consultation=consultation, kind=kinds.PERSON, name=person_name)
    for carer in carers:
        Participant.objects.create(
            consultation=consultation, kind=kinds.CARER, name=carer.name, relation=carer.relation
        )
    Participant.objects.create(
        consultation=consultation, kind=kinds.PROFESSIONAL, name=by.full_name, user=by
    )


def _standing(consultation: Consultation, medicine: str):  # type: ignore[no-untyped-def]
    return consultation.ruled_out.filter(medicine=medicine, put_back_at__isnull=True)

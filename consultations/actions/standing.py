"""What a consultation stands on: the person's situation, and whether their list is still right.

Tests: tests/consultations/test_standing.py.
"""

from django.db import transaction
from django.utils import timezone

from consultations import situations
from consultations.actions import steps
from consultations.actions.noting import note
from consultations.models import Consultation, StillRight
from consultations.queries import clinic as queries
from sdmtool.models import User


class NoList(Exception):
    """There is no list to ask about."""


@transaction.atomic
def change_situation(
    *, consultation: Consultation, version: int, situation: str, not_up_for_choice: str, by: User
) -> None:
    """Another situation, or other limits, from now on. Whoever has a page of this record open is
    told before they write; the list is asked about again. StalePage.
    """
    steps.expect(consultation=consultation, version=version)
    if situation != consultation.situation:
        consultation.situation_since = timezone.now()
    consultation.situation = situation
    consultation.not_up_for_choice = not_up_for_choice
    consultation.texts_edition = situations.current_edition().edition
    fields = ["situation", "situation_since", "not_up_for_choice", "texts_edition"]
    consultation.save(update_fields=fields)
    note(consultation, by, "change the situation", obj=consultation)


@transaction.atomic
def keep_list(*, consultation: Consultation, version: int, by: User) -> StillRight:
    """The person was asked and says that their list is still right. NoList; StalePage."""
    steps.expect(consultation=consultation, version=version)
    sheet = queries.newest_sheet(consultation)
    if sheet is None:
        raise NoList
    asked = StillRight(sheet_id=sheet.id, asked_at=timezone.now(), asked_by=by)
    asked.save()
    note(consultation, by, "ask whether the list is still right", obj=consultation)
    return asked

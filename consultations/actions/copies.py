"""Giving somebody a copy of all that is kept about them, and what has to be decided before."""

from django.db import transaction
from django.utils import timezone

from consultations.actions.noting import note
from consultations.models import Consultation, HarmDecision
from sdmtool.models import User


@transaction.atomic
def decide_about_harm(
    *, consultation: Consultation, words: str, is_released: bool, reason: str, by: User
) -> HarmDecision:
    """Whether `words` go into the copy, with the clinician's reason. Nothing else of it changes."""
    decided = HarmDecision.objects.create(
        consultation=consultation,
        words=words,
        is_released=is_released,
        reason=reason,
        decided_at=timezone.now(),
        decided_by=by,
    )
    told = {"words": words, "given": is_released}
    note(consultation, by, "decide what the copy leaves out", obj=decided, detail=told)
    return decided

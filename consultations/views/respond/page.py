"""What the respondent's pages share: how one is shown, how answers are saved, and which comes
next.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consultations.actions import sheets
from consultations.answers import Answers
from consultations.present import wording
from consultations.present.wording import Wording
from consultations.queries import respond
from consultations.queries.respond import Visitor
from consultations.snapshots import CARER

STEPS = {
    "before": "Step 1 of 7: before you start",
    "matters": "Step 2 of 7: what matters",
    "lived": "Step 3 of 7: medicines before",
    "choose": "Step 4 of 7: choose",
    "order": "Step 5 of 7: put them in order",
    "taking": "Step 6 of 7: how you take it",
    "check": "Step 7 of 7: check and send",
}


def show(
    request: HttpRequest,
    invitation: Visitor,
    template: str,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """One page, in the words for whoever it is. `step` and `back` are shown above it."""
    context["step"] = STEPS.get(context.get("step", ""), "")
    context["words"] = words_for(invitation)
    context["clinic"] = invitation.participant.consultation.clinic
    context["name"] = invitation.participant.consultation.name_to_use
    return render(request, f"consultations/respond/{template}", context, status=status)


def words_for(invitation: Visitor) -> Wording:
    participant = invitation.participant
    if participant.kind == CARER:
        return wording.for_carer(participant.consultation.name_to_use)
    return wording.PERSON


def save(invitation: Visitor, answers: Answers, revision: int) -> None:
    """Keep a draft for whoever holds this invitation. ChangedElsewhere."""
    participant = invitation.participant
    sheets.save_draft(
        participant=participant,
        answers=answers,
        revision=revision,
        by=respond.respondent(participant),
    )


def amend(invitation: Visitor, change: Callable[[Answers], Answers]) -> None:
    """Keep an answer that stands by itself, such as who is at the form."""
    participant = invitation.participant
    sheets.amend_draft(participant=participant, change=change, by=respond.respondent(participant))


def next_page(answers: Answers) -> str:
    """The name of the page that these answers need next."""
    if answers.is_empty:
        return "respond:choose"
    if answers.clashes:
        return "respond:both-ways"
    if answers.has_too_many:
        return "respond:narrow"
    return "respond:order" if len(answers.items) > 1 else "respond:taking"


def back_from_taking(answers: Answers) -> str:
    """The name of the page with the list; one pick needs no order."""
    return "respond:order" if len(answers.items) > 1 else "respond:choose"

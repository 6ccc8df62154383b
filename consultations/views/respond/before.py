"""Before you start: what it is for, what is up for choice, who sees it, who is here."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from consultations import situations
from consultations.forms.respond import BeforeForm
from consultations.present import my_list
from consultations.queries import clinic, respond
from consultations.queries.respond import Visitor
from consultations.snapshots import CARER
from consultations.views.respond import page, sitting
from consultations.views.respond.sitting import for_respondent


@require_safe
@for_respondent()
def welcome(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """What the clinic's tablet shows while it goes from hand to hand: for whom it is, no more."""
    participant = invitation.participant
    is_person = participant.kind != CARER
    name = participant.consultation.name_to_use if is_person else participant.name
    return render(request, "consultations/respond/welcome.html", {"to": name})


@require_http_methods(["GET", "HEAD", "POST"])
@for_respondent(keeps_answers=True)
def before(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """The first page. The edition of the texts it showed is kept with its answers."""
    form = _form(request, invitation)
    if request.method == "POST" and form.is_valid():
        shown = _texts(invitation)["edition"].edition
        page.amend(invitation, lambda kept: form.applied_to(kept, shown))
        if "stop" in request.POST:
            return sitting.end(request, "respond:stopped")
        return redirect("respond:matters")
    consultation = invitation.participant.consultation
    return page.show(
        request,
        invitation,
        "before.html",
        step="before",
        form=form,
        consultation=consultation,
        professionals=respond.professionals(consultation),
        last_minute=invitation.expires - timedelta(minutes=1),
        **_texts(invitation),
    )


def _form(request: HttpRequest, invitation: Visitor) -> BeforeForm:
    answers = respond.progress(invitation.participant).answers
    return BeforeForm(
        request.POST if request.method == "POST" else None,
        words=page.words_for(invitation),
        name=invitation.participant.consultation.name_to_use,
        initial={
            "filled_in": answers.filled_in,
            "person_may_see": "yes" if answers.person_may_see else "",
        },
    )


def _texts(invitation: Visitor) -> dict[str, Any]:
    """The person's situation; for a carer nothing about it, but what holds for carers."""
    edition, participant = situations.current_edition(), invitation.participant
    if participant.kind == CARER:
        return {"edition": edition, "situation": edition.carer}
    consultation = participant.consultation
    edition = situations.edition_of(consultation.texts_edition)
    limits = my_list.limits(clinic.visit(consultation), edition)
    return {
        "edition": edition,
        "situation": edition.situation(consultation.situation),
        "asks": limits.asks,
    }

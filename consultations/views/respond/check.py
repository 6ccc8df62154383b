"""Everything in words once more, and sending it. Sending twice makes one sheet."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from consultations.actions import sheets
from consultations.actions.sheets import SentDifferently
from consultations.forms.respond import SendForm
from consultations.lifecycle import NotPossible
from consultations.present import own_list
from consultations.queries import respond
from consultations.queries.respond import Progress, Visitor
from consultations.ranking import NotAList
from consultations.views.respond import page
from consultations.views.respond.sitting import for_respondent
from medications.queries import current_release

CHANGED = (
    "You changed your answers after this page was opened. This is how they stand now. "
    "Look through them, then press Send."
)
CLOSED = (
    "The decision this was for has been made and signed, so a list can no longer be sent here. "
    "Nothing you wrote is lost. Ring the clinic and tell them what you would like to change."
)


@require_safe
@for_respondent()
def check(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """The answers as they would be sent. What is not ready yet leads back to its page."""
    progress = respond.progress(invitation.participant)
    if progress.is_sent:
        return redirect("respond:sent")
    if not progress.answers.is_ready:
        return redirect(page.next_page(progress.answers))
    return _shown(request, invitation, SendForm(), progress)


@require_POST
@for_respondent()
def send(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """One sheet for one key, however often the button is pressed."""
    participant, form = invitation.participant, SendForm(request.POST)
    form.full_clean()
    progress = respond.progress(participant)
    if progress.is_sent:
        return redirect("respond:sent")
    try:
        if form.cleaned_data["revision"] != progress.revision:
            raise SentDifferently
        sheets.send_sheet(
            participant=participant,
            answers=progress.answers,
            sending_key=form.key() or uuid4(),
            by=respond.respondent(participant),
        )
    except SentDifferently:
        form.add_error(None, CHANGED)
    except NotPossible:
        form.add_error(None, CLOSED)
    except NotAList:
        return redirect(page.next_page(progress.answers))
    else:
        return redirect("respond:sent")
    return _shown(request, invitation, form, respond.progress(participant), status=409)


def _shown(
    request: HttpRequest, invitation: Visitor, form: SendForm, progress: Progress, status: int = 200
) -> HttpResponse:
    answers, release = progress.answers, current_release()
    words = page.words_for(invitation)
    return page.show(
        request,
        invitation,
        "check.html",
        status=status,
        step="check",
        back=reverse("respond:taking"),
        form=form,
        revision=progress.revision,
        sending_key=progress.sending_key,
        list=own_list.own_list(release, answers, words),
        number=progress.receipt.number + 1 if progress.receipt else 1,
    )

"""Putting the list in order with buttons. Every press is saved, and the focus stays where it was.

What was just moved is kept in the session as a number and a button, never as a word in an address.
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from consultations import moves
from consultations.actions.sheets import ChangedElsewhere
from consultations.answers import Answers
from consultations.forms.respond import MoveForm
from consultations.present import order as presented
from consultations.queries import respond
from consultations.queries.respond import Progress, Visitor
from consultations.views.respond import page
from consultations.views.respond.sitting import for_respondent
from medications.queries import current_release

LAST_PRESS = "last press"
EVERYTHING = -1
CHANGED = "You changed your list in another window. This is how it stands now."


@require_http_methods(["GET", "HEAD", "POST"])
@for_respondent(keeps_answers=True)
def order(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """The list as it stands. One pick needs no order; a list that is not ready goes back."""
    progress = respond.progress(invitation.participant)
    answers = progress.answers
    if page.next_page(answers) != "respond:order":
        return redirect(page.next_page(answers))
    form = MoveForm(request.POST if request.method == "POST" else None, answers=answers)
    if request.method == "POST" and form.is_valid():
        if "go" in request.POST:
            return redirect("respond:taking")
        try:
            return _press(request, invitation, form)
        except ChangedElsewhere:
            form.add_error(None, CHANGED)
    return _shown(request, invitation, form, progress)


def _shown(
    request: HttpRequest, invitation: Visitor, form: MoveForm, progress: Progress
) -> HttpResponse:
    told, focus = _told(request, progress.answers)
    return page.show(
        request,
        invitation,
        "order.html",
        step="order",
        back=reverse("respond:choose"),
        form=form,
        revision=progress.revision,
        rows=presented.order_rows(current_release(), progress.answers),
        told=told,
        focus=focus,
    )


def _press(request: HttpRequest, invitation: Visitor, form: MoveForm) -> HttpResponse:
    """Save one press and come back to the page, with the button in focus that was pressed."""
    answers, at, focus = form.answers, EVERYTHING, "told"
    if form.move is None:
        answers = replace(answers, places=moves.all_equal(answers.places))
    else:
        answers = replace(answers, places=moves.moved(answers.places, form.move, form.item))
        focus = presented.focus_after(current_release(), answers, form.move, form.item)
        at = answers.items.index(form.item)
    page.save(invitation, answers, form.cleaned_data["revision"])
    request.session[LAST_PRESS] = [at, focus]
    return redirect(f"{reverse('respond:order')}#{focus}")


def _told(request: HttpRequest, answers: Answers) -> tuple[str, str]:
    """One sentence about the last press, once, and the button to come back to."""
    at, focus = request.session.pop(LAST_PRESS, [None, ""])
    if at == EVERYTHING:
        return presented.all_told(answers), focus
    if at is None or at >= len(answers.items):
        return "", ""
    return presented.told(current_release(), answers, answers.items[at]), focus

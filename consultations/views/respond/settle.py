"""The two questions that a full page of ticks can leave: which five, and which way."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from consultations.actions.sheets import ChangedElsewhere
from consultations.answers import Answers
from consultations.forms.respond import BothWaysForm, NarrowForm, SavedForm
from consultations.present import choices
from consultations.queries import respond
from consultations.queries.respond import Visitor
from consultations.views.respond import page
from consultations.views.respond.sitting import for_respondent
from medications.queries import current_release

CHANGED = "You changed your answers in another window. This is how they stand now."


@require_http_methods(["GET", "HEAD", "POST"])
@for_respondent(keeps_answers=True)
def narrow(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """Which five of more than five. What is taken off is kept beside the list."""
    progress = respond.progress(invitation.participant)
    answers, release = progress.answers, current_release()
    form = NarrowForm(request.POST if request.method == "POST" else None, answers=answers)
    if request.method == "POST" and form.is_valid():
        answers = answers.narrow(form.cleaned_data["keep"])
        if _saved(form, invitation, answers):
            return redirect(page.next_page(answers))
        answers = progress.answers
    elif request.method == "POST":
        answers = answers.narrow(form.ticked())
    elif not (answers.has_too_many or answers.also):
        return redirect(page.next_page(answers))
    return page.show(
        request,
        invitation,
        "narrow.html",
        step="choose",
        back=reverse("respond:choose"),
        form=form,
        revision=progress.revision,
        cards=choices.narrowing(release, answers),
        count=len(answers.items),
        cluster=choices.cluster(release, answers),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_respondent(keeps_answers=True)
def both_ways(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """A side effect ticked as to avoid and as welcome: which is it?"""
    progress = respond.progress(invitation.participant)
    if not progress.answers.clashes:
        return redirect(page.next_page(progress.answers))
    form = BothWaysForm(
        request.POST if request.method == "POST" else None,
        initial={"revision": progress.revision},
        answers=progress.answers,
        release=current_release(),
        words=page.words_for(invitation),
    )
    if request.method == "POST" and form.is_valid():
        answers = form.applied_to(progress.answers)
        if _saved(form, invitation, answers):
            return redirect(page.next_page(answers))
    return page.show(
        request,
        invitation,
        "both_ways.html",
        step="choose",
        back=reverse("respond:choose"),
        form=form,
        revision=progress.revision,
    )


def _saved(form: SavedForm, invitation: Visitor, answers: Answers) -> bool:
    """Whether the answers were kept; if not, the form says why."""
    try:
        page.save(invitation, answers, form.cleaned_data["revision"])
    except ChangedElsewhere:
        form.add_error(None, CHANGED)
        return False
    return True

"""All the side effects at once: to avoid, in own words, and welcome."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from consultations.actions.sheets import ChangedElsewhere
from consultations.answers import Answers
from consultations.forms.respond import ChooseForm
from consultations.present import choices
from consultations.queries import respond
from consultations.queries.respond import Progress, Visitor
from consultations.views.respond import page, sitting
from consultations.views.respond.sitting import for_respondent
from medications.queries import current_release

CHANGED = (
    "You changed your answers in another window. The ticks of both are shown here. "
    "Look through them and save again."
)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_respondent(keeps_answers=True)
def choose(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """Every known tick is kept, even beside an error; from an old page nothing is overwritten."""
    progress = respond.progress(invitation.participant)
    form = ChooseForm(
        request.POST if request.method == "POST" else None,
        release=current_release(),
        words=page.words_for(invitation),
    )
    if request.method != "POST":
        return _shown(request, invitation, form, progress)
    is_fine = form.is_valid()
    answers = form.applied_to(progress.answers)
    try:
        page.save(invitation, answers, form.cleaned_data["revision"])
    except ChangedElsewhere:
        if answers != progress.answers:
            form.add_error(None, _changed(form, progress))
            return _shown(request, invitation, form, progress, _both(form, progress.answers))
    if "stop" in request.POST:
        return sitting.end(request, "respond:stopped")
    if is_fine:
        return redirect(page.next_page(answers))
    return _shown(request, invitation, form, respond.progress(invitation.participant))


def _both(form: ChooseForm, kept: Answers) -> Answers:
    """The ticks of two windows together; on the page only, until somebody saves it."""
    avoid = {*form.ticked("avoid"), *(item for item in kept.ticked if item != "own")}
    return kept.choose(
        tuple(avoid), kept.own_words, tuple({*form.ticked("helpful"), *kept.helpful})
    )


def _changed(form: ChooseForm, progress: Progress) -> str:
    other = progress.answers.own_words
    if other and other != form.typed_words():
        return f"{CHANGED} Your own words in the other window: “{other}”"
    return CHANGED


def _shown(
    request: HttpRequest,
    invitation: Visitor,
    form: ChooseForm,
    progress: Progress,
    answers: Answers | None = None,
) -> HttpResponse:
    answers = answers or progress.answers
    context: dict[str, Any] = {
        "form": form,
        "own": form.typed_words() if form.is_bound else answers.own_words,
        "revision": progress.revision,
        "choices": choices.choices(current_release(), answers),
    }
    return page.show(
        request,
        invitation,
        "choose.html",
        step="choose",
        back=reverse("respond:lived"),
        **context,
    )

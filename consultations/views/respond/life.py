"""What stands beside the list, one thing on a page; each can be skipped."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from consultations.forms.respond_life import LivedForm, MattersForm, TakingForm, initial
from consultations.living import Living
from consultations.present import own_list
from consultations.queries import respond
from consultations.queries.respond import Visitor
from consultations.views.respond import page, sitting
from consultations.views.respond.sitting import for_respondent
from medications.queries import current_release

Form = MattersForm | LivedForm | TakingForm


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_respondent(keeps_answers=True)
def matters(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """A good life in own words, and who should decide."""
    living = respond.progress(invitation.participant).answers.living
    form = MattersForm(
        request.POST if request.method == "POST" else None,
        words=page.words_for(invitation),
        initial=initial(living, ("goals", "role")),
    )
    return _answered(request, invitation, form, "matters", "respond:lived", "respond:before")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_respondent(keeps_answers=True)
def lived(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """Medicines somebody has had, one after the other, and what bothers them now."""
    if request.method == "POST" and "remove" in request.POST:
        gone = request.POST["remove"]
        _keep(invitation, lambda kept: kept.without_medicine(gone))
        return redirect("respond:lived")
    living = respond.progress(invitation.participant).answers.living
    form = LivedForm(
        request.POST if request.method == "POST" else None,
        words=page.words_for(invitation),
        release=current_release(),
        living=living,
        initial=initial(living, ("bothers_now",)),
    )
    then = "respond:lived" if "add" in request.POST else "respond:choose"
    return _answered(request, invitation, form, "lived", then, "respond:matters")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_respondent(keeps_answers=True)
def taking(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """Tablet, liquid or injection, and the time of day."""
    answers = respond.progress(invitation.participant).answers
    form = TakingForm(
        request.POST if request.method == "POST" else None,
        words=page.words_for(invitation),
        initial=initial(answers.living, ("comes_as", "times", "taking")),
    )
    back = page.back_from_taking(answers)
    return _answered(request, invitation, form, "taking", "respond:check", back)


def _answered(
    request: HttpRequest, invitation: Visitor, form: Form, step: str, then: str, back: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        _keep(invitation, form.applied_to)
        if "stop" in request.POST:
            return sitting.end(request, "respond:stopped")
        return redirect(then)
    names = own_list.medicine_names(current_release())
    living = respond.progress(invitation.participant).answers.living
    return page.show(
        request,
        invitation,
        f"{step}.html",
        step=step,
        back=reverse(back),
        form=form,
        lived=own_list.lived_lines(names, living),
    )


def _keep(invitation: Visitor, change: Callable[[Living], Living]) -> None:
    page.amend(invitation, lambda answers: replace(answers, living=change(answers.living)))

"""The pages of an administrator: clinics, people, roles."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sdmtool.access import Action, Role, requires
from sdmtool.administration import actions, queries
from sdmtool.administration.forms import ClinicForm, EndForm, InviteForm, RoleForm
from sdmtool.administration.loading import with_clinic
from sdmtool.models import Clinic, User

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
@requires(Action.ADMINISTER)
def clinics(request: Any) -> HttpResponse:
    found = queries.clinics(request.user)
    return render(request, "administration/clinics.html", {"clinics": found})


@require_http_methods(GET_OR_POST)
@requires(Action.ADMINISTER)
def make_clinic(request: Any) -> HttpResponse:
    form = ClinicForm(_posted(request), entitlements=queries.entitlements())
    if form.is_bound and form.is_valid():
        if _is_taken(form):
            return _clinic_page(request, form, None)
        made = actions.make_clinic(said=form.said({}), by=request.user)
        messages.success(request, f"{made.name} is there now, and you administer it.")
        return redirect("administration:people", made.public_id)
    return _clinic_page(request, form, None)


@require_http_methods(GET_OR_POST)
@with_clinic
def clinic(request: Any, clinic: Clinic) -> HttpResponse:
    initial = {name: getattr(clinic, name) for name in actions.FIELDS}
    initial |= {f"ask_{code}": words for code, words in clinic.contacts.items()}
    form = ClinicForm(_posted(request), initial=initial, entitlements=queries.entitlements())
    if form.is_bound and form.is_valid() and not _is_taken(form, clinic):
        actions.change_clinic(clinic=clinic, said=form.said(clinic.contacts), by=request.user)
        messages.success(request, "Kept.")
        return redirect("administration:clinic", clinic.public_id)
    return _clinic_page(request, form, clinic)


def _is_taken(form: ClinicForm, clinic: Clinic | None = None) -> bool:
    """Whether another clinic has this name; the form says so then."""
    same = Clinic.objects.filter(name=form.cleaned_data["name"])
    taken = (same.exclude(pk=clinic.pk) if clinic else same).exists()
    if taken:
        form.add_error("name", "Another clinic has this name.")
    return taken


def _clinic_page(request: HttpRequest, form: ClinicForm, clinic: Clinic | None) -> HttpResponse:
    return render(request, "administration/clinic.html", {"form": form, "clinic": clinic})


@require_safe
@with_clinic
def people(request: Any, clinic: Clinic) -> HttpResponse:
    context = {"clinic": clinic, "people": queries.people(clinic)}
    return render(request, "administration/people.html", context)


@require_http_methods(GET_OR_POST)
@with_clinic
def invite(request: Any, clinic: Clinic) -> HttpResponse:
    """A new account with a first role; the link is shown once, to hand on."""
    form = InviteForm(_posted(request))
    if form.is_bound and form.is_valid():
        said = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        try:
            user, path = actions.invite(clinic=clinic, by=request.user, **said)
        except actions.NotPossible as why:
            form.add_error("email", str(why))
        else:
            link = request.build_absolute_uri(path) if path else ""
            context = {"clinic": clinic, "joined": user, "link": link}
            return render(request, "administration/invited.html", context)
    return render(request, "administration/invite.html", {"clinic": clinic, "form": form})


@require_http_methods(GET_OR_POST)
@with_clinic
def person(request: Any, clinic: Clinic, user: User) -> HttpResponse:
    """Somebody's roles here, and a role to give."""
    form = RoleForm(_posted(request))
    if form.is_bound and form.is_valid():
        said = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        try:
            actions.give_role(clinic=clinic, user=user, by=request.user, **said)
        except actions.NotPossible as why:
            form.add_error("role", str(why))
        else:
            messages.success(request, "The role is given.")
            return redirect("administration:person", clinic.public_id, user.pk)
    context = {
        "clinic": clinic,
        "person": queries.person(user, clinic),
        "form": form,
        "is_self": user.pk == request.user.pk,
    }
    return render(request, "administration/person.html", context)


@require_POST
@with_clinic
def end_role(request: Any, clinic: Clinic, user: User, membership_id: int) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["last_day"])))
    elif user.memberships.filter(clinic=clinic, pk=membership_id).exists():
        last = form.cleaned_data["last_day"]
        _try(
            request,
            "The role ends." if last else "The role is over.",
            actions.end_role,
            clinic=clinic,
            membership_id=membership_id,
            last_day=last,
        )
    if user.pk == request.user.pk:
        return redirect("start")
    return redirect("administration:person", clinic.public_id, user.pk)


@require_POST
@with_clinic
def close_account(request: Any, clinic: Clinic, user: User) -> HttpResponse:
    said = "The account is closed. It opens nothing from now on."
    _try(request, said, actions.open_or_close, clinic=clinic, user=user, is_open=False)
    return redirect("administration:person", clinic.public_id, user.pk)


@require_POST
@with_clinic
def open_account(request: Any, clinic: Clinic, user: User) -> HttpResponse:
    said = "The account is open again."
    _try(request, said, actions.open_or_close, clinic=clinic, user=user, is_open=True)
    return redirect("administration:person", clinic.public_id, user.pk)


def _try(request: Any, said: str, act: Any, **words: Any) -> None:
    """`act`, and a message that says it was done or why not."""
    try:
        act(by=request.user, **words)
    except actions.NotPossible as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None

"""The first page of signing in, signing out, and what was typed on a page that came too late."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sdmtool import audit, sessions
from sdmtool.access import Action, public, requires
from sdmtool.accounts import on_the_way, provider, wrong_tries
from sdmtool.models import User
from sdmtool.nhsuk.forms import NHSForm

REFUSED = "That e-mail address and password do not belong together, or the account is closed."
WAIT = "Too many wrong tries for this account from here. Wait ten minutes, then try again."
STRANGER = audit.Actor("somebody at the sign-in page")


class SignInForm(NHSForm):
    """E-mail address and password. One answer for every way of being wrong."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label="Password",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
        self.account: User | None = None

    def clean(self) -> None:
        email, password = self.cleaned_data.get("email"), self.cleaned_data.get("password")
        if not (email and password):
            return
        if wrong_tries.must_wait(email, self.address):
            self.add_error("email", WAIT)
            return
        account = authenticate(username=email.lower(), password=password)
        if isinstance(account, User):
            wrong_tries.forget(email, self.address)
            self.account = account
            return
        wrong_tries.note(email, self.address)
        if wrong_tries.must_wait(email, self.address):
            audit.record_refusal(by=STRANGER, action="sign in, too many wrong tries")
        self.add_error("email", REFUSED)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail address and password; then the second factor."""
    posted = request.POST if request.method == "POST" else None
    form = SignInForm(posted, address=request.META["REMOTE_ADDR"])
    wanted = request.POST.get("next", request.GET.get("next", ""))
    if posted is not None and form.is_valid() and form.account:
        on_the_way.begin(request, form.account, wanted)
        return redirect("second-factor")
    context = {
        "form": form,
        "next": wanted,
        "late": "late" in request.GET,
        "not_in": "not-in" in request.GET,
        "trust": settings.OIDC_NAME if provider.is_set() else "",
    }
    return render(request, "accounts/sign_in.html", context)


@require_POST
@requires(Action.SIGNED_IN)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session, here and in the browser's store."""
    with transaction.atomic():
        audit.record(by=request.user, kind=audit.Kind.WRITE, action="sign out")  # type: ignore[arg-type]
        logout(request)
    response = redirect("sign-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_safe
@requires(Action.SIGNED_IN)
def kept_form(request: HttpRequest) -> HttpResponse:
    """What a late page sent, to be sent again by whoever sent it, or to be let go."""
    kept = sessions.kept_form(request)
    if kept is None or kept["user"] != request.user.pk:
        sessions.forget_form(request)
        return redirect("start")
    return render(request, "accounts/kept_form.html", {"kept": kept})


@require_POST
@requires(Action.SIGNED_IN)
def forget_kept_form(request: HttpRequest) -> HttpResponse:
    """It is not wanted any more."""
    sessions.forget_form(request)
    return redirect("start")


@require_POST
@requires(Action.SIGNED_IN)
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is still there; the middleware has set the clock back."""
    return HttpResponse(status=204)

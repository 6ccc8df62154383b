"""Signing in and out. The second factor joins here; no other module knows how it is done."""

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sdmtool import audit
from sdmtool.access import Action, public, requires
from sdmtool.models import User
from sdmtool.nhsuk.forms import NHSForm

REFUSED = "That e-mail address and password do not belong together, or the account is closed."


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
    account: AbstractBaseUser | None = None

    def clean(self) -> None:
        email, password = (
            self.cleaned_data.get("email"),
            self.cleaned_data.get("password"),
        )
        if email and password:
            self.account = authenticate(username=email.lower(), password=password)
            if self.account is None:
                self.add_error("email", REFUSED)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page. A sign-in is audited; the session gets a new id."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(form.account, User):
        with transaction.atomic():
            request.session.flush()  # a person's form open in this browser ends here
            login(request, form.account)
            audit.record(by=form.account, kind=audit.Kind.WRITE, action="sign in")
        return redirect(_next_page(request))
    context = {
        "form": form,
        "next": request.GET.get("next", request.POST.get("next", "")),
    }
    return render(request, "sign_in.html", context)


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


def _next_page(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own else "start"

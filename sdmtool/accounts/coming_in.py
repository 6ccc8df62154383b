"""The second factor at sign-in, and setting it up the first time. Nobody is signed in yet here."""

import json

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sdmtool import audit, qr
from sdmtool.access import public
from sdmtool.accounts import on_the_way, passkeys, second_factor, wrong_tries
from sdmtool.models import User
from sdmtool.nhsuk.forms import NHSForm

SETTING_UP = "being set up"
WRONG = "That code is not right, or it was used before. Wait for the next one and type that."
WAIT = "Too many wrong codes. Wait ten minutes, then try again."


class CodeForm(NHSForm):
    """A code from the app, or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="Six figures from the app on your phone, or one of your recovery codes.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class SetUpForm(CodeForm):
    """The first code from the app, which shows that it works."""

    def __init__(self, *args: object, secret: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.secret, self.step = secret, -1
        self.fields["code"].help_text = "The six figures the app shows now."

    def clean_code(self) -> str:
        step = second_factor.fits(self.secret, self.cleaned_data["code"])
        if step is None:
            raise forms.ValidationError(WRONG)
        self.step = step
        return str(self.cleaned_data["code"])


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@public
def code(request: HttpRequest) -> HttpResponse:
    """A code or a passkey, and then somebody is signed in."""
    user = on_the_way.somebody(request)
    if user is None:
        return redirect("sign-in")
    if not second_factor.has_one(user):
        return redirect("set-up-second-factor")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        how = _used(user, form)
        if how:
            return on_the_way.enter(request, user, how)
    return _code_page(request, user, form)


@require_POST
@public
def passkey(request: HttpRequest) -> HttpResponse:
    """The answer of a passkey to the question of the page before."""
    user = on_the_way.somebody(request)
    if user is None:
        return redirect("sign-in")
    form = CodeForm()
    if wrong_tries.must_wait(_factor(user)):
        refused = WAIT
    elif passkeys.answers(request, user, request.POST.get("credential", "")):
        return on_the_way.enter(request, user, "passkey")
    else:
        refused = "That passkey was not accepted. Try again, or type a code."
        wrong_tries.note(_factor(user))
    return _code_page(request, user, form, refused)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@public
def set_up(request: HttpRequest) -> HttpResponse:
    """The first second factor of an account: scan, type the first code, keep the recovery codes."""
    user = on_the_way.somebody(request)
    if user is None:
        return redirect("sign-in")
    if second_factor.has_one(user):
        return redirect("second-factor")
    secret = request.session.setdefault(SETTING_UP, generate_totp_secret())
    form = SetUpForm(request.POST if request.method == "POST" else None, secret=secret)
    if form.is_bound and form.is_valid():
        codes = second_factor.set_up_app(user, secret, form.step)
        onwards = on_the_way.enter(request, user, "first code")
        context = {"codes": codes, "onwards": onwards.headers["Location"]}
        return render(request, "accounts/recovery_codes.html", context)
    return render(request, "accounts/set_up.html", scan(user, secret) | {"form": form})


def scan(user: User, secret: str) -> dict[str, object]:
    """What a phone's camera reads, and the same to type."""
    address = second_factor.Adapter().build_totp_url(user, secret)
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return {"qr": qr.square(address), "secret": spaced}


def _used(user: User, form: CodeForm) -> str:
    """How the code counts; "" with the reason on the form."""
    if wrong_tries.must_wait(_factor(user)):
        form.add_error("code", WAIT)
        return ""
    how = second_factor.use_code(user, form.cleaned_data["code"])
    if how:
        wrong_tries.forget(_factor(user))
        return how
    wrong_tries.note(_factor(user))
    audit.record_refusal(by=user, action="sign in, wrong code")
    form.add_error("code", WRONG)
    return ""


def _factor(user: User) -> str:
    return f"second factor of {user.pk}"


def _code_page(request: HttpRequest, user: User, form: CodeForm, refused: str = "") -> HttpResponse:
    asked = passkeys.question(request, user) if second_factor.has_passkey(user) else None
    context = {"form": form, "refused": refused, "asked": json.dumps(asked) if asked else ""}
    return render(request, "accounts/code.html", context)

"""Your account: password, second factor, passkeys, recovery codes, and where you are signed in."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib.auth import password_validation, update_session_auth_hash
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sdmtool import audit
from sdmtool.access import Action, requires
from sdmtool.accounts import passkeys, second_factor
from sdmtool.accounts.coming_in import SETTING_UP, SetUpForm, scan
from sdmtool.models import User
from sdmtool.nhsuk.forms import NHSForm

LONGEST_PASSWORD = 128
CURRENT = {"autocomplete": "current-password"}
NEW = {"autocomplete": "new-password"}


class StaffRequest(HttpRequest):
    user: User


class AccountForm(NHSForm):
    """A form about the account of `user`."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class PasswordAsked(AccountForm):
    """The password once more, before something that lets somebody in is changed."""

    password = forms.CharField(
        label="Your password, once more",
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs=CURRENT),
    )

    def clean_password(self) -> str:
        given = str(self.cleaned_data["password"])
        if not self.user.check_password(given):
            raise forms.ValidationError("That is not your password.")
        return given


class NewPassword(AccountForm):
    """At least 15 characters, any characters, none of the common ones. No other rule."""

    new_password = forms.CharField(
        label="New password",
        max_length=LONGEST_PASSWORD,
        strip=False,
        help_text="At least 15 characters. A few words in a row are easy to keep in mind.",
        widget=forms.PasswordInput(attrs=NEW),
    )

    def clean_new_password(self) -> str:
        given = str(self.cleaned_data["new_password"])
        password_validation.validate_password(given, self.user)
        return given


class ChangePassword(PasswordAsked, NewPassword):
    """The old one and the new one."""

    field_order = ("password", "new_password")


class PasskeyForm(PasswordAsked):
    """A new passkey with a name to know it by."""

    name = forms.CharField(label="Name of this passkey", max_length=60, initial="My passkey")
    credential = forms.CharField(widget=forms.HiddenInput, max_length=passkeys.LONGEST)


class ReplaceAppForm(PasswordAsked, SetUpForm):
    """The password, and the first code of the new app."""

    field_order = ("password", "code")


@require_safe
@requires(Action.SIGNED_IN)
def account(request: StaffRequest) -> HttpResponse:
    """Everything on one page."""
    user = request.user
    keys = Authenticator.objects.filter(user=user, type=second_factor.PASSKEY).order_by("pk")
    context = {
        "has_app": Authenticator.objects.filter(user=user, type=second_factor.APP).exists(),
        "passkeys": [(key.pk, key.wrap().name, key.created_at, key.last_used_at) for key in keys],
        "codes_left": second_factor.codes_left(user),
        "sessions": UserSession.objects.purge_and_list(user),
        "this_session": request.session.session_key,
    }
    return render(request, "accounts/account.html", context)


@sensitive_post_parameters("password", "new_password")
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.SIGNED_IN)
def password(request: StaffRequest) -> HttpResponse:
    """A new password. Every other session of the account ends."""
    form = ChangePassword(_posted(request), user=request.user)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            request.user.set_password(form.cleaned_data["new_password"])
            request.user.save(update_fields=["password"])
            update_session_auth_hash(request, request.user)
            _note_session(request)
            _audit(request, "change own password")
        return redirect("account")
    return render(request, "accounts/password.html", {"form": form})


@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.SIGNED_IN)
def app(request: StaffRequest) -> HttpResponse:
    """Another phone: a new secret in place of the earlier one, and new recovery codes."""
    secret = request.session.setdefault(SETTING_UP, generate_totp_secret())
    form = ReplaceAppForm(_posted(request), user=request.user, secret=secret)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            codes = second_factor.set_up_app(request.user, secret, form.step)
            _audit(request, "set up the second factor anew")
        del request.session[SETTING_UP]
        return _codes(request, codes)
    return render(request, "accounts/app.html", scan(request.user, secret) | {"form": form})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.SIGNED_IN)
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """Ten new recovery codes, shown once."""
    form = PasswordAsked(_posted(request), user=request.user)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            codes = second_factor.new_recovery_codes(request.user)
            _audit(request, "make new recovery codes")
        return _codes(request, codes)
    return render(request, "accounts/new_codes.html", {"form": form})


@sensitive_post_parameters("password", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.SIGNED_IN)
def add_passkey(request: StaffRequest) -> HttpResponse:
    """A passkey of this device or of a key somebody carries."""
    form = PasskeyForm(_posted(request), user=request.user)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        if passkeys.add(request, request.user, said["name"], said["credential"]):
            with transaction.atomic():
                _audit(request, "add a passkey")
            return redirect("account")
        form.add_error(None, "The passkey was not accepted. Try again.")
    offered = json.dumps(passkeys.offer(request, request.user))
    return render(request, "accounts/passkey.html", {"form": form, "offered": offered})


@require_POST
@requires(Action.SIGNED_IN)
def remove_passkey(request: StaffRequest, factor_id: int) -> HttpResponse:
    """One of one's own passkeys opens nothing any more; the last second factor stays."""
    own = Authenticator.objects.filter(user=request.user)
    found = own.filter(pk=factor_id, type=second_factor.PASSKEY).first()
    if found is None:
        raise Http404
    others = own.exclude(pk=found.pk).exclude(type=second_factor.RECOVERY)
    if others.exists():
        with transaction.atomic():
            found.delete()
            _audit(request, "remove a passkey")
    return redirect("account")


@require_POST
@requires(Action.SIGNED_IN)
def end_session(request: StaffRequest, session_id: int) -> HttpResponse:
    """One of one's own sessions ends, on whatever machine it is open."""
    found = UserSession.objects.filter(user=request.user, pk=session_id).first()
    if found is None:
        raise Http404
    with transaction.atomic():
        found.end()
        _audit(request, "end an own session")
    return redirect("account")


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "onwards": "/account/"}
    return render(request, "accounts/recovery_codes.html", context)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _note_session(request: StaffRequest) -> None:
    """A changed password has given this session a new id."""
    UserSession.objects.filter(user=request.user).delete()
    UserSession.objects.create_from_request(request)


def _audit(request: StaffRequest, action: str) -> None:
    audit.record(by=request.user, kind=audit.Kind.WRITE, action=action)

"""How an account begins: somebody who may, makes it, and hands on a link that sets its password.

The link is Django's own for passwords: signed, good for three days, and for one use, because it is
bound to the password it replaces. Nothing of it is stored. There is no open sign-up.
Tests: tests/sdmtool/test_joining.py.
"""

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sdmtool import audit
from sdmtool.access import public
from sdmtool.accounts import on_the_way, second_factor
from sdmtool.accounts.own_account import NewPassword
from sdmtool.models import User


@transaction.atomic
def invite_to_join(*, email: str, full_name: str, by: User | None) -> tuple[User, str]:
    """A new account without a password, and the path of the link that opens it."""
    user = User.objects.create_user(email, full_name)
    audit.record(by=by, kind=audit.Kind.WRITE, action="make an account", obj=user)
    return user, link(user)


@transaction.atomic
def new_link(*, user: User, by: User | None) -> str:
    """For somebody who lost password or phone: the password and the second factor they had open
    nothing any more, and every session of theirs ends.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    second_factor.forget(user)
    audit.record(by=by, kind=audit.Kind.WRITE, action="let somebody join anew", obj=user)
    return link(user)


def link(user: User) -> str:
    """The path of a link that sets the account's password, once."""
    whose = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("join", args=[whose, default_token_generator.make_token(user)])


@sensitive_post_parameters("new_password")
@require_http_methods(["GET", "HEAD", "POST"])
@public
def join(request: HttpRequest, whose: str, token: str) -> HttpResponse:
    """A password of one's own, and then the second factor. Looking uses nothing up."""
    user = _whose(whose, token)
    if user is None:
        return render(request, "accounts/join_over.html", status=404)
    form = NewPassword(request.POST if request.method == "POST" else None, user=user)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            user.set_password(form.cleaned_data["new_password"])
            user.save(update_fields=["password"])
            audit.record(by=user, kind=audit.Kind.WRITE, action="join")
        on_the_way.begin(request, user)
        return redirect("second-factor")
    return render(request, "accounts/join.html", {"form": form, "account": user})


def _whose(whose: str, token: str) -> User | None:
    """The account a link belongs to; every way of being wrong is the same."""
    try:
        pk = int(urlsafe_base64_decode(whose).decode())
        user = User.objects.filter(pk=pk, is_active=True).first()
    except (ValueError, OverflowError):
        return None
    return user if user and default_token_generator.check_token(user, token) else None

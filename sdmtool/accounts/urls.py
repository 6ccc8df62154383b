"""Signing in, one's own account, joining."""

from django.urls import path

from sdmtool.accounts import coming_in, joining, own_account, sign_in, trust_sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", coming_in.code, name="second-factor"),
    path("sign-in/passkey/", coming_in.passkey, name="second-factor-passkey"),
    path("sign-in/set-up/", coming_in.set_up, name="set-up-second-factor"),
    path("sign-in/trust/", trust_sign_in.there, name="trust-sign-in"),
    path("sign-in/trust/back/", trust_sign_in.back, name="trust-sign-in-back"),
    path("sign-in/kept/", sign_in.kept_form, name="kept-form"),
    path("sign-in/kept/forget/", sign_in.forget_kept_form, name="forget-kept-form"),
    path("sign-in/stay/", sign_in.stay, name="stay"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("join/<str:whose>/<str:token>/", joining.join, name="join"),
    path("account/", own_account.account, name="account"),
    path("account/password/", own_account.password, name="account-password"),
    path("account/app/", own_account.app, name="account-app"),
    path("account/recovery-codes/", own_account.recovery_codes, name="account-recovery-codes"),
    path("account/passkeys/add/", own_account.add_passkey, name="account-add-passkey"),
    path(
        "account/passkeys/<int:factor_id>/remove/",
        own_account.remove_passkey,
        name="account-remove-passkey",
    ),
    path(
        "account/sessions/<int:session_id>/end/",
        own_account.end_session,
        name="account-end-session",
    ),
]

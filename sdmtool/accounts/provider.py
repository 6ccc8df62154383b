"""The trust's own sign-in (OpenID Connect): where it is, and whether its answers are believed.

Authorisation code with PKCE (RFC 7636). An answer counts only when the provider's own key signed
it, for us, for this very question, and lately; only https is spoken, no redirect is followed. What
somebody may do here is never read from it. Tests: tests/sdmtool/test_trust_sign_in.py.
"""

import base64
import hashlib
import secrets
from hmac import compare_digest
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from django.conf import settings

ALGORITHMS = ["RS256", "PS256", "ES256"]
PATIENCE = 10  # seconds for one answer
LEEWAY = 60  # seconds two clocks may differ

Json = dict[str, Any]


class NotBelieved(Exception):
    """The provider does not answer, or not as it must."""


def is_set() -> bool:
    """Whether this installation has a sign-in of the trust's."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID and settings.OIDC_CLIENT_SECRET)


def new_question() -> dict[str, str]:
    """What one way there and back is known by; all of it stays in the session here."""
    return {name: secrets.token_urlsafe(48) for name in ("state", "nonce", "verifier")}


def way_there(question: dict[str, str], back: str) -> str:
    """The provider's page to which the browser is sent."""
    page = str(_about()["authorization_endpoint"])
    if _origin(page) != _origin(settings.OIDC_ISSUER):
        raise NotBelieved("its sign-in page is on another host than itself")
    challenge = hashlib.sha256(question["verifier"].encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": back,
        "scope": "openid email",
        "state": question["state"],
        "nonce": question["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{page}{'&' if '?' in page else '?'}{urlencode(asked)}"


def verified_email(question: dict[str, str], code: str, back: str) -> str:
    """Whose the code is: an e-mail address the provider has verified, in small letters."""
    about = _about()
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": settings.OIDC_CLIENT_ID,
        "client_secret": settings.OIDC_CLIENT_SECRET,
        "code_verifier": question["verifier"],
    }
    answer = ask("POST", about["token_endpoint"], sent)
    said = _claims(str(answer.get("id_token", "")), ask("GET", about["jwks_uri"]))
    if not compare_digest(str(said.get("nonce", "")).encode(), question["nonce"].encode()):
        raise NotBelieved("it answers another question")
    if said.get("email_verified") is not True or not isinstance(said.get("email"), str):
        raise NotBelieved("it has not verified the e-mail address")
    return str(said["email"]).strip().lower()


def ask(method: str, url: str, sent: dict[str, str] | None = None) -> Json:
    """One question to the provider over https, and its JSON."""
    if urlsplit(url).scheme != "https":
        raise NotBelieved("not https")
    try:
        answer = requests.request(method, url, data=sent, timeout=PATIENCE, allow_redirects=False)
        if answer.status_code != 200:
            raise NotBelieved(f"status {answer.status_code}")
        said = answer.json()
    except (requests.RequestException, ValueError) as problem:
        raise NotBelieved(type(problem).__name__) from None
    if not isinstance(said, dict):
        raise NotBelieved("not an object")
    return said


def _about() -> Json:
    """What the provider says about itself; it must be the one that was meant."""
    about = ask("GET", settings.OIDC_ISSUER.rstrip("/") + "/.well-known/openid-configuration")
    if about.get("issuer") != settings.OIDC_ISSUER:
        raise NotBelieved("it calls itself something else")
    if not all(
        isinstance(about.get(name), str)
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    ):
        raise NotBelieved("it does not say where its pages are")
    return about


def _claims(token: str, keys: Json) -> Json:
    """What a signed answer says, if it is the provider's, for us, and not over."""
    try:
        name = jwt.get_unverified_header(token).get("kid")
        known = jwt.PyJWKSet.from_dict(keys).keys
        key = next(key for key in known if key.key_id == name)
        said: Json = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=settings.OIDC_CLIENT_ID,
            issuer=settings.OIDC_ISSUER,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "aud", "iss", "sub"]},
        )
    except (jwt.PyJWTError, StopIteration) as problem:
        raise NotBelieved(type(problem).__name__) from None
    if said.get("azp", settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
        raise NotBelieved("it is for somebody else")
    return said


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()

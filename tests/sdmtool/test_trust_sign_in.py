"""The trust's own sign-in, against a provider made here: whom it lets in, and whom not."""

import base64
import hashlib
import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from jwt.algorithms import ECAlgorithm

from sdmtool import env
from sdmtool.accounts import provider
from sdmtool.models import AuditEvent
from tests import stories
from tests.signing_in import code_of, with_app

pytestmark = pytest.mark.django_db
ISSUER = "https://id.trust.example"
THEIRS, ANOTHERS = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())


class Trust:
    """An OpenID Connect provider in this process. `lies` changes what its answer says."""

    def __init__(self):
        self.email, self.lies, self.key, self.asked = "", {}, THEIRS, {}
        self.about = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
        }

    def ask(self, method, url, sent=None):
        if url.endswith("openid-configuration"):
            return self.about
        if url == self.about["jwks_uri"]:
            return {"keys": [ECAlgorithm.to_jwk(THEIRS.public_key(), as_dict=True) | {"kid": "1"}]}
        challenge = hashlib.sha256(sent["code_verifier"].encode()).digest()
        fits = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        if fits != self.asked["code_challenge"] or sent["code"] != "the code":
            raise provider.NotBelieved
        said = {
            "iss": ISSUER,
            "aud": "choosing",
            "sub": "somebody",
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
            "nonce": self.asked["nonce"],
            "email": self.email,
            "email_verified": True,
        }
        said = {name: value for name, value in (said | self.lies).items() if value is not None}
        return {"id_token": jwt.encode(said, self.key, "ES256", {"kid": "1"})}


@pytest.fixture
def trust(settings, monkeypatch):
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = ISSUER, "choosing"
    settings.OIDC_CLIENT_SECRET = "a secret of the two"
    made = Trust()
    monkeypatch.setattr(provider, "ask", made.ask)
    return made


@pytest.fixture
def ada(trust):
    user = with_app(stories.a_prescriber())
    trust.email = user.email.upper()
    return user


def goes_there(browser, trust, **sent):
    """The browser on the provider's page."""
    answer = browser.post(reverse("trust-sign-in"), sent)
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    trust.asked = {name: values[0] for name, values in asked.items()}
    return answer


def comes_back(browser, trust, **changes):
    sent = {"code": "the code", "state": trust.asked["state"]} | changes
    return browser.get(reverse("trust-sign-in-back"), sent)


def is_in(browser):
    return browser.get(reverse("account")).status_code == 200


def test_the_trusts_sign_in_is_asked_with_pkce_and_our_second_factor_still_is(ada, trust):
    browser = Client()
    there = goes_there(browser, trust, next=reverse("account"))
    assert there.headers["Location"].startswith(f"{ISSUER}/authorize?")
    assert trust.asked["code_challenge_method"] == "S256"
    assert len({trust.asked[name] for name in ("state", "nonce", "code_challenge")}) == 3
    assert comes_back(browser, trust).headers["Location"] == reverse("second-factor")
    assert not is_in(browser)
    done = browser.post(reverse("second-factor"), {"code": code_of(ada)})
    assert done.headers["Location"] == reverse("account")
    assert is_in(browser)


def test_a_trust_that_vouches_for_the_second_factor_lets_straight_in_and_the_audit_says_so(
    ada, trust, settings
):
    settings.OIDC_SECOND_FACTOR = True
    browser = Client()
    goes_there(browser, trust)
    before = browser.session.session_key
    assert comes_back(browser, trust).headers["Location"] == reverse("start")
    assert is_in(browser)
    assert browser.session.session_key != before
    act = AuditEvent.objects.get(action="sign in")
    assert act.detail == {"with": "the trust's own sign-in"}


LIES = {
    "signed by somebody else": {},
    "from another provider": {"iss": "https://id.other.example"},
    "for another service": {"aud": "other"},
    "for another service among ours": {"aud": ["choosing", "other"], "azp": "other"},
    "over": {"exp": int(time.time()) - 3600},
    "never over": {"exp": None},
    "to another question": {"nonce": "another"},
    "to no question": {"nonce": None},
    "about an address nobody verified": {"email_verified": False},
    "about an address perhaps verified": {"email_verified": "true"},
    "about nobody": {"email": None},
    "about somebody without an account": {"email": "stranger@trust.example"},
}


@pytest.mark.parametrize("what", LIES)
def test_an_answer_that_does_not_hold_lets_nobody_in(ada, trust, settings, what):
    settings.OIDC_SECOND_FACTOR = True
    trust.lies = LIES[what]
    trust.key = ANOTHERS if what == "signed by somebody else" else THEIRS
    browser = Client()
    goes_there(browser, trust)
    assert comes_back(browser, trust).headers["Location"] == f"{reverse('sign-in')}?not-in=1"
    assert not is_in(browser)
    assert AuditEvent.objects.filter(action__startswith="sign in, ").count() == 1


def test_the_answer_counts_once_in_the_browser_that_asked_and_for_ten_minutes(
    ada, trust, settings, monkeypatch
):
    settings.OIDC_SECOND_FACTOR = True
    browser = Client()
    goes_there(browser, trust)
    assert not is_in_after(Client(), trust)
    assert not is_in_after(browser, trust, state="another")
    assert not is_in_after(browser, trust)  # the question is gone with the first answer
    goes_there(browser, trust)
    assert not is_in_after(browser, trust, code="another")
    goes_there(browser, trust)
    now = time.time()
    monkeypatch.setattr("sdmtool.accounts.trust_sign_in.time.time", lambda: now + 601)
    assert not is_in_after(browser, trust)


def is_in_after(browser, trust, **changes):
    comes_back(browser, trust, **changes)
    return is_in(browser)


def test_a_closed_account_is_not_opened_by_the_trust(ada, trust, settings):
    settings.OIDC_SECOND_FACTOR = True
    ada.is_active = False
    ada.save()
    browser = Client()
    goes_there(browser, trust)
    assert not is_in_after(browser, trust)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("issuer", "https://id.other.example"),
        ("authorization_endpoint", "https://evil.example/authorize"),
        ("authorization_endpoint", "http://id.trust.example/authorize"),
        ("token_endpoint", None),
    ],
)
def test_a_provider_that_is_another_than_was_meant_is_not_gone_to(trust, name, said):
    trust.about[name] = said
    answer = Client().post(reverse("trust-sign-in"))
    assert answer.headers["Location"] == f"{reverse('sign-in')}?not-in=1"


def test_only_https_is_spoken_with_a_provider():
    with pytest.raises(provider.NotBelieved):
        provider.ask("GET", "http://127.0.0.1:9/")


def test_the_button_is_there_when_it_is_set_and_the_page_says_when_it_did_not_work(trust, settings):
    page = Client().get(reverse("sign-in"), {"not-in": "1"}).content.decode()
    assert "Sign in with your trust’s account" in page
    assert "did not let you in" in page
    settings.OIDC_CLIENT_SECRET = ""
    assert "Sign in with" not in Client().get(reverse("sign-in")).content.decode()
    assert Client().post(reverse("trust-sign-in")).headers["Location"] == reverse("sign-in")


def test_the_policy_of_a_page_names_the_host_of_the_trusts_sign_in(monkeypatch):
    monkeypatch.setenv("SDM_OIDC_ISSUER", "https://id.trust.example/realms/staff")
    assert env.origin_list("SDM_OIDC_ISSUER") == [ISSUER]
    monkeypatch.setenv("SDM_OIDC_ISSUER", "")
    assert env.origin_list("SDM_OIDC_ISSUER") == []

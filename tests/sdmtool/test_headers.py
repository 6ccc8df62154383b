"""What answers carry and questions may not. On a real server: test_production.py."""

import random
import re

import pytest
from django.conf import settings
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse
from django.test import RequestFactory

from sdmtool.headers import ClientAddressMiddleware, NoStoreMiddleware
from tests.sdmtool.trouble import VIEWS, places, word

pytestmark = [pytest.mark.urls("tests.sdmtool.trouble"), pytest.mark.django_db]

CARRIED = {
    "Cache-Control": "no-store, private",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.mark.catalogue("D2", "C5")
@pytest.mark.parametrize("name", VIEWS)
def test_however_a_page_ends_it_carries_the_headers(client, name):
    client.raise_request_exception = False
    answer = client.get(f"/trouble/{name}/")
    assert {key: answer.headers.get(key) for key in CARRIED} == CARRIED
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert len(answer.headers["X-Request-ID"]) == 32


@pytest.mark.catalogue("C5")
def test_a_view_cannot_make_its_page_stay_in_a_cache(rf):
    def lax(request):
        return HttpResponse("x", headers={"Cache-Control": "public, max-age=3600"})

    assert lax(rf.get("/"))["Cache-Control"] == "public, max-age=3600"  # the control
    assert NoStoreMiddleware(lax)(rf.get("/"))["Cache-Control"] == "no-store, private"


# --- Which address somebody comes from ----------------------------------------------------------


def address(remote, forwarded, trusted):
    seen = []
    with_settings = settings.TRUSTED_PROXIES
    settings.TRUSTED_PROXIES = trusted
    try:
        middleware = ClientAddressMiddleware(lambda r: seen.append(r.META["REMOTE_ADDR"]))
    finally:
        settings.TRUSTED_PROXIES = with_settings
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    middleware(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))
    return seen[0]


@pytest.mark.catalogue("B4")
@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "comes_from"),
    [
        ("203.0.113.9", "198.51.100.1", [], "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", ["10.0.0.0/8"], "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2", ["10.0.0.0/8"], "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, not an address", ["10.0.0.0/8"], "10.0.0.1"),
        ("10.0.0.1", "", ["10.0.0.0/8"], "10.0.0.1"),
        ("10.0.0.1", None, ["10.0.0.0/8"], "10.0.0.1"),
        ("::1", "2001:db8::7", ["::1"], "2001:db8::7"),
        ("", "198.51.100.1", ["10.0.0.0/8"], ""),
    ],
)
def test_only_a_proxy_of_ours_is_believed(remote, forwarded, trusted, comes_from):
    assert address(remote, forwarded, trusted) == comes_from


@pytest.mark.catalogue("B4")
def test_no_made_up_header_gives_a_stranger_another_address(rng):
    """Whatever stands left of what our proxy wrote counts for nothing, a thousand times."""
    for _ in range(1000):
        made_up = ", ".join(some_address(rng) for _ in range(rng.randrange(5)))
        forwarded = f"{made_up}, 203.0.113.9" if made_up else "203.0.113.9"
        assert address("10.0.0.1", forwarded, ["10.0.0.1"]) == "203.0.113.9"


def some_address(rng: random.Random):
    return rng.choice(["10.0.0.1", "127.0.0.1", "::1", "x", "", f"9.9.9.{rng.randrange(256)}"])


# --- What is refused in words -------------------------------------------------------------------


@pytest.mark.catalogue("E12")
def test_too_much_at_once_is_refused_in_words_before_any_view(client):
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    sent = {"data": b"x" * (limit + 1), "content_type": "application/x-www-form-urlencoded"}
    answer = client.post("/trouble/fails/", **sent)
    assert answer.status_code == 413
    assert "longer than this page can take" in answer.content.decode()


@pytest.mark.catalogue("E10")
@pytest.mark.parametrize("path", ["/medicines/%00/", "/?next=%00", "/?next=a%2500"])
def test_a_nul_in_an_address_is_refused_in_words_and_nothing_else_is(client, path):
    client.raise_request_exception = False
    answer = client.get(path)
    if "%2500" in path:
        assert answer.status_code == 200
    else:
        assert answer.status_code == 400
        assert "could not be read" in answer.content.decode()


# --- Error pages --------------------------------------------------------------------------------

TOLD_WITH_DEBUG = {"bad", "unreadable", "missing", "fails", "fails-in-sql", "no-records"}


def everywhere(client, name, **more):
    client.raise_request_exception = False
    client.cookies["session"] = word("cookie")
    return client.post(
        f"/trouble/{name}/{word('path')}/?{word('query')}={word('query')}",
        {word("body"): word("body")},
        headers={"user-agent": word("header"), "referer": f"http://testserver/{word('header')}"},
        **more,
    )


INSIDE = re.compile(r"Traceback|\.py\b|site-packages|SELECT|INSERT|Django|Python|sdmtool")


@pytest.mark.catalogue("D4")
@pytest.mark.parametrize("name", VIEWS)
def test_an_error_page_tells_nothing_of_what_was_sent_or_went_wrong(client, name):
    answer = everywhere(client, name)
    everything = repr(answer.headers) + answer.content.decode()
    assert places(everything) == set()
    assert INSIDE.search(everything) is None


@pytest.mark.catalogue("D4")
@pytest.mark.parametrize("name", sorted(TOLD_WITH_DEBUG))
def test_with_debug_on_it_would_tell(client, settings, name):
    """The control."""
    settings.DEBUG = True
    answer = everywhere(client, name)
    assert places(answer.content.decode())
    assert INSIDE.search(answer.content.decode())


@pytest.mark.catalogue("D4")
@pytest.mark.parametrize("path", ["/", "/sign-in/", "/medicines/", "/health/"])
def test_when_the_records_are_away_the_page_says_so_and_no_more(client, monkeypatch, path):
    def away(*args, **kwargs):
        raise OperationalError(f"could not connect as {word('message')}")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", away)
    client.raise_request_exception = False
    answer = client.get(path)
    assert answer.status_code == 503
    assert places(answer.content.decode()) == set()
    if path != "/health/":
        assert answer["Retry-After"] == "60"
        assert "not working just now" in answer.content.decode()

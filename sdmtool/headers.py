"""What every answer carries, and what no question may carry.

Tests: tests/sdmtool/test_headers.py, and on a real server tests/sdmtool/test_production.py.
"""

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from whitenoise.middleware import WhiteNoiseFileResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

NOTHING_OF_THE_DEVICE = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class ContentSecurityPolicyMiddleware:
    """Sets Content-Security-Policy from SECURE_CSP, as Django 6 does, and two that Django lacks."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = "; ".join(
            f"{name} {' '.join(words)}" for name, words in settings.SECURE_CSP.items()
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", NOTHING_OF_THE_DEVICE)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class NoStoreMiddleware:
    """No page stays in a browser's or a proxy's cache, whatever its view says. Static files may."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, WhiteNoiseFileResponse):
            response.headers["Cache-Control"] = "no-store, private"
        return response


class PlainInputMiddleware:
    """Refused in words before any view: a NUL byte in an address, more than a page can be."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.longest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest(render_to_string("400.html"))
        if _length(request) > self.longest:
            return HttpResponse(render_to_string("413.html"), status=413)
        return self.get_response(request)


class ClientAddressMiddleware:
    """Behind a proxy of our own, REMOTE_ADDR becomes the address the proxy saw.

    Only what a proxy in TRUSTED_PROXIES wrote is believed; from others X-Forwarded-For is noise.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.trusted = [ip_network(network) for network in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wrote = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = request.META.get("REMOTE_ADDR", "")
        while wrote and self._is_ours(address):
            before = wrote.pop().strip()
            if not _is_address(before):
                break
            address = before
        request.META["REMOTE_ADDR"] = address
        return self.get_response(request)

    def _is_ours(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in net for net in self.trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0

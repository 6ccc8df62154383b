"""What the log may say: one line of JSON for each event, made of a short list of things.

The log says what kind of thing happened, where in the program and on which page. It never says what
anybody wrote, who they are, or which record it was. So nothing is cleaned; only what is known to be
harmless is let through: a message whose pattern stands in KNOWN, never the values in it; the class
of an error, never its text. Tests: tests/sdmtool/test_logs.py.
"""

import json
import logging
import re
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.debug import SafeExceptionReporterFilter

ANSWERED = "answered"
WITHHELD = "message withheld"
A_RESPONSE, IN_WORDS = "%s: %s", "an error was answered"
KNOWN = frozenset(
    {
        ANSWERED,
        # Django
        A_RESPONSE,
        "Forbidden (%s): %s",
        "Forbidden (Permission denied): %s",
        "Method Not Allowed (%s): %s",
        "Bad request (Unable to parse request body): %s",
        "Session data corrupted",
        # gunicorn
        "Starting gunicorn %s",
        "Listening at: %s (%s)",
        "Using worker: %s",
        "Booting worker with pid: %s",
        "Worker exiting (pid: %s)",
        "WORKER TIMEOUT (pid:%s)",
        "Worker (pid:%s) exited with code %s.",
        "Worker (pid:%s) was sent %s!",
        "Autorestarting worker after current request.",
        "Handling signal: %s",
        "Shutting down: %s",
        "Reason: %s",
        "Exception in worker process",
        "Error handling request %s %s",
        "Error handling request %s",
        "Error handling request",
        "Error handling request (no URI read)",
        "Socket error processing request.",
    }
)
SHOWN_FRAMES = 30
HERE = Path(__file__).resolve().parent.parent
_NAME = re.compile(r"[A-Za-z_][\w.]{0,80}\Z", re.ASCII)
_VALUE = re.compile(r"%[sdr]")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})

_current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
_log = logging.getLogger("sdmtool.requests")


class RequestLogMiddleware:
    """One line for each request, and a number that ties together all lines about it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = uuid.uuid4().hex  # type: ignore[attr-defined]
        token, began = _current.set(request), time.monotonic()
        try:
            response = self.get_response(request)
            took = round((time.monotonic() - began) * 1000)
            _log.info(ANSWERED, extra={"status_code": response.status_code, "took_ms": took})
        finally:
            _current.reset(token)
        response.headers["X-Request-ID"] = request.number  # type: ignore[attr-defined]
        return response


class Line(logging.Formatter):
    """A record as one line of JSON, from the short list above."""

    def format(self, record: logging.LogRecord) -> str:
        says: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": logging.getLevelName(record.levelno - record.levelno % 10),
            "logger": record.name if _NAME.match(str(record.name)) else "?",
            "event": _event(record.msg),
            "at": f"{_module(record.pathname)}:{record.lineno}",
            "process": record.process,
            **_about_request(getattr(record, "request", None) or _current.get()),
            **_numbers(record),
            **_about_error(record.exc_info),
        }
        return json.dumps(says, ensure_ascii=True)


class QuietHandler(logging.StreamHandler):
    """To stderr. Python's own handler prints a message it could not write; this stays silent."""

    def handleError(self, record: logging.LogRecord) -> None:
        return


class NothingPersonal(SafeExceptionReporterFilter):
    """What Django's error reports may show of a request and of variables: nothing.

    Only with DEBUG on, on a developer's own machine with made-up people, is it all shown.
    """

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {} if self.is_active(request) else super().get_post_parameters(request)

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        return {} if self.is_active(request) else super().get_safe_request_meta(request)

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return {} if self.is_active(request) else super().get_safe_cookies(request)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        if self.is_active(request):
            return []
        return super().get_traceback_frame_variables(request, tb_frame)


def _event(message: object) -> str:
    if not isinstance(message, str) or message not in KNOWN:
        return WITHHELD
    return IN_WORDS if message == A_RESPONSE else _VALUE.sub("…", message)


def _about_request(request: Any) -> dict[str, Any]:
    """The page by its pattern ("consultations/<uuid:public_id>/"), never by its address."""
    if not isinstance(request, HttpRequest):
        return {}
    match = request.resolver_match
    method = request.method if request.method in _METHODS else "other"
    route = match.route if match else None
    return {"request": getattr(request, "number", None), "method": method, "route": route}


def _numbers(record: logging.LogRecord) -> dict[str, int]:
    found = {name: getattr(record, name, None) for name in ("status_code", "took_ms")}
    return {name: value for name, value in found.items() if type(value) is int}


def _about_error(exc_info: Any) -> dict[str, Any]:
    """The classes of an error and of its causes, and where it went through the program."""
    error = exc_info[1] if isinstance(exc_info, tuple) else None
    if not isinstance(error, BaseException):
        return {}
    return {
        "error": [_class_name(one) for one in _causes(error)],
        "frames": list(_frames(error.__traceback__))[-SHOWN_FRAMES:],
    }


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def _class_name(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return name if _NAME.match(name) else "?"


def _frames(step: TracebackType | None) -> Iterator[str]:
    while step is not None:
        code = step.tb_frame.f_code
        yield f"{_module(code.co_filename)}:{step.tb_lineno} {code.co_name}"
        step = step.tb_next


def _module(filename: str) -> str:
    """A source file by its place in the checkout or among the packages; "?" for anything else."""
    path = Path(filename)
    for folder in (HERE, *map(Path, sys.path)):
        if folder.is_absolute() and path.is_relative_to(folder):
            short = str(path.relative_to(folder)).rpartition("site-packages/")[2]
            return short if short.isascii() and short.isprintable() else "?"
    return "?"

"""Nothing anybody wrote gets into the log, and nothing written there can look like another line."""

import io
import json
import logging
import string
import sys

import pytest
from django.conf import settings
from django.db import connections
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from sdmtool import logs
from tests.sdmtool.trouble import VIEWS, places, word

ALLOWED = {
    *("time", "level", "logger", "event", "at", "process"),
    *("request", "method", "route", "status_code", "took_ms", "error", "frames"),
}
FORCED_ERRORS = 500


@pytest.fixture
def written(monkeypatch):
    """Everything any logger says, at any level: as our lines, and as Django's default has it."""
    ours, plain = io.StringIO(), io.StringIO()
    handlers = [logs.QuietHandler(ours), logging.StreamHandler(plain)]
    handlers[0].setFormatter(logs.Line())
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [*root.handlers, *handlers])
    monkeypatch.setattr(root, "level", logging.DEBUG)
    for name in ("django", "django.request", "django.db.backends", "sdmtool.requests"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
        logging.getLogger(name).manager._clear_cache()
    yield ours, plain
    logging.getLogger().manager._clear_cache()


@pytest.mark.catalogue("G4")
@pytest.mark.django_db(transaction=True)  # so that one failed statement spoils no other request
@pytest.mark.urls("tests.sdmtool.trouble")
def test_five_hundred_errors_with_words_everywhere_leave_none_of_them_in_the_log(
    client, written, rng, monkeypatch
):
    ours, plain = written
    monkeypatch.setattr(connections["default"], "force_debug_cursor", True)
    client.raise_request_exception = False
    names = sorted(VIEWS)
    for number in range(FORCED_ERRORS):
        _ask(client, names[number % len(names)], rng)
    lines = ours.getvalue().splitlines()
    would_leak = places(plain.getvalue())
    print(
        f"\nG4: {FORCED_ERRORS} errors, {len(lines)} lines, {len(places(ours.getvalue()))} words ",
        end="",
    )
    print(f"in ours; Django's own would have told {len(would_leak)}: {sorted(would_leak)}")
    assert places(ours.getvalue()) == set()
    assert all(set(json.loads(line)) <= ALLOWED for line in lines)
    assert len(lines) > FORCED_ERRORS
    # The control: the same records, written as Django's default writes them.
    assert would_leak >= {"path", "message", "cause", "parameter", "argument"}


def _ask(client, name, rng):
    client.cookies["session"] = word("cookie")
    method = rng.choice(["GET", "POST", "PUT", word("method").upper()])
    path = f"/trouble/{name}/" + rng.choice(["", f"{word('path')}/"])
    client.generic(
        method,
        f"{path}?{word('query')}={word('query')}",
        f"{word('body')}={word('body')}",
        rng.choice(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]),
        headers={name: word("header") for name in ("user-agent", "referer", "x-request-id")},
    )


# --- One event, one line ------------------------------------------------------------------------

NASTY = [
    *("\n", "\r\n", "\x1b[31m", "\x00", "\u2028", "\u2029", "\x85", "\x0b", "\udcff"),
    *('"}', '", "event": "answered', "\\", "\\u000a", "%s", "%(message)s", "{0}", "zqmessagezq"),
    '\n{"time": "2026-01-01T00:00:00+00:00", "level": "INFO", "event": "answered"}',
]


def nasty(rng):
    letters = [rng.choice(NASTY + list(string.ascii_letters)) for _ in range(rng.randrange(1, 9))]
    return "".join(letters)


def a_name(rng):
    """Of a logger or a class: whoever writes the program gives it, so our word is not in it."""
    return nasty(rng).replace("zq", "")


class Unspeakable:
    """A value that cannot even be shown."""

    def __str__(self):
        raise RuntimeError(word("message"))

    __repr__ = __str__


def nasty_record(rng):
    some = [nasty(rng), nasty(rng).encode(errors="replace"), Unspeakable(), 10**20, None]
    kind = type(rng.choice(["Trouble", "Trouble\n"]), (Exception,), {"__module__": a_name(rng)})
    error = kind(nasty(rng), Unspeakable())
    error.__cause__ = error if rng.random() < 0.1 else ValueError(nasty(rng))
    record = logging.LogRecord(
        name=rng.choice(["django.request", a_name(rng)]),
        level=rng.choice([10, 20, 25, 40, 55]),
        pathname=rng.choice([__file__, "/nowhere/" + nasty(rng).replace("\x00", "")]),
        lineno=rng.randrange(1000),
        msg=rng.choice([*some, *sorted(logs.KNOWN)]),
        args=tuple(rng.choices(some, k=rng.randrange(3))),
        exc_info=rng.choice([None, (kind, error, None), _raised(error)]),
    )
    record.status_code = rng.choice([200, 500, *some])
    record.took_ms = rng.choice([3, *some])
    record.request = rng.choice([None, *some, RequestFactory().generic(nasty(rng), "/x/")])
    record.words = nasty(rng)
    return record


def _raised(error):
    try:
        raise error
    except Exception:
        return sys.exc_info()


@pytest.mark.catalogue("E11")
def test_each_of_two_thousand_hostile_events_is_exactly_one_readable_line(rng):
    stream = io.StringIO()
    handler = logs.QuietHandler(stream)
    handler.setFormatter(logs.Line())
    for _ in range(2000):
        handler.handle(nasty_record(rng))
    lines = stream.getvalue().split("\n")
    assert lines.pop() == ""
    print(f"\nE11: 2000 events, {len(lines)} lines")
    assert len(lines) == 2000
    for line in lines:
        assert line.isascii() and line.isprintable()
        assert set(json.loads(line)) <= ALLOWED
        assert places(line) == set()


@pytest.mark.catalogue("E11")
def test_written_plainly_the_same_events_would_be_more_lines_than_events(rng, capsys):
    """The control."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    for _ in range(200):
        handler.handle(nasty_record(rng))
    everything = stream.getvalue() + capsys.readouterr().err
    assert len(everything.splitlines()) > 200
    assert places(everything)


# --- What is said -------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.urls("tests.sdmtool.trouble")
def test_an_error_says_where_it_happened_on_which_page_and_of_what_kind(client, written):
    client.raise_request_exception = False
    answer = client.post("/trouble/fails/their-words/")
    said = [json.loads(line) for line in written[0].getvalue().splitlines()]
    (error,) = [line for line in said if line["logger"] == "django.request"]
    assert error["level"] == "ERROR"
    assert error["route"] == "trouble/fails/<str:words>/"
    assert error["status_code"] == 500
    assert error["error"] == ["builtins.RuntimeError", "builtins.KeyError"]
    assert any(f.startswith("tests/sdmtool/trouble.py:") for f in error["frames"])
    assert error["frames"][-1].endswith(" fails")
    (answered,) = [line for line in said if line["event"] == logs.ANSWERED]
    assert answered["request"] == error["request"] == answer["X-Request-ID"]
    assert (answered["method"], answered["status_code"]) == ("POST", 500)
    assert answered["took_ms"] >= 0


def test_a_known_pattern_is_shown_without_its_values_and_any_other_message_is_withheld():
    def event(message, *args):
        record = logging.LogRecord("gunicorn.error", 20, __file__, 1, message, args, None)
        return json.loads(logs.Line().format(record))["event"]

    assert event("Booting worker with pid: %s", 17) == "Booting worker with pid: …"
    assert event("Dear Rowan Sample") == logs.WITHHELD
    assert event("Dear %s", "Rowan Sample") == logs.WITHHELD


def test_the_shipped_settings_write_through_this_and_nothing_else():
    shipped = settings.LOGGING
    assert shipped["formatters"]["line"] == {"()": "sdmtool.logs.Line"}
    (handler,) = shipped["handlers"].values()
    assert handler == {"class": "sdmtool.logs.QuietHandler", "formatter": "line"}
    assert shipped["root"]["handlers"] == ["stderr"]
    for name in ("django", "django.server"):
        assert shipped["loggers"][name]["handlers"] == []
    assert not logging.getLogger("django").handlers
    assert not logging.getLogger("django.server").handlers


def test_a_log_that_cannot_be_written_stops_nobody_and_is_not_repeated_elsewhere(capsys):
    class Full(io.StringIO):
        def write(self, text):
            raise OSError(28, "No space left on device")

    record = logging.LogRecord("x", 40, __file__, 1, word("message"), (), None)
    logs.QuietHandler(Full()).handle(record)
    assert capsys.readouterr().err == ""
    logging.StreamHandler(Full()).handle(record)  # the control
    assert places(capsys.readouterr().err) == {"message"}


# --- Django's own error report ------------------------------------------------------------------


def report():
    request = RequestFactory().post(f"/{word('path')}/", {word("body"): word("body")})
    request.COOKIES["other"] = word("cookie")
    request.META["HTTP_X_WORDS"] = word("header")
    mine = word("variable")
    try:
        raise ValueError(len(mine))
    except ValueError:
        data = ExceptionReporter(request, *sys.exc_info()).get_traceback_data()
    shown = (data["frames"][-1]["vars"], data["filtered_POST_items"], data["request_meta"])
    return places(repr((*shown, data["request_COOKIES_items"])))


@pytest.mark.catalogue("G4")
def test_a_report_of_an_error_shows_neither_variables_nor_what_was_sent(settings):
    settings.DEBUG = False
    assert report() == set()


@pytest.mark.catalogue("G4")
def test_on_a_developers_machine_it_shows_them(settings):
    """The control."""
    settings.DEBUG = True
    assert report() == {"variable", "body", "cookie", "header", "path"}


def test_the_filter_is_the_shipped_one():
    assert settings.DEFAULT_EXCEPTION_REPORTER_FILTER == "sdmtool.logs.NothingPersonal"

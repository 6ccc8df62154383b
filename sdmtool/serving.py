"""How gunicorn serves the product: gunicorn --config python:sdmtool.serving sdmtool.wsgi

GUNICORN_CMD_ARGS and the command line still win, for example for --bind and --workers. Its own
messages go through the same narrow door as ours, and what it answers by itself says nothing back.
"""

import logging
import os
from typing import Any

from gunicorn import glogging, util
from gunicorn.http import errors, wsgi
from gunicorn.workers.gthread import ThreadWorker

from sdmtool import env, logs

bind = "127.0.0.1:8000"
workers = 2 * (os.cpu_count() or 1)
threads = 4
timeout = 60  # a packet of cards as PDF takes a second or two
graceful_timeout = 30
keepalive = 5
max_requests, max_requests_jitter = 5000, 500
limit_request_line, limit_request_fields, limit_request_field_size = 4094, 60, 8190
forwarded_allow_ips = ",".join(env.csv_list("SDM_TRUSTED_PROXIES") or ["127.0.0.1", "::1"])
accesslog = None  # addresses, and whole paths: sdmtool.requests says what is needed
control_socket_disable = True

NO_SENSE = b"This request could not be read.\n"
_all_headers = wsgi.Response.default_headers


class Log(glogging.Logger):
    """gunicorn's messages, as lines of the same kind as ours."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(logs.Line())
        logging.captureWarnings(True)


class Worker(ThreadWorker):
    """Answers what is no request in one sentence, where gunicorn would repeat what was sent."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        self.log.warning("Error handling request", exc_info=(type(exc), exc, exc.__traceback__))
        answer = (
            f"HTTP/1.1 {_status(exc)}\r\nConnection: close\r\nContent-Type: text/plain\r\n"
            "Cache-Control: no-store, private\r\nX-Content-Type-Options: nosniff\r\n"
            f"Content-Length: {len(NO_SENSE)}\r\n\r\n"
        )
        try:
            util.write_nonblock(client, answer.encode("ascii") + NO_SENSE)
        except OSError:
            self.log.debug("Error handling request")


def _status(exc: Exception) -> str:
    if isinstance(exc, errors.LimitRequestLine | errors.LimitRequestHeaders):
        return "431 Request Header Fields Too Large"
    if isinstance(exc, errors.ParseException):
        return "400 Bad Request"
    return "500 Internal Server Error"


def _headers_without_server(response: wsgi.Response) -> list[str]:
    kept: list[str] = [line for line in _all_headers(response) if not line.startswith("Server:")]
    return kept


# gunicorn has no setting for it: who serves is nobody's business.
wsgi.Response.default_headers = _headers_without_server
logger_class = Log
worker_class = Worker

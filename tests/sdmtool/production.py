"""An installation as docs/deploy.md describes it, made for one run of the tests.

A PostgreSQL with the settings it is shipped with; a role that owns and migrates and is no
superuser; a web role; collected static files; gunicorn with the shipped configuration.
"""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest import mock
from urllib.parse import quote, unquote, urlsplit

import psycopg2
from django.utils import timezone

from tests import postgres

ROOT = Path(__file__).resolve().parents[2]
OWNER, WEB, DATABASE = "choosing_owner", "choosing_web", "choosing"
HOST = "choosing.example"
SHIPPED_OPTIONS = ("listen_addresses=", "max_connections=100")


@dataclass
class Installation:
    """Where the parts are, and how to use them as an operator would."""

    socket_folder: Path
    environment: dict[str, str]
    said: str = ""  # what the web_role command said the first time

    def url(self, role: str) -> str:
        return f"postgres://{role}@{quote(str(self.socket_folder), safe='')}/{DATABASE}"

    def connect(
        self, role: str = WEB, database: str = DATABASE
    ) -> "psycopg2.extensions.connection":
        connection = psycopg2.connect(host=str(self.socket_folder), user=role, dbname=database)
        connection.autocommit = True
        return connection

    def database_log(self) -> str:
        return (self.socket_folder / "log").read_text(errors="replace")

    def manage(self, *words: str, **changes: str | None) -> "subprocess.CompletedProcess[str]":
        """manage.py in the web process's environment, with changes; None takes a variable away."""
        command = [sys.executable, "-W", "error", "manage.py", *words]
        environment = {**self.environment, **changes}
        return subprocess.run(
            command,
            cwd=ROOT,
            env={name: value for name, value in environment.items() if value is not None},
            capture_output=True,
            text=True,
            timeout=120,
        )

    @contextmanager
    def serving(self, log: Path, **changes: str) -> Iterator[int]:
        """gunicorn with the shipped configuration; yields its port. It writes into `log`."""
        with socket.create_server(("127.0.0.1", 0)) as listener, log.open("ab") as out:
            listener.set_inheritable(True)
            server = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn", "--config", "python:sdmtool.serving"),
                    *("--bind", f"fd://{listener.fileno()}", "--workers", "1"),
                    "sdmtool.wsgi",
                ],
                cwd=ROOT,
                env={**self.environment, **changes},
                stdout=out,
                stderr=subprocess.STDOUT,
                pass_fds=[listener.fileno()],
            )
            try:
                yield _wait(server, listener.getsockname()[1], log)
            finally:
                server.send_signal(signal.SIGTERM)
                try:
                    server.wait(20)
                except subprocess.TimeoutExpired:
                    server.kill()
                    server.wait()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    body: bytes


def ask(
    port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> Answer:
    """One request to gunicorn, as the proxy beside it would pass it on from an https page."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    sent = {"Host": HOST, "X-Forwarded-Proto": "https"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        line.request(method, path, body=body, headers=sent)
        got = line.getresponse()
        told = {name.lower(): value for name, value in got.getheaders()}
        cookies = tuple(v for name, v in got.getheaders() if name.lower() == "set-cookie")
        return Answer(got.status, told, cookies, got.read())
    finally:
        line.close()


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """The whole of docs/deploy.md, up to the start of gunicorn."""
    with (
        mock.patch.object(postgres, "OPTIONS", SHIPPED_OPTIONS),
        postgres.cluster(postgres.find_binaries()) as superuser,
    ):
        made = Installation(Path(unquote(urlsplit(superuser).hostname or "")), {})
        made.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SDM_SECRET_KEY": secrets.token_urlsafe(64),
            "SDM_HOSTS": HOST,
            "SDM_SECURITY_CONTACT": "mailto:security@choosing.example",
            "SDM_RETENTION_DAYS": "7300",
            "SDM_RETENTION_UNFINISHED_DAYS": "365",
            "SDM_ERASURE_LEDGER": "/var/lib/choosing/erasures",
            "SDM_SECURITY_EXPIRES": (timezone.localdate() + timedelta(days=90)).isoformat(),
            "SDM_STATIC_ROOT": str(folder / "static"),
            "DATABASE_URL": made.url(WEB),
        }
        _prepare(made)
        yield made


def _prepare(made: Installation) -> None:
    with made.connect("tests", "postgres").cursor() as cursor:
        cursor.execute(f"CREATE ROLE {OWNER} LOGIN")
        cursor.execute(f"CREATE ROLE {WEB} LOGIN")
        cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    as_owner = {"DATABASE_URL": made.url(OWNER)}
    _well(made.manage("migrate", "--verbosity", "0", **as_owner))
    granted = made.manage("web_role", WEB, **as_owner)
    made.said = granted.stdout + granted.stderr
    with made.connect("tests").cursor() as cursor:
        for line in granted.stderr.splitlines():
            if line.strip().startswith("ALTER ROLE"):
                cursor.execute(line)
    _well(made.manage("web_role", WEB, **as_owner))
    _well(made.manage("collectstatic", "--no-input", "--verbosity", "0"))


def _well(done: "subprocess.CompletedProcess[str]") -> None:
    assert done.returncode == 0, done.stdout + done.stderr


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> int:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            if ask(port, "/health/").status == 200:
                return port
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"gunicorn did not answer:\n{log.read_text()}")
